/**
 * What a whole archive teaches about its groups, without labels: how rare each term is, and how people begin conversations.
 *
 * In: all messages, in time order. Out: frozen numbers by term, which the threads of any stretch are then found with. Terms that
 * only one message has are not kept: they tell as much as a term that was never seen.
 */
import type { Message } from '../types.js';
import { type TermNumbers, termNumbers } from './term-numbers.js';
import { eachTopicTerm } from './topic-terms.js';

export interface Lore {
  /** Differs between lores that differ. */
  readonly id: string;
  /** Numbers of the terms: first pairs of characters, then words. */
  readonly terms: TermNumbers;
  /** By number, in nats: about 0 for what nearly every message has, higher the rarer. */
  readonly rarity: Float32Array;
  /** By number, in nats: above 0 if messages with the term rather break a silence, below 0 if they stand in the middle of talk. */
  readonly opening: Float32Array;
  /** Rarity of every other term. */
  readonly unknownRarity: number;
}

/** A lore as plain data, fit to be stored. */
export interface PackedLore {
  readonly id: string;
  /** By number of the term: pairs of characters first, then words. */
  readonly pairs: Int32Array;
  readonly words: readonly string[];
  readonly rarity: Float32Array;
  readonly opening: Float32Array;
  readonly unknownRarity: number;
}

/** A message after this silence (ms) opens something; one within TALK of the previous does not; between them nothing is learned. */
const SILENCE = 1_800_000;
const TALK = 60_000;
/** A term's opening is believed by as much as this many messages outweigh. */
const PRIOR = 6;
/** A small archive has seen too little to call a word rare; it starts as if this many messages were known. */
const PRIOR_MESSAGES = 2000;

export function learnLore(archived: readonly Message[]): Lore {
  const messages = archived.filter(({ kind }) => kind !== 'bot');
  const numbers = termNumbers(1 << 18);
  /** By number: messages with the term; those of them that broke a silence; those in the middle of talk; the last one met. */
  const counts: number[] = [];
  const opened: number[] = [];
  const talked: number[] = [];
  const met: number[] = [];
  const before = new Map<string, number>();
  let openings = 1;
  let talks = 4;
  messages.forEach(({ room, at, text }, position) => {
    const silence = at - (before.get(room) ?? Number.NEGATIVE_INFINITY);
    before.set(room, at);
    const opens = silence >= SILENCE ? 1 : 0;
    const talk = silence <= TALK ? 1 : 0;
    openings += opens;
    talks += talk;
    eachTopicTerm(text, (term) => {
      const number = numbers.add(term);
      if (number === counts.length) {
        counts.push(0);
        opened.push(0);
        talked.push(0);
        met.push(-1);
      }
      if (met[number] === position) return;
      met[number] = position;
      counts[number] = (counts[number] as number) + 1;
      opened[number] = (opened[number] as number) + opens;
      talked[number] = (talked[number] as number) + talk;
    });
  });
  const share = openings / (openings + talks);
  const odds = Math.log(share / (1 - share));
  const terms = numbers.keys();
  const pairs: number[] = [];
  const words: string[] = [];
  terms.forEach((term, number) => {
    if ((counts[number] as number) < 2) return;
    if (typeof term === 'number') pairs.push(term);
    else words.push(term);
  });
  const ordered = [...pairs, ...words].map((term) => numbers.get(term) as number);
  const rarity = Float32Array.from(ordered, (number) =>
    Math.log((messages.length + PRIOR_MESSAGES) / ((counts[number] as number) + 1)),
  );
  const opening = Float32Array.from(ordered, (number) => {
    const openings = (opened[number] as number) + PRIOR * share;
    return Math.log(openings / ((talked[number] as number) + PRIOR * (1 - share))) - odds;
  });
  return unpackLore({
    id: idOf(rarity, opening),
    pairs: Int32Array.from(pairs),
    words,
    rarity,
    opening,
    unknownRarity: Math.log((messages.length + PRIOR_MESSAGES) / 2),
  });
}

export function packLore({ id, terms, rarity, opening, unknownRarity }: Lore): PackedLore {
  const words = terms.keys().filter((term) => typeof term === 'string');
  const pairs = Int32Array.from(terms.keys().filter((term) => typeof term === 'number'));
  return { id, pairs, words, rarity, opening, unknownRarity };
}

export function unpackLore({ id, pairs, words, rarity, opening, unknownRarity }: PackedLore): Lore {
  const terms = termNumbers();
  for (const pair of pairs) terms.add(pair);
  for (const word of words) terms.add(word);
  return { id, terms, rarity, opening, unknownRarity };
}

function idOf(...numbers: readonly Float32Array[]): string {
  let hash = 0;
  for (const values of numbers)
    for (const value of values) hash = (Math.imul(hash ^ Math.round(value * 65_536), 0x9e3779b1) ^ (hash >>> 15)) >>> 0;
  return `${numbers[0]?.length ?? 0}-${hash.toString(36)}`;
}
