/** Somebody asks to be forgotten: nothing he said is shown or counted, nobody's words name him, until he takes it back. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { discretionOf } from '../../../knowledge/guidance/discretion.js';
import { type Forgotten, type Guidance, type Knowledge, openKnowledge, type Quote } from '../../../knowledge/index.js';
import { buildLibrary } from '../../../knowledge/library.js';
import { archiveOnDisk, day, load, put } from '../archive/archive-on-disk.js';
import { live, temporaryFolder } from '../kept-archive.js';
import { LASER_ROOM, MAIN_ROOM, openSample, SAMPLE } from '../sample-for-test.js';
import { everyQuote, type Person, personOf, shownByAnswer, tracesIn } from './traces-for-test.js';

const FIRST = '甲/_posts/2025-03-03-chat.markdown';
const NAMES = ['小满?', '小满-松果工坊-结构-杭州', '小满'];
const QUESTIONS = ['PETG 打印拉丝怎么调？', 'M3热熔铜螺母 孔留多大', '卡扣老是断怎么办', '记号笔 装反', '小满说的烘料'];

const forget = (...forgotten: readonly Forgotten[]): Guidance => ({ forgotten, hidden: [], judgements: [] });
const nothing = forget();

async function tracesOf(person: Person, knowledge: Knowledge): Promise<readonly string[]> {
  const answers = await Promise.all(QUESTIONS.map((question) => knowledge.ask(question)));
  return answers.flatMap((answer) => tracesIn(shownByAnswer(answer), person));
}

async function textsFor(knowledge: Knowledge, question: string): Promise<string> {
  const { excerpts } = await knowledge.ask(question);
  return excerpts.flatMap(({ quotes }) => quotes.map(({ text }) => text)).join('\n');
}

describe('a forgotten person', () => {
  let sample: Knowledge;
  let before: readonly Quote[];
  let person: Person;
  beforeAll(async () => {
    sample = await openSample();
    before = everyQuote(sample);
    person = personOf(before, NAMES);
  });

  it('is not quoted, counted or named, whatever name of his was given', async () => {
    expect((await tracesOf(person, sample)).length).toBeGreaterThan(5);
    for (const name of NAMES.slice(0, 2)) {
      sample.heed(forget({ rooms: [MAIN_ROOM], names: [name] }));
      expect(await tracesOf(person, sample)).toEqual([]);
      expect(tracesIn({ quotes: everyQuote(sample), addresses: [], texts: [] }, person)).toEqual([]);
    }
  });

  it('leaves answers, with other quotes, and loses nobody else’s words', async () => {
    sample.heed(forget({ names: NAMES }));
    const { excerpts, answered } = await sample.ask(QUESTIONS[0] ?? '');
    expect([answered, excerpts.length]).toEqual([true, 10]);
    expect(excerpts[0]?.quotes.some(({ text }) => text.includes('拉丝'))).toBe(true);
    const places = (quotes: readonly Quote[]) => quotes.map(({ file, line }) => `${file}:${line}`);
    expect(places(everyQuote(sample))).toEqual(places(before).filter((place) => !person.places.has(place)));
  });

  it('leaves texts of others as they were said, with an ellipsis in the place of his name', () => {
    sample.heed(forget({ names: NAMES }));
    const after = new Map(everyQuote(sample).map((quote) => [`${quote.file}:${quote.line}`, quote.text]));
    const changed = before.filter(({ file, line, text }) => (after.get(`${file}:${line}`) ?? text) !== text);
    expect(changed.length).toBeGreaterThan(3);
    for (const { file, line, text } of changed)
      expect(text.replace(/小满(?:-松果工坊-结构-杭州)?/g, '…')).toBe(after.get(`${file}:${line}`));
  });

  it('is not counted in figures nor among the people of a thread', async () => {
    sample.heed(nothing);
    const [all, thread] = [sample.figures(), (await sample.ask(QUESTIONS[0] ?? '')).excerpts[0]];
    sample.heed(forget({ names: NAMES }));
    expect(sample.figures()).toMatchObject({ messages: all.messages - person.places.size, speakers: all.speakers - 1 });
    expect(sample.thread(thread?.thread ?? '')?.people).toBe((thread?.people ?? 0) - 1);
    expect(sample.figures({ rooms: [LASER_ROOM] }).messages).toBeLessThan(sample.figures().messages);
  });

  it('cannot be asked for: 来自:名字 is as if nobody carried that name', async () => {
    sample.heed(nothing);
    expect((await sample.ask('来自:小满 烘料')).question).toBe('烘料');
    sample.heed(forget({ names: NAMES }));
    for (const question of ['来自:小满 烘料', '来自:查无此人 烘料', '@小满-松果工坊-结构-杭州 烘料'])
      expect((await sample.ask(question)).question).toBe(question);
    expect((await sample.ask('来自:小满')).answered).toBe((await sample.ask('来自:查无此人')).answered);
  });

  it('is there again when he takes it back, as if nothing had been', async () => {
    sample.heed(nothing);
    const answer = await sample.ask(QUESTIONS[0] ?? '');
    sample.heed(forget({ names: NAMES }));
    expect(await sample.ask(QUESTIONS[0] ?? '')).not.toEqual(answer);
    sample.heed(nothing);
    expect(await sample.ask(QUESTIONS[0] ?? '')).toEqual(answer);
  });

  it('stays so after a restart, a reload, an import of old days, and whatever he says from then on', async () => {
    const archive = temporaryFolder();
    cpSync(join(SAMPLE, MAIN_ROOM), join(archive, MAIN_ROOM), { recursive: true });
    const knowledge = await openKnowledge({ archive, guidance: forget({ rooms: [MAIN_ROOM], names: ['小满?'] }) });
    expect(await tracesOf(person, knowledge)).toEqual([]);
    put(archive, 'aliases.txt', '小满? = 满满');
    const old = day(['09:00:00', '满满', 'TPU走线要慢'], ['09:01:00', '豆豆', '满满说得对']);
    put(archive, `${MAIN_ROOM}/_posts/2025-02-02-chat.markdown`, old);
    put(archive, `${MAIN_ROOM}/_posts/2025-02-03-chat.markdown`, day(['09:00:00', '满满', 'TPU回抽关掉']));
    await knowledge.reload();
    await knowledge.record(live('1', Date.now(), 'TPU喷嘴换大', { room: MAIN_ROOM, name: '小满-松果工坊-结构-杭州' }));
    const texts = await textsFor(knowledge, 'TPU走线 TPU回抽 TPU喷嘴 满满');
    expect(texts).not.toMatch(/TPU走线|TPU回抽|TPU喷嘴|满满/);
    expect(texts).toContain('…说得对');
    await knowledge.close();
  });
});

describe('names in what others say', () => {
  const said = (...lines: readonly string[]) =>
    lines.map((text, i) => [`09:1${i}:00`, i % 2 === 0 ? '丁一' : '马六', text] as const);
  const shown = async (names: readonly string[], others: readonly string[], ...lines: readonly string[]) => {
    const people = [...names, ...others].map((name, i) => [`09:0${i}:00`, name, `我是第${i}个`] as const);
    const archive = archiveOnDisk({ [FIRST]: day(...people, ...said(...lines)) });
    const knowledge = await openKnowledge({ archive, guidance: forget({ names }) });
    const quotes = everyQuote(knowledge).filter(({ speaker }) => ['丁一', '马六'].includes(speaker));
    return quotes.sort((a, b) => a.at - b.at).map(({ text }) => text);
  };

  it('are masked behind @ with company and post, and where they stand alone', async () => {
    const texts = ['@周小川-某厂-焊接-宁波 在吗', '@周小川 在吗', '问问周小川吧', '＠周小川在吗'];
    expect(await shown(['周小川-某厂-焊接-宁波'], [], ...texts)).toEqual(['@… 在吗', '@… 在吗', '问问…吧', '＠…在吗']);
  });

  it('are masked with what is quoted of them', async () => {
    expect(await shown(['周小川'], [], '他说「周小川：料要烘」，我信', '「丁一：料要烘」也对')).toEqual([
      '他说「…」，我信',
      '「丁一：料要烘」也对',
    ]);
  });

  it('are masked in what the chat itself tells', async () => {
    expect(await shown(['阿七'], [], '"阿七"撤回了一条消息')).toEqual(['"…"撤回了一条消息']);
  });

  it('are left in the names of other people', async () => {
    expect(await shown(['周小川'], ['周小川子'], '@周小川子 在吗', '周小川子说得对')).toEqual([
      '@周小川子 在吗',
      '周小川子说得对',
    ]);
  });

  it('are left where they are common words, but behind @', async () => {
    const common = Array.from({ length: 30 }, (_, i) => `产品要改第${i}版`);
    const days = common.map((text, i) => [`10:${i + 10}:00`, '马六', text] as const);
    const archive = archiveOnDisk({ [FIRST]: day(['09:00:00', '产品', '我来'], ['09:01:00', '丁一', '@产品 来吗'], ...days) });
    const knowledge = await openKnowledge({ archive, guidance: forget({ names: ['产品'] }) });
    const texts = everyQuote(knowledge).map(({ text }) => text);
    expect(texts).toContain('@… 来吗');
    expect(texts).toEqual(expect.arrayContaining(common));
  });

  it('are masked in a text of a million characters too, which is read once', async () => {
    const archive = await load(archiveOnDisk({ [FIRST]: day(['09:00:00', '周小川', '早']) }));
    const { veil } = discretionOf(
      buildLibrary(archive, () => undefined),
      forget({ names: ['周小川'] }),
    );
    for (const text of ['@'.repeat(1_000_000), '「周：'.repeat(300_000)]) expect(veil(text, 'text')).toBe(text);
    expect(veil('@周小川'.repeat(250_000), 'text')).toBe('@…'.repeat(250_000));
  });
});

describe('a hidden message', () => {
  const talk = day(
    ['09:00:00', '小鱼', 'PETG喷嘴多少度？'],
    ['09:01:00', '豆豆', '二百三十五'],
    ['09:02:00', '豆豆', '风扇三成'],
  );

  it('is shown no more, in answers and threads, after reloads and restarts too', async () => {
    const archive = archiveOnDisk({ [FIRST]: talk });
    const knowledge = await openKnowledge({ archive });
    const { excerpts } = await knowledge.ask('PETG喷嘴');
    const hidden = excerpts.flatMap(({ quotes }) => quotes).filter(({ text }) => text === '二百三十五');
    expect(hidden.length).toBe(1);
    const guidance = { ...nothing, hidden: hidden.map(({ mark }) => mark) };
    knowledge.heed(guidance);
    put(archive, '甲/_posts/2025-03-02-chat.markdown', day(['10:00:00', '小鱼', '早']));
    await knowledge.reload();
    for (const one of [knowledge, await openKnowledge({ archive, guidance })]) {
      expect(await textsFor(one, 'PETG喷嘴')).toContain('风扇三成');
      expect(everyQuote(one).map(({ text }) => text)).not.toContain('二百三十五');
    }
  });

  it('is no fault if its mark means nothing here', async () => {
    const knowledge = await openKnowledge({ archive: archiveOnDisk({ [FIRST]: talk }) });
    knowledge.heed({ ...nothing, hidden: ['', 'x', '../..', 'zzzzzzzz-1', '-'.repeat(1000)] });
    expect(everyQuote(knowledge)).toHaveLength(3);
  });
});

describe('since', () => {
  it('leaves out what was said before', async () => {
    const archive = archiveOnDisk({
      [FIRST]: day(['09:00:00', '小鱼', 'PETG喷嘴二百三十五']),
      '甲/_posts/2025-03-09-chat.markdown': day(['09:00:00', '豆豆', 'PETG喷嘴两百四十']),
    });
    const knowledge = await openKnowledge({ archive });
    const since = Date.parse('2025-03-09T09:00:00+08:00');
    const texts = async (scope: { readonly since: number }) =>
      (await knowledge.ask('PETG喷嘴', scope)).excerpts.flatMap(({ quotes }) => quotes.map(({ text }) => text));
    expect(await texts({ since })).toEqual(['PETG喷嘴两百四十']);
    expect(await texts({ since: since + 1 })).toEqual([]);
    expect(knowledge.figures({ since })).toEqual({
      messages: 1,
      threads: 1,
      speakers: 1,
      firstDate: '2025-03-09',
      lastDate: '2025-03-09',
    });
    expect(knowledge.figures({ rooms: ['乙'] })).toEqual({ messages: 0, threads: 0, speakers: 0 });
  });
});
