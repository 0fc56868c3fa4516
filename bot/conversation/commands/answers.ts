/**
 * Going on with an answer: whole threads, further excerpts, pages.
 *
 * In: an open answer and a number or a word. Out: the next bubbles, and what is on the screen then.
 */
import type { Excerpt, Scope, ThreadView } from '../../../knowledge/index.js';
import { answerBubble } from '../../reply/bubble.js';
import { replies } from '../../reply/texts.js';
import { PAGES_AT_ONCE, threadBubbles } from '../../reply/thread-pages.js';
import type { Desk } from '../desk.js';
import type { OpenAnswer } from '../open-answers.js';
import { byReaders, type Call, type Command, marksOf, type Outcome, say } from './command.js';
import { bareNumber, numbered, word } from './words.js';

interface Step {
  readonly bubbles: readonly string[];
  readonly next: OpenAnswer;
}

/** Finds a thread, if it may be read. */
type Find = (thread: string) => ThreadView | undefined;

type Go = (open: OpenAnswer, find: Find, number: number) => Step;

export const answerCommands: readonly Command[] = [
  {
    ...goesOn('数字', bareNumber, openThread),
    // A number that is not on the screen is talk.
    uncalled: ({ shown = 0 }, number) => Number(number) <= shown,
    help: '1、2、3……（或 展开 1）：看那一段的完整对话',
  },
  goesOn('展开', numbered('展开'), openThread),
  { ...goesOn('更多', unquotedWord('更多'), more), help: '更多：看后面的结果，或者接着往下读' },
  { ...goesOn('上文', unquotedWord('上文'), previousPages), help: '上文、下文：读完整对话时往前、往后翻' },
  goesOn('下文', unquotedWord('下文'), nextPages),
];

function unquotedWord(one: string): Command['read'] {
  const read = word(one);
  return (said) => read({ ...said, words: said.unquoted });
}

function goesOn(name: string, read: Command['read'], go: Go): Command {
  return { name, read, who: 'everybody', where: 'both', uncalled: byReaders, run: (call, desk) => step(call, desk, go) };
}

/** Opens the thread that the argument numbers. */
export function openNumbered(call: Call, desk: Desk): Promise<Outcome> {
  return step(call, desk, openThread);
}

async function step({ message, open, argument, scope }: Call, desk: Desk, go: Go): Promise<Outcome> {
  if (open === undefined || open.shown === 0) return say(replies.nothingOpen);
  const readable = await scope();
  if (readable === undefined) return say(replies.noArchive);
  const left = within(open, readable, new Set(desk.state.hidden.all()));
  const { bubbles, next } = go(left, (key) => desk.knowledge.thread(key, readable), Number(argument));
  desk.open.put(message, next);
  return say(...bubbles);
}

/** What is not on the screen yet and may not be shown any more: of a room he has left since, or hidden by somebody. */
function within(open: OpenAnswer, { rooms }: Scope, hidden: ReadonlySet<string>): OpenAnswer {
  const mayShow = (excerpt: Excerpt) =>
    rooms?.includes(excerpt.room) !== false && !marksOf(excerpt).some((mark) => hidden.has(mark));
  const excerpts = open.answer.excerpts.filter((excerpt, i) => i < open.shown || mayShow(excerpt));
  return { ...open, answer: { ...open.answer, excerpts } };
}

function openThread(open: OpenAnswer, find: Find, number: number): Step {
  const step = number <= open.shown ? read(open, find, number, 0) : undefined;
  return step ?? { bubbles: [replies.noSuchExcerpt(open.shown)], next: open };
}

function nextPages(open: OpenAnswer, find: Find): Step {
  const { thread } = open;
  if (thread === undefined) return { bubbles: [replies.notReading], next: open };
  return read(open, find, thread.number, thread.nextPage) ?? { bubbles: [replies.noMore], next: open };
}

function previousPages(open: OpenAnswer, find: Find): Step {
  const { thread } = open;
  if (thread === undefined) return { bubbles: [replies.notReading], next: open };
  const lastShown = Math.floor((thread.nextPage - 1) / PAGES_AT_ONCE) * PAGES_AT_ONCE;
  const step = lastShown > 0 ? read(open, find, thread.number, lastShown - PAGES_AT_ONCE) : undefined;
  return step ?? { bubbles: [replies.atTheStart], next: open };
}

/** The next pages of the thread that is open, else the next excerpts. */
function more(open: OpenAnswer, find: Find): Step {
  const { thread, answer, shown, namesRooms } = open;
  const further = thread && read(open, find, thread.number, thread.nextPage);
  if (further !== undefined) return further;
  if (shown >= answer.excerpts.length) return { bubbles: [replies.noMore], next: open };
  const next = answerBubble(answer, { already: shown, namesRooms });
  return { bubbles: [next.text], next: { answer, namesRooms, shown: shown + next.shown } };
}

/** Undefined behind the last page. */
function read(open: OpenAnswer, find: Find, number: number, page: number): Step | undefined {
  const excerpt = open.answer.excerpts[number - 1];
  const view = excerpt === undefined ? undefined : find(excerpt.thread);
  // A key may name another thread after a reload; then what is read would not be what was shown.
  if (excerpt === undefined || view === undefined || !holds(view, excerpt)) {
    return { bubbles: [replies.archiveChanged], next: open };
  }
  const { bubbles, pages } = threadBubbles(view, number, page);
  if (bubbles.length === 0) return undefined;
  return { bubbles, next: { ...open, thread: { number, nextPage: Math.min(page + PAGES_AT_ONCE, pages) } } };
}

function holds(view: ThreadView, excerpt: Excerpt): boolean {
  const [first] = excerpt.quotes;
  return first === undefined || view.quotes.some((quote) => quote.file === first.file && quote.line === first.line);
}
