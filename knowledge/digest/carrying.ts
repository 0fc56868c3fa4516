/**
 * A conversation -> the message that tells best what it is about, and the one of somebody else that goes on with it.
 *
 * A message stands for its conversation by the words in it that several people took up, by what came back to it, and by how it
 * speaks: questions and beginnings do, replies and jokes do not.
 */
import { asks } from '../text/speech.js';
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';
import type { Centroid } from './characteristic.js';
import { type QuestionReader, standsAlone, takesUp } from './questions.js';

/** Messages that say something with which a conversation begins. */
const OPENING = 4;
/** A question among the first of them is what all began with. */
const BEGINNING = 2;
/** Characters from which on a message as a rule can be understood alone, and up to which it is quickly read. */
const UNDERSTOOD = 16;
const QUICKLY_READ = 100;
/** Messages behind one, by whomever, among which those stand that take it up. */
const REACH = 8;
/** Affinity from which on two messages are about the same thing. */
const SAME_SUBJECT = 0.2;
/** People who took a message up beyond whom it gains nothing. */
const MANY = 4;
/** What asks besides the words of text/speech.ts. */
const ASKING_WORD = /几|多[少久大长高重]|还是/;
/** Somebody is looked for, and nothing is told beyond who. */
const SEEKS_PERSON = /^.{0,6}有.{1,14}(?:人|兄弟|朋友|同学|小伙伴|群友)[吗么嘛没]?[?？\s]*$/;
/** Laughter, and codes of the emoji that go with jokes and teasing. */
const LAUGHTER =
  /[哈呵嘿嘻]{2}|玩笑|笑话|段子|(?<!\d)(?:23{2,}|6{3,})(?!\d)|\[(?:偷笑|呲牙|捂脸|坏笑|奸笑|憨笑|调皮|旺柴|破涕为笑|笑哭|阴险|得意|色|机智|抠鼻|白眼|让我看看|吃瓜|狗头|Lol)\]/i;
/** Words about persons, flattering and teasing. */
const PERSONAL = /偶像|美女|帅哥|妹子|男神|女神|土豪|老司机|膜拜|佩服|大咖|吹牛|装逼|羡慕/;
/** People who present themselves. */
const INTRODUCTION =
  /^(?:大家好|各位好|hello|hi)?[，,。.!！~\s]*我(?:是|叫|来自).{2,60}(?:负责|目前|现在|之前|公司|来自|就职|从事|请多)/i;

/** `telling` is what a conversation says, in time order, one message at least. */
export function bearerOf(telling: readonly Message[], centroid: Centroid, read: QuestionReader): Message {
  const standing = (message: Message, i: number, followers: number): number =>
    centroid.score(message.text) * standingOf(message, i, telling.length, followers, read);
  const alone = telling.map((message, i) => ({ message, i, score: standing(message, i, 0) }));
  const highest = Math.max(...alone.map(({ score }) => score));
  // Who took a message up is looked for only where it can decide.
  return best(
    alone
      .filter(({ message, i, score }) => score >= highest || standing(message, i, MANY) >= highest)
      .map(({ message, i }) => {
        const followers = followersOf(message, telling.slice(i + 1, i + 1 + REACH), centroid);
        return { message, score: standing(message, i, followers) };
      }),
  ) as Message;
}

/** What somebody else said that belongs to a message and says most about the same; undefined if nobody did. */
export function companionOf(bearer: Message, telling: readonly Message[], centroid: Centroid): Message | undefined {
  return best(
    telling
      .filter((message) => message.speaker !== bearer.speaker && !isJoke(message))
      .map((message) => ({ message, nearness: relation(bearer, message, centroid) }))
      .filter(({ message, nearness }) => nearness >= SAME_SUBJECT && !isEcho(message, bearer))
      .map(({ message, nearness }) => ({ message, score: nearness * centroid.score(message.text) * manner(message) })),
  );
}

/** The earlier of two that are equal. */
function best(scored: readonly { readonly message: Message; readonly score: number }[]): Message | undefined {
  return [...scored].sort((a, b) => b.score - a.score || a.message.index - b.message.index)[0]?.message;
}

/**
 * How well a message stands for its conversation, whatever its words are about. The factors here and below were set by reading all
 * topics of fifteen windows of two archives, and looked over in eleven others (2026-11); none is meant to be exact.
 */
function standingOf(message: Message, i: number, all: number, followers: number, read: QuestionReader): number {
  const early = (i < OPENING ? 1.2 : 1) * (1 + 0.4 * (1 - i / all));
  const takenUp = 1 + 0.2 * Math.min(MANY, followers);
  return manner(message) * asking(message, i < BEGINNING, followers, read) * early * takenUp;
}

/** Worse is what begins as replies begin, is said to somebody, in jest or of oneself, or is too short or too long. */
function manner(message: Message): number {
  const { text, replyTo } = message;
  const replies = (signsOf(message).continuation === 1 || takesUp(text) ? 0.6 : 1) * (replyTo === undefined ? 1 : 0.7);
  const addresses = text.includes('@') ? 0.7 : 1;
  const jokes = isJoke(message) ? 0.4 : 1;
  const presents = INTRODUCTION.test(text) ? 0.2 : SEEKS_PERSON.test(text) ? 0.4 : 1;
  const length = Math.min(1, text.length / UNDERSTOOD, Math.sqrt(QUICKLY_READ / text.length));
  return replies * addresses * jokes * presents * length;
}

/** A message that was forwarded once more says nothing new. */
function isEcho({ text }: Message, { text: first }: Message): boolean {
  return text.includes(first) || first.includes(text);
}

function isJoke({ text }: Message): boolean {
  return LAUGHTER.test(text) || PERSONAL.test(text);
}

/** A question that needs no other words is the best title; the more so if all began with it, or several people went into it. */
function asking(message: Message, begins: boolean, followers: number, read: QuestionReader): number {
  const question = read(message);
  if (question === undefined) return 1;
  if (!standsAlone(message, question)) return 0.8;
  // A mere ? behind a statement asks whether one understood what was said before.
  if (!ASKING_WORD.test(question.text) && !asks(question.text.replace(/[?？]/g, ' '))) return 0.8;
  return (begins ? 2 : 1) * (question.isAppeal ? 1.7 : 1.5) * (followers >= 2 ? 1.4 : 1);
}

/** How many others took a message up in those that came after it. */
function followersOf(message: Message, later: readonly Message[], centroid: Centroid): number {
  const others = later.filter((other) => other.speaker !== message.speaker && relation(message, other, centroid) >= SAME_SUBJECT);
  return new Set(others.map(({ speaker }) => speaker)).size;
}

/** 0..1: how surely two messages are about the same thing, by their words or since one replies to the other. */
function relation(a: Message, b: Message, { affinity }: Centroid): number {
  const [earlier, later] = a.index < b.index ? [a, b] : [b, a];
  const replies = later.replyTo === earlier.index ? 0.5 : 0;
  return Math.min(1, affinity(a.text, b.text) + replies);
}
