/**
 * Message -> Quote: what is shown of it, where it stands and when it was said.
 */
import type { WallClock } from '../archive/wall-clock.js';
import type { Message, Quote } from '../types.js';
import { mask } from './mask.js';

/** `text` is what to show of the message; it defaults to all of it. */
export function quoteOf(message: Message, clock: WallClock, text = message.text): Quote {
  const { date, time } = clock.local(message.at);
  return {
    file: message.file,
    line: message.line,
    at: message.at,
    date,
    time,
    speaker: message.name,
    text: mask(text),
    kind: message.kind,
  };
}
