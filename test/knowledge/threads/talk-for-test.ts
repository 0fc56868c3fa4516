/** Invented talk for the tests of threads, written as one reads it, and the sample archive with what it teaches. */
import { emptyArchive, loadArchive } from '../../../knowledge/archive/load.js';
import { wallClock } from '../../../knowledge/archive/wall-clock.js';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { findThreads } from '../../../knowledge/threads/threads.js';
import type { Message } from '../../../knowledge/types.js';
import { SAMPLE } from '../sample-for-test.js';

const LINE = /^(?:(\S+)\/)?(\d+):(\d\d)(?::(\d\d))? (\S+?)(?: >(\d+))? (.+)$/;

/**
 * One message a line: `10:05 小明 text`, `10:05 小明 >3 text` for a native quotation of line 3 (from 0), `甲/10:05 小明 text` in room 甲.
 * Hours may exceed 24. `@名字` mentions a speaker of the talk.
 */
export function talk(text: string): readonly Message[] {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => LINE.exec(line.trim()) ?? []);
  const names = [...new Set(lines.map(([, , , , , name]) => name ?? ''))];
  return lines.map(([, room = '工坊', hour, minute, second = '0', name = '', quotes, said = ''], index) => ({
    index,
    room,
    file: `${room}/1.md`,
    line: index + 1,
    copies: [],
    at: ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000,
    speaker: names.indexOf(name),
    name,
    text: said,
    kind: 'text',
    mentions: names.flatMap((other, speaker) => (said.includes(`@${other}`) ? [speaker] : [])),
    ...(quotes === undefined ? {} : { replyTo: Number(quotes) }),
  }));
}

/** The lines of each thread, by number from 0, in the order of their first lines. */
export function threadsIn(messages: readonly Message[], labels: Int32Array): readonly (readonly number[])[] {
  const threads = new Map<number, number[]>();
  messages.forEach(({ index }) => {
    const label = labels[index] as number;
    threads.set(label, [...(threads.get(label) ?? []), index]);
  });
  return [...threads.values()];
}

export async function sampleMessages(): Promise<readonly Message[]> {
  return archiveMessages(SAMPLE);
}

export async function archiveMessages(folder: string): Promise<readonly Message[]> {
  return (await loadArchive(folder, wallClock('Asia/Shanghai'), emptyArchive(), () => undefined)).messages;
}

/** Divides a talk as the group of the sample archive would understand it. */
export async function sampleDivider(): Promise<(text: string) => readonly (readonly number[])[]> {
  const lore = learnLore(await sampleMessages());
  return (text) => {
    const messages = talk(text);
    return threadsIn(messages, findThreads(messages, lore).labels);
  };
}
