import { describe, expect, it } from 'vitest';
import { printOf, sameStretchIn, stretchesOf } from '../../../knowledge/threads/stretches.js';
import type { Message } from '../../../knowledge/types.js';
import { talk } from './talk-for-test.js';

describe('A stretch', () => {
  it('ends with a silence of its room of more than four hours', () => {
    const stretches = stretchesOf(
      talk(`
        甲/8:00 小林 早
        乙/9:00 阿树 早
        甲/12:00 小林 还在吗
        乙/13:01 阿树 还在吗
        甲/14:00 小林 在`),
    );
    expect(stretches.map((stretch) => stretch.map(({ index }) => index))).toEqual([[0, 2, 4], [1], [3]]);
  });

  it('goes on over midnight', () => {
    expect(stretchesOf(talk('23:50 小林 还有人吗\n24:10 阿树 有'))).toHaveLength(1);
  });

  it('is not lengthened by what goes on with the bot', () => {
    const said = talk('8:00 小林 早\n11:00 小林 @群史 早\n14:00 小林 在吗');
    const messages = said.map((message, i) => (i === 1 ? { ...message, kind: 'bot' as const } : message));
    expect(stretchesOf(said)).toHaveLength(1);
    expect(stretchesOf(messages).map((stretch) => stretch.map(({ index }) => index))).toEqual([[0], [2]]);
  });

  it('is none without messages', () => {
    expect(stretchesOf([])).toEqual([]);
  });
});

describe('The print of a stretch', () => {
  const said = talk(`
    10:00 小林 PETG 怎么调
    10:01 阿树 @小林 降温度
    10:02 老周 >0 加回抽`);
  const changed = (index: number, change: Partial<Message>) =>
    said.map((message) => (message.index === index ? { ...message, ...change } : message));

  it('does not depend on the place in the archive, nor on how speakers are numbered', () => {
    const elsewhere = said.map(({ index, speaker, mentions, replyTo, ...message }) => ({
      ...message,
      index: index + 100,
      speaker: 50 - speaker,
      mentions: mentions.map((other) => 50 - other),
      ...(replyTo === undefined ? {} : { replyTo: replyTo + 100 }),
      file: '甲/2.md',
      line: 1,
    }));
    expect(printOf(elsewhere)).toBe(printOf(said));
  });

  it.each([
    ['a text', changed(0, { text: 'PETG 怎么办' })],
    ['a time', changed(1, { at: 10 * 3_600_000 + 61_000 })],
    ['a speaker', changed(2, { speaker: 0 })],
    ['a mention', changed(1, { mentions: [] })],
    ['whom it mentions', changed(1, { mentions: [2] })],
    ['a kind', changed(1, { kind: 'image' })],
    ['a quotation', changed(2, { replyTo: 1 })],
    ['the number of messages', said.slice(0, 2)],
    ['the order', [said[1], said[0], said[2]] as readonly Message[]],
  ])('tells another stretch by %s', (_, other) => {
    expect(printOf(other)).not.toBe(printOf(said));
  });

  it('need not be made where nothing moved but the place in the archive', () => {
    const moved = said.map((message) => ({
      ...message,
      index: message.index + 1,
      ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo + 1 }),
    }));
    const sameAs = sameStretchIn({ messages: said, origin: Int32Array.of(-1, 0, 1, 2) });
    expect(sameAs(moved)).toBe(0);
    for (const [place, change] of [
      [1, { speaker: 2 }],
      [1, { mentions: [] }],
      [1, { mentions: [2] }],
      [2, { replyTo: 2 }],
    ] as const)
      expect(sameAs(moved.map((message, i) => (i === place ? { ...message, ...change } : message)))).toBeUndefined();
    expect(sameAs(moved.slice(0, 2))).toBeUndefined();
    expect(sameStretchIn({ messages: said, origin: Int32Array.of(-1, 0, -1, 2) })(moved)).toBeUndefined();
    expect(sameStretchIn({ messages: said, origin: Int32Array.of(-1, 0, 2, 1) })(moved)).toBeUndefined();
  });

  it('is a whole number that survives being stored', () => {
    expect(Number.isSafeInteger(printOf(said))).toBe(true);
    expect(Float64Array.of(printOf(said))[0]).toBe(printOf(said));
  });
});
