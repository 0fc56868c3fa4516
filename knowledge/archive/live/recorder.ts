/**
 * Live messages -> the archive on disk, each exactly once, and the entries that they are from then on.
 *
 * Messages that come in while others are being written are written together. What is written is safe from a crash of the program
 * at once, and from one of the machine after a second at the latest. Nothing is read again that was written here.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Gap, LiveMessage } from '../../types.js';
import { chatlabJsonl } from '../formats/chatlab-jsonl.js';
import { entryOf, type FileEntries, readEntries } from '../read.js';
import { roomOfFolder } from '../room-folders.js';
import { type FoundFile, fingerprintOf } from '../scan.js';
import type { WallClock } from '../wall-clock.js';
import { type Appended, appender } from './appender.js';
import { headerLine, isLineOf, isLiveFile, liveFile, messageLine, recalledLine } from './lines.js';

export interface RecorderOptions {
  /** The archive's folder. */
  readonly root: string;
  readonly clock: WallClock;
  /** Tells this login's sender ids from those of others: lower-case letters and digits. */
  readonly login: string;
  readonly now: () => number;
  /** The archive's files as they are known. */
  readonly files: () => readonly FileEntries[];
  /** Takes a file as it is known now; called at once after it was written. */
  readonly onWritten: (file: FileEntries) => void;
}

export interface Recorder {
  /** Fulfilled when the message is written; rejected if the disk refuses. */
  record(message: LiveMessage): Promise<void>;
  /** True if the message was there and its text is gone now. */
  recall(room: string, id: string): Promise<boolean>;
  noteGap(gap: Gap): Promise<void>;
  /** Oldest first. */
  gaps(): readonly Gap[];
  /** Keeps the recorder from writing while `work` looks at the files; afterwards they may be other ones. */
  exclusive<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Fulfilled when everything recorded so far is written. */
  written(): Promise<void>;
  /** Fulfilled when everything recorded so far is on the disk. */
  flush(): Promise<void>;
}

interface Waiting {
  readonly message: LiveMessage;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** ms from the first write until it is forced onto the disk. */
const SYNC_AFTER = 1000;
/** In the archive, for it cannot be computed from anything else. */
const GAPS = 'gaps.jsonl';
const GAP = z.object({ from: z.number(), to: z.number() });

export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const { root, clock, login, now, files, onWritten } = options;
  const disk = appender();
  const gaps = [...(await readGaps(root))];
  let waiting: Waiting[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  /** Of each room the ids that are in its live files, or were taken back before they came. */
  let ids: Map<string, Set<string>> | undefined;
  /** Why something written could not be forced onto the disk; told by the next flush. */
  let fault: unknown;
  const recalledUnseen = new Set<string>();

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const idsOf = (room: string): Set<string> => {
    ids ??= idsIn(files());
    const known = ids.get(room) ?? new Set<string>();
    ids.set(room, known);
    return known;
  };
  const syncSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      inTurn(disk.sync).catch((error: unknown) => {
        fault = error;
      });
    }, SYNC_AFTER);
  };

  const writeWaiting = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    const byFile = new Map<string, Waiting[]>();
    for (const one of batch) {
      const { room, id } = one.message;
      if (idsOf(room).has(id) || recalledUnseen.has(`${room}\n${id}`)) one.resolve();
      else {
        idsOf(room).add(id);
        const file = liveFile(one.message, clock);
        byFile.set(file, [...(byFile.get(file) ?? []), one]);
      }
    }
    for (const [file, group] of byFile) {
      const room = (group[0] as Waiting).message.room;
      try {
        const lines = group.map(({ message }) => messageLine(message, login));
        const appended = await disk.append(join(root, file), headerLine(room, now()), lines);
        syncSoon();
        await take(file, lines, appended);
        for (const one of group) one.resolve();
      } catch (error) {
        for (const one of group) {
          idsOf(room).delete(one.message.id);
          one.reject(error);
        }
      }
    }
  };

  const take = async (file: string, lines: readonly string[], { line, before, bytes, fingerprint }: Appended): Promise<void> => {
    const known = files().find(({ found }) => found.file === file);
    const found = { ...placeOf(root, file), bytes, fingerprint };
    if (!known || known.found.bytes !== before) return onWritten(await readEntries(found, clock));
    const messages = chatlabJsonl.read(lines.join('\n'), { file, clock, warn: () => undefined });
    const entries = messages.map((message) => entryOf({ ...message, line: message.line + line - 1 }, found));
    onWritten({ ...known, found, entries: [...known.entries, ...entries] });
  };

  const written = (): Promise<void> => inTurn(writeWaiting);
  const flush = async (): Promise<void> => {
    await written();
    clearTimeout(timer);
    timer = undefined;
    await inTurn(disk.sync);
    const before = fault;
    fault = undefined;
    if (before !== undefined) throw before;
  };

  return {
    record: (message) =>
      new Promise((resolve, reject) => {
        waiting.push({ message, resolve, reject });
        if (waiting.length === 1) void inTurn(writeWaiting);
      }),
    recall: (room, id) =>
      inTurn(async () => {
        await writeWaiting();
        const isMeant = ({ found, entries }: FileEntries): boolean =>
          isLiveFile(found.file) && entries.some((entry) => entry.room === room && entry.id === id);
        const meant = files().filter(isMeant);
        if (meant.length === 0) recalledUnseen.add(`${room}\n${id}`);
        for (const { found } of meant) {
          const path = join(root, found.file);
          await disk.replace(path, (line) => isLineOf(line, id), recalledLine);
          const info = await stat(path, { bigint: true });
          const there = { ...placeOf(root, found.file), bytes: Number(info.size), fingerprint: fingerprintOf(info) };
          onWritten(await readEntries(there, clock));
        }
        return meant.length > 0;
      }),
    noteGap: ({ from, to }) =>
      inTurn(async () => {
        await disk.append(join(root, GAPS), undefined, [JSON.stringify({ from, to })]);
        syncSoon();
        gaps.push({ from, to });
        gaps.sort((a, b) => a.from - b.from);
      }),
    gaps: () => [...gaps],
    exclusive: (work) =>
      inTurn(async () => {
        try {
          return await work();
        } finally {
          ids = undefined;
        }
      }),
    written,
    flush,
  };
}

function idsIn(files: readonly FileEntries[]): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const { found, entries, recalled } of files) {
    if (!isLiveFile(found.file)) continue;
    const known = ids.get(found.room) ?? new Set<string>();
    ids.set(found.room, known);
    for (const { id } of entries) if (id !== undefined) known.add(id);
    for (const id of recalled) known.add(id);
  }
  return ids;
}

function placeOf(root: string, file: string): Pick<FoundFile, 'file' | 'path' | 'room'> {
  return { file, path: join(root, file), room: roomOfFolder(file.slice(0, file.indexOf('/'))) };
}

/** A line that was cut off by a crash is passed over. */
async function readGaps(root: string): Promise<readonly Gap[]> {
  const text = await readFile(join(root, GAPS), 'utf8').catch(() => '');
  const gaps = text.split('\n').flatMap((line) => {
    try {
      return [GAP.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
  return gaps.sort((a, b) => a.from - b.from);
}
