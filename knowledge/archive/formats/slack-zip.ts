/**
 * The export of a Slack workspace, a zip: users.json, channels.json (private: groups.json), and `channel/YYYY-MM-DD.json` for each day.
 *
 * Each channel is a room. Direct messages are nobody's group and are not imported. Threads become replies to their first message.
 * Joins, topics and the like are notices; what was deleted keeps its place. Lines are numbers of messages within a day's file.
 */
import { z } from 'zod';
import type { MessageKind, QuotedMessage } from '../../types.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { readableSlack, type SlackNames } from './slack-text.js';
import { withZip, type ZipText } from './zip-entries.js';

const text = z.string().nullish();
const PROFILE = z.object({ display_name: text, real_name: text }).nullish();
const USER = z.object({ id: z.string(), name: text, real_name: text, profile: PROFILE });
const CHANNEL = z.object({ id: z.string(), name: text });
const MESSAGE = z.object({
  type: z.literal('message'),
  ts: z.string().regex(/^\d{9,11}(?:\.\d{1,9})?$/),
  thread_ts: text,
  subtype: text,
  user: text,
  username: text,
  bot_id: text,
  user_profile: PROFILE,
  bot_profile: z.object({ name: text }).nullish(),
  text: text,
  files: z.array(z.looseObject({ name: text, title: text, mimetype: text })).nullish(),
  attachments: z
    .array(z.looseObject({ fallback: text, text: text, author_name: text, is_msg_unfurl: z.boolean().nullish() }))
    .nullish(),
});
type SlackUser = z.infer<typeof USER>;
type SlackMessage = z.infer<typeof MESSAGE>;

interface People extends SlackNames {
  readonly others: ReadonlyMap<string, readonly string[]>;
}

const DAY = /(?:^|\/)([^/]+)\/(\d{4}-\d{2}-\d{2})\.json$/;
const LISTS = ['users.json', 'channels.json', 'groups.json', 'dms.json'] as const;
/** Folder of direct messages between two, or among some. */
const DIRECT = /^(?:D[A-Z0-9]{7,}|mpdm-.+)$/;
/** Subtypes that are said by a person or a program; all others are notices. */
const TALK = new Set(['bot_message', 'me_message', 'thread_broadcast', 'file_share', 'file_comment', 'slackbot_response']);
const DELETED = 'tombstone';

export const slackZip: ExportFormat = {
  id: 'slack-zip',
  name: 'Slack export (zip)',
  howTo: 'Slack: Tools & settings, Workspace settings, Import/Export Data, Export; hand over the zip as it is.',
  unit: 'message',
  recognises: (_head, bytes) => namesIn(bytes).some((name) => DAY.test(name) || LISTS.some((list) => isList(name, list))),
  read,
};

/** Names in the local headers at the beginning of a zip. */
function namesIn(bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = Buffer.from('PK\u0003\u0004', 'latin1');
  const names: string[] = [];
  if (!buffer.subarray(0, 4).equals(mark)) return names;
  for (let at = 0; at >= 0 && at + 30 <= buffer.length; at = buffer.indexOf(mark, at + 4))
    names.push(buffer.toString('utf8', at + 30, at + 30 + buffer.readUInt16LE(at + 26)));
  return names;
}

function isList(name: string, list: string): boolean {
  return name === list || name.endsWith(`/${list}`);
}

function read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const isWanted = (name: string): boolean => DAY.test(name) || LISTS.some((list) => isList(name, list));
  return withZip(source.path, isWanted, (files) => messagesIn(files, context));
}

async function* messagesIn(files: readonly ZipText[], context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const people = peopleOf(await listed(files, 'users.json', USER), [
    ...(await listed(files, 'channels.json', CHANNEL)),
    ...(await listed(files, 'groups.json', CHANNEL)),
  ]);
  const direct = new Set((await listed(files, 'dms.json', CHANNEL)).map(({ id }) => id));
  for (const { file, room } of daysOf(files, direct)) {
    const value = parsed(await file.text());
    if (!Array.isArray(value)) {
      context.skip(0, `${file.name} is not a list of messages, left out`);
      continue;
    }
    const messages = value.flatMap((one: unknown, i) => {
      const message = MESSAGE.safeParse(one);
      if (message.success) return [exported(i + 1, message.data, room, people)];
      context.skip(i + 1, `${file.name}: a message with a wrong ${message.error.issues[0]?.path.join('.') || 'shape'}, left out`);
      return [];
    });
    if (messages.length > 0) yield messages;
  }
}

/** Channel by channel, each in the order of its days. */
function daysOf(
  files: readonly ZipText[],
  direct: ReadonlySet<string>,
): readonly { readonly file: ZipText; readonly room: string }[] {
  return files
    .flatMap((file) => {
      const [, room = '', day = ''] = DAY.exec(file.name) ?? [];
      return room === '' || DIRECT.test(room) || direct.has(room) ? [] : [{ file, room, day }];
    })
    .sort((a, b) => (a.room === b.room ? (a.day < b.day ? -1 : 1) : a.room < b.room ? -1 : 1));
}

async function listed<T>(files: readonly ZipText[], list: string, shape: z.ZodType<T>): Promise<readonly T[]> {
  const file = files.find(({ name }) => isList(name, list));
  const value = file && parsed(await file.text());
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const item = shape.safeParse(one);
    return item.success ? [item.data] : [];
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function peopleOf(users: readonly SlackUser[], channels: readonly z.infer<typeof CHANNEL>[]): People {
  const names = users.map(({ id, name, real_name, profile }) => {
    const all = [profile?.display_name, profile?.real_name, real_name, name];
    return [id, [...new Set(all.flatMap((one) => (one?.trim() ? [one.trim()] : [])))]] as const;
  });
  return {
    people: new Map(names.flatMap(([id, [first]]) => (first === undefined ? [] : [[id, first] as const]))),
    others: new Map(names.map(([id, [, ...others]]) => [id, others])),
    channels: new Map(channels.flatMap(({ id, name }) => (name ? [[id, name] as const] : []))),
  };
}

function exported(line: number, message: SlackMessage, room: string, people: People): ExportedMessage {
  const { ts, thread_ts, subtype } = message;
  const sender = message.user ?? message.bot_id ?? undefined;
  const others = sender === undefined ? [] : (people.others.get(sender) ?? []);
  return {
    line,
    at: Math.floor(Number(ts)) * 1000,
    room,
    name: nameOf(message, sender, people),
    id: ts,
    ...(sender === undefined ? {} : { sender }),
    ...(others.length === 0 ? {} : { alsoKnownAs: others }),
    ...(thread_ts && thread_ts !== ts ? { replyTo: thread_ts } : {}),
    ...(subtype === DELETED ? { body: '', recalled: true as const } : contentOf(message, people)),
  };
}

function nameOf({ username, user_profile, bot_profile }: SlackMessage, sender: string | undefined, { people }: People): string {
  const known = sender === undefined ? undefined : people.get(sender);
  const names = [known, user_profile?.display_name, user_profile?.real_name, username, bot_profile?.name, sender];
  return names.find((name) => name?.trim())?.trim() ?? '';
}

function contentOf(message: SlackMessage, names: SlackNames): Pick<ExportedMessage, 'body' | 'kind' | 'quoted'> {
  const body = readableSlack(message.text ?? '', names);
  if (message.subtype && !TALK.has(message.subtype)) return { body, kind: 'system' };
  const quoted = sharedIn(message, names);
  if (body !== '') return quoted ? { body, quoted } : { body };
  if (message.files?.length) return filesOf(message.files);
  if (quoted) return { body: `${quoted.name}: ${quoted.text}`, kind: 'card' };
  const attached = (message.attachments ?? []).map((one) => readableSlack(one.text || one.fallback || '', names));
  return { body: attached.filter((one) => one !== '').join('\n') };
}

/** Another message that was shared with this one. */
function sharedIn({ attachments }: SlackMessage, names: SlackNames): QuotedMessage | undefined {
  const shared = attachments?.find((one) => one.is_msg_unfurl === true);
  return shared && { name: shared.author_name ?? '', text: readableSlack(shared.text || shared.fallback || '', names) };
}

function filesOf(files: NonNullable<SlackMessage['files']>): { readonly body: string; readonly kind: MessageKind } {
  const type = files[0]?.mimetype?.split('/', 1)[0];
  const kind = type === 'image' || type === 'video' ? type : type === 'audio' ? 'voice' : 'file';
  return {
    body: files
      .map((file) => file.title || file.name || '')
      .join('\n')
      .trim(),
    kind,
  };
}
