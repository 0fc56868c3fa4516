/**
 * Conversations of a window -> its topics: the weightiest few, each with a title and the one or two quotes that carry it.
 */
import { clip } from '../answer/clip.js';
import { mask } from '../answer/mask.js';
import { quoteOf, type Showing } from '../answer/quote.js';
import type { Library } from '../library.js';
import { asks as asksSomething } from '../text/speech.js';
import { keyOfThread } from '../thread-keys.js';
import { signsOf } from '../threads/signs.js';
import type { DigestTopic, Message } from '../types.js';
import { answerTo } from './answers.js';
import { type Centroid, centroidOf } from './characteristic.js';
import { type Conversation, isOneTalk } from './conversations.js';
import { peopleIn } from './held.js';
import { type QuestionReader, standsAlone, unaddressed, withoutCall } from './questions.js';
import { isCeremony } from './substance.js';

const TOPICS = 5;
/** Characters of a title and of a quote. */
const TITLE_LENGTH = 40;
const QUOTE_LENGTH = 100;
/** A topic is something that two people at least talked about, in so many messages that say something. */
const FEWEST_TELLING = 3;
const FEWEST_ON_BUSY_DAYS = 5;
const FEWEST_SHARE = 0.05;
/** Share of messages that say something below which a conversation is mainly noise. */
const TELLING_SHARE = 0.5;
/** A guest's talk has much applause around it; so many messages of it say something. */
const TALK_TELLING = 20;
/** An announcement says so much (see {@link Substance}), to so many people who answered at all. */
const ANNOUNCED = 10;
const NOTICED = 5;
/** Share of red packets, sign-ins and greetings above which it was only the occasion for them. */
const CEREMONY_SHARE = 0.2;
/** Messages that say something with which a conversation begins. */
const OPENING = 4;
/** Characters from which on a message as a rule can be understood alone. */
const UNDERSTOOD = 16;
/** More than the words of any sentence are worth. */
const ASKING = 1e6;
/** Codes of emoji and what exports print for them, before and behind what is said. */
const EDGES = /^(?:\s|\?{2,}|\[[^[\]\n]{1,8}\](?!\())+|(?:\s|\?{2,}|\[[^[\]\n]{1,8}\])+$/g;

export interface TopicSetting {
  readonly library: Library;
  readonly showing: Showing;
  readonly read: QuestionReader;
}

export function topicsOf(conversations: readonly Conversation[], setting: TopicSetting): readonly DigestTopic[] {
  const all = conversations.reduce((sum, { telling }) => sum + telling.length, 0);
  const fewest = Math.min(FEWEST_ON_BUSY_DAYS, Math.max(FEWEST_TELLING, FEWEST_SHARE * all));
  const isTopic = (conversation: Conversation): boolean => {
    const { telling, messages, voices } = conversation;
    if (telling.length < fewest) return false;
    const isTold = telling.length >= TELLING_SHARE * messages.length || isTalk(conversation);
    return (voices >= 2 && isTold) || isAnnouncement(conversation);
  };
  const shown: Conversation[] = [];
  for (const conversation of ranked(conversations.filter(isTopic))) {
    if (shown.length === TOPICS) break;
    if (!shown.some((other) => isOneTalk(other, conversation))) shown.push(conversation);
  }
  return shown.map((conversation) => topicOf(conversation, setting));
}

function isTalk({ telling }: Conversation): boolean {
  return telling.length >= TALK_TELLING && telling.some((message) => signsOf(message).talk === 1);
}

/** Something told to the group, of which many took note in one word: it comes after all that was talked about. */
function isAnnouncement({ messages, voices, substance }: Conversation): boolean {
  if (voices !== 1 || substance < ANNOUNCED) return false;
  return peopleIn(messages) > NOTICED && messages.filter(isCeremony).length <= CEREMONY_SHARE * messages.length;
}

/** By people who said something, then by how much was said; the earlier first where both agree. */
function ranked(conversations: readonly Conversation[]): readonly Conversation[] {
  return [...conversations].sort((a, b) => b.voices - a.voices || b.substance - a.substance || a.thread.id - b.thread.id);
}

function topicOf({ thread, messages, telling }: Conversation, { library, showing, read }: TopicSetting): DigestTopic {
  const { learned, archive } = library;
  const centroid = centroidOf(telling, learned.lore);
  const [first, second] = carrying(telling, centroid, read);
  const question = read(first);
  const said = unaddressed(first, archive.people.speakers);
  const words = question?.text ?? (withoutCall(said) || said);
  const answer = question && answerTo(first, messages, learned.lore);
  const quoted = [first, answer ?? second].filter((message) => message !== undefined).sort((a, b) => a.index - b.index);
  return {
    thread: keyOfThread(library, thread),
    title: titleOf(showing.veil(mask(words), first.kind), centroid),
    from: (messages[0] as Message).at,
    to: (messages.at(-1) as Message).at,
    people: peopleIn(messages),
    messages: messages.length,
    quotes: quoted.map((message) => quoteOf(message, showing, (text) => clip(text, QUOTE_LENGTH, centroid.worth))),
    isQuestion: question !== undefined,
    addresses: messages.map(({ file, line }) => ({ file, line })),
  };
}

/** The message that tells best what a conversation is about, and that of somebody else which does so next to it. */
function carrying(
  telling: readonly Message[],
  centroid: Centroid,
  read: QuestionReader,
): readonly [Message, Message | undefined] {
  const ranked = telling
    .map((message, i) => ({ message, score: centroid.score(message.text) * standing(message, i < OPENING, read) }))
    .sort((a, b) => b.score - a.score || a.message.index - b.message.index)
    .map(({ message }) => message);
  const first = ranked[0] as Message;
  return [first, ranked.find(({ speaker }) => speaker !== first.speaker)];
}

/**
 * How well a message stands for its conversation, whatever its words are: best the announcement of a talk, or a question with
 * which it began; worse what begins as replies begin, is said to somebody, or is too short to be understood alone.
 */
function standing(message: Message, isOpening: boolean, read: QuestionReader): number {
  const question = read(message);
  const asks = question === undefined || !standsAlone(message, question) ? 1 : question.isAppeal ? 2 : 1.4;
  const { talk, continuation } = signsOf(message);
  const begins = isOpening ? 1.3 : 1;
  const announces = isOpening && talk === 1 ? 4 : 1;
  const continues = continuation === 1 ? 0.7 : 1;
  const addresses = message.text.includes('@') ? 0.8 : 1;
  return asks * begins * announces * continues * addresses * Math.min(1, message.text.length / UNDERSTOOD);
}

/** Cut where sentences end; the first one that asks is kept. */
function titleOf(text: string, { worth }: Centroid): string {
  let asked = false;
  return clip(text.replace(EDGES, ''), TITLE_LENGTH, (sentence) => {
    const isFirst = !asked && asksSomething(sentence);
    asked ||= isFirst;
    return worth(sentence) + (isFirst ? ASKING : 0);
  });
}
