/**
 * A question and a library -> an Answer: found, ranked, quoted, and whether it is good enough to be said.
 */
import type { Opinions } from '../guidance/opinions.js';
import type { Library } from '../library.js';
import { markOf } from '../marks.js';
import { messageFilter, threadFilter } from '../question/filters.js';
import type { Question } from '../question/question.js';
import type { RankingModels } from '../search/models.js';
import { type Query, weigh } from '../search/query.js';
import { candidateRows, type Group, groupCandidates } from '../search/rank.js';
import type { Respeller } from '../search/respeller.js';
import type { Segmenter } from '../text/segment.js';
import { keyOfThread } from '../thread-keys.js';
import type { Address, Answer, Excerpt, Message } from '../types.js';
import { withAskedLink } from './asked-link.js';
import { chooseQuotes } from './choose.js';
import { clip } from './clip.js';
import { type ConfidenceModel, groupSigns, predict, questionSigns } from './confidence.js';
import { afterVotes, inJudgedOrder, type JudgedGroups } from './judged.js';
import { newestGroups } from './newest.js';
import { isOnlyAsked } from './only-asked.js';
import { quoteOf, type Showing } from './quote.js';
import type { Similarities } from './similarities.js';

const EXCERPTS = 10;
/** Groups ranked before doubles are folded. */
const GROUPS = 20;
/** Characters shown of one message. */
const QUOTE_LENGTH = 140;
/** Messages shorter than this (characters) are too common to tell that two discussions are the same. */
const TELLING = 16;

export interface Asking extends Showing {
  readonly library: Library;
  readonly segment: Segmenter;
  readonly respell: Respeller;
  readonly models: RankingModels;
  readonly confidence: { readonly lexical: ConfidenceModel; readonly meaning: ConfidenceModel };
  /** Absent without a meaning model. */
  readonly similarities?: Similarities;
  /** True for the messages that the asker may read. */
  readonly admit: (message: Message) => boolean;
  /** What people thought of excerpts shown for questions like one. */
  readonly opinions: Opinions;
}

export function answer(question: Question, asking: Asking): Answer {
  const { index, archive } = asking.library;
  const messageAt = (position: number): Message => archive.messages[index.messageAt[position] as number] as Message;
  const admit = evidenceFilter(question, asking, messageAt);
  if (question.filtersOnly) {
    const excerpts = newestExcerpts(question, asking, messageAt, admit);
    const answered = excerpts.length > 0;
    // What only filters is asked on purpose.
    return { question: '', answered, unasked: false, sure: answered ? 1 : 0, excerpts };
  }
  const found = search(question, asking, messageAt, admit);
  const excerpts = foundExcerpts(question, found, asking, messageAt);
  const [first] = excerpts;
  const isCertain = first !== undefined && first.confidence >= found.confidence.unasked;
  const good = found.sure >= found.confidence.threshold && (isCertain || !found.isOnlyAsked);
  const answered = first !== undefined && (good || judgesForHimself(question));
  return { question: question.text, answered, unasked: answered && isCertain, sure: found.sure, excerpts };
}

function newestExcerpts(
  question: Question,
  asking: Asking,
  messageAt: (position: number) => Message,
  admit: (position: number) => boolean,
): readonly Excerpt[] {
  const isWelcome = welcomeFilter(question, asking);
  return newestGroups(asking.library, admit, EXCERPTS).flatMap((group) => {
    const own = quotedBy(group, messageAt);
    const quoted = question.withLink ? withAskedLink(own, own.at(-1), asking.library, isWelcome) : own;
    return excerptOf(quoted, group, asking, 1, () => 0) ?? [];
  });
}

function foundExcerpts(
  question: Question,
  found: Found,
  asking: Asking,
  messageAt: (position: number) => Message,
): readonly Excerpt[] {
  const { library } = asking;
  const isWelcome = welcomeFilter(question, asking);
  const excerpts: Excerpt[] = [];
  /** Text -> the excerpt that tells it. */
  const told = new Map<string, number>();
  const alike = new Map<number, number>();
  const shown = new Set<Message>();
  found.groups.forEach((group, rank) => {
    if (excerpts.length === EXCERPTS) return;
    // A question that several groups answer is quoted with the best of them only.
    const unseen = quotedBy(group, messageAt).filter((message) => !shown.has(message));
    const [member] = group.members;
    if (!member || unseen.length === 0) return;
    const best = messageAt(member.position);
    const before = discussedBefore(best, unseen, told);
    if (before !== undefined) {
      alike.set(before, (alike.get(before) ?? 0) + 1);
      return;
    }
    // Nor is one announcement quoted twice in an answer.
    const isNews = (message: Message): boolean => toldIn(message, told) === undefined;
    const own = unseen.filter(isNews);
    const mayStandBeside = (message: Message): boolean => isWelcome(message) && !shown.has(message) && isNews(message);
    const quoted = question.withLink ? withAskedLink(own, best, library, mayStandBeside) : own;
    const ranked = predict(found.confidence.group, groupSigns(found.groups, rank, found.sure));
    const confidence = afterVotes(ranked, found.votes?.[rank] ?? 0);
    const excerpt = excerptOf(quoted, group, asking, confidence, found.worth);
    if (!excerpt) return;
    for (const message of quoted) {
      shown.add(message);
      told.set(tellingText(message), excerpts.length);
    }
    excerpts.push(excerpt);
  });
  return excerpts.map((excerpt, i) => ({ ...excerpt, alike: alike.get(i) ?? 0 }));
}

function worthFor({ terms }: Query, { index }: Library): (text: string) => number {
  const weights = new Map(terms.map(({ term, weight }) => [term, weight]));
  return (text) => [...new Set(index.table.known(index.spell(text)))].reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
}

/** Whoever asks for a page of what was found, or for exact words. */
function judgesForHimself({ page, phrases }: Question): boolean {
  return page || phrases.length > 0;
}

interface Found {
  /** How much of the question's words a text has, by their weight. */
  readonly worth: (text: string) => number;
  readonly groups: readonly Group[];
  readonly votes: JudgedGroups['votes'];
  readonly confidence: ConfidenceModel;
  readonly sure: number;
  /** Whether it was asked before in such words, without an answer: that alone makes it `sure`, whatever else is there. */
  readonly isOnlyAsked: boolean;
}

function search(
  question: Question,
  asking: Asking,
  messageAt: (position: number) => Message,
  admit: (position: number) => boolean,
): Found {
  const { index, archive } = asking.library;
  const { similarities } = asking;
  const query = weigh(question.text, index, asking.segment, asking.respell);
  const rows = candidateRows({
    index,
    messages: archive.messages,
    threadOf: asking.library.threadOf,
    query,
    ...(similarities ? { similarity: similarities.messages, passageSimilarity: similarities.passages } : {}),
    admit,
  });
  const model = similarities ? asking.models.meaning : asking.models.lexical;
  const confidence = similarities ? asking.confidence.meaning : asking.confidence.lexical;
  const scores = model.score(rows.values);
  const all = withoutUnwelcome(question, groupCandidates(asking.library, rows, scores, GROUPS), asking);
  const worth = worthFor(query, asking.library);
  const ranked = judgesForHimself(question) ? all : all.filter((group) => !isOnlyAsked(group, asking, messageAt, worth));
  const [best] = all;
  const marksOf = (group: Group): readonly string[] => quotedBy(group, messageAt).map(markOf);
  const { groups, votes, standing } = inJudgedOrder(ranked, asking.opinions(question.text), marksOf);
  const sureOf = (some: readonly Group[]): number =>
    some.length === 0 ? 0 : predict(confidence.question, questionSigns(question.text, query, rows, scores, some));
  // That something sank, or is left out, never makes it surer that the rest answers.
  const sure = standing.length < all.length ? Math.min(sureOf(all), sureOf(standing)) : sureOf(all);
  // Who found the first excerpt useful found that there is an answer.
  return {
    worth,
    groups,
    votes,
    confidence,
    sure: afterVotes(sure, Math.max(0, votes?.[0] ?? 0)),
    isOnlyAsked: best !== undefined && best !== ranked[0],
  };
}

/** What may stand beside the evidence, whoever said it and when: what the asker may read and holds no word that he wants nothing of. */
function welcomeFilter({ without }: Question, { library, admit }: Asking): (message: Message) => boolean {
  const isWelcome = messageFilter({ text: '', filtersOnly: false, page: false, phrases: [], without }, library.index.spell);
  return (message) => admit(message) && isWelcome(message);
}

function withoutUnwelcome(question: Question, groups: readonly Group[], asking: Asking): readonly Group[] {
  const { index, archive } = asking.library;
  const isWelcome = welcomeFilter(question, asking);
  return groups.map((group) => {
    const asked = archive.messages[index.messageAt[group.askedAt] ?? -1];
    return asked && !isWelcome(asked) ? { ...group, askedAt: -1 } : group;
  });
}

/** Who, when, where and which words is judged by message, pictures and links by thread. */
function evidenceFilter(
  question: Question,
  { library, admit }: Asking,
  messageAt: (position: number) => Message,
): (position: number) => boolean {
  const byMessage = messageFilter(question, library.index.spell);
  const byThread = threadFilter(question);
  const judged = new Map<number, boolean>();
  const { messages } = library.archive;
  return (position) => {
    const message = messageAt(position);
    if (!admit(message) || !byMessage(message)) return false;
    if (!question.withImage && !question.withLink) return true;
    const thread = library.threadOf[message.index] as number;
    const known = judged.get(thread) ?? byThread((library.threads[thread]?.messages ?? []).map((i) => messages[i] as Message));
    judged.set(thread, known);
    return known;
  };
}

function quotedBy(group: Group, messageAt: (position: number) => Message): readonly Message[] {
  return chooseQuotes(group, messageAt).map(messageAt);
}

/**
 * The excerpt in which was said what answers, or half of what would be quoted: an announcement posted in several rooms, or
 * posted again. Undefined if there is none.
 */
function discussedBefore(best: Message, quoted: readonly Message[], told: ReadonlyMap<string, number>): number | undefined {
  const found = quoted.flatMap((message) => toldIn(message, told) ?? []);
  return toldIn(best, told) ?? (2 * found.length >= quoted.length ? found[0] : undefined);
}

/** The excerpt that has this text, if it is long enough to be the same by more than chance. */
function toldIn(message: Message, told: ReadonlyMap<string, number>): number | undefined {
  const text = tellingText(message);
  return text.length >= TELLING ? told.get(text) : undefined;
}

function tellingText(message: Message): string {
  return message.text.replace(/\s+/g, '');
}

function excerptOf(
  quoted: readonly Message[],
  group: Group,
  asking: Asking,
  confidence: number,
  worth: (sentence: string) => number,
): Excerpt | undefined {
  const { library, clock, admit } = asking;
  const { messages } = library.archive;
  const first = quoted[0];
  const thread = first && library.threads[library.threadOf[first.index] as number];
  if (!first || !thread) return undefined;
  const members = thread.messages.map((i) => messages[i] as Message).filter(admit);
  const { date, time } = clock.local(first.at);
  return {
    thread: keyOfThread(library, thread),
    room: thread.room,
    score: group.score,
    confidence,
    from: (members[0] as Message).at,
    to: (members[members.length - 1] as Message).at,
    date,
    time,
    people: new Set(members.map((message) => message.speaker)).size,
    messages: members.length,
    alike: 0,
    quotes: quoted.map((message) => quoteOf(message, asking, (text) => clip(text, QUOTE_LENGTH, worth))),
    addresses: members.map(({ file, line }): Address => ({ file, line })),
  };
}
