/** Markdown transcripts: what is a message, where it stands, and that no file stops the reading. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jekyllMarkdown } from '../../../knowledge/archive/formats/jekyll-markdown.js';
import type { RawMessage } from '../../../knowledge/types.js';
import { day, shanghai } from './archive-on-disk.js';

function read(
  text: string,
  file = 'room/_posts/2025-03-04-chat.markdown',
): { messages: readonly RawMessage[]; warnings: string[] } {
  const warnings: string[] = [];
  const messages = jekyllMarkdown.read(text, { file, clock: shanghai, warn: (line, what) => warnings.push(`${line}: ${what}`) });
  return { messages, warnings };
}

const seen = ({ line, at, name, body }: RawMessage) => [line, shanghai.local(at).time, name, body];

describe('a message', () => {
  it('has the line of its header, its time, its name and its text', () => {
    const { messages, warnings } = read(day(['09:05:00', '小满', '早'], ['23:59:59', 'J. J.', '第一行\n\n第二行']));
    expect(messages.map(seen)).toEqual([
      [5, '09:05:00', '小满', '早'],
      [9, '23:59:59', 'J. J.', '第一行\n\n第二行'],
    ]);
    expect(shanghai.local(messages[0]?.at ?? 0).date).toBe('2025-03-04');
    expect(warnings).toEqual([]);
  });

  it.each(['\r\n', '\r'])('is found with line ends %j', (end) => {
    expect(read(day(['09:05:00', '小满', '早']).replaceAll('\n', end)).messages.map(seen)).toEqual([
      [5, '09:05:00', '小满', '早'],
    ]);
  });

  it('may be empty, or lack a name', () => {
    expect(read('> 09:05:00  \n\n> 09:06:00  小满\n').messages.map(seen)).toEqual([
      [1, '09:05:00', '■', ''],
      [3, '09:06:00', '小满', ''],
    ]);
  });

  it('keeps a quoted line of its text that is no header', () => {
    expect(read('> 09:05:00  小满\n\n他说\n> 不行\n为什么\n').messages).toHaveLength(1);
  });
});

describe('the date', () => {
  it('comes from the file name, else from the front matter', () => {
    const text = '---\ndate:       2024-12-31 12:00:00\n---\n> 00:00:01  小满\n\n早\n';
    expect(shanghai.local(read(text).messages[0]?.at ?? 0).date).toBe('2025-03-04');
    expect(shanghai.local(read(text, 'room/chat.md').messages[0]?.at ?? 0).date).toBe('2024-12-31');
    expect(shanghai.local(read(text, 'room/2025-02-30.md').messages[0]?.at ?? 0).date).toBe('2024-12-31');
  });

  it('must be somewhere', () => {
    expect(read('> 00:00:01  小满\n\n早\n', 'room/chat.md')).toEqual({
      messages: [],
      warnings: ['1: no date in the file name nor in the front matter, file skipped; name it YYYY-MM-DD-….markdown'],
    });
  });
});

describe('faults', () => {
  it('a front matter that is never closed ends at the first header', () => {
    const { messages, warnings } = read('---\nlayout: source\n> 09:05:00  小满\n\n早\n');
    expect(messages.map(seen)).toEqual([[3, '09:05:00', '小满', '早']]);
    expect(warnings).toEqual(['1: the front matter has no closing ---, it was taken to end at the first message header']);
  });

  it('a header without a time takes the time before it', () => {
    const { messages, warnings } = read(
      day(['09:05:00', '小满', '早'], ['09:06:00', '老秦', '早啊']).replace('> 09:06:00  老秦', '> 老秦'),
    );
    expect(messages.map(seen)[1]).toEqual([9, '09:05:00', '老秦', '早啊']);
    expect(warnings).toEqual(['9: a header without a time, the time of the message before it was taken']);
  });

  it('so does one with a time that does not exist', () => {
    const { messages, warnings } = read(day(['09:05:00', '小满', '早'], ['25:61:00', '老秦', '早啊']));
    expect(messages.map(seen)[1]).toEqual([9, '09:05:00', '老秦', '早啊']);
    expect(warnings).toEqual(['9: no such time of day 25:61:00, the time of the message before it was taken']);
  });

  it('and the first of a file is at midnight', () => {
    const { messages, warnings } = read('\n> 25:61:00  老秦\n\n早啊\n');
    expect(messages.map(seen)).toEqual([[2, '00:00:00', '老秦', '早啊']]);
    expect(warnings).toEqual(['2: no such time of day 25:61:00, midnight was taken']);
  });

  it('text before the first header is left out', () => {
    const { messages, warnings } = read('---\n---\nwho said this\n> 09:05:00  小满\n\n早\n');
    expect(messages).toHaveLength(1);
    expect(warnings).toEqual(['3: lines before the first message header (1), left out']);
  });
});

describe('any text at all', () => {
  const row = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('---', '> ', '>', '> 10:20', '> 99:99:99 x', '> 10:20:30', '> 10:20:30  ', 'date: 2020-01-01', ''),
    fc.tuple(fc.nat(23), fc.nat(59), fc.string({ unit: 'grapheme' })).map(([hour, minute, name]) => {
      const two = (n: number) => String(n).padStart(2, '0');
      return `> ${two(hour)}:${two(minute)}:07  ${name}`;
    }),
  );

  it('is read without an exception, with rising lines', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const lines = read(rows.join('\n')).messages.map(({ line }) => line);
        expect(lines).toEqual([...lines].sort((a, b) => a - b));
        expect(new Set(lines).size).toBe(lines.length);
      }),
    );
  });

  it('has every header found, at its line', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const text = rows.join('\n');
        const found = new Set(read(text).messages.map(({ line }) => line));
        text.split(/\r\n|\n|\r/).forEach((line, i) => {
          if (/^> \d\d:\d\d:\d\d {2}/.test(line)) expect(found).toContain(i + 1);
        });
      }),
      { examples: [[['> 00:00:07  \u2028']]] },
    );
  });

  it('gives back what was written', () => {
    const words = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => text.replace(/[\s\u0085]|^>+|^-+/g, '') || 'x');
    const said = fc.record({ second: fc.nat(86_399), name: words, text: words.filter((text) => !text.startsWith('>')) });
    fc.assert(
      fc.property(fc.array(said), (messages) => {
        const text = day(
          ...messages.map(({ second, name, text }) => [new Date(second * 1000).toISOString().slice(11, 19), name, text] as const),
        );
        expect(read(text).messages.map(({ at, name, body }) => ({ at, name, body }))).toEqual(
          messages.map(({ second, name, text }) => ({ at: shanghai.instant('2025-03-04', second), name, body: text })),
        );
      }),
    );
  });
});
