/**
 * What only some puppets can do, each asked for by what it looks like and never by the puppet's name.
 *
 * In: a Wechaty. Out: the answer of the puppet, or undefined if it cannot.
 */
import type { EventEmitter } from 'node:events';
import type { WechatyInterface } from 'wechaty/impls';
import { z } from 'zod';

/** The client inside the Web WeChat puppet. */
interface WebClient {
  readonly lastSyncTime?: number;
  readonly on?: EventEmitter['on'];
  readonly batchGetContact?: (rooms: readonly { readonly UserName: string; readonly EncryChatRoomId: string }[]) => unknown;
}

function webClient(bot: WechatyInterface): WebClient | undefined {
  return (bot.puppet as { readonly wechat4u?: WebClient }).wechat4u;
}

/** A message as it came over the wire. The Web WeChat puppet keeps it for an hour or so. */
export async function rawPayload(bot: WechatyInterface, id: string): Promise<unknown> {
  const puppet: { readonly messageRawPayload?: (id: string) => Promise<unknown> } = bot.puppet as object;
  try {
    return await puppet.messageRawPayload?.(id);
  } catch {
    return undefined;
  }
}

/** UTC ms of the last poll that the server answered: the heartbeat of the Web WeChat puppet says "normal" while it is deaf. */
export function lastContact(bot: WechatyInterface): number | undefined {
  const at = webClient(bot)?.lastSyncTime;
  return typeof at === 'number' && at > 0 ? at : undefined;
}

const ROOM_WITH_MEMBERS = z.object({
  UserName: z.string(),
  MemberList: z.array(z.object({ UserName: z.string(), NickName: z.string(), DisplayName: z.string().optional() })),
});

/**
 * The members of a room as the server gives them now, in wire form; undefined where the puppet cannot ask. What Web WeChat's
 * client remembers is as old as its last look at the room, and empty after a reconnect.
 */
export async function membersOnServer(
  bot: WechatyInterface,
  room: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly card: string }[] | undefined> {
  const client = webClient(bot);
  if (client?.batchGetContact === undefined) return undefined;
  const rooms = z.array(z.unknown()).parse(await client.batchGetContact([{ UserName: room, EncryChatRoomId: '' }]));
  const found = rooms.map((one) => ROOM_WITH_MEMBERS.safeParse(one).data).find((one) => one?.UserName === room);
  return (found?.MemberList ?? []).map(({ UserName, NickName, DisplayName = '' }) => ({
    id: UserName,
    name: NickName,
    card: DisplayName,
  }));
}

/** Calls back with the id of every message as it comes over the wire. To be asked once the bot is logged in. */
export function onWire(bot: WechatyInterface, call: (id: string) => void): void {
  webClient(bot)?.on?.('message', ({ MsgId }: { readonly MsgId?: string }) => {
    if (MsgId !== undefined) call(MsgId);
  });
}

/** Three moons or suns with blanks: the Web WeChat client logs itself out when anybody sends this to the account. */
const KILL_SWITCH = /^(.\udf1a \ud83c.){3}$/;

/** Takes the switch away from everybody. The client looks at the text after its listeners did, so they may change it. */
export function disarmKillSwitch(bot: WechatyInterface): void {
  webClient(bot)?.on?.('message', (message: { Content?: string }) => {
    if (KILL_SWITCH.test(message.Content ?? '')) message.Content += '\u200b';
  });
}

/** Of a text message; what is read is the text as it came, which stands elsewhere in it. */
const TEXT = 1;

/**
 * Has the Web WeChat client look up no mentions, which nobody here asks it for: it compares every @ of a text with every member, and
 * in a room of 500 one message full of them kept everybody waiting for a minute. The sign in front begins the sender's id.
 */
export function spareMentions(bot: WechatyInterface): void {
  const client = webClient(bot);
  if (client === undefined) return;
  bot.puppet.roomMemberSearch = async () => [];
  client.on?.('message', (message: { MsgType?: number; Content?: string }) => {
    if (message.MsgType === TEXT) message.Content = message.Content?.replace(/(?<!^)@/g, '＠') ?? '';
  });
}
