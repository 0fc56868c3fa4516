/** Which questions count as answered although the thread of the answer is another one. */
import { describe, expect, it } from 'vitest';
import { questionReader } from '../../../knowledge/digest/questions.js';
import { unansweredIn } from '../../../knowledge/digest/unanswered.js';
import type { Library } from '../../../knowledge/library.js';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { messagesOf, type Said } from '../message-for-test.js';

const MINUTE = 60_000;
const QUESTION = '请问有人做过无动力的车床吗？飞轮多重合适';
const asked = { speaker: 0, text: QUESTION };

/** What is open of these messages, each of which stands in a thread of its own. */
function openOf(...said: readonly Said[]): readonly string[] {
  const messages = messagesOf(...said);
  const library = {
    archive: { messages },
    threads: messages.map(({ index, room }) => ({ id: index, room, messages: [index] })),
    threadOf: messages.map(({ index }) => index),
    learned: { lore: learnLore(messages) },
  } as unknown as Library;
  return unansweredIn(messages, library, questionReader([])).map(({ text }) => text);
}

describe('a question whose thread ended with it', () => {
  it('is open, whatever else was talked about', () => {
    expect(openOf(asked, { speaker: 1, text: '食堂今天的红烧肉卖光了' })).toEqual([QUESTION]);
  });

  it('is answered by what speaks of the same within the hour, to whomever, but not later, and not by another question', () => {
    const answer = { speaker: 1, text: '车床的飞轮四十公斤，无动力的也够用了' };
    expect(openOf(asked, { ...answer, at: 40 * MINUTE })).toEqual([]);
    expect(openOf(asked, { ...answer, at: 90 * MINUTE })).toEqual([QUESTION]);
    expect(openOf(asked, { speaker: 1, text: '无动力的车床飞轮去哪里买？', at: 5 * MINUTE })).toContain(QUESTION);
  });

  it('is answered if the asker gives thanks within the hour', () => {
    const other = { speaker: 1, text: '四十公斤', at: 10 * MINUTE };
    expect(openOf(asked, other, { speaker: 0, text: '赞，就照着四十公斤做', at: 12 * MINUTE })).toEqual([]);
    expect(openOf(asked, other, { speaker: 0, text: '赞，就照着四十公斤做', at: 90 * MINUTE })).toEqual([QUESTION]);
  });
});

describe('what is no question to the group though it asks', () => {
  it.each(['三步教会徒弟如何打磨木蜡油', '老槐给讲讲如何刨平胶合面吧'])('is %s', (text) => {
    expect(openOf({ text })).toEqual([]);
  });

  it('unless it turns to the group, or a mark says that it asks', () => {
    expect(openOf({ text: '请教各位樱桃木如何打磨得更亮' })).toHaveLength(1);
    expect(openOf({ text: '樱桃木如何打磨得更亮？' })).toHaveLength(1);
  });
});
