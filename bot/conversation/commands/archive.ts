/**
 * The archive, for its admins: 重载, 别名, 词; and 状态, for everybody as much of it as is his.
 *
 * In: a command. Out: what was done, in figures of the rooms that the asker may read.
 */
import type { AdditionFault, LoadSummary, Scope } from '../../../knowledge/index.js';
import { reasonOf } from '../../reason.js';
import { memberReplies } from '../../reply/texts.js';
import { asksSomething } from '../asking.js';
import { type Desk, roomsMeant } from '../desk.js';
import { byAdmins, type Call, type Command, type Outcome, refuse, say } from './command.js';
import { about, type Said, word } from './words.js';

export const archiveCommands: readonly Command[] = [
  {
    name: '状态',
    read: word('状态'),
    who: 'everybody',
    where: 'both',
    uncalled: byAdmins,
    help: '状态：聊天记录有多大、最近一次掉线',
    run: status,
  },
  {
    name: '重载',
    read: word('重载'),
    who: 'admin',
    where: 'both',
    uncalled: byAdmins,
    help: '重载：重新读聊天记录，期间照常回答',
    isSlow: true,
    run: reload,
  },
  {
    name: '别名',
    read: ({ text }) => (/^别名\s*[^=＝]+[=＝]/.test(text) ? text.slice(2).trim() : undefined),
    who: 'admin',
    where: 'both',
    uncalled: byAdmins,
    help: '别名 甲 = 乙：这两个名字是同一个人',
    isSlow: true,
    run: addAlias,
  },
  {
    name: '词',
    read: taught,
    who: 'admin',
    where: 'both',
    uncalled: byAdmins,
    help: '词 某某：教我一个行话',
    isSlow: true,
    run: addWord,
  },
];

/** What asks is looked up, though it begins so: 词 怎么学. */
function taught(said: Said): string | undefined {
  const word = about('词')(said);
  return word === undefined || asksSomething(word) ? undefined : word;
}

async function status({ message, isAdmin, scope }: Call, desk: Desk): Promise<Outcome> {
  const isRoom = message.room !== undefined;
  const isFull = isAdmin && !isRoom;
  const topics = (await roomsMeant(message, desk)).map(({ topic }) => topic);
  return say(desk.status({ scope: isFull ? {} : await scope(), isFull, topics, isRoom }));
}

/** The figures of the whole archive are for an admin's own eyes: other rooms are nobody's business in a room. */
async function reload({ message, scope }: Call, desk: Desk): Promise<Outcome> {
  try {
    const summary = await desk.reload();
    const whole = memberReplies.reloaded(summary, summary);
    if (message.room === undefined) return { bubbles: [whole], result: inFigures(summary) };
    const readable = await scope();
    const own = readable ? desk.knowledge.figures(readable) : { messages: 0, threads: 0 };
    const text = memberReplies.reloaded({ seconds: summary.seconds, warnings: warningsOf(summary, readable) }, own);
    return { bubbles: [text], result: inFigures(summary) };
  } catch (error) {
    const reason = reasonOf(error);
    const text = memberReplies.reloadFailed(message.room === undefined ? reason : undefined);
    return { bubbles: [text], result: `failed: ${reason}` };
  }
}

function inFigures({ files, added, changed, removed, messages, threads, seconds, warnings }: LoadSummary): string {
  const changes = `${files} files (${added} added, ${changed} changed, ${removed} removed)`;
  return `${changes}, ${messages} messages, ${threads} threads, ${warnings.length} warnings in ${seconds} s`;
}

/** The first folder of a file is its room. */
function warningsOf({ warnings }: LoadSummary, scope: Scope | undefined): LoadSummary['warnings'] {
  return warnings.filter(({ file }) => scope?.rooms?.includes(file.split('/')[0] ?? ''));
}

async function addAlias({ argument }: Call, { knowledge }: Desk): Promise<Outcome> {
  const at = argument.search(/[=＝]/);
  const [a, b] = [argument.slice(0, at).trim(), argument.slice(at + 1).trim()];
  const addition = await knowledge.addAlias(a, b);
  switch (addition.outcome) {
    case 'added':
      return say(memberReplies.aliasAdded(a, b));
    case 'known':
      return { bubbles: [memberReplies.aliasKnown], result: 'known before' };
    case 'refused':
      return refusal(addition.because);
  }
}

async function addWord({ argument }: Call, { knowledge }: Desk): Promise<Outcome> {
  if (/\p{Script=Han} \p{Script=Han}/u.test(argument)) return refuse('several words', memberReplies.forms.word);
  const addition = await knowledge.addWord(argument);
  switch (addition.outcome) {
    case 'added':
      return say(memberReplies.wordAdded(argument));
    case 'known':
      return { bubbles: [memberReplies.wordKnown], result: 'known before' };
    case 'refused':
      return refusal(addition.because);
  }
}

function refusal(because: AdditionFault): Outcome {
  return refuse(because, memberReplies.additionFaults[because]);
}
