/**
 * What the bot does in a room: 启用, 停用, 暂停, 继续, 自动, 停.
 *
 * In: a command. Out: the room's settings in the state, by its name, which outlives a login.
 */
import type { Room } from '../../chat/chat.js';
import { memberReplies, replies } from '../../reply/texts.js';
import type { RoomSetting } from '../../state/state.js';
import type { Desk } from '../desk.js';
import { sharedNames } from '../rooms.js';
import { UNASKED_A_DAY } from '../unasked.js';
import { byAdmins, type Call, type Command, type Outcome, refuse, say } from './command.js';
import { word } from './words.js';

/** The one command that is heard in a room where the bot is not enabled. */
export const ENABLE = '启用';

export const roomCommands: readonly Command[] = [
  { ...switching(ENABLE, { enabled: true }, memberReplies.enabled), help: '启用、停用：我在这个群里听不听、答不答' },
  switching('停用', { enabled: false }, memberReplies.disabled),
  { ...switching('暂停', { paused: true }, memberReplies.paused), help: '暂停、继续：先不出声，但照常收录' },
  {
    ...switching('继续', { paused: false }, memberReplies.resumed),
    // Where nothing is paused it is said to somebody else.
    uncalled: ({ isAdmin, isPaused }) => isAdmin && isPaused,
  },
  { ...switching('自动 开', { unasked: true }, replies.unaskedOn(UNASKED_A_DAY)), read: word('自动 开', '自动开') },
  { ...switching('自动 关', { unasked: false }, replies.unaskedOff), read: word('自动 关', '自动关') },
  {
    name: '自动',
    read: word('自动'),
    who: 'everybody',
    where: 'room',
    uncalled: byAdmins,
    help: '自动 开、自动 关：没人 @ 我时要不要出声，默认不出声',
    run: ({ message }, { state }) => say(replies.unaskedIs(state.rooms.get(message.room?.topic ?? '').unasked)),
  },
  {
    name: '停',
    read: word('停'),
    who: 'everybody',
    where: 'room',
    uncalled: ({ spokeUnasked }) => spokeUnasked,
    isUrgent: true,
    run: ({ message }, desk) => turn(message.room, { unasked: false }, replies.unaskedOff, desk),
  },
];

function switching(name: string, change: Partial<RoomSetting>, text: string): Command {
  const run = ({ message }: Call, desk: Desk) => turn(message.room, change, text, desk);
  return { name, read: word(name), who: 'admin', where: 'room', uncalled: byAdmins, run };
}

async function turn(room: Room | undefined, change: Partial<RoomSetting>, text: string, desk: Desk): Promise<Outcome> {
  if (room === undefined || room.topic === '') return refuse('the room has no name', replies.unaskedNeedsName);
  // What is switched goes by the name, so that it would be switched in the other room too.
  if (sharedNames(await desk.chat.rooms()).includes(room.topic)) return refuse('two rooms of one name', memberReplies.sharedName);
  desk.state.rooms.set(room.topic, change);
  // Digests of the time when it was to be silent here are not made up for.
  if (change.enabled || change.paused === false) desk.digests.passOver(room.topic);
  return say(text);
}
