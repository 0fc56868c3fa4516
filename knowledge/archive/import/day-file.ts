/**
 * The file of one room and day, as text <-> the messages in it.
 *
 * In and out: ChatLab JSONL with a header, the day's members with all their names, and its messages by time. What an admin wrote
 * into the file and is none of these stays in it.
 */
import { z } from 'zod';
import { type ChatLabMember, MEMBER } from '../formats/chatlab.js';
import { folderOfRoom } from '../room-folders.js';
import { type KeptMessage, namesOf } from './kept-message.js';

/** Relative to the archive. A folder of its own, so that nothing which somebody put into the room's folder is ever rewritten. */
export function importedFile(room: string, date: string): string {
  return `${folderOfRoom(room)}/imported/${date}.jsonl`;
}

/** A message and its line, which is taken over as it is while nothing changes. */
export interface KeptLine {
  readonly message: KeptMessage;
  readonly json: string;
}

export interface DayFile {
  readonly header?: string;
  readonly members: ReadonlyMap<string, ChatLabMember>;
  /** In file order; each knows the further names of its sender. */
  readonly lines: readonly KeptLine[];
  /** Lines that are nothing of this. */
  readonly others: readonly string[];
}

const MESSAGE = z.looseObject({
  _type: z.literal('message'),
  sender: z.string(),
  timestamp: z.number(),
  type: z.number(),
  content: z.string().nullish(),
});

export function readDayFile(text: string): DayFile {
  let header: string | undefined;
  const members = new Map<string, ChatLabMember>();
  const lines: KeptLine[] = [];
  const others: string[] = [];
  for (const json of text.split('\n')) {
    if (json.trim() === '') continue;
    const value = parsed(json);
    const type = (value as { _type?: unknown } | null)?._type;
    const member = type === 'member' ? MEMBER.safeParse(value) : undefined;
    const message = type === 'message' ? MESSAGE.safeParse(value) : undefined;
    if (type === 'header' && header === undefined) header = json;
    else if (member?.success) members.set(member.data.platformId, member.data);
    else if (message?.success) lines.push({ message: keptOf(value as KeptMessage, members), json });
    else others.push(json);
  }
  return { ...(header === undefined ? {} : { header }), members, lines, others };
}

function keptOf(value: KeptMessage, members: ReadonlyMap<string, ChatLabMember>): KeptMessage {
  const message = { ...value, content: value.content ?? '' };
  const member = members.get(message.sender);
  if (!member) return message;
  const known = namesOf(message);
  const names = [member.groupNickname, member.accountName, ...(member.aliases ?? [])];
  const aliases = names.filter((name): name is string => typeof name === 'string' && name !== '' && !known.includes(name));
  return aliases.length === 0 ? message : { ...message, aliases };
}

/** The line of a message; its further names stand elsewhere. */
export function lineOf({ aliases: _, ...message }: KeptMessage): string {
  return JSON.stringify(message);
}

/** `lines` by time; `header` is the file's first line. */
export function dayFileText(header: string, before: Pick<DayFile, 'members' | 'others'>, lines: readonly KeptLine[]): string {
  const members = [...membersOf(before.members, lines).values()].map((member) => JSON.stringify({ _type: 'member', ...member }));
  return `${[header, ...members, ...before.others, ...lines.map(({ json }) => json)].join('\n')}\n`;
}

function membersOf(before: DayFile['members'], lines: readonly KeptLine[]): ReadonlyMap<string, ChatLabMember> {
  const members = new Map(before);
  const seen = new Set<string>();
  for (const { message } of lines) {
    const { sender, accountName, groupNickname } = message;
    const names = `${sender}\n${groupNickname}\n${accountName}`;
    if (message.aliases === undefined && seen.has(names)) continue;
    seen.add(names);
    const known = members.get(sender);
    const own = known ? [known.groupNickname, known.accountName, ...(known.aliases ?? [])] : [accountName, groupNickname];
    const further = known || message.aliases ? namesOf(message).filter((name) => !own.includes(name)) : [];
    if (known && further.length === 0) continue;
    members.set(sender, {
      platformId: sender,
      accountName: known?.accountName ?? accountName,
      groupNickname: known?.groupNickname ?? groupNickname,
      aliases: [...(known?.aliases ?? []), ...further],
    });
  }
  return members;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
