import { describe, expect, it } from 'vitest';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { listener } from '../../../knowledge/threads/said.js';
import { examplesOf, type Known, supervisionOf } from '../../../scripts/training/thread-examples.js';
import { talk } from '../../knowledge/threads/talk-for-test.js';

const messages = talk(`
  10:00 小林 PETG 怎么调
  10:01 老周 模块发绿怎么办
  10:02 阿树 降温度
  10:03 小美 换镜头
  10:04 小林 好`);
const file = messages[0]?.file ?? '';
const day = { file, parent: { 1: 1, 2: 2, 3: 1, 4: 2, 5: 3 } };
const lines = (...numbers: readonly number[]) => numbers.map((line) => ({ file, line }));

describe('What is known of a message', () => {
  it('is its conversation, on a day divided by hand', () => {
    const known = supervisionOf({ days: [day], questions: [], unanswerable: [] }, messages);
    const conversations = messages.map(({ index }) => known.get(index)?.conversations[0]);
    expect(conversations[2]).toBe(conversations[0]);
    expect(conversations[4]).toBe(conversations[0]);
    expect(conversations[3]).toBe(conversations[1]);
    expect(conversations[1]).not.toBe(conversations[0]);
    expect(known.get(0)?.complete).toBe(true);
  });

  it('is only a part, on the day of a question', () => {
    const question = { qid: 'q1', query: 'PETG', style: 'keyword', answers: [], thread: lines(1, 3) };
    const known = supervisionOf({ days: [], questions: [question], unanswerable: [] }, messages);
    expect(messages.map(({ index }) => known.get(index)?.conversations)).toEqual([['q1'], [], ['q1'], [], []]);
    expect(known.get(1)?.complete).toBe(false);
  });
});

describe('Examples', () => {
  const stretch = listener(learnLore(messages))(messages);
  const known = (conversations: readonly string[]): Known => ({ day: 0, complete: true, conversations });

  it('say for each message which open thread is right, in a history that is right', () => {
    const supervision = new Map(messages.map(({ index }) => [index, known([index === 1 || index === 3 ? 'b' : 'a'])]));
    const rights = examplesOf(stretch, supervision).map(({ right }) => [...right]);
    // The first has no choice. Open threads stand latest first, a new one last.
    expect(rights).toEqual([
      [0, 1],
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
  });

  it('are not made of what is not known', () => {
    const supervision = new Map([
      [0, known(['a'])],
      [1, known([])],
      [2, known(['a'])],
    ]);
    expect(examplesOf(stretch, supervision)).toHaveLength(1);
  });
});
