/** The filters of a question, through the door, on the sample: 2025-03-03 to 2025-03-23, asked on the Monday after. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Knowledge, Quote } from '../../knowledge/index.js';
import { LASER_ROOM, openSample } from './sample-for-test.js';

let sample: Knowledge;
beforeAll(async () => {
  sample = await openSample();
});

/** The quotes of each excerpt; there must be some. */
async function quotesOf(question: string, knowledge = sample): Promise<readonly (readonly Quote[])[]> {
  const { excerpts } = await knowledge.ask(question);
  expect(excerpts.length).toBeGreaterThan(0);
  return excerpts.map(({ quotes }) => quotes);
}
const kindsIn = ({ excerpts }: Answer) =>
  excerpts.map(({ thread }) => new Set(sample.thread(thread)?.quotes.map(({ kind }) => kind)));

describe('来自:名字', () => {
  it('finds what that person said, under any of his names', async () => {
    const excerpts = await quotesOf('来自:阿棠 报价');
    for (const quotes of excerpts) expect(quotes.some(({ speaker }) => speaker.includes('阿棠'))).toBe(true);
  });

  it('with nothing else gives his newest messages, newest discussion first', async () => {
    const answer = await sample.ask('来自:阿棠');
    expect(answer.answered).toBe(true);
    const quotes = answer.excerpts.flatMap((excerpt) => excerpt.quotes);
    expect(quotes.filter(({ speaker }) => !speaker.includes('阿棠'))).toEqual([]);
    const newest = answer.excerpts.map((excerpt) => Math.max(...excerpt.quotes.map(({ at }) => at)));
    expect(newest).toEqual([...newest].sort((a, b) => b - a));
    const all = [...sample.assignments()].map(({ thread }) => thread);
    const his = [...new Set(all)].flatMap((thread) =>
      (sample.thread(thread)?.quotes ?? []).filter(({ speaker, kind }) => speaker.includes('阿棠') && kind === 'text'),
    );
    expect(newest[0]).toBe(Math.max(...his.map(({ at }) => at)));
  });
});

describe('群:名字', () => {
  it('finds what was said in that room', async () => {
    const { excerpts } = await sample.ask('群:激光 报价');
    expect(new Set(excerpts.map(({ room }) => room))).toEqual(new Set([LASER_ROOM]));
  });
});

describe('a time', () => {
  const datesOf = (excerpts: readonly (readonly Quote[])[]) =>
    excerpts
      .flat()
      .map(({ date }) => date)
      .sort();

  it('上周 is the week before the day of asking', async () => {
    const dates = datesOf(await quotesOf('上周 激光'));
    expect(dates[0]?.localeCompare('2025-03-17')).toBeGreaterThanOrEqual(0);
    expect(dates.at(-1)?.localeCompare('2025-03-23')).toBeLessThanOrEqual(0);
  });

  it('去年 is the year before, by the clock handed in', async () => {
    expect((await sample.ask('去年 PETG 拉丝')).excerpts).toEqual([]);
    const nextYear = await openSample(Date.parse('2026-06-01T12:00:00+08:00'));
    expect((await quotesOf('去年 PETG 拉丝', nextYear)).length).toBeGreaterThan(0);
  });

  it('a date is that day, and alone it gives what was said then', async () => {
    const answer = await sample.ask('2025-03-05 大家聊了什么');
    expect(answer.answered).toBe(true);
    expect(new Set(answer.excerpts.flatMap(({ quotes }) => quotes.map(({ date }) => date)))).toEqual(new Set(['2025-03-05']));
  });

  it('begins and ends at midnight of the archive’s zone', async () => {
    const times = (await quotesOf('2025-03-10 群:造物工坊')).flat().map(({ at }) => at);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.parse('2025-03-10T00:00:00+08:00'));
    expect(Math.max(...times)).toBeLessThan(Date.parse('2025-03-11T00:00:00+08:00'));
  });
});

describe('words', () => {
  it('-词 leaves out what says it', async () => {
    expect((await quotesOf('激光 亚克力')).flat().some(({ text }) => text.includes('亚克力'))).toBe(true);
    for (const question of ['激光 -亚克力', '60W 速度 功率 -亚克力', '亚克力 切 胶 -亚克力'])
      for (const quotes of await quotesOf(question)) expect(quotes.filter(({ text }) => text.includes('亚克力'))).toEqual([]);
  });

  it('"…" must stand in what answers', async () => {
    for (const quotes of await quotesOf('"灭火器"')) expect(quotes.some(({ text }) => text.includes('灭火器'))).toBe(true);
  });
});

describe('有图 and 有链接', () => {
  it('find discussions that hold an image', async () => {
    for (const kinds of kindsIn(await sample.ask('有图 激光'))) expect(kinds).toContain('image');
    expect((await sample.ask('有图')).answered).toBe(true);
  });

  it('find discussions that hold a link', async () => {
    for (const kinds of kindsIn(await sample.ask('有链接 报价'))) expect(kinds).toContain('link');
    expect((await sample.ask('有链接')).answered).toBe(true);
  });

  it.each(['有链接', '有链接 报价', '搜 有链接 碳纤管'])(
    'shows a link of each discussion, in at most four quotes: %s',
    async (question) => {
      const { excerpts } = await sample.ask(question);
      for (const { quotes } of excerpts) expect(quotes.length).toBeLessThanOrEqual(4);
      const linked = excerpts.filter(({ quotes }) => quotes.some(({ kind, text }) => kind === 'link' || text.includes('://')));
      expect(new Set(linked.map(({ thread }) => thread))).toEqual(new Set(excerpts.map(({ thread }) => thread)));
      const places = excerpts.flatMap(({ quotes }) => quotes.map(({ file, line }) => `${file}:${line}`));
      expect(new Set(places).size).toBe(places.length);
    },
  );

  it('show no link whose words are not wanted', async () => {
    const titled = (await quotesOf('有链接')).flat().filter(({ text }) => text.includes('现场图文'));
    expect(titled.length).toBeGreaterThan(0);
    for (const { text } of (await quotesOf('有链接 -现场图文')).flat()) expect(text).not.toContain('现场图文');
  });
});

describe('搜', () => {
  it('asks for what there is, however unsure: the asker judges', async () => {
    const question = '打印PEEK腔体要加热到多少度';
    const asked = await sample.ask('阳台的月季几天浇一次水');
    const searched = await sample.ask('搜 阳台的月季几天浇一次水');
    expect([asked.answered, searched.answered]).toEqual([false, true]);
    expect((await sample.ask(`搜 ${question}`)).question).toBe(question);
  });
});
