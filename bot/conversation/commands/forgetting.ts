/**
 * Whose words are kept and shown: 忘记我, 确认忘记, 恢复, 停止收录, 开始收录.
 *
 * In: a command, and who says it. Out: opt-outs in the state, heeded at once. A name means somebody only while nobody else in
 * the room goes by it, or was heard under it in this login: whoever takes another one's name cannot have his words forgotten.
 */
import type { Member, Room } from '../../chat/chat.js';
import { memberReplies, replies } from '../../reply/texts.js';
import type { OptOut } from '../../state/state.js';
import { type Desk, roomsMeant } from '../desk.js';
import { askerOf } from '../open-answers.js';
import { always, byAdmins, type Call, type Command, type Outcome, refuse, say } from './command.js';
import { about, word } from './words.js';

export const forgettingCommands: readonly Command[] = [
  { ...own('忘记我', ask), help: '忘记我：你说过的话以后都不再引用、不再计数，也不再出现你的名字；恢复：撤销' },
  { ...own('确认忘记', confirm), uncalled: ({ isAsked }) => isAsked, isUrgent: true },
  { ...own('恢复', restore), uncalled: ({ isForgotten }) => isForgotten },
  {
    ...own('恢复 某人', restoreOther),
    read: about('恢复'),
    who: 'admin',
    uncalled: byAdmins,
    help: '恢复 @某人：撤销他的「忘记我」和「停止收录」',
  },
  { ...own('停止收录', stopRecording), isUrgent: true, help: '停止收录、开始收录：以后你说的话记不记' },
  own('开始收录', startRecording),
];

function own(name: string, run: Command['run']): Command {
  return { name, read: word(name), who: 'everybody', where: 'both', uncalled: always, run };
}

/** Somebody's names in the rooms in question. */
interface Names {
  readonly mine: readonly string[];
  /** Whether nobody else there goes by one of them; undefined if it cannot be known. */
  readonly onlyMine: boolean | undefined;
  /** Ids of everybody there, and of the bot. */
  readonly present: readonly string[];
}

async function namesOf({ message }: Call, rooms: readonly Room[], { chat }: Desk): Promise<Names> {
  const mine = new Set(namesIn(message.sender));
  const members = await Promise.all(rooms.map(({ id }) => chat.members(id)));
  for (const member of members.flatMap((list) => list ?? [])) {
    if (member.id === message.sender.id) for (const name of namesIn(member)) mine.add(name);
  }
  const others = members.flatMap((list) => list ?? []).filter(({ id }) => id !== message.sender.id);
  const isKnown = members.every((list) => list?.some(({ id }) => id === message.sender.id));
  const isTaken = others.some((one) => namesIn(one).some((name) => mine.has(name)));
  const me = chat.me();
  const present = [...others.map(({ id }) => id), ...(me === undefined ? [] : [me.id])];
  return { mine: [...mine], onlyMine: isKnown ? !isTaken : undefined, present };
}

function namesIn({ name, groupNickname }: Member): readonly string[] {
  return [name, groupNickname ?? ''].map((one) => one.trim()).filter((one) => one !== '');
}

async function ask(call: Call, desk: Desk): Promise<Outcome> {
  const { message } = call;
  const scope = await call.scope();
  if (scope?.rooms === undefined) return say(message.room === undefined ? memberReplies.notAMember : replies.noArchive);
  const { mine, onlyMine, present } = await namesOf(call, await roomsMeant(message, desk), desk);
  if (onlyMine === undefined) return say(memberReplies.membersUnknown);
  const senders = [message.sender.id];
  const known = await desk.knowledge.whoIs({ rooms: scope.rooms, names: mine, senders, present });
  // Heard under one name they were told apart by their ids; else nobody knows whose the words are.
  if (known?.isShared ? known.messages === 0 : !onlyMine) return say(memberReplies.namesake);
  if (known === undefined) return say(memberReplies.nothingToForget);
  const names = known.isShared ? [] : [...new Set([...mine, ...known.names])];
  desk.forgetting.put(askerOf(message), { rooms: scope.rooms, names, senders, messages: known.messages });
  return say(memberReplies.confirmForgetting(known.names, known.messages, known.isShared === true));
}

function confirm({ message }: Call, desk: Desk): Outcome {
  const asked = desk.forgetting.get(askerOf(message));
  if (asked === undefined) return say(memberReplies.nothingToConfirm);
  desk.forgetting.drop(askerOf(message));
  const { messages, ...who } = asked;
  desk.state.optOuts.add({ kind: 'forgotten', ...who, since: desk.clock() });
  heed(desk);
  return { bubbles: [memberReplies.forgotten(messages)], result: `${messages} messages forgotten` };
}

function restore({ message }: Call, desk: Desk): Outcome {
  const removed = remove(desk, ({ kind, senders }) => kind === 'forgotten' && senders.includes(message.sender.id));
  return removed > 0 ? { bubbles: [memberReplies.restored], result: 'done' } : say(memberReplies.nothingToRestore);
}

async function restoreOther({ argument, scope }: Call, desk: Desk): Promise<Outcome> {
  const name = argument.replace(/^[@＠]/, '').trim();
  const rooms = (await scope())?.rooms ?? [];
  const removed = remove(desk, (optOut) => optOut.names.includes(name) && optOut.rooms.some((room) => rooms.includes(room)));
  return removed > 0 ? say(memberReplies.restored) : refuse('no opt-out', memberReplies.noOptOutOf(name));
}

async function stopRecording(call: Call, desk: Desk): Promise<Outcome> {
  const { message } = call;
  const live = await roomsMeant(message, desk);
  const all = await desk.chat.rooms();
  const rooms = live.flatMap((room) => desk.walls.captureRoomOf(room, all) ?? []);
  if (rooms.length === 0) return say(memberReplies.nothingRecorded);
  const { mine, onlyMine } = await namesOf(call, live, desk);
  // By his id at once; by his names after the next login, unless they could be another one's.
  desk.state.optOuts.add({
    ...{ kind: 'unrecorded', rooms, senders: [message.sender.id] },
    ...{ names: onlyMine ? mine : [], since: desk.clock() },
  });
  return say(onlyMine ? memberReplies.recordingStopped : memberReplies.recordingStoppedForNow);
}

function startRecording({ message }: Call, desk: Desk): Outcome {
  const removed = remove(desk, ({ kind, senders }) => kind === 'unrecorded' && senders.includes(message.sender.id));
  return say(removed > 0 ? memberReplies.recordingStarted : memberReplies.recordingNotStopped);
}

/** How many were removed. */
function remove(desk: Desk, fits: (optOut: OptOut) => boolean): number {
  const fitting = desk.state.optOuts.all().filter(fits);
  for (const { id } of fitting) desk.state.optOuts.remove(id);
  if (fitting.length > 0) heed(desk);
  return fitting.length;
}

/** What stands on a screen may hold his words. */
function heed(desk: Desk): void {
  desk.heed();
  desk.open.closeAll();
}
