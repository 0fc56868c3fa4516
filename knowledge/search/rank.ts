/**
 * A question -> groups of messages that answer it, best first.
 *
 * Passages are found by BM25 (and by meaning, if a model is there); every message in and around them is scored by the
 * ranking model; messages that stand close together in one thread become one group.
 */
import type { Message } from '../types.js';
import { bestPassages, passageRange, scorePassages } from './candidates.js';
import { candidatePositions, computeFeatures, type FeatureRows } from './features.js';
import type { PassageIndex } from './passage-index.js';
import type { Query } from './query.js';

/** Passages taken by words: of the gold questions 0.89 have an answer among 60, 0.92 among 120. */
const BY_WORDS = 120;
/** Passages taken by meaning; with them 0.99 have one. */
const BY_MEANING = 60;
/** Positions apart within which messages of a thread belong to one group; 8 and 15 measure alike, 4 is worse. */
const SPAN = 12;
/** Messages of a group that are used up when it is shown. */
const GROUP = 10;

export interface RankInput {
  readonly index: PassageIndex;
  readonly messages: readonly Message[];
  readonly query: Query;
  readonly similarity?: Float32Array;
  readonly passageSimilarity?: Float32Array;
  /** True for positions whose message may be evidence: the asker may read it and the question's filters let it through. */
  readonly admit: (position: number) => boolean;
}

export interface Discussions {
  readonly index: PassageIndex;
  /** Thread by message index. */
  readonly threadOf: Int32Array;
}

export interface Scored {
  readonly position: number;
  /** Probability (uncalibrated) that the message answers, 0..1. */
  readonly probability: number;
}

export interface Group {
  /** Best first, at most {@link GROUP}. */
  readonly members: readonly Scored[];
  /** Position of the question that the best member seems to answer, or -1. */
  readonly askedAt: number;
  readonly score: number;
}

/** Feature rows of every message worth ranking. */
export function candidateRows(input: RankInput): FeatureRows {
  const { index, query, similarity, passageSimilarity, admit } = input;
  const passageScores = scorePassages(index, query);
  const admitPassage = (passage: number): boolean => {
    const [from, to] = passageRange(index, passage);
    for (let position = from; position < to; position++) if (admit(position)) return true;
    return false;
  };
  const passages = new Set(bestPassages(passageScores, BY_WORDS, admitPassage).map((candidate) => candidate.passage));
  if (similarity) {
    const meaning = meaningOfPassages(index, similarity);
    for (const { passage } of bestPassages(meaning, BY_MEANING, admitPassage)) passages.add(passage);
    if (passageSimilarity)
      for (const { passage } of bestPassages(passageSimilarity, BY_MEANING, admitPassage)) passages.add(passage);
  }
  const positions = candidatePositions(index, [...passages]).filter(admit);
  const rows = computeFeatures(positions, {
    index,
    messages: input.messages,
    query,
    passageScores,
    ...(similarity ? { similarity } : {}),
    ...(passageSimilarity ? { passageSimilarity } : {}),
  });
  return rows;
}

/**
 * Groups by score, best first, at most `limit`; each lies within one thread (`threadOf` by message index), so that what is
 * quoted together belongs together.
 */
export function groupCandidates(
  { index, threadOf }: Discussions,
  rows: FeatureRows,
  scores: Float32Array,
  limit: number,
): readonly Group[] {
  const threadAt = (position: number): number => threadOf[index.messageAt[position] as number] as number;
  const order = Array.from(scores.keys()).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || (rows.positions[b] as number) - (rows.positions[a] as number),
  );
  const byThread = new Map<number, number[]>();
  for (const row of order) {
    const thread = threadAt(rows.positions[row] as number);
    const list = byThread.get(thread);
    if (list) list.push(row);
    else byThread.set(thread, [row]);
  }
  const used = new Set<number>();
  const groups: Group[] = [];
  for (const row of order) {
    if (used.has(row)) continue;
    const position = rows.positions[row] as number;
    const members: Scored[] = [];
    for (const other of byThread.get(threadAt(position)) ?? []) {
      const at = rows.positions[other] as number;
      if (used.has(other) || Math.abs(at - position) > SPAN) continue;
      used.add(other);
      members.push({ position: at, probability: 1 / (1 + Math.exp(-(scores[other] as number))) });
      if (members.length === GROUP) break;
    }
    const asked = rows.askedAt[row] as number;
    groups.push({
      members,
      askedAt: asked >= 0 && threadAt(asked) === threadAt(position) ? asked : -1,
      score: (members[0]?.probability ?? 0) + 0.5 * (members[1]?.probability ?? 0),
    });
    // Later groups begin with a lesser message; a few more than wanted are enough to sort.
    if (groups.length === 2 * limit) break;
  }
  return groups.sort((a, b) => b.score - a.score).slice(0, limit);
}

/** Best three cosines of each passage, the second and third for less: one lucky message is weaker than a passage on the matter. */
function meaningOfPassages(index: PassageIndex, similarity: Float32Array): Float32Array {
  const scores = new Float32Array(index.sittingOfPassage.length);
  for (let passage = 0; passage < scores.length; passage++) {
    const [from, to] = passageRange(index, passage);
    let [first, second, third] = [0, 0, 0];
    for (let position = from; position < to; position++) {
      const cosine = similarity[index.messageAt[position] as number] as number;
      if (cosine > first) [first, second, third] = [cosine, first, second];
      else if (cosine > second) [second, third] = [cosine, second];
      else if (cosine > third) third = cosine;
    }
    scores[passage] = first + 0.5 * second + 0.3 * third;
  }
  return scores;
}
