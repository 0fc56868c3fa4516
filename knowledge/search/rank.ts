/**
 * A question -> groups of messages that answer it, best first.
 *
 * Passages are found by BM25 (and by meaning, if a model is there); every message in and around them is scored by the
 * ranking model; messages that stand close together in one thread become one group.
 */
import type { Message } from '../types.js';
import { bestPassages, passageRange } from './candidates.js';
import { characterEvidence, meaningEvidence, wordEvidence } from './evidence.js';
import { candidatePositions, computeFeatures, type FeatureRows } from './features.js';
import type { PassageIndex } from './passage-index.js';
import type { Query } from './query.js';

/** Passages taken by words and characters together, and by words alone. */
const BY_TEXT = 120;
const BY_WORDS = 20;
/** Passages taken by meaning; with them 0.99 have one. */
const BY_MEANING = 60;
/** Positions apart within which messages of a thread belong to one group; 8 and 15 measure alike, 4 is worse. */
const SPAN = 12;
/** Messages of a group that are used up when it is shown. */
const GROUP = 10;

export interface RankInput {
  readonly index: PassageIndex;
  readonly messages: readonly Message[];
  /** Thread by message index. */
  readonly threadOf: Int32Array;
  readonly query: Query;
  /** Cosine with the question by message index; NaN where there is no vector. Absent without a meaning model. */
  readonly similarity?: Float32Array;
  /** Cosine by passage. */
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
  const words = wordEvidence(index, query);
  const characters = characterEvidence(index, query);
  const meaning = similarity && passageSimilarity ? meaningEvidence(index, similarity, passageSimilarity) : undefined;
  const admitPassage = (passage: number): boolean => {
    const [from, to] = passageRange(index, passage);
    for (let position = from; position < to; position++) if (admit(position)) return true;
    return false;
  };
  const text = words.passages.slice();
  for (let passage = 0; passage < text.length; passage++)
    text[passage] = (text[passage] as number) + (characters.passages[passage] as number);
  const found = [bestPassages(text, BY_TEXT, admitPassage), bestPassages(words.passages, BY_WORDS, admitPassage)];
  if (meaning && similarity) {
    found.push(bestPassages(meaningOfPassages(index, similarity), BY_MEANING, admitPassage));
    found.push(bestPassages(meaning.passages, BY_MEANING, admitPassage));
  }
  const passages = new Set(found.flat().map(({ passage }) => passage));
  const positions = candidatePositions(index, [...passages]).filter(admit);
  const { messages, threadOf } = input;
  return computeFeatures(positions, { index, messages, threadOf, query, words, characters, ...(meaning ? { meaning } : {}) });
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
