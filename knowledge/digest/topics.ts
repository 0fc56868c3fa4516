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
import type { DigestTopic, Message, Speaker } from '../types.js';
import { answerTo } from './answers.js';
import { bearerOf, companionOf } from './carrying.js';
import { type Centroid, centroidOf } from './characteristic.js';
import type { Conversation } from './conversations.js';
import { peopleIn } from './held.js';
import { type QuestionReader, unaddressed, withoutCall } from './questions.js';
import { chosenOf } from './ranking.js';
import { isCeremony } from './substance.js';
import { announcementIn, saidByGuest } from './talk-subject.js';

const TOPICS = 5;
/** Characters of a title and of a quote. */
const TITLE_LENGTH = 40;
const QUOTE_LENGTH = 100;
/** Characters below which a clause from the midst of a text is a fragment. */
const FRAGMENT = 12;
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
/** What it adds to the worth of a sentence that it asks, as a share of the whole text's. */
const ASKING = 0.6;
/** Characters by which the beginning of what was said is found in its masked text. */
const BEGINNING = 8;
/** Between nickname, company and job. */
const NAME_PARTS = /[-－—–_@/|·,，、\s]/;
/** Codes of emoji and what exports print for them, before and behind what is said. */
const EDGES = /^(?:[\s。.，,、…!！]|\?{2,}|\[[^[\]\n]{1,8}\](?!\())+|(?:\s|\?{2,}|\[[^[\]\n]{1,8}\])+$/g;

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
  return chosenOf(conversations.filter(isTopic), TOPICS, setting).map((conversation) => topicOf(conversation, setting));
}

function isTalk({ telling }: Conversation): boolean {
  return telling.length >= TALK_TELLING && telling.some((message) => signsOf(message).talk === 1);
}

/** Something told to the group, of which many took note in one word. */
function isAnnouncement({ messages, voices, substance }: Conversation): boolean {
  if (voices !== 1 || substance < ANNOUNCED) return false;
  return peopleIn(messages) > NOTICED && messages.filter(isCeremony).length <= CEREMONY_SHARE * messages.length;
}

function topicOf({ thread, messages, telling }: Conversation, { library, showing, read }: TopicSetting): DigestTopic {
  const { learned, archive } = library;
  const centroid = centroidOf(telling, learned.lore, nicknamesIn(messages, library));
  const announced = announcementIn(telling);
  const first = announced?.message ?? bearerOf(telling, centroid, read);
  const question = announced === undefined ? read(first) : undefined;
  const said = unaddressed(first, archive.people.speakers);
  const words = announced?.subject ?? question?.text ?? (withoutCall(said) || said);
  // The subject of a talk is to stand in the quote too.
  const worth = (sentence: string): number =>
    centroid.worth(sentence) + (announced && sentence.includes(announced.subject) ? centroid.worth(first.text) : 0);
  const carrying = announced ? saidByGuest(telling, announced) : telling;
  // What stands next to a question is taken for its answer.
  const second = question ? answerTo(first, messages, learned.lore) : companionOf(first, carrying, centroid);
  const quoted = [first, second].filter((message) => message !== undefined).sort((a, b) => a.index - b.index);
  return {
    thread: keyOfThread(library, thread),
    title: titleOf(showing.veil(mask(words), first.kind), centroid),
    from: (messages[0] as Message).at,
    to: (messages.at(-1) as Message).at,
    people: peopleIn(messages),
    messages: messages.length,
    quotes: quoted.map((message) =>
      quoteOf(message, showing, (text) => clip(fromItsWordsOn(text, message, archive.people.speakers), QUOTE_LENGTH, worth)),
    ),
    isQuestion: question !== undefined,
    addresses: messages.map(({ file, line }) => ({ file, line })),
  };
}

/** Whom somebody turned to takes up half of a short quote, where names are long as they are in groups of a trade. */
function fromItsWordsOn(text: string, message: Message, speakers: readonly Speaker[]): string {
  const begins = text.startsWith('@') ? text.indexOf(unaddressed(message, speakers).slice(0, BEGINNING)) : 0;
  return begins > 0 ? `…${text.slice(begins)}` : text;
}

/** The nicknames of those who speak and are addressed: of 山雀-木工坊-师傅 the first part, for the others may be the subject. */
function nicknamesIn(messages: readonly Message[], { archive: { people } }: Library): readonly string[] {
  const speakers = new Set(messages.flatMap(({ speaker, mentions }) => [speaker, ...mentions]));
  return [...speakers]
    .flatMap((speaker) => people.speakers[speaker]?.names ?? [])
    .map((name) => name.split(NAME_PARTS)[0] as string);
}

/** Cut where sentences end; the first one that asks is kept where it says more than its question word. */
function titleOf(text: string, { worth }: Centroid): string {
  const bare = text.replace(EDGES, '');
  let asked = false;
  const title = clip(bare, TITLE_LENGTH, (sentence) => {
    const isFirst = !asked && asksSomething(sentence);
    asked ||= isFirst;
    return worth(sentence) + (isFirst ? ASKING * worth(bare) : 0);
  });
  return filledUp(title, bare);
}

/** A last clause alone, such as …一条记录）？, is hardly understood: so much of what stands before it is kept as there is room for. */
function filledUp(title: string, text: string): string {
  const clause = title.replace(/^…|…$/g, '');
  if (!title.startsWith('…') || clause.length >= FRAGMENT) return title;
  const end = text.lastIndexOf(clause) + clause.length;
  const kept = Array.from(text.slice(Math.max(0, end - TITLE_LENGTH), end));
  const first = kept[0] ?? '';
  // Half a character may have been cut off.
  return `…${(/\p{Cs}/u.test(first) ? kept.slice(1) : kept).join('').trim()}${title.endsWith('…') ? '…' : ''}`;
}
