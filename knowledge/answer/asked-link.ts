/**
 * Whoever asks for talk with a link (有链接) is shown the link, though the talk about it answers better.
 */
import type { Library } from '../library.js';
import { holdsLink } from '../question/filters.js';
import type { Message } from '../types.js';
import { QUOTES } from './choose.js';

/**
 * What is quoted, with the nearest link of the thread in the place of the least. `best` keeps its own; `admit` says which
 * messages may be shown besides.
 */
export function withAskedLink(
  quoted: readonly Message[],
  best: Message | undefined,
  { archive, threads, threadOf }: Library,
  admit: (message: Message) => boolean,
): readonly Message[] {
  const kept = quoted.find((message) => message === best) ?? quoted[0];
  if (!kept || quoted.some(holdsLink)) return quoted;
  const [nearest] = (threads[threadOf[kept.index] as number]?.messages ?? [])
    .map((i) => archive.messages[i] as Message)
    .filter((message) => holdsLink(message) && admit(message))
    .sort((a, b) => Math.abs(a.index - kept.index) - Math.abs(b.index - kept.index));
  if (!nearest) return quoted;
  const others = quoted.filter((message) => message !== kept).slice(0, QUOTES - 2);
  return [kept, ...others, nearest].sort((a, b) => a.index - b.index);
}
