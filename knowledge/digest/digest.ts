/**
 * A library and a window -> a Digest: what the window held, counted and quoted. Pure, and the same for the same archive.
 */

import { clip } from '../answer/clip.js';
import { mask } from '../answer/mask.js';
import { quoteOf, type Showing } from '../answer/quote.js';
import type { Library } from '../library.js';
import type { Segmenter } from '../text/segment.js';
import type { Digest, Message } from '../types.js';
import { conversationsIn } from './conversations.js';
import { countIn, type Held, hoursOf, messagesIn, peopleIn, speakersOf, usualIn } from './held.js';
import { sharedIn } from './links.js';
import { type QuestionReader, questionReader } from './questions.js';
import { risingIn } from './rising.js';
import { substanceIn } from './substance.js';
import { topicsOf } from './topics.js';
import { unansweredIn } from './unanswered.js';
import { daysOf, type Window, windowsBefore } from './window.js';

/** Characters shown of a question or of what was said beside a link. */
const QUOTE_LENGTH = 100;
/** Windows that a digest is compared with. */
const COMPARED = 7;

export interface DigestSetting {
  readonly library: Library;
  readonly showing: Showing;
  readonly segment: Segmenter;
  readonly held: Held;
  /** What the group is called. */
  readonly room: string;
  /** Days that the window holds. */
  readonly days: number;
}

export function digestOf(window: Window, { library, showing, segment, held, room, days }: DigestSetting): Digest {
  const { clock, veil } = showing;
  const said = messagesIn(library, held, window);
  const conversations = conversationsIn(library, said, substanceIn(said));
  const telling = conversations.flatMap((conversation) => conversation.telling);
  const read = questionReader(library.archive.people.speakers);
  const quote = (message: Parameters<typeof quoteOf>[0]) =>
    quoteOf(message, showing, (text) => clip(text, QUOTE_LENGTH, () => 1));
  const earlier = windowsBefore(clock, window, days, COMPARED).map((before) => messagesIn(library, held, before));
  const usual = usualIn(earlier);
  // The name of somebody who wants to be forgotten may be what others spoke of.
  const isSayable = ({ word }: { readonly word: string }): boolean => veil(word, 'text') === word;
  return {
    room,
    from: window.from,
    to: window.to,
    date: clock.local(window.from).date,
    days,
    messages: said.length,
    people: peopleIn(said),
    hours: hoursOf(said, clock),
    byDay: daysOf(clock, window, days).map((day) => countIn(said, day)),
    ...(usual ? { usual } : {}),
    topics: topicsOf(conversations, { library, showing, read }),
    unanswered: unansweredIn(said, library, read).map((message) => quoteOf(message, showing, askedIn(message, read))),
    links: sharedIn(said).map(({ kind, title, url, message }) => ({
      kind,
      title: veil(mask(title), message.kind),
      ...(url === undefined ? {} : { url }),
      by: quote(message),
    })),
    speakers: speakersOf(said),
    rising: (days < 7 ? [] : risingIn(telling, earlier.flat(), library, segment)).filter(isSayable),
  };
}

/** Of a masked message the question, without the call for attention in front of it, which alone would be left in a short line. */
function askedIn(message: Message, read: QuestionReader): (text: string) => string {
  const asked = read(message)?.text ?? '';
  return (text) => {
    const begins = text.indexOf(asked);
    return clip(begins > 0 ? `…${text.slice(begins)}` : text, QUOTE_LENGTH, () => 1);
  };
}
