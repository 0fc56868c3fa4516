/**
 * A library and a window -> a Digest: what the window held, counted and quoted. Pure, and the same for the same archive.
 */

import { clip } from '../answer/clip.js';
import { mask } from '../answer/mask.js';
import { quoteOf } from '../answer/quote.js';
import type { WallClock } from '../archive/wall-clock.js';
import type { Library } from '../library.js';
import type { Digest } from '../types.js';
import { conversationsIn } from './conversations.js';
import { type Held, hoursOf, messagesIn, peopleIn, speakersOf, usualBefore } from './held.js';
import { sharedIn } from './links.js';
import { substanceIn } from './substance.js';
import { topicsOf } from './topics.js';
import { unansweredIn } from './unanswered.js';
import type { Window } from './window.js';

/** Characters shown of a question or of what was said beside a link. */
const QUOTE_LENGTH = 100;

export interface DigestSetting {
  readonly library: Library;
  readonly clock: WallClock;
  readonly held: Held;
  /** What the group is called. */
  readonly room: string;
  /** Days that the window holds. */
  readonly days: number;
}

export function digestOf(window: Window, { library, clock, held, room, days }: DigestSetting): Digest {
  const said = messagesIn(library, held, window);
  const substance = substanceIn(said);
  const quote = (message: Parameters<typeof quoteOf>[0]) => quoteOf(message, clock, (text) => clip(text, QUOTE_LENGTH, () => 1));
  const usual = usualBefore(library, held, clock, window, days);
  return {
    room,
    from: window.from,
    to: window.to,
    date: clock.local(window.from).date,
    days,
    messages: said.length,
    people: peopleIn(said),
    hours: hoursOf(said, clock),
    ...(usual ? { usual } : {}),
    topics: topicsOf(conversationsIn(library, said, substance), { library, clock, substance }),
    unanswered: unansweredIn(said, library, held, substance).map(quote),
    links: sharedIn(said).map(({ kind, title, url, message }) => ({
      kind,
      title: mask(title),
      ...(url === undefined ? {} : { url }),
      by: quote(message),
    })),
    speakers: speakersOf(said),
    rising: [],
  };
}
