/**
 * What people think of what was shown: 有用, 没用, and what is to be shown no more: 撤, 隐藏.
 *
 * In: a command and the answer it is about. Out: judgements and hidden marks in the state, heeded at once.
 */
import type { Excerpt } from '../../../knowledge/index.js';
import { hiddenLine } from '../../reply/bubble.js';
import { memberReplies } from '../../reply/texts.js';
import type { Desk } from '../desk.js';
import { askerOf, excerptOf, type OpenAnswer } from '../open-answers.js';
import {
  byAdmins,
  byReaders,
  type Call,
  type Command,
  marksOf,
  never,
  type Outcome,
  type Reading,
  refuse,
  say,
} from './command.js';
import { numbered, perhapsNumbered, word } from './words.js';

export const judgingCommands: readonly Command[] = [
  { ...judging('有用', true), help: '有用、没用（可加数字）：告诉我刚才的回答怎么样，以后排得更准' },
  judging('没用', false),
  {
    name: '撤',
    read: perhapsNumbered('撤'),
    who: 'everybody',
    where: 'both',
    // Under a digest that everybody sees it is said to everybody.
    uncalled: (reading) => byReaders(reading) && reading.digest !== 'posted',
    isUrgent: true,
    help: '撤（可加数字）：刚才引用的那一段以后不再引用',
    run: hide,
  },
  {
    name: '隐藏',
    read: numbered('隐藏'),
    who: 'admin',
    where: 'both',
    uncalled: byAdmins,
    help: '隐藏 1：刚显示的第 1 段不再引用；私聊我「隐藏」看有哪些',
    run: hide,
  },
  {
    name: '隐藏 清单',
    read: word('隐藏'),
    who: 'admin',
    where: 'both',
    uncalled: never,
    run: list,
  },
  { name: '恢复 n', read: numbered('恢复'), who: 'admin', where: 'direct', uncalled: never, run: showAgain },
];

function judging(name: string, useful: boolean): Command {
  const run = (call: Call, desk: Desk) => judge(call, desk, useful);
  const uncalled = (reading: Reading) => byReaders(reading) && reading.digest === undefined;
  return { name, read: perhapsNumbered(name), who: 'everybody', where: 'both', uncalled, run };
}

/** Without a number the thread being read is meant, else everything on the screen. */
function meant({ answer, shown, thread }: OpenAnswer, argument: string): readonly Excerpt[] {
  const number = argument === '' ? thread?.number : Number(argument);
  return answer.excerpts.slice(0, shown).filter((_, i) => number === undefined || i === number - 1);
}

function judge({ message, open, argument }: Call, { state, heed, clock }: Desk, useful: boolean): Outcome {
  // A digest answers no question for which it could rise or sink.
  if (open === undefined || open.shown === 0 || open.digest) return say(memberReplies.nothingToJudge);
  const excerpts = meant(open, argument);
  if (excerpts.length === 0) return say(memberReplies.whichExcerpt(open.shown, useful ? '有用' : '没用'));
  const { question } = open.answer;
  for (const excerpt of excerpts) {
    const context = { room: message.room?.topic ?? '', contact: message.sender.id, at: clock() };
    state.feedback.add({ question, marks: marksOf(excerpt), useful, ...context });
  }
  heed();
  return say(useful ? memberReplies.useful : memberReplies.useless);
}

function hide({ message, open, argument, isAdmin }: Call, { state, open: answers, heed, clock }: Desk): Outcome {
  // An admin means what he sees in the room, whoever asked for it.
  const shown = (isAdmin ? answers.lastWhere(message) : undefined) ?? open;
  if (shown === undefined || shown.shown === 0) return refuse('nothing is shown', memberReplies.nothingToJudge);
  if (shown.digest === 'posted' && !isAdmin) return refuse('a digest for all', memberReplies.adminsOnly);
  const number = argument === '' ? (shown.thread?.number ?? (shown.shown === 1 ? 1 : 0)) : Number(argument);
  const excerpt = excerptOf(shown, number);
  if (excerpt === undefined) return refuse('no such excerpt', memberReplies.whichExcerpt(shown.shown, '撤'));
  state.hidden.add(marksOf(excerpt), message.sender.id, clock());
  heed();
  return { bubbles: [memberReplies.hidden(number)], result: `${excerpt.quotes.length} messages hidden` };
}

/** Hidden excerpts that are told at once; a bubble holds no more. */
const LISTED = 6;

/** In a direct chat only: what is hidden would else be shown to all. */
async function list({ message, scope }: Call, { state, knowledge, listed }: Desk): Promise<Outcome> {
  if (message.room !== undefined) return refuse('said in a room', memberReplies.forms.hide);
  const readable = await scope();
  const acts = readable === undefined ? [] : state.hidden.acts();
  const seen = acts
    .map((marks) => ({ marks, quotes: knowledge.marked(marks, readable) }))
    .filter(({ quotes }) => quotes.length > 0);
  const latest = seen.slice(0, LISTED);
  listed.put(
    askerOf(message),
    latest.map(({ marks }) => marks),
  );
  return say(
    latest.length === 0
      ? memberReplies.nothingHidden
      : memberReplies.hiddenList(
          latest.map(({ quotes }) => hiddenLine(quotes)),
          seen.length,
        ),
  );
}

function showAgain({ message, argument }: Call, { state, listed, heed }: Desk): Outcome {
  const marks = listed.get(askerOf(message))?.[Number(argument) - 1];
  if (marks === undefined) return refuse('no such number', memberReplies.notListed);
  state.hidden.remove(marks);
  heed();
  return { bubbles: [memberReplies.shownAgain(Number(argument))], result: `${marks.length} messages shown again` };
}
