/**
 * The CSV pages of PyWxDump: id, MsgSvrID, type_name, is_sender, talker, room_name, msg, src, CreateTime; the names of the people
 * stand in `users.json` beside them.
 *
 * Without that file the accounts stand for names. Who exported is `我` and has no account. A quotation stands behind the reply:
 * `[引用](时间)昵称:原文`. The times are local.
 */
import { z } from 'zod';
import type { MessageKind } from '../../types.js';
import { hasHeading, type TableRow, tableRows } from './csv-table.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { kindOfTypeName } from './placeholders.js';
import { dateTimeIn, instants } from './printed-time.js';
import { quotedTalk } from './quoted-talk.js';
import { cutShort, timeless } from './row-faults.js';

const COLUMNS = ['id', 'MsgSvrID', 'type_name', 'is_sender', 'talker', 'room_name', 'msg', 'src', 'CreateTime'] as const;
const USERS = 'users.json';
const SELF = '我';
const SYSTEM = '系统';
/** Where the tool did not find who spoke. */
const UNKNOWN = '未知';
const TEXT = '文本';
const PICTURE = '图片';
const QUOTE = /\[引用\]\([^()\n]{0,40}\)/;
const DETAILS = '<a href="';
const SECONDS = /^\d{10}$/;

const USER = z.object({ nickname: z.string().nullish(), remark: z.string().nullish(), account: z.string().nullish() });
type User = z.infer<typeof USER>;

export const pywxdumpCsv: ExportFormat = {
  id: 'pywxdump-csv',
  name: 'PyWxDump CSV',
  howTo: 'PyWxDump: export the group as CSV; import the folder, for the names stand in its users.json.',
  recognises: (head) => hasHeading(head, COLUMNS),
  read,
};

async function* read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const users = await usersBeside(source, context);
  const instantOf = instants(context, source.name);
  for await (const rows of tableRows(source, COLUMNS, context)) {
    const messages = rows.flatMap((row) => messageOf(row, users, instantOf, context) ?? []);
    if (messages.length > 0) yield messages;
  }
}

async function usersBeside(source: ExportSource, context: ExportContext): Promise<ReadonlyMap<string, User>> {
  const text = await source.beside(USERS);
  if (text === undefined) return new Map();
  const users = z.record(z.string(), z.unknown()).safeParse(parsed(text));
  if (!users.success) {
    context.skip(0, `${USERS} cannot be read, so accounts stand for names`);
    return new Map();
  }
  return new Map(
    Object.entries(users.data).flatMap(([account, value]) => {
      const user = USER.safeParse(value);
      return user.success ? [[account, user.data] as const] : [];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(
  { line, length, cell }: TableRow<(typeof COLUMNS)[number]>,
  users: ReadonlyMap<string, User>,
  instantOf: ReturnType<typeof instants>,
  context: ExportContext,
): ExportedMessage | undefined {
  if (length !== COLUMNS.length) {
    context.skip(line, cutShort(length, COLUMNS));
    return undefined;
  }
  const [created, talker, serverId] = [cell('CreateTime'), cell('talker'), cell('MsgSvrID')];
  const time = dateTimeIn(created);
  const at = SECONDS.test(created) ? Number(created) * 1000 : time && instantOf(time);
  if (at === undefined) {
    context.skip(line, timeless(created));
    return undefined;
  }
  const isAccount = talker !== '' && talker !== SELF && talker !== SYSTEM && talker !== UNKNOWN;
  const names = isAccount ? namesOf(users.get(talker), talker) : [talker === SELF ? SELF : ''];
  const kind = talker === SYSTEM ? 'system' : kindOf(cell('type_name'), cell('msg'));
  const roomName = users.get(cell('room_name'))?.nickname?.trim();
  return {
    line,
    at,
    name: names[0] ?? '',
    ...bodyOf(cell('type_name'), cell('msg'), cell('src'), users),
    ...(isAccount ? { sender: talker } : {}),
    ...(names.length > 1 ? { alsoKnownAs: names.slice(1) } : {}),
    ...(serverId === '' || serverId === '0' ? {} : { id: serverId }),
    ...(roomName ? { room: roomName } : {}),
    ...(kind ? { kind } : {}),
  };
}

/** The nickname first, for the remark is what one person calls another; the account if there is neither. */
function namesOf(user: User | undefined, account: string): readonly string[] {
  const names = [user?.nickname, user?.remark].flatMap((name) => (name?.trim() ? [name.trim()] : []));
  return names.length > 0 ? [...new Set(names)] : [account];
}

/** What the tool prints of pictures and the like, and of types that it has no words for. */
function isNameAlone(type: string, msg: string): boolean {
  return type !== '' && type !== TEXT && msg.trim() === type;
}

function kindOf(type: string, msg: string): MessageKind | undefined {
  return kindOfTypeName(type) ?? (isNameAlone(type, msg) ? 'card' : undefined);
}

function bodyOf(
  type: string,
  msg: string,
  src: string,
  users: ReadonlyMap<string, User>,
): Pick<ExportedMessage, 'body' | 'quoted'> {
  if (type === '引用回复') {
    const mark = QUOTE.exec(msg);
    if (mark === null) return { body: msg.trim() };
    const isKnown = (name: string): boolean =>
      [...users.values()].some(({ nickname, remark }) => name === nickname || name === remark);
    const quoted = quotedTalk(msg.slice(mark.index + mark[0].length), [':'], isKnown);
    const text = quoted.text === PICTURE ? `[${PICTURE}]` : quoted.text;
    return { body: msg.slice(0, mark.index).trim(), quoted: { ...quoted, text } };
  }
  // A picture is the word alone, which anybody may type; in brackets it is what other tools write.
  if (isNameAlone(type, msg)) return { body: `[${type}]` };
  const link = msg.lastIndexOf(DETAILS);
  return { body: link >= 0 && src.startsWith('http') ? `${msg.slice(0, link).trim()}\n${src}` : msg.trim() };
}
