/** What people thought of an answer moves its excerpts, for questions like that one and no others. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Excerpt, Judgement, Knowledge } from '../../../knowledge/index.js';
import { openSample } from '../sample-for-test.js';

const QUESTION = 'PETG 打印拉丝怎么调？';
const ALIKE = 'PETG 打印拉丝要怎么调一下';
const OTHER = '激光切亚克力用什么胶粘';

describe('feedback', () => {
  let sample: Knowledge;
  beforeEach(async () => {
    sample = await openSample();
  });
  const judge = (...judgements: readonly Judgement[]) => sample.heed({ forgotten: [], hidden: [], judgements });
  const on = ({ quotes }: Excerpt, useful: boolean): Judgement => ({
    question: QUESTION,
    marks: quotes.map(({ mark }) => mark),
    useful,
  });
  const excerptsFor = async (question: string) => (await sample.ask(question)).excerpts;
  const nth = async (n: number, question = QUESTION) => (await excerptsFor(question))[n] as Excerpt;
  const threads = (excerpts: readonly Excerpt[]) => excerpts.map(({ thread, quotes }) => `${thread} ${quotes[0]?.mark}`);

  it('没用 twice sinks an excerpt below all others, once does not', async () => {
    const before = threads(await excerptsFor(QUESTION));
    const first = await nth(0);
    judge(on(first, false));
    expect(threads(await excerptsFor(QUESTION))).toEqual(before);
    judge(on(first, false), on(first, false));
    const after = await excerptsFor(QUESTION);
    expect(threads(after)[0]).toBe(before[1]);
    expect(threads(after)).not.toContain(before[0]);
    const scores = after.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('有用 raises an excerpt above all others, and makes it surer', async () => {
    const [first, third] = [await nth(0), await nth(2)];
    judge(on(third, true));
    const after = await excerptsFor(QUESTION);
    // Nothing above it shows the question any more, so that it does.
    expect(after[0]?.quotes).toEqual(expect.arrayContaining([...third.quotes]));
    expect(after[1]?.thread).toBe(first.thread);
    expect(after[0]?.confidence).toBeGreaterThan(third.confidence);
  });

  it('one 有用 takes one 没用 away', async () => {
    const before = threads(await excerptsFor(QUESTION));
    const first = await nth(0);
    judge(on(first, false), on(first, true), on(first, false));
    expect(threads(await excerptsFor(QUESTION))).toEqual(before);
  });

  it('counts for a question that says the same in a few other words, and for no other', async () => {
    const [alike, other] = [await nth(0, ALIKE), await nth(0, OTHER)];
    expect(alike.thread).toBe((await nth(0)).thread);
    const unmoved = await sample.ask(OTHER);
    judge(...[alike, alike, other, other].map((excerpt) => on(excerpt, false)));
    expect((await nth(0, ALIKE)).thread).not.toBe(alike.thread);
    expect(await sample.ask(OTHER)).toEqual(unmoved);
  });

  it('没用 on all that was found makes the bot silent', async () => {
    expect((await sample.ask(QUESTION)).answered).toBe(true);
    let judgements: readonly Judgement[] = [];
    for (let round = 0; round < 5; round++) {
      for (const excerpt of await excerptsFor(QUESTION)) judgements = [...judgements, on(excerpt, false), on(excerpt, false)];
      judge(...judgements);
    }
    expect((await sample.ask(QUESTION)).answered).toBe(false);
  });
});
