/**
 * The messages of a stretch as the threads see them: signs, terms, and whom they quote.
 */
import type { Message } from '../types.js';
import type { Lore } from './lore.js';
import { type Signs, signsOf } from './signs.js';
import { eachTopicTerm, type TopicTerm } from './topic-terms.js';

export interface Said {
  readonly message: Message;
  readonly signs: Signs;
  /** Different terms, as numbers that are the same throughout the stretch. */
  readonly terms: readonly number[];
  /** How rare each of `terms` is, in nats. */
  readonly rarities: readonly number[];
  /** How much its words are those that break a silence: nats, about -3..3. */
  readonly opening: number;
  /** Its place in the stretch, counted from 0. */
  readonly order: number;
  /** Place of the message that it certainly answers; -1 if that lies outside the stretch. */
  readonly quotes: number | undefined;
}

export function listen(stretch: readonly Message[], lore: Lore): readonly Said[] {
  const unknown = new Map<TopicTerm, number>();
  const known = lore.rarity.length;
  const places = new Map(stretch.map(({ index }, place) => [index, place]));
  return stretch.map((message, order) => {
    const terms: number[] = [];
    const rarities: number[] = [];
    let evidence = 0;
    const take = (term: TopicTerm): void => {
      let number = lore.terms.get(term) ?? unknown.get(term);
      if (number === undefined) {
        number = known + unknown.size;
        unknown.set(term, number);
      }
      if (terms.includes(number)) return;
      terms.push(number);
      rarities.push(lore.rarity[number] ?? lore.unknownRarity);
      evidence += lore.opening[number] ?? 0;
    };
    eachTopicTerm(message.text, take);
    return {
      message,
      signs: signsOf(message),
      terms,
      rarities,
      opening: terms.length === 0 ? 0 : evidence / Math.sqrt(terms.length + 1),
      order,
      quotes: message.replyTo === undefined ? undefined : (places.get(message.replyTo) ?? -1),
    };
  });
}
