import { describe, expect, it } from 'vitest';
import { ALL_FEATURES } from '../../../knowledge/search/features.js';
import { indexPassages } from '../../../knowledge/search/passage-index.js';
import { weigh } from '../../../knowledge/search/query.js';
import { candidateRows, groupCandidates } from '../../../knowledge/search/rank.js';
import { messagesOf, type Said } from '../message-for-test.js';

const segment = { words: (text: string) => [text], dictionary: () => [] };

/** Rows for a question about messages that are one sitting; those not in `hidden` may be read. */
function rowsFor(
  question: string,
  said: readonly (string | Said)[],
  hidden: readonly number[] = [],
  threads: readonly number[] = said.map(() => 0),
) {
  const messages = messagesOf(...said);
  const index = indexPassages(messages, new Int32Array(messages.length));
  const query = weigh(question, index, segment, () => []);
  const rows = candidateRows({
    index,
    messages,
    threadOf: Int32Array.from(threads),
    query,
    admit: (position) => !hidden.includes(position),
  });
  const value = (position: number, feature: string): number => {
    const row = rows.positions.indexOf(position);
    return rows.values[row * ALL_FEATURES.length + ALL_FEATURES.indexOf(feature)] as number;
  };
  return { index, rows, value };
}

describe('candidates', () => {
  const talk = ['petg怎么不拉丝', '先烘料', '烘料六小时', '周末去爬山', '山上冷'];

  it('are the messages around the words asked for, also those that share none with the question', () => {
    const { rows } = rowsFor('petg', talk);
    expect([...rows.positions].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('are only messages that may be read', () => {
    expect([...rowsFor('petg', talk, [0, 2]).rows.positions].sort()).toEqual([1, 3, 4]);
  });

  it('are none where no word is known', () => {
    expect([...rowsFor('abs', talk).rows.positions]).toEqual([]);
  });
});

describe('what is known of a candidate', () => {
  it('is how much of the question it says itself, and how much was asked before it', () => {
    const { rows, value } = rowsFor('petg拉丝', ['petg怎么不拉丝', '先烘料', 'petg']);
    expect(value(0, 'words.own')).toBeCloseTo(1);
    expect(value(1, 'words.own')).toBe(0);
    expect(value(1, 'words.asked')).toBeGreaterThan(0.9);
    expect(value(2, 'words.own')).toBeGreaterThan(0);
    expect(rows.askedAt[rows.positions.indexOf(1)]).toBe(0);
    expect(rows.askedAt[rows.positions.indexOf(0)]).toBe(-1);
  });

  it('is whether it replies to the person who asked, and whether that person says it himself', () => {
    const { value } = rowsFor('petg', [
      { text: 'petg怎么不拉丝', speaker: 7 },
      { text: '先烘料', speaker: 8, replyTo: 0 },
      { text: '好，我试试', speaker: 7 },
    ]);
    expect([value(1, 'repliesToAsker'), value(2, 'repliesToAsker')]).toEqual([1, 0]);
    expect([value(1, 'sameAsker'), value(2, 'sameAsker')]).toEqual([0, 1]);
  });

  it('is how far it stays behind the best candidate: never ahead of it', () => {
    const { rows, value } = rowsFor('petg拉丝', ['petg怎么不拉丝', 'petg', '先烘料']);
    const below = [...rows.positions].map((position) => value(position, 'words.ownBelow'));
    expect(Math.max(...below)).toBe(0);
    expect(Math.min(...below)).toBeCloseTo(-1);
  });

  it('is also what single characters tell, where the words are others', () => {
    const filler = Array.from({ length: 60 }, (_, i) => `周末${i}爬山`);
    const { value } = rowsFor('退钱', ['能退款吗', '可以', ...filler]);
    expect(value(0, 'words.own')).toBe(0);
    expect(value(0, 'characters.own')).toBeGreaterThan(0);
    expect(value(1, 'characters.asked')).toBeGreaterThan(0);
  });

  it('is what its own thread says, apart from the talk around it', () => {
    const { value } = rowsFor('petg', ['petg怎么不拉丝', '山上冷', 'petg要烘', '多穿点'], [], [0, 1, 0, 1]);
    expect(value(2, 'words.askedInThread')).toBeGreaterThan(0.9);
    expect(value(3, 'words.asked')).toBeGreaterThan(0.9);
    expect(value(3, 'words.askedInThread')).toBe(0);
  });

  it('leaves the meaning out where there is no model', () => {
    const { value } = rowsFor('petg', ['petg怎么不拉丝', '先烘料']);
    expect(value(0, 'meaning.own')).toBe(0);
  });
});

describe('groups of candidates', () => {
  /** Groups if message i scores `scores[i]` (log-odds) and belongs to thread `threads[i]`. */
  function groupsOf(scores: readonly number[], threads: readonly number[]) {
    const messages = messagesOf(...scores.map((_, i) => `第${i}句话`));
    const index = indexPassages(messages, new Int32Array(messages.length));
    const rows = {
      positions: Int32Array.from(scores, (_, i) => i),
      values: new Float32Array(0),
      askedAt: Int32Array.from(scores, (_, i) => i - 1),
    };
    return groupCandidates({ index, threadOf: Int32Array.from(threads) }, rows, Float32Array.from(scores), 20);
  }
  const positions = (groups: ReturnType<typeof groupsOf>) => groups.map(({ members }) => members.map(({ position }) => position));

  it('are those of one thread, best first, each candidate in one group', () => {
    expect(positions(groupsOf([0, 4, 1, 2], [5, 6, 5, 6]))).toEqual([
      [1, 3],
      [2, 0],
    ]);
  });

  it('do not join what stands far apart in a thread', () => {
    const scores = Array.from({ length: 30 }, (_, i) => (i === 0 || i === 29 ? 5 : -9));
    const [first, second] = positions(groupsOf(scores, new Array<number>(30).fill(0)));
    expect([first?.[0], second?.[0]].sort()).toEqual([0, 29]);
  });

  it('know the question only if it was asked in the same thread', () => {
    const [first, second] = groupsOf([0, 3, 2], [1, 1, 2]);
    expect([first?.askedAt, second?.askedAt]).toEqual([0, -1]);
  });

  it('score by their best two', () => {
    const groups = groupsOf([2, -5, 1.5, 1.4], [1, 1, 2, 2]);
    expect(positions(groups)[0]).toEqual([2, 3]);
    expect(groups.map(({ score }) => score)).toEqual(groups.map(({ score }) => score).sort((a, b) => b - a));
  });
});
