/** What goes on with the bot divides and joins no conversation: everything is as if it had not been said. */
import { beforeAll, expect, it } from 'vitest';
import { learnLore, packLore } from '../../../knowledge/threads/lore.js';
import { findThreads } from '../../../knowledge/threads/threads.js';
import type { Message } from '../../../knowledge/types.js';
import { sampleMessages } from './talk-for-test.js';

let talk: readonly Message[];
/** The same with a call after every third message. */
let archived: readonly Message[];
/** Place among `archived` by place in `talk`. */
let placeOf: readonly number[];
beforeAll(async () => {
  talk = await sampleMessages();
  placeOf = talk.map((_, i) => i + Math.floor(i / 3));
  archived = talk.flatMap((message, i) => {
    const { replyTo, ...rest } = message;
    const moved: Message = {
      ...rest,
      index: placeOf[i] as number,
      ...(replyTo === undefined ? {} : { replyTo: placeOf[replyTo] as number }),
    };
    const call: Message = { ...rest, index: moved.index + 1, text: `@群史 ${rest.text}`, kind: 'bot' };
    return i % 3 === 2 ? [moved, call] : [moved];
  });
});

it('teaches nothing', () => {
  expect(packLore(learnLore(archived))).toEqual(packLore(learnLore(talk)));
});

it('leaves every conversation as it is, and stands by itself', () => {
  const lore = learnLore(talk);
  const expected = [...findThreads(talk, lore).labels].map((label) => placeOf[label]);
  const half = archived.slice(0, Math.floor(archived.length / 2));
  for (const { labels } of [
    findThreads(archived, lore),
    findThreads(archived, lore, findThreads(archived.slice(0, archived.length - 3), lore)),
    findThreads(archived, lore, findThreads(half, lore)),
  ]) {
    expect(placeOf.map((place) => labels[place])).toEqual(expected);
    for (const { index, kind } of archived) if (kind === 'bot') expect(labels[index]).toBe(index);
  }
});
