/** Which questions count as answered although the thread of the answer is another one. */
import { describe, expect, it } from 'vitest';
import { questionReader } from '../../../knowledge/digest/questions.js';
import { isAnsweredSince, unansweredIn } from '../../../knowledge/digest/unanswered.js';
import type { Library } from '../../../knowledge/library.js';
import { learnLore } from '../../../knowledge/threads/lore.js';
import type { Message } from '../../../knowledge/types.js';
import { messagesOf, type Said } from '../message-for-test.js';

const MINUTE = 60_000;
const QUESTION = '请问有人做过无动力的车床吗？飞轮多重合适';
const asked = { speaker: 0, text: QUESTION };

/** These messages, each of which stands in a thread of its own. */
function libraryOf(messages: readonly Message[]): Library {
  return {
    archive: { messages, people: { speakers: messages.map(({ name }) => ({ names: [name] })) } },
    threads: messages.map(({ index, room }) => ({ id: index, room, messages: [index] })),
    threadOf: messages.map(({ index }) => index),
    learned: { lore: learnLore(messages) },
  } as unknown as Library;
}

function openOf(...said: readonly Said[]): readonly string[] {
  const messages = messagesOf(...said);
  return unansweredIn(messages, libraryOf(messages), questionReader([])).map(({ text }) => text);
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
    expect(openOf({ text: '有没有人用过那种桌面的车床？' })).toHaveLength(1);
  });
});

describe('a question that was put to the bot', () => {
  const DAY = 24 * 60 * MINUTE;
  const isAnswered = (...said: readonly Said[]): boolean => {
    const messages = messagesOf({ speaker: 5, text: '食堂今天的红烧肉卖光了' }, ...said);
    const put = { question: QUESTION, name: messages[0]?.name ?? '', at: 0 };
    return isAnsweredSince(put, libraryOf(messages), new Set(['甲']));
  };
  const answer = { speaker: 1, text: '无动力的车床我做过，飞轮四十公斤合适' };

  it('is answered by what somebody else says of the same within a week', () => {
    expect(isAnswered()).toBe(false);
    expect(isAnswered({ ...answer, at: 5 * DAY })).toBe(true);
    expect(isAnswered({ ...answer, at: 8 * DAY })).toBe(false);
  });

  it('is not by what has a word in common days later, nor by a further question', () => {
    expect(isAnswered({ speaker: 1, text: '台锯和车床都擦干净了，下次谁用完自己收拾', at: 2 * DAY })).toBe(false);
    expect(isAnswered({ speaker: 1, text: `${QUESTION}我也想知道`, at: 2 * DAY })).toBe(false);
  });
});
