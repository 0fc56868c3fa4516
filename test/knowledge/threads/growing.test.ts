import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Lore, learnLore } from '../../../knowledge/threads/lore.js';
import { type FoundThreads, findThreads } from '../../../knowledge/threads/threads.js';
import type { Message } from '../../../knowledge/types.js';
import { runs } from '../../properties.js';
import { sampleMessages, talk } from './talk-for-test.js';

let messages: readonly Message[];
let lore: Lore;
let found: FoundThreads;
beforeAll(async () => {
  messages = await sampleMessages();
  lore = learnLore(messages);
  found = findThreads(messages, lore);
});

/** The same with every message a thread of its own, so that it shows where it was taken from here. */
function eachAlone(threads: FoundThreads): FoundThreads {
  let begin = 0;
  const places = Int32Array.from(
    [...threads.sizes].flatMap((size) => {
      begin += size;
      return Array.from({ length: size }, (_, place) => place);
    }),
  );
  expect(begin).toBe(threads.places.length);
  return { ...threads, places };
}

function differing(one: Int32Array, other: Int32Array): readonly number[] {
  return [...one.keys()].filter((index) => one[index] !== other[index]);
}

function edited(index: number, change: Partial<Message>): readonly Message[] {
  return messages.map((message) => (message.index === index ? { ...message, ...change } : message));
}

describe('The label of a thread', () => {
  it('is the index of its first message, in the same room', () => {
    found.labels.forEach((label, index) => {
      expect(label).toBeLessThanOrEqual(index);
      expect(found.labels[label]).toBe(label);
      expect(messages[label]?.room).toBe(messages[index]?.room);
    });
  });

  it('stays when messages come after it, unless its thread joins an older one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: messages.length }), fc.integer({ min: 0, max: 300 }), (count, more) => {
        const before = findThreads(messages.slice(0, count), lore).labels;
        const after = findThreads(messages.slice(0, count + more), lore).labels;
        before.forEach((label, index) => {
          expect(after[index]).toBe(after[label]);
          expect(after[label]).toBeLessThanOrEqual(label);
        });
      }),
      runs(30),
    );
  });
});

describe('Messages that come one by one', () => {
  it('make the same threads as all at once', () => {
    const begin = messages.length - 150;
    let threads = findThreads(messages.slice(0, begin), lore);
    for (let count = begin + 1; count <= messages.length; count++) threads = findThreads(messages.slice(0, count), lore, threads);
    expect(threads).toEqual(found);
  });

  it('make the same threads in any portions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: messages.length }), (count) => {
        const threads = findThreads(messages.slice(0, count), lore);
        expect(findThreads(messages, lore, threads)).toEqual(found);
      }),
      runs(20),
    );
  });

  it('leave the threads of other stretches as they are, without looking at them', () => {
    const last = messages.at(-1) as Message;
    const live = {
      ...last,
      index: messages.length,
      at: last.at + 60_000,
      line: last.line + 10,
      text: '收到',
      replyTo: last.index,
    };
    const { labels } = findThreads([...messages, live], lore, eachAlone(found));
    expect(labels[messages.length]).toBe(labels[last.index]);
    const earlier = messages.filter(({ at, room }) => room !== last.room || last.at - at > 86_400_000);
    expect(earlier.length).toBeGreaterThan(1000);
    const marked = findThreads(messages, lore, eachAlone(found)).labels;
    for (const { index } of earlier) expect(labels[index]).toBe(marked[index]);
  });

  it('may be the first of their room', () => {
    const old = talk('甲/10:00 小林 在吗');
    const all = talk(`
      甲/10:00 小林 在吗
      乙/10:01 阿树 大家好`);
    expect([...findThreads(all, lore, findThreads(old, lore)).labels]).toEqual([0, 1]);
  });
});

describe('Threads that were found before', () => {
  it('are taken over where nothing changed', () => {
    expect(findThreads(messages, lore, found)).toEqual(found);
    expect(differing(findThreads(messages, lore, eachAlone(found)).labels, found.labels).length).toBeGreaterThan(500);
  });

  it('are found anew in the stretch that changed, and only there', () => {
    const changed = edited(500, { text: '请教大家，PETG 打印总是拉丝，温度要怎么调？' });
    const { labels } = findThreads(changed, lore, eachAlone(found));
    const renewed = differing(labels, findThreads(messages, lore, eachAlone(found)).labels);
    const fresh = findThreads(changed, lore).labels;
    expect(renewed.length).toBeGreaterThan(5);
    for (const index of renewed) {
      expect(labels[index]).toBe(fresh[index]);
      expect(Math.abs((messages[index]?.at ?? 0) - (messages[500]?.at ?? 0))).toBeLessThan(86_400_000);
    }
  });

  it('are known again after everything moved on by a message, under other numbers of the speakers', () => {
    const moved = messages.map((message) => ({
      ...message,
      index: message.index + 1,
      speaker: message.speaker + 7,
      mentions: message.mentions.map((speaker) => speaker + 7),
      ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo + 1 }),
    }));
    const first = messages[0] as Message;
    const all = [{ ...first, room: '新来的', at: first.at - 1, speaker: 0, mentions: [] }, ...moved];
    const shifted = (labels: Int32Array) => Int32Array.from(labels, (label) => label + 1);
    const marked = findThreads(messages, lore, eachAlone(found)).labels;
    expect(findThreads(all, lore, eachAlone(found)).labels.slice(1)).toEqual(shifted(marked));
    expect(findThreads(all, lore, found).labels.slice(1)).toEqual(shifted(found.labels));
  });

  it('count for nothing with another lore', () => {
    const other = learnLore(messages.slice(0, 1000));
    expect(findThreads(messages, other, eachAlone(found))).toEqual(findThreads(messages, other));
  });

  it('count for nothing when another model found them', () => {
    expect(findThreads(messages, lore, { ...eachAlone(found), by: 'another' })).toEqual(found);
  });
});
