/**
 * Conversations of a window -> its topics: the weightiest few, each with a title and the one or two quotes that carry it.
 */

import { clip } from '../answer/clip.js';
import { mask } from '../answer/mask.js';
import { quoteOf } from '../answer/quote.js';
import type { WallClock } from '../archive/wall-clock.js';
import type { Library } from '../library.js';
import { keyOfThread } from '../thread-keys.js';
import type { DigestTopic, Message } from '../types.js';
import { answerTo } from './answers.js';
import { type Centroid, centroidOf } from './characteristic.js';
import type { Conversation } from './conversations.js';
import { peopleIn } from './held.js';
import { questionIn, standsAlone } from './questions.js';
import type { Substance } from './substance.js';

const TOPICS = 5;
/** Characters of a title and of a quote. */
const TITLE_LENGTH = 40;
const QUOTE_LENGTH = 100;
/** A topic is something that two people at least talked about, in so many messages that say something. */
const FEWEST_TELLING = 3;
/** Share of messages that say something below which a conversation is mainly noise. */
const TELLING_SHARE = 0.35;
/** A conversation's question is looked for among so many of its first messages that say something. */
const OPENING = 4;

export interface TopicSetting {
  readonly library: Library;
  readonly clock: WallClock;
  readonly substance: Substance;
}

export function topicsOf(conversations: readonly Conversation[], setting: TopicSetting): readonly DigestTopic[] {
  return ranked(conversations.filter(isTopic))
    .slice(0, TOPICS)
    .map((conversation) => topicOf(conversation, setting));
}

function isTopic({ telling, messages, voices }: Conversation): boolean {
  return voices >= 2 && telling.length >= FEWEST_TELLING && telling.length >= TELLING_SHARE * messages.length;
}

/** By people who said something, then by how much was said; the earlier first where both agree. */
function ranked(conversations: readonly Conversation[]): readonly Conversation[] {
  return [...conversations].sort((a, b) => b.voices - a.voices || b.substance - a.substance || a.thread.id - b.thread.id);
}

function topicOf({ thread, messages, telling }: Conversation, { library, clock }: TopicSetting): DigestTopic {
  const centroid = centroidOf(telling, library.learned.lore);
  const asked = openingQuestion(telling);
  const answer = asked && answerTo(asked.message, messages);
  const [first, second] = mostCharacteristic(telling, centroid);
  const carrying = asked ? [asked.message, answer ?? second] : [first, second];
  const quoted = carrying.filter((message) => message !== undefined).sort((a, b) => a.at - b.at || a.index - b.index);
  return {
    thread: keyOfThread(library, thread),
    title: clip(mask(asked?.question ?? (first as Message).text), TITLE_LENGTH, centroid.worth),
    from: (messages[0] as Message).at,
    to: (messages.at(-1) as Message).at,
    people: peopleIn(messages),
    messages: messages.length,
    quotes: quoted.map((message) => quoteOf(message, clock, (text) => clip(text, QUOTE_LENGTH, centroid.worth))),
    isQuestion: asked !== undefined,
    addresses: messages.map(({ file, line }) => ({ file, line })),
  };
}

function openingQuestion(telling: readonly Message[]): { readonly message: Message; readonly question: string } | undefined {
  for (const message of telling.slice(0, OPENING)) {
    const question = questionIn(message);
    if (question !== undefined && standsAlone(message, question)) return { message, question };
  }
  return undefined;
}

/** The most characteristic message, and the most characteristic one of somebody else. */
function mostCharacteristic(
  telling: readonly Message[],
  centroid: Centroid,
): readonly [Message | undefined, Message | undefined] {
  const scored = telling
    .map((message) => ({ message, score: centroid.score(message.text) }))
    .sort((a, b) => b.score - a.score || a.message.index - b.message.index)
    .map(({ message }) => message);
  const [first] = scored;
  return [first, scored.find(({ speaker }) => speaker !== first?.speaker)];
}
