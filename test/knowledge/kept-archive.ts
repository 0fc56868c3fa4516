/** What two archives in memory have in common, whatever way they were made. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Knowledge, LiveMessage, MessageKind } from '../../knowledge/index.js';

/** An empty folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Shown {
  readonly place: string;
  readonly at: number;
  readonly speaker: string;
  readonly text: string;
  readonly kind: MessageKind;
}

/** Every message as its thread shows it, in time order. */
export function everyMessage(knowledge: Knowledge): readonly Shown[] {
  const keys = new Set([...knowledge.assignments()].map(({ thread }) => thread));
  return [...keys]
    .flatMap((key) => knowledge.thread(key)?.quotes ?? [])
    .map(({ file, line, at, speaker, text, kind }) => ({ place: `${file}:${line}`, at, speaker, text, kind }))
    .sort((a, b) => a.at - b.at || (a.place < b.place ? -1 : 1));
}

/** Counts and threads, without how long the load took and which files it found to be other ones. */
export function everythingIn(knowledge: Knowledge): unknown {
  const { seconds: _, added: _added, changed: _changed, removed: _removed, ...counts } = knowledge.summary();
  return { counts, assignments: [...knowledge.assignments()], messages: everyMessage(knowledge) };
}

export function live(id: string, at: number, text: string, more: Partial<LiveMessage> = {}): LiveMessage {
  return { room: '甲', id, at, sender: '@a', name: '小鱼', kind: 'text', text, ...more };
}
