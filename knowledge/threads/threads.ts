/**
 * Messages -> Threads: who talks with whom about what, interleaved conversations kept apart.
 *
 * A thread is named by its label, the index of its first message, and keeps it when messages come after it: what comes later
 * may make two threads one, which then has the lower label, but never divides one. The threads of a stretch follow from its
 * messages, the lore and the weights alone; so a stretch in which nothing changed keeps its threads without being looked at.
 */
import type { Message } from '../types.js';
import { divide } from './divide.js';
import type { Lore } from './lore.js';
import { judgeBy, modelId, SHIPPED } from './model.js';
import { listener } from './said.js';
import { type EarlierMessages, printOf, sameStretchIn, stretchesOf } from './stretches.js';
import { hearingTalks } from './talks.js';

/** Threads, and what is needed to find them again where nothing changed. Plain data, fit to be stored. */
export interface FoundThreads {
  /** Lore and weights they were found with. */
  readonly by: string;
  /** By message index: its thread. */
  readonly labels: Int32Array;
  /** By stretch, in the order of their first messages: its fingerprint, and how many messages it has. */
  readonly prints: Float64Array;
  readonly sizes: Int32Array;
  /** Stretch after stretch, message by message: the place in the stretch of the first message of its thread. */
  readonly places: Int32Array;
}

/**
 * @param messages in time order @param known threads found before, with the same lore or another, in the same messages or others
 * @param earlier the messages in which `known` was found: spares most of the work of recognising what did not change
 */
export function findThreads(
  messages: readonly Message[],
  lore: Lore,
  known?: FoundThreads,
  earlier?: EarlierMessages,
): FoundThreads {
  const by = foundBy(lore);
  const weigh = hearingTalks(judgeBy(SHIPPED));
  const listen = listener(lore);
  const stretches = stretchesOf(messages);
  const reusable = known?.by === by ? placesByPrint(known) : new Map<number, Int32Array>();
  const sameAs = earlier ? sameStretchIn(earlier) : () => undefined;
  const labels = eachAlone(messages.length);
  const prints = new Float64Array(stretches.length);
  const sizes = Int32Array.from(stretches, (stretch) => stretch.length);
  const places = new Int32Array(messages.length);
  let begin = 0;
  stretches.forEach((stretch, number) => {
    const same = sameAs(stretch);
    const print = (same === undefined ? undefined : known?.prints[same]) ?? printOf(stretch);
    const before = reusable.get(print);
    const found = before?.length === stretch.length ? before : divide(listen(stretch), weigh);
    prints[number] = print;
    places.set(found, begin);
    begin += stretch.length;
    label(stretch, found, labels);
  });
  return { by, labels, prints, sizes, places };
}

/** What is in no stretch stays so. */
function eachAlone(messages: number): Int32Array {
  return new Int32Array(messages).map((_, index) => index);
}

function foundBy(lore: Lore): string {
  return `${lore.id} ${modelId(SHIPPED)}`;
}

function placesByPrint({ prints, sizes, places }: FoundThreads): ReadonlyMap<number, Int32Array> {
  const byPrint = new Map<number, Int32Array>();
  let begin = 0;
  prints.forEach((print, i) => {
    const end = begin + (sizes[i] as number);
    byPrint.set(print, places.subarray(begin, end));
    begin = end;
  });
  return byPrint;
}

/** Labels of the messages of a stretch. A thread whose first message quotes an older stretch belongs to the thread quoted. */
function label(stretch: readonly Message[], places: Int32Array, labels: Int32Array): void {
  stretch.forEach(({ index, replyTo }, place) => {
    const first = places[place] as number;
    if (first < place) labels[index] = labels[(stretch[first] as Message).index] as number;
    else labels[index] = replyTo === undefined || replyTo >= index ? index : (labels[replyTo] as number);
  });
}
