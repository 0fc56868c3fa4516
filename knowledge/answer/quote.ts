/**
 * Message -> Quote: what is shown of it, where it stands and when it was said.
 */
import type { WallClock } from '../archive/wall-clock.js';
import type { Discretion } from '../guidance/discretion.js';
import { markOf } from '../marks.js';
import type { Message, Quote } from '../types.js';
import { mask } from './mask.js';

/** How messages are shown: in which zone, and without which names (see {@link Discretion}). */
export interface Showing {
  readonly clock: WallClock;
  readonly veil: Discretion['veil'];
}

/**
 * `shorten` gets the masked text, for a number cut in two would no longer be known for one, nor would a name; by default all of
 * it is shown.
 */
export function quoteOf(message: Message, { clock, veil }: Showing, shorten: (text: string) => string = (text) => text): Quote {
  const { date, time } = clock.local(message.at);
  return {
    file: message.file,
    line: message.line,
    at: message.at,
    date,
    time,
    // People put their telephone number into their group card.
    speaker: mask(message.name),
    text: shorten(veil(mask(message.text), message.kind)),
    kind: message.kind,
    mark: markOf(message),
  };
}
