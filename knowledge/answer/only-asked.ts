/**
 * Tells a group that is a question which nobody took up. It ranks high, for it has the words of what is asked now, and what its
 * asker said after it looks like a reply.
 */
import type { Library } from '../library.js';
import type { Group } from '../search/rank.js';
import { asks } from '../text/speech.js';
import type { Message } from '../types.js';

/** Letters, digits and characters of an answer that somebody gives himself; less mends a word of the question. */
const LEAST = 8;

interface Readable {
  readonly library: Library;
  /** True for the messages that the asker may read. */
  readonly admit: (message: Message) => boolean;
}

/** @param worth how much of the question's words a text has */
export function isOnlyAsked(
  { members }: Group,
  { library, admit }: Readable,
  messageAt: (position: number) => Message,
  worth: (text: string) => number,
): boolean {
  const [first] = members.map(({ position }) => messageAt(position)).sort((a, b) => a.index - b.index);
  if (!first || !asks(first.text)) return false;
  const tells = ({ text }: Message): boolean =>
    !asks(text) && text.replace(/[^\p{L}\p{N}]/gu, '').length >= LEAST && worth(text) > 0;
  const thread = library.threads[library.threadOf[first.index] as number]?.messages ?? [];
  return !thread.some((i) => {
    const message = library.archive.messages[i] as Message;
    return i > first.index && admit(message) && (message.speaker !== first.speaker || tells(message));
  });
}
