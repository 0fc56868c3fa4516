/**
 * The messages of a stretch as the threads see them: signs, terms, and whom they quote.
 */
import type { Message } from '../types.js';
import type { Lore } from './lore.js';
import { type Signs, signsOf } from './signs.js';
import { placesIn } from './stretches.js';
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

/** Hears stretch after stretch with one lore. */
export function listener(lore: Lore): (stretch: readonly Message[]) => readonly Said[] {
  const known = lore.rarity.length;
  /** By number of a term of the lore: the last message it was met in, so that each counts once. */
  const met = new Int32Array(known);
  let heard = 0;
  return (stretch) => {
    const unknown = new Map<TopicTerm, number>();
    const placeOf = placesIn(stretch);
    return stretch.map((message, order) => {
      const terms: number[] = [];
      const rarities: number[] = [];
      let evidence = 0;
      heard++;
      eachTopicTerm(message.text, (term) => {
        const number = lore.terms.get(term);
        if (number === undefined) {
          const fresh = known + unknown.size;
          const again = unknown.get(term);
          if (again === undefined) unknown.set(term, fresh);
          else if (terms.includes(again)) return;
          terms.push(again ?? fresh);
          rarities.push(lore.unknownRarity);
        } else if (met[number] !== heard) {
          met[number] = heard;
          terms.push(number);
          rarities.push(lore.rarity[number] as number);
          evidence += lore.opening[number] as number;
        }
      });
      return {
        message,
        signs: signsOf(message),
        terms,
        rarities,
        opening: terms.length === 0 ? 0 : evidence / Math.sqrt(terms.length + 1),
        order,
        quotes: message.replyTo === undefined ? undefined : (placeOf(message.replyTo) ?? -1),
      };
    });
  };
}
