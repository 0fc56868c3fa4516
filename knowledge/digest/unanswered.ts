/**
 * Conversations -> the questions of a window that nobody answered until now. Rather too few than one that was answered.
 */
import type { Library } from '../library.js';
import type { Message } from '../types.js';
import type { Held } from './held.js';
import { isToAll, questionIn, standsAlone } from './questions.js';
import type { Substance } from './substance.js';

const MOST = 5;

/** The latest last. `said` is what the window holds. */
export function unansweredIn(
  said: readonly Message[],
  { archive: { messages }, threads, threadOf }: Library,
  { admit }: Held,
  substance: Substance,
): readonly Message[] {
  const open = said.filter((message) => {
    const question = questionIn(message);
    if (question === undefined || substance(message) === 0) return false;
    if (!isToAll(message) || !standsAlone(message, question)) return false;
    const thread = threads[threadOf[message.index] as number]?.messages ?? [];
    const after = thread.filter((i) => i > message.index).map((i) => messages[i] as Message);
    return !after.some((later) => later.speaker !== message.speaker && admit(later));
  });
  return open.slice(-MOST);
}
