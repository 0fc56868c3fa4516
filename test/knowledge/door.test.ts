/** What may be asked of an archive through its one door, on the sample. */
import { cpSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Knowledge, openKnowledge } from '../../knowledge/index.js';
import { readGold } from '../../scripts/eval/gold.js';
import { runs } from '../properties.js';
import { live, temporaryFolder } from './kept-archive.js';
import { answeredByFirst3, LASER_ROOM, MAIN_ROOM, openSample, SAMPLE, SAMPLE_GOLD } from './sample-for-test.js';

const gold = readGold(SAMPLE_GOLD);
const ofStyle = (...styles: readonly string[]) => gold.questions.filter(({ style }) => styles.includes(style));
const placesOf = ({ excerpts }: Answer) => excerpts.flatMap(({ quotes, addresses }) => [...quotes, ...addresses]);

let sample: Knowledge;
beforeAll(async () => {
  sample = await openSample();
});

describe('an answered question', () => {
  it('finds an answer among the first three excerpts in more than 0.75 of the cases (0.86 when written) when asked in nearly the same words or by keywords', async () => {
    expect(await answeredByFirst3(sample, ofStyle('keyword', 'near'))).toBeGreaterThan(0.75);
  });

  it('finds an answer among the first three excerpts in more than 0.48 of the cases (0.55 when written) when asked in other words', async () => {
    expect(await answeredByFirst3(sample, ofStyle('paraphrase'))).toBeGreaterThan(0.48);
  });

  it('is answered aloud in more than 0.6 of the cases (0.8 when written) when asked by keywords', async () => {
    const answers = await Promise.all(ofStyle('keyword').map(({ query }) => sample.ask(query)));
    expect(answers.filter(({ answered }) => answered).length).toBeGreaterThan(0.6 * answers.length);
  });
});

describe('silence', () => {
  const silent = gold.unanswerable.filter(({ style }) => style === 'far' || style === 'chat');

  it.each(silent.map(({ query }) => [query]))('is the answer to what has nothing to do with the group: %s', async (query) => {
    const { answered, sure } = await sample.ask(query);
    expect(answered).toBe(false);
    expect(sure).toBeLessThan(0.5);
  });

  it.each([[''], ['   '], ['？？？'], ['[强]'], ['@'], ['搜 '], ['。']])('is the answer to %j', async (text) => {
    const { answered, excerpts } = await sample.ask(text);
    expect([answered, excerpts]).toEqual([false, []]);
  });
});

describe('a question that nobody took up', () => {
  const open = [
    '有没有人用过那种桌面的线切歌？想切点小的钢片',
    '有人知道碳纤管怎么切口不劈叉吗',
    '问下大家，有做过PC的喷涂吗',
    '桌面线切割机切钢片用哪种好',
  ];

  it.each(open.map((query) => [query]))('is no answer to itself: %s', async (query) => {
    expect((await sample.ask(query)).answered).toBe(false);
  });

  it('is shown to whoever wants to see what was found, good enough or not', async () => {
    const answer = await sample.ask('搜 桌面 线切割');
    expect(answer.answered).toBe(true);
    expect(placesOf(answer)).toContainEqual({ file: `${MAIN_ROOM}/_posts/2025-03-03-chat.markdown`, line: 193 });
  });

  it.each([
    ['somebody else has said something to it', '纸鹤'],
    ['its asker has told what he found', '沈三斤'],
  ])('is an answer once %s', async (_, name) => {
    const archive = temporaryFolder();
    cpSync(SAMPLE, archive, { recursive: true });
    const knowledge = await openKnowledge({ archive });
    const told = '桌面的线切割我用过，两毫米的钢片切得动，就是慢';
    await knowledge.record(live('r', Date.parse('2025-03-03T16:33:00+08:00'), told, { room: MAIN_ROOM, name }));
    const { answered, excerpts } = await knowledge.ask('桌面线切割机切钢片用哪种好');
    await knowledge.close();
    expect(answered).toBe(true);
    expect(excerpts[0]?.quotes.map(({ text }) => text)).toContain(told);
  });
});

describe('the rooms in scope', () => {
  it.each([MAIN_ROOM, LASER_ROOM])('are never left: every quote, every address and every thread is of %s', async (room) => {
    const rooms = [room];
    for (const { query } of gold.questions) {
      const answer = await sample.ask(query, { rooms });
      expect(new Set(answer.excerpts.map((excerpt) => excerpt.room)).size).toBeLessThanOrEqual(1);
      for (const { file } of placesOf(answer)) expect(file.split('/')[0]).toBe(room);
      for (const { thread } of answer.excerpts) {
        expect(sample.thread(thread, { rooms })?.room).toBe(room);
        expect(sample.thread(thread, { rooms: room === MAIN_ROOM ? [LASER_ROOM] : [MAIN_ROOM] })).toBeUndefined();
      }
    }
  });

  it('may be none: then there is nothing', async () => {
    expect((await sample.ask('激光', { rooms: [] })).excerpts).toEqual([]);
  });

  it('are all where none are given', async () => {
    const { excerpts } = await sample.ask('激光 亚克力');
    expect(new Set(excerpts.map(({ room }) => room))).toEqual(new Set([MAIN_ROOM, LASER_ROOM]));
  });

  it('cannot be widened by a filter', async () => {
    const { excerpts } = await sample.ask(`群:${LASER_ROOM} 报价`, { rooms: [MAIN_ROOM] });
    expect(excerpts.map(({ room }) => room).filter((room) => room === LASER_ROOM)).toEqual([]);
  });
});

describe('a question of one Chinese character', () => {
  it.each(['锡', '床', '胶'])('%s: finds messages that hold it', async (character) => {
    const [first] = (await sample.ask(character)).excerpts;
    expect(first?.quotes.map(({ text }) => text).join('')).toContain(character);
  });
});

describe('an announcement posted in both rooms', () => {
  it('is found once', async () => {
    const texts = async (room: string) =>
      new Set([...threadsOf(sample, room)].flatMap((thread) => thread.quotes.map(({ text }) => text)));
    const [main, laser] = [await texts(MAIN_ROOM), await texts(LASER_ROOM)];
    const both = [...main].filter((text) => text.length >= 20 && laser.has(text));
    expect(both.length).toBeGreaterThan(3);
    for (const text of both) {
      const found = (await sample.ask(text.slice(0, 60))).excerpts.filter(({ quotes }) =>
        quotes.some((quote) => text.startsWith(quote.text.replace(/^…|…$/g, ''))),
      );
      expect(found.length).toBeLessThanOrEqual(1);
    }
  });

  it('is still found in the room asked from', async () => {
    for (const room of [MAIN_ROOM, LASER_ROOM]) {
      const { excerpts } = await sample.ask('接小批量打印单怎么报价 分享预告', { rooms: [room] });
      expect(excerpts[0]?.quotes.some(({ text }) => text.includes('【分享预告】'))).toBe(true);
    }
  });
});

describe('the same question', () => {
  it('gets the same answer, also from the archive opened anew', async () => {
    const other = await openSample();
    for (const { query } of gold.questions.slice(0, 30)) {
      const answer = await sample.ask(query);
      expect(await sample.ask(query)).toEqual(answer);
      expect(await other.ask(query)).toEqual(answer);
    }
  });
});

describe('any text', () => {
  const token = fc.constantFrom(
    ...[
      '来自:',
      '群:',
      '@',
      '-',
      '"',
      '「',
      '」',
      '“',
      '搜 ',
      '去年',
      '有图',
      '2025-03-',
      '[',
      '](',
      '(?:',
      '*+?',
      '\\',
      '$&',
      '%00',
    ],
    ...['激光', '阿棠', '\u2005', '\ud83d', '\udc4d', '\u0000', '\u202e', '\n', ' ', '𠮷', 'ﷺ'],
  );
  const texts = fc.oneof(
    fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)),
  );

  it('is taken as a question without a fault', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { answered, excerpts, sure } = await sample.ask(text);
        expect(excerpts.length).toBeLessThanOrEqual(10);
        expect(answered && excerpts.length === 0).toBe(false);
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(1);
      }),
      runs(200),
    );
  });

  it.each([
    ['one character', '激'.repeat(100_000)],
    [
      'different characters',
      Array.from({ length: 100_000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20_000))).join(''),
    ],
    ['words', Array.from({ length: 20_000 }, (_, i) => `w${i.toString(36)}`).join(' ')],
    ['lone surrogates', '\ud800'.repeat(100_000)],
    ['filters', '去年 来自:阿棠 -词 '.repeat(6_000)],
    ['quotation marks', '"“「'.repeat(33_000)],
  ])('may have 100,000 characters: %s', async (_, text) => {
    await expect(sample.ask(text)).resolves.toHaveProperty('answered');
  });
});

describe('a thread', () => {
  it('is opened by the key of an excerpt and holds what was quoted', async () => {
    const { excerpts } = await sample.ask('PETG 拉丝');
    for (const { thread, quotes, messages, people } of excerpts) {
      const view = sample.thread(thread);
      expect(view?.quotes).toHaveLength(messages);
      expect(view?.people).toBe(people);
      const lines = view?.quotes.map(({ file, line }) => `${file}:${line}`);
      for (const { file, line } of quotes) expect(lines).toContain(`${file}:${line}`);
    }
  });

  it.each(['', ' ', '00', '1.0', '-1', '1e1', '999999', 'NaN', '__proto__'])('is not opened by %j', (key) => {
    expect(sample.thread(key)).toBeUndefined();
  });

  it('is told for every message header once, in the order of files and lines', () => {
    const rows = [...sample.assignments()];
    const keys = rows.map(({ file, line }) => `${file}:${line}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBe(sample.summary().messages + sample.summary().doubles);
    const sorted = [...rows].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
    expect(rows).toEqual(sorted);
  });
});

function* threadsOf(knowledge: Knowledge, room: string) {
  const keys = new Set([...knowledge.assignments()].map(({ thread }) => thread));
  for (const key of keys) {
    const view = knowledge.thread(key);
    if (view?.room === room) yield view;
  }
}
