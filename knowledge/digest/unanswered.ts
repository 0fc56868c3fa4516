/**
 * The messages of a window -> the questions in them that nobody answered until now. Rather too few than one that was answered.
 */
import type { Library } from '../library.js';
import { asks } from '../text/speech.js';
import type { Message } from '../types.js';
import { sharedRarity } from './characteristic.js';
import { firstAt, isOfTheGroup } from './held.js';
import { type QuestionReader, standsAlone } from './questions.js';

const MOST = 5;
/** ms: what turns to the asker within this time is a reply, though it stands in another thread; later, if it speaks of the same. */
const RIGHT_AFTER = 10 * 60_000;
const LATER = 3 * 24 * 3_600_000;
/** ms: what speaks of the same within this time answers, to whomever it turns; so does thanks of the asker. */
const SOON = 60 * 60_000;
/** Share of the rare words of a question that make another message speak of the same: one to the asker, and any other. */
const SAME = 0.1;
const SAME_TO_ANYBODY = 0.12;
/** ms: a question after such a silence is meant for everybody, whether it says so or not. */
const SILENCE = 15 * 60_000;
/** ms: a question put to the bot, which stands in no thread, may be answered so long after, by what surely speaks of the same. */
const WEEK = 7 * 24 * 3_600_000;
const SURELY_SAME = 0.3;
/** What an asker says who got his answer, from whomever. */
const SETTLED = /谢谢|感谢|多谢|搞定|解决了|找到了|知道了|明白了|^\s*(?:\[强\]|赞|学习了)/;
/** How headlines ask, if no mark or particle ends them: 解密某某如何撬动千亿. */
const HEADLINE = /(?:如何|为何|何以).*[^?？吗么呢啊呀\s]\s*$/;

/** A question that was put to the bot. `at` in UTC ms. */
export interface PutQuestion {
  readonly question: string;
  readonly name: string;
  readonly at: number;
}

/** The latest last. `said` is what the window holds, in time order. */
export function unansweredIn(said: readonly Message[], library: Library, read: QuestionReader): readonly Message[] {
  const open = new Map<string, Message>();
  const settled = new Set<string>();
  said.forEach((message, i) => {
    const question = read(message);
    if (!question || !standsAlone(message, question) || message.text.includes('@')) return;
    const isMeant = question.isAppeal || !HEADLINE.test(question.text);
    const breaksSilence = isMeant && message.at - (said[i - 1]?.at ?? Number.NEGATIVE_INFINITY) >= SILENCE;
    if (!question.isAppeal && !(breaksSilence && question.isAll)) return;
    const key = `${message.speaker}\n${question.text}`;
    if (isFollowed(message, library) || isMet(message, library)) settled.add(key);
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

/** Whether somebody turned to the asker with it or spoke of the same, or the asker gave thanks, though the thread was lost. */
function isMet({ index, room, at, speaker, text }: Message, { archive: { messages }, learned }: Library): boolean {
  for (let i = index + 1; i < messages.length; i++) {
    const later = messages[i] as Message;
    const after = later.at - at;
    if (after > LATER) return false;
    if (later.room !== room || !isOfTheGroup(later)) continue;
    const shared = (): number => sharedRarity(text, later.text, learned.lore);
    if (later.speaker === speaker) {
      if (after <= SOON && SETTLED.test(later.text)) return true;
    } else if (later.mentions.includes(speaker)) {
      if (after <= RIGHT_AFTER || shared() >= SAME) return true;
    } else if (after <= SOON && !asks(later.text) && shared() >= SAME_TO_ANYBODY) return true;
  }
  return false;
}

/** Whether somebody else turned to the asker soon, or spoke of the same within a week. */
export function isAnsweredSince(put: PutQuestion, { archive, learned }: Library, rooms: ReadonlySet<string>): boolean {
  const { messages, people } = archive;
  const isAsker = (speaker: number): boolean => people.speakers[speaker]?.names.includes(put.name) === true;
  for (let i = firstAt(messages, put.at); i < messages.length; i++) {
    const later = messages[i] as Message;
    const after = later.at - put.at;
    if (after > WEEK) return false;
    if (!rooms.has(later.room) || !isOfTheGroup(later) || isAsker(later.speaker) || asks(later.text)) continue;
    if (after <= RIGHT_AFTER && later.mentions.some(isAsker)) return true;
    const least = after <= SOON ? SAME_TO_ANYBODY : SURELY_SAME;
    if (sharedRarity(put.question, later.text, learned.lore) >= least) return true;
  }
  return false;
}
