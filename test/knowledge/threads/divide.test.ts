import { describe, expect, it } from 'vitest';
import { divide, type Weigh } from '../../../knowledge/threads/divide.js';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { listener } from '../../../knowledge/threads/said.js';
import { talk } from './talk-for-test.js';

const listen = listener(learnLore([]));

/** Every speaker has a thread of his own, and 阿土 might belong to any. */
const bySpeaker: Weigh = (rows, { message }, { threads }) => {
  if (message.name === '阿土') return rows.map((_, i) => (i < threads.length ? 1 / threads.length : 0));
  const own = threads.findIndex(({ opening }) => opening.message.speaker === message.speaker);
  return rows.map((_, i) => (i === (own < 0 ? threads.length : own) ? 1 : 0));
};

function divided(text: string): readonly number[] {
  return [...divide(listen(talk(text)), bySpeaker)];
}

describe('A message', () => {
  it('goes where it most likely belongs', () => {
    expect(
      divided(`
        10:00 小林 一
        10:01 老周 二
        10:02 小林 三
        10:03 老周 四`),
    ).toEqual([0, 1, 0, 1]);
  });

  it('goes to what it quotes, however unlikely', () => {
    expect(
      divided(`
        10:00 小林 一
        10:01 老周 二
        10:02 老周 >0 三`),
    ).toEqual([0, 1, 0]);
  });
});

describe('Two threads', () => {
  const both = `
    10:00 小林 一
    10:01 老周 二
    10:02 阿土 三
    10:03 小林 四
    10:04 阿土 五
    10:05 老周 六`;

  it('stay two while few messages might belong to either', () => {
    expect(new Set(divided(both)).size).toBe(2);
  });

  it('become the older one when a late message is one too many', () => {
    const more = Array.from({ length: 5 }, (_, i) => `10:${10 + i} 阿土 ${i}`).join('\n');
    expect(new Set(divided(`${both}\n${more}`))).toEqual(new Set([0]));
  });
});
