import { describe, expect, it } from 'vitest';
import { chooseQuotes } from '../../../knowledge/answer/choose.js';
import { messagesOf } from '../message-for-test.js';

/** What is quoted if these messages (position = place in the list) have these probabilities of answering. */
function quoted(texts: readonly string[], probabilities: Readonly<Record<number, number>>, askedAt = -1): readonly string[] {
  const messages = messagesOf(...texts);
  const members = Object.entries(probabilities)
    .map(([position, probability]) => ({ position: Number(position), probability }))
    .sort((a, b) => b.probability - a.probability);
  const group = { members, askedAt, score: members[0]?.probability ?? 0 };
  return chooseQuotes(group, (position) => messages[position] as (typeof messages)[number]).map(
    (position) => texts[position] as string,
  );
}

describe('what is quoted of a discussion', () => {
  it('is the question as it was asked, then what answers it, in time order', () => {
    const texts = ['PETG 喷嘴多少度', '我也想知道', '235 到 240', '风扇三成'];
    expect(quoted(texts, { 3: 0.6, 2: 0.9 }, 0)).toEqual(['PETG 喷嘴多少度', '235 到 240', '风扇三成']);
  });

  it('gives an answer of two characters the question it belongs to', () => {
    expect(quoted(['要不要先烘料？', '不用'], { 1: 0.9 }, 0)).toEqual(['要不要先烘料？', '不用']);
  });

  it('gives up the least likely answer for the question, so that it is never more than four', () => {
    const texts = ['怎么不拉丝', '烘料', '降温', '回抽加大', '移动加快'];
    expect(quoted(texts, { 1: 0.9, 2: 0.8, 3: 0.7, 4: 0.6 }, 0)).toEqual(['怎么不拉丝', '烘料', '降温', '回抽加大']);
  });

  it('asks no second question before one that already stands first', () => {
    const texts = ['谁知道怎么不拉丝', '具体是什么料？', '烘料'];
    expect(quoted(texts, { 1: 0.5, 2: 0.9 }, 0)).toEqual(['具体是什么料？', '烘料']);
  });

  it('leaves out a question that was asked long before', () => {
    const texts = ['怎么不拉丝？', ...Array.from({ length: 20 }, (_, i) => `第${i}句别的话`), '烘料六个小时'];
    expect(quoted(texts, { 21: 0.9 }, 0)).toEqual(['烘料六个小时']);
  });

  it.each(['谢谢大佬', '[强][强]', '签到', '好的', '@阿棠?收到', '666', '👍'])('leaves out %s', (phrase) => {
    expect(quoted(['烘料六个小时', phrase], { 0: 0.9, 1: 0.8 })).toEqual(['烘料六个小时']);
  });

  it('keeps what is said behind a mention, even where the export lost the space', () => {
    expect(quoted(['烘料六个小时', '@阿棠-半亩工坊?温度降到235'], { 0: 0.9, 1: 0.8 })).toHaveLength(2);
  });

  it('leaves out what is far less likely than the best', () => {
    expect(quoted(['烘料六个小时', '周末去爬山'], { 0: 0.9, 1: 0.05 })).toEqual(['烘料六个小时']);
  });

  it('shows the best message even if it is bare agreement, for the question before it says to what', () => {
    expect(quoted(['能直接用吗？', '是的'], { 1: 0.9 }, 0)).toEqual(['能直接用吗？', '是的']);
  });
});
