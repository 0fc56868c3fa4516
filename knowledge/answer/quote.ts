/**
 * Message -> Quote: what is shown of it, where it stands and when it was said.
 */
import type { WallClock } from '../archive/wall-clock.js';
import { markOf } from '../marks.js';
import type { Message, Quote } from '../types.js';
import { mask } from './mask.js';

/** `shorten` gets the masked text, for a number cut in two would no longer be known for one; by default all of it is shown. */
export function quoteOf(message: Message, clock: WallClock, shorten: (text: string) => string = (text) => text): Quote {
  const { date, time } = clock.local(message.at);
  return {
    file: message.file,
    line: message.line,
    at: message.at,
    date,
    time,
    // People put their telephone number into their group card.
    speaker: mask(message.name),
    text: shorten(mask(message.text)),
    kind: message.kind,
    mark: markOf(message),
  };
}
