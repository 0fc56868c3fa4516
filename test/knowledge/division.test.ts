/** Threads found by two are the threads found by one. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyArchive, loadArchive } from '../../knowledge/archive/load.js';
import { findShare, together } from '../../knowledge/division/shares.js';
import { messagesOf, talkOf } from '../../knowledge/division/talk.js';
import { startHelper } from '../../knowledge/division/together.js';
import { learnLore, packLore } from '../../knowledge/threads/lore.js';
import { findThreads } from '../../knowledge/threads/threads.js';
import type { Message } from '../../knowledge/types.js';
import { shanghai } from './archive/archive-on-disk.js';
import { SAMPLE } from './sample-for-test.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DAYS = 20;

/** The sample told again and again, weeks apart, so that there are several portions. */
let messages: readonly Message[];
beforeAll(async () => {
  const sample = (await loadArchive(SAMPLE, shanghai, emptyArchive(), () => undefined)).messages;
  messages = Array.from({ length: DAYS }, (_, turn) =>
    sample.map((message) => ({
      ...message,
      index: message.index + turn * sample.length,
      at: message.at + turn * 30 * 86_400_000,
      ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo + turn * sample.length }),
    })),
  ).flat();
});

const plain = (found: ReturnType<typeof findThreads>) =>
  JSON.stringify([found.by, ...[found.labels, found.prints, found.places].map((some) => [...some])]);

describe('shares', () => {
  it('are known stretch by stretch, whoever found them', () => {
    const lore = learnLore(messages);
    const alone = findThreads(messages, lore);
    const told = messagesOf(talkOf(messages));
    expect(learnLore(told).id).toBe(lore.id);
    // Somebody else has taken the first two portions.
    const rest = findShare(told, lore, Int32Array.from([2]));
    const known = together(rest);
    expect(rest.length).toBeGreaterThan(2);
    expect(known?.prints.every((print) => alone.prints.includes(print))).toBe(true);
    expect(plain(findThreads(messages, lore, known))).toBe(plain(alone));
  });
});

describe('a helper', () => {
  it('changes nothing about what is found', async () => {
    // Any command compiles what the helper runs.
    expect(spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/ask', '--help'], { cwd: ROOT }).status).toBe(0);
    const helper = startHelper(new URL('../../dist/knowledge/division/worker.js', import.meta.url));
    const done: string[] = [];
    const { lore, found } = await helper.divide(messages, () => done.push('meanwhile'));
    helper.dismiss();
    expect(done).toEqual(['meanwhile']);
    const alone = learnLore(messages);
    expect(packLore(lore)).toEqual(packLore(alone));
    expect(plain(found)).toBe(plain(findThreads(messages, alone)));
  }, 60_000);

  it('that fails costs nothing but time', async () => {
    const helper = startHelper(new URL('file:///no/such/helper.js'));
    const { lore, found } = await helper.divide(messages, () => undefined);
    helper.dismiss();
    expect(plain(found)).toBe(plain(findThreads(messages, lore)));
  }, 60_000);
});
