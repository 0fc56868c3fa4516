import { beforeAll, describe, expect, it } from 'vitest';
import { type Lore, learnLore, packLore, unpackLore } from '../../../knowledge/threads/lore.js';
import { findThreads } from '../../../knowledge/threads/threads.js';
import { eachTopicTerm, type TopicTerm } from '../../../knowledge/threads/topic-terms.js';
import type { Message } from '../../../knowledge/types.js';
import { sampleMessages, talk } from './talk-for-test.js';

let messages: readonly Message[];
let lore: Lore;
beforeAll(async () => {
  messages = await sampleMessages();
  lore = learnLore(messages);
});

function termsOf(text: string): readonly TopicTerm[] {
  const terms: TopicTerm[] = [];
  eachTopicTerm(text, (term) => terms.push(term));
  return terms;
}

function of(values: Float32Array, text: string): number | undefined {
  return values[lore.terms.get(termsOf(text)[0] ?? '') ?? -1];
}

describe('What an archive teaches', () => {
  it('is that rare words tell more than common ones', () => {
    const common = of(lore.rarity, '大家') ?? Number.NaN;
    const rare = of(lore.rarity, '拉丝') ?? Number.NaN;
    expect(rare).toBeGreaterThan(common);
    expect(lore.unknownRarity).toBeGreaterThan(rare);
  });

  it('is with which words its people begin a conversation', () => {
    const begun = Array.from({ length: 30 }, (_, i) => `${i}:00 小林 敢问诸位\n${i}:00:20 阿树 依我看来`).join('\n');
    const group = learnLore(talk(begun));
    const opening = (text: string) => group.opening[group.terms.get(termsOf(text)[0] ?? '') ?? -1];
    expect(opening('敢问')).toBeGreaterThan(0.5);
    expect(opening('依我')).toBeLessThan(-0.2);
  });

  it('leaves out what was said only once', () => {
    const group = learnLore(talk('1:00 小林 椴木板\n1:01 阿树 亚克力\n1:02 小林 亚克力'));
    expect(termsOf('椴木板').some((term) => group.terms.has(term))).toBe(false);
    expect(termsOf('亚克力').every((term) => group.terms.has(term))).toBe(true);
  });

  it('does not depend on how often a message repeats a word', () => {
    const once = learnLore(talk('1:00 小林 喷头\n1:01 阿树 喷头'));
    const often = learnLore(talk('1:00 小林 喷头，喷头，喷头\n1:01 阿树 喷头'));
    expect(often.rarity).toEqual(once.rarity);
  });

  it('is nothing much in an empty archive, and threads are found all the same', () => {
    expect([...findThreads(talk('1:00 小林 在吗\n1:01 阿树 在'), learnLore([])).labels]).toEqual([0, 0]);
  });
});

describe('A stored lore', () => {
  it('finds the same threads as before', () => {
    const packed = packLore(lore);
    const stored = JSON.parse(
      JSON.stringify({ ...packed, pairs: [...packed.pairs], rarity: [...packed.rarity], opening: [...packed.opening] }),
    );
    const again = unpackLore({
      ...stored,
      pairs: Int32Array.from(stored.pairs),
      rarity: Float32Array.from(stored.rarity),
      opening: Float32Array.from(stored.opening),
    });
    expect(packLore(again)).toEqual(packed);
    expect(findThreads(messages, again)).toEqual(findThreads(messages, lore));
  });

  it('is told from one learned from other messages', () => {
    expect(learnLore(messages.slice(0, 1000)).id).not.toBe(lore.id);
    expect(learnLore(messages).id).toBe(lore.id);
  });
});

describe('The terms of a message', () => {
  it('are pairs of Chinese characters and words of two letters or more, without single characters', () => {
    expect(termsOf('嗯 打印机 PETG x')).toHaveLength(3);
    expect(termsOf('嗯 打印机 PETG x')).toContain('petg');
  });

  it('have a name behind @ as one term', () => {
    expect(termsOf('@小林-激光组 收')).toEqual(['@小林-激光组']);
  });
});
