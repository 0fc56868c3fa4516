import { describe, expect, it } from 'vitest';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { signsOf } from '../../../knowledge/threads/signs.js';
import { findThreads } from '../../../knowledge/threads/threads.js';
import type { Message } from '../../../knowledge/types.js';
import { addressKey, readGold } from '../../../scripts/eval/gold.js';
import { type Linking, linking } from '../../../scripts/eval/linking.js';
import { mean } from '../../../scripts/eval/questions.js';
import { meanOfDays, type ThreadFigures, threadDays } from '../../../scripts/eval/threads.js';
import { sharedData } from '../../shared.js';
import { SAMPLE, SAMPLE_GOLD } from '../sample-for-test.js';
import { archiveMessages } from './talk-for-test.js';

function figures(messages: readonly Message[], labels: Int32Array, gold: string): ThreadFigures & Linking {
  const { days, questions } = readGold(gold);
  const threadOf = new Map<string, string>();
  const members = new Map<string, Message[]>();
  for (const message of messages) {
    const thread = String(labels[message.index]);
    for (const address of [message, ...message.copies]) threadOf.set(addressKey(address), thread);
    members.set(thread, members.get(thread) ?? []);
    members.get(thread)?.push(message);
  }
  const links = linking(questions, {
    threadOf: (address) => threadOf.get(addressKey(address)),
    messagesOf: (thread) => members.get(thread) ?? [],
  });
  return { ...meanOfDays(threadDays(days, threadOf)), ...links };
}

/** What needs no model: a pause of 20 minutes divides. */
function byGap(messages: readonly Message[]): Int32Array {
  const latest = new Map<string, { readonly label: number; readonly at: number }>();
  return Int32Array.from(messages, ({ index, room, at }) => {
    const before = latest.get(room);
    const label = before && at - before.at <= 20 * 60_000 ? before.label : index;
    latest.set(room, { label, at });
    return label;
  });
}

/** Of each guest who was announced and then said at least 12 things in four hours: the largest share that one thread holds. */
function guestShares(messages: readonly Message[], labels: Int32Array): readonly number[] {
  return messages.flatMap((announcement) => {
    const guest = announcement.mentions[0];
    if (guest === undefined || !signsOf(announcement).talk) return [];
    const said = messages
      .slice(announcement.index + 1, announcement.index + 1000)
      .filter(({ room, speaker, at }) => room === announcement.room && speaker === guest && at - announcement.at < 4 * 3_600_000);
    if (said.length < 12) return [];
    const counts = new Map<number, number>();
    for (const { index } of said) counts.set(labels[index] as number, (counts.get(labels[index] as number) ?? 0) + 1);
    return [Math.max(...counts.values()) / said.length];
  });
}

describe('The threads of the sample archive, on which nothing was learned', () => {
  it('are nearer to those drawn by hand than a pause makes them, and hold the answers', async () => {
    const messages = await archiveMessages(SAMPLE);
    const found = figures(messages, findThreads(messages, learnLore(messages)).labels, SAMPLE_GOLD);
    const gap = figures(messages, byGap(messages), SAMPLE_GOLD);
    expect(found.one_to_one).toBeGreaterThan(gap.one_to_one + 0.05);
    expect(found.pairwise_F).toBeGreaterThan(gap.pairwise_F);
    expect(found.exact_F).toBeGreaterThan(gap.exact_F);
    expect(found.one_to_one).toBeGreaterThan(0.72);
    expect(found.held).toBeGreaterThan(0.9);
    expect(found.pure).toBeGreaterThan(0.55);
  });
});

const shared = sharedData();

describe.skipIf(!shared)('The threads of a large archive', async () => {
  const messages = shared ? await archiveMessages(shared.archive) : [];
  const { labels } = findThreads(messages, learnLore(messages));

  it('agree with those drawn by hand', () => {
    const found = figures(messages, labels, shared?.gold ?? '');
    expect(found.one_to_one).toBeGreaterThan(0.78);
    expect(found.pairwise_F).toBeGreaterThan(0.78);
    expect(found.exact_F).toBeGreaterThan(0.28);
    expect(found.held).toBeGreaterThan(0.9);
    expect(found.pure).toBeGreaterThan(0.45);
  });

  it('hold what a guest says in one', () => {
    const shares = guestShares(messages, labels);
    expect(shares.length).toBeGreaterThan(50);
    expect(mean(shares)).toBeGreaterThan(0.95);
  });
});
