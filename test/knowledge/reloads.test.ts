/** Whatever is edited between reloads, what is known afterwards is what a fresh load knows. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningTexts } from '../../knowledge/answer/similarities.js';
import { emptyArchive, loadArchive } from '../../knowledge/archive/load.js';
import { scanArchive } from '../../knowledge/archive/scan.js';
import { buildLibrary, type Library } from '../../knowledge/library.js';
import { keyOfThread, threadOfKey } from '../../knowledge/thread-keys.js';
import { findThreads } from '../../knowledge/threads/threads.js';
import { runs } from '../properties.js';
import { day, put, shanghai } from './archive/archive-on-disk.js';
import { temporaryFolder } from './kept-archive.js';
import { SAMPLE } from './sample-for-test.js';

const quiet = () => undefined;

async function read(root: string, before?: Library): Promise<Library> {
  return buildLibrary(await loadArchive(root, shanghai, before?.archive ?? emptyArchive(), quiet), quiet, before);
}

/** Messages of some of the files, so that edits are quick and fall close together. */
function fewDays(): string {
  const root = temporaryFolder();
  cpSync(SAMPLE, root, { recursive: true });
  return root;
}

interface Edit {
  readonly what: 'drop a line' | 'add a line' | 'copy' | 'remove' | 'rename' | 'restore';
  readonly file: number;
  readonly place: number;
  readonly words: string;
}

const edits = fc.array(
  fc.record({
    what: fc.constantFrom<Edit['what'][]>('drop a line', 'add a line', 'copy', 'remove', 'rename', 'restore'),
    file: fc.nat(),
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    words: fc.constantFrom(
      'PETG烘料多久',
      '@阿棠 喷嘴多少度？',
      '「灰斑鸠：明天团建」\n- - - - - - - - - -\n我来',
      '收到',
      '新词儿新词儿',
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

async function apply(root: string, { what, file, place, words }: Edit): Promise<void> {
  const { files } = await scanArchive(root);
  const one = files[file % Math.max(1, files.length)];
  if (what === 'restore' || !one) cpSync(SAMPLE, root, { recursive: true });
  else if (what === 'remove') rmSync(one.path);
  else if (what === 'copy') put(root, `${one.room}/copies/${one.file.split('/').at(-1)}`, readFileSync(one.path));
  else {
    const lines = readFileSync(one.path, 'utf8').split('\n');
    const at = Math.floor(place * lines.length);
    if (what === 'drop a line') lines.splice(at, 1);
    else if (what === 'rename') lines.splice(0, lines.length, ...lines.map((line) => line.replace('小满', '老满')));
    else if (one.file.endsWith('.markdown')) lines.splice(at, 0, '', '> 23:59:00  某甲', '', ...words.split('\n'), '');
    put(root, one.file, lines.join('\n'));
  }
}

/** Numbers of terms depend on the order of reading; the terms do not. */
function termsByMessage({ index, archive }: Library): readonly (readonly (number | string)[])[] {
  const words = new Map([...index.table.words()].map(([word, term]) => [term, word]));
  return archive.messages.map((_, i) => {
    const position = index.positionOf[i] as number;
    if (position < 0) return [];
    const terms = index.terms.slice(index.termStart[position], index.termStart[position + 1]);
    return [...terms].map((term) => words.get(term) ?? index.table.codeOf(term));
  });
}

function postingsByTerm({ index }: Library): ReadonlyMap<number | string, readonly number[]> {
  const words = new Map([...index.table.words()].map(([word, term]) => [term, word]));
  const held = Array.from({ length: index.table.size() }, (_, term): readonly [number | string, readonly number[]] => [
    words.get(term) ?? index.table.codeOf(term),
    [...index.postings.slice(index.postingStart[term], index.postingStart[term + 1])],
  ]);
  return new Map(held.filter(([, positions]) => positions.length > 0));
}

describe('after any edits and reloads', () => {
  it('messages, people, replies, threads and the index are those of a fresh load', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (some) => {
        const root = fewDays();
        let reloaded = await read(root);
        let texts = meaningTexts(reloaded);
        for (const edit of some) {
          await apply(root, edit);
          const next = await read(root, reloaded);
          texts = meaningTexts(next, { library: reloaded, texts });
          reloaded = next;
        }
        const fresh = await read(root);
        expect(reloaded.archive.messages).toEqual(fresh.archive.messages);
        expect(reloaded.archive.people.speakers).toEqual(fresh.archive.people.speakers);
        expect(reloaded.archive.doubles).toBe(fresh.archive.doubles);
        expect(reloaded.archive.warnings).toEqual(fresh.archive.warnings);
        // What the archive as a whole teaches is kept until it has become another one.
        const threads = findThreads(fresh.archive.messages, reloaded.learned.lore);
        expect(reloaded.found).toEqual(threads);
        expect([...reloaded.index.messageAt]).toEqual([...fresh.index.messageAt]);
        expect([...reloaded.index.asks]).toEqual([...fresh.index.asks]);
        expect(termsByMessage(reloaded)).toEqual(termsByMessage(fresh));
        expect(postingsByTerm(reloaded)).toEqual(postingsByTerm(fresh));
        expect(texts).toEqual(meaningTexts(fresh));
      }),
      runs(25),
    );
  });
});

describe('a key of a thread', () => {
  it('means the same thread before and after messages were added, and from a fresh load', async () => {
    const root = fewDays();
    const before = await read(root);
    put(
      root,
      '造物工坊/_posts/2025-01-01-chat.markdown',
      day(['09:00:00', '小鱼', '早早早，新年好'], ['09:00:09', '豆豆', '新年好']),
    );
    const after = await read(root, before);
    const fresh = await read(root);
    const firstOf = ({ archive: { messages } }: Library, thread = { messages: [0] as readonly number[] }) => {
      const { file, line } = messages[thread.messages[0] as number] as Library['archive']['messages'][number];
      return `${file}:${line}`;
    };
    expect(before.threads.length).toBeGreaterThan(50);
    for (const thread of before.threads) {
      const key = keyOfThread(before, thread);
      for (const library of [before, after, fresh])
        expect(firstOf(library, threadOfKey(library, key))).toBe(firstOf(before, thread));
    }
    expect(new Set(after.threads.map((thread) => keyOfThread(after, thread))).size).toBe(after.threads.length);
  });

  it('tells threads apart that begin with the same words in the same second', async () => {
    const root = temporaryFolder();
    put(
      root,
      '甲/2025-03-03-chat.markdown',
      day(['09:00:00', '小鱼', '早'], ['09:00:00', '豆豆', '早'], ['09:00:00', '阿棠', '早']),
    );
    const library = await read(root);
    const keys = library.threads.map((thread) => keyOfThread(library, thread));
    expect(keys.map((key) => threadOfKey(library, key)?.id)).toEqual(library.threads.map(({ id }) => id));
  });
});

describe('a reload', () => {
  it('reads no file again that did not change, and does not divide their threads again', async () => {
    const root = fewDays();
    const before = await read(root);
    put(root, '造物工坊/_posts/2025-03-10-chat.markdown', day(['09:00:00', '小鱼', '早']));
    const after = await read(root, before);
    const kept = after.archive.files.filter((file) => before.archive.files.includes(file));
    expect(kept).toHaveLength(before.archive.files.length - 1);
    expect(after.learned).toBe(before.learned);
    expect(await read(root, after).then(({ archive }) => archive.messages)).toBe(after.archive.messages);
  });

  it('folds the copies of a day that did not change when another day tells that two names are one person', async () => {
    const root = temporaryFolder();
    put(root, '甲/one/2025-03-03-chat.markdown', day(['09:00:00', '小鱼', '好的']));
    put(root, '甲/two/2025-03-03-chat.markdown', day(['09:00:00', '深海来客', '好的']));
    const before = await read(root);
    expect(before.archive.messages).toHaveLength(2);
    const long = '明天下午三点在二楼开会，带上样件';
    put(root, '甲/one/2025-03-04-chat.markdown', day(['10:00:00', '小鱼', long]));
    put(root, '甲/two/2025-03-04-chat.markdown', day(['10:00:00', '深海来客', long]));
    const after = await read(root, before);
    expect(after.archive.messages.map(({ text, copies }) => [text, copies.length])).toEqual([
      ['好的', 1],
      [long, 1],
    ]);
  });

  it('learns the archive anew when it has grown by more than a tenth', async () => {
    const root = fewDays();
    const before = await read(root);
    const many = Array.from({ length: 200 }, (_, i): [string, string, string] => [
      `10:${String(i % 60).padStart(2, '0')}:00`,
      '小鱼',
      `第 ${i} 句`,
    ]);
    put(root, '造物工坊/_posts/2025-04-01-chat.markdown', day(...many));
    expect((await read(root, before)).learned).not.toBe(before.learned);
  });
});
