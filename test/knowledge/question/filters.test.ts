/** Which messages and threads a question's filters let through. */
import { describe, expect, it } from 'vitest';
import { messageFilter, threadFilter } from '../../../knowledge/question/filters.js';
import type { Question } from '../../../knowledge/question/question.js';
import { fold } from '../../../knowledge/text/fold.js';
import type { Message } from '../../../knowledge/types.js';

const NONE: Question = { text: '螺母', filtersOnly: false, page: false, phrases: [], without: [] };
const message = (some: Partial<Message>): Message => ({
  index: 0,
  room: '造物工坊',
  file: '造物工坊/a.markdown',
  line: 8,
  copies: [],
  at: 1000,
  speaker: 1,
  name: '阿棠',
  text: '热熔螺母的孔留 4.0',
  kind: 'text',
  mentions: [],
  ...some,
});
const passes = (filters: Partial<Question>, some: Partial<Message> = {}): boolean =>
  messageFilter({ ...NONE, ...filters }, fold)(message(some));

describe('who, when and where', () => {
  it('lets everything through without filters', () => {
    expect(passes({})).toBe(true);
  });

  it('takes any of the speakers', () => {
    expect(passes({ speakers: [3, 1] })).toBe(true);
    expect(passes({ speakers: [3] })).toBe(false);
  });

  it('takes any of the rooms, by the whole name', () => {
    expect(passes({ rooms: ['造物工坊'] })).toBe(true);
    expect(passes({ rooms: ['造物工坊-激光组'] })).toBe(false);
  });

  it('counts the first instant in and the last one out', () => {
    expect(passes({ from: 1000, to: 1001 })).toBe(true);
    expect(passes({ from: 1001, to: 2000 })).toBe(false);
    expect(passes({ from: 0, to: 1000 })).toBe(false);
  });

  it('wants every filter at once', () => {
    expect(passes({ speakers: [1], from: 0, to: 2000, phrases: ['热熔'] })).toBe(true);
    expect(passes({ speakers: [1], from: 0, to: 2000, phrases: ['热熔'] }, { speaker: 2 })).toBe(false);
  });
});

describe('phrases and excluded words', () => {
  it('wants every phrase, whatever its case, width and spacing', () => {
    const text = 'PETG  用７０度的\n热床 不拉丝';
    expect(passes({ phrases: ['petg 用'] }, { text })).toBe(true);
    expect(passes({ phrases: ['70度的 热床'] }, { text })).toBe(true);
    expect(passes({ phrases: ['petg', '热床不拉丝'] }, { text })).toBe(false);
  });

  it('leaves out what holds an excluded word', () => {
    expect(passes({ without: ['热熔'] })).toBe(false);
    expect(passes({ without: ['冷压'] })).toBe(true);
    expect(passes({ without: ['热熔', '冷压'] })).toBe(false);
  });

  it('takes Latin words and numbers whole, beside Chinese too', () => {
    expect(passes({ without: ['ai'] }, { text: '发 email 给我' })).toBe(true);
    expect(passes({ without: ['ai'] }, { text: '用AI写' })).toBe(false);
    expect(passes({ phrases: ['M3'] }, { text: '用M3螺丝，不是M30' })).toBe(true);
    expect(passes({ phrases: ['M3'] }, { text: '用M30' })).toBe(false);
  });

  it('finds an address although addresses are not indexed', () => {
    const text = '看 https://example.org/Wiki/Nut 第二段';
    expect(passes({ phrases: ['https://example.org/wiki/nut'] }, { text })).toBe(true);
    expect(passes({ phrases: ['https://example.org/other'] }, { text })).toBe(false);
  });
});

describe('有图 and 有链接', () => {
  const picture = message({ kind: 'image', text: '![2025-03-04 10:00:00](https://example.org/1.png)' });
  const inline = message({ text: '看这个 ![图](https://example.org/1.png)' });
  const link = message({ kind: 'link', text: '[怎么选螺母](https://example.org/nuts)' });
  const address = message({ text: '教程在 https://example.org/nuts' });
  const talk = message({});

  it('judges the thread, not the message', () => {
    expect(threadFilter({ ...NONE, withImage: true })([talk, picture])).toBe(true);
    expect(threadFilter({ ...NONE, withImage: true })([talk, inline])).toBe(true);
    expect(threadFilter({ ...NONE, withImage: true })([talk, link])).toBe(false);
    expect(threadFilter({ ...NONE, withLink: true })([talk, link])).toBe(true);
    expect(threadFilter({ ...NONE, withLink: true })([talk, address])).toBe(true);
  });

  it('does not take the address of a picture for a link', () => {
    expect(threadFilter({ ...NONE, withLink: true })([picture, inline])).toBe(false);
  });

  it('takes nothing from what the bot said in it', () => {
    const bubble = { ...address, kind: 'bot' } as const;
    expect(threadFilter({ ...NONE, withLink: true })([talk, bubble])).toBe(false);
  });

  it('wants both where both are asked for, from one message or several', () => {
    const both = threadFilter({ ...NONE, withImage: true, withLink: true });
    expect(both([picture])).toBe(false);
    expect(both([address])).toBe(false);
    expect(both([picture, talk, address])).toBe(true);
  });

  it('lets every thread through where none is asked for', () => {
    expect(threadFilter(NONE)([])).toBe(true);
  });
});
