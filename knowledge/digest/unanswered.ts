/**
 * The messages of a window -> the questions in them that nobody answered until now. Rather too few than one that was answered.
 */
import type { Library } from '../library.js';
import type { Message } from '../types.js';
import { isOfTheGroup } from './held.js';
import { type QuestionReader, standsAlone } from './questions.js';

const MOST = 5;
/** ms: what is said to somebody within this time may be a reply, though it stands in another thread. */
const RIGHT_AFTER = 10 * 60_000;
/** Messages looked at for that. */
const NEXT = 6;
/** ms: a question after such a silence is meant for everybody, whether it says so or not. */
const SILENCE = 15 * 60_000;
/** What an asker says who got his answer, from whomever. */
const SETTLED = /谢谢|感谢|多谢|搞定|解决了|找到了|知道了|明白了/;

/** The latest last. `said` is what the window holds, in time order. */
export function unansweredIn(said: readonly Message[], library: Library, read: QuestionReader): readonly Message[] {
  const open = new Map<string, Message>();
  const settled = new Set<string>();
  said.forEach((message, i) => {
    const question = read(message);
    if (!question || !standsAlone(message, question) || message.text.includes('@')) return;
    const breaksSilence = message.at - (said[i - 1]?.at ?? Number.NEGATIVE_INFINITY) >= SILENCE;
    if (!question.isAppeal && !(breaksSilence && question.isAll)) return;
    const key = `${message.speaker}\n${question.text}`;
    if (isFollowed(message, library) || isMet(message, said.slice(i + 1, i + 1 + NEXT))) settled.add(key);
    else open.set(key, message);
  });
  // Asked twice and answered once, it is answered.
  return [...open]
    .filter(([key]) => !settled.has(key))
    .map(([, message]) => message)
    .slice(-MOST);
}

/**
 * Whether anybody else spoke after it in its thread, ever, or the asker was content. Whoever may not be shown has answered too:
 * that tells nothing of him.
 */
function isFollowed({ index, speaker }: Message, { archive: { messages }, threads, threadOf }: Library): boolean {
  const thread = threads[threadOf[index] as number]?.messages ?? [];
  return thread.some((i) => {
    const later = messages[i] as Message;
    return i > index && isOfTheGroup(later) && (later.speaker === speaker ? SETTLED.test(later.text) : true);
  });
}

/** Whether one of the next messages turns to the asker, or says something right behind the question. */
function isMet(question: Message, next: readonly Message[]): boolean {
  return next.some(
    ({ at, speaker, mentions }) =>
      speaker !== question.speaker && at - question.at <= RIGHT_AFTER && mentions.includes(question.speaker),
  );
}
