/**
 * A room of the archive -> a folder with one file a day, for other tools or for a site.
 *
 * In: the archive, a room, a format. Out: the files, each whole at any moment, and what the format could not hold.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dayFileText, lineOf } from '../import/day-file.js';
import { keptMessage } from '../import/kept-message.js';
import { headerLine } from '../live/lines.js';
import type { WallClock } from '../wall-clock.js';
import { losesKind, markdownPost } from './markdown.js';
import { type DatedMessage, roomMessages } from './room-messages.js';

export interface ExportOptions {
  readonly archive: string;
  readonly room: string;
  readonly format: 'chatlab' | 'markdown';
  /** Made if need be; files of the same days are replaced. */
  readonly out: string;
  /** First and last day, YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly now?: () => number;
}

export interface ExportedRoom {
  readonly files: number;
  readonly messages: number;
  /** What a post has no place for, by number of messages. ChatLab holds everything. */
  readonly lost: {
    /** Left out, for they were said to the bot or by it. */
    readonly bot: number;
    readonly accounts: number;
    readonly names: number;
    readonly kinds: number;
  };
}

/** Makes no folder where nothing was said. Throws {@link ArchiveError} if there is no such room, else what the disk throws. */
export async function exportRoom(options: ExportOptions, clock: WallClock): Promise<ExportedRoom> {
  const { archive, room, format, out, from = '', to = '9999', onProgress = () => undefined, now = Date.now } = options;
  const all = await roomMessages(archive, room, clock, (done, total) => onProgress({ done, total }));
  const wanted = all.filter(({ date }) => date >= from && date <= to);
  const isPost = format === 'markdown';
  const held = isPost
    ? withQuotations(
        wanted.filter(({ kind }) => kind !== 'bot'),
        all,
      )
    : wanted;
  const days = byDate(held);
  if (days.size > 0) await mkdir(out, { recursive: true });
  for (const [date, messages] of days) {
    if (isPost) await put(out, `${date}-chat.markdown`, markdownPost(room, date, messages));
    else await put(out, `${date}.jsonl`, chatlabDay(headerLine(room, now()), messages));
  }
  const count = (is: (message: DatedMessage) => boolean): number => (isPost ? held.filter(is).length : 0);
  return {
    files: days.size,
    messages: held.length,
    lost: {
      bot: wanted.length - held.length,
      accounts: count(({ sender, id }) => sender !== undefined || id !== undefined),
      names: count(({ alsoKnownAs }) => alsoKnownAs !== undefined),
      kinds: count(losesKind),
    },
  };
}

function byDate(messages: readonly DatedMessage[]): ReadonlyMap<string, readonly DatedMessage[]> {
  const days = new Map<string, DatedMessage[]>();
  for (const message of messages) {
    const day = days.get(message.date);
    if (day) day.push(message);
    else days.set(message.date, [message]);
  }
  return days;
}

function chatlabDay(header: string, messages: readonly DatedMessage[]): string {
  const lines = messages.map((message) => {
    const kept = keptMessage(message);
    return { message: kept, json: lineOf(kept) };
  });
  return dayFileText(header, { members: new Map(), others: [] }, lines);
}

/** Where only an id says what is replied to, a post quotes it. */
function withQuotations(messages: readonly DatedMessage[], all: readonly DatedMessage[]): readonly DatedMessage[] {
  const byId = new Map(all.flatMap((message) => (message.id === undefined ? [] : [[message.id, message] as const])));
  return messages.map((message) => {
    const target = message.replyTo === undefined || message.quoted ? undefined : byId.get(message.replyTo);
    return target && target.body !== '' ? { ...message, quoted: { name: target.name, text: target.body } } : message;
  });
}

async function put(folder: string, name: string, text: string): Promise<void> {
  const temporary = join(folder, `.${name}.${process.pid}.tmp`);
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, join(folder, name));
}
