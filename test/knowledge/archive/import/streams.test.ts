/** What every import reads through: decoded text and lines, rows of CSV, elements of JSON, however the file is cut into portions. */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { UnreadableExport } from '../../../../knowledge/archive/formats/export-format.js';
import { csvRows } from '../../../../knowledge/archive/import/csv.js';
import { jsonElements } from '../../../../knowledge/archive/import/json-elements.js';
import { decoded, linesOf, openSource } from '../../../../knowledge/archive/import/source.js';
import { archiveOnDisk } from '../archive-on-disk.js';

async function* cut<Part extends string | Uint8Array>(whole: Part, size: number): AsyncIterable<Part> {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size) as Part;
}

async function all<Item>(portions: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const portion of portions) items.push(...portion);
  return items;
}

async function joined(texts: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const text of texts) whole += text;
  return whole;
}

const TALK = 'Time,Name\n2024-01-01,老王 说：打印机又堵头了，谁有通针？\n2024-01-02,小李 说：我有，明天带给你。\n';

describe('decoding as it streams', () => {
  it.each([
    ['UTF-8', Buffer.from(TALK)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TALK}`)],
    ['GBK', iconv.encode(TALK, 'gbk')],
    ['UTF-16', iconv.encode(TALK, 'utf16le', { addBOM: true })],
    ['UTF-16, the other way round', iconv.encode(TALK, 'utf16be', { addBOM: true })],
  ])('reads %s', async (_, bytes) => {
    const folder = archiveOnDisk({ 'export.csv': bytes });
    const { source, head, size } = await openSource(`${folder}/export.csv`);
    expect([await joined(source.text()), head, size]).toEqual([TALK, TALK, bytes.length]);
  });

  it('knows GBK also where it begins long after the head', async () => {
    const text = `${'plain ascii\n'.repeat(20_000)}${TALK}`;
    const folder = archiveOnDisk({ 'export.txt': iconv.encode(text, 'gbk') });
    expect(await joined((await openSource(`${folder}/export.txt`)).source.text())).toBe(text);
  });

  it('reads UTF-8 cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
        const bytes = Buffer.from(`中${text}`);
        expect(await joined(decoded(cut(Buffer.from(`中文${text}`), size + 5), 'x'))).toBe(`中文${text}`);
        expect(await joined(decoded(cut(bytes, bytes.length), 'x'))).toBe(`中${text}`);
      }),
    );
  });

  it('refuses what is no text', async () => {
    const folder = archiveOnDisk({ 'picture.jpg': Buffer.from([0xff, 0xd8, 0, 0, 0, 0, 1, 0, 0, 0x9c]) });
    const { source, head } = await openSource(`${folder}/picture.jpg`);
    expect(head).toBe('');
    await expect(joined(source.text())).rejects.toThrow(UnreadableExport);
  });

  it('reads a file beside it, and none elsewhere', async () => {
    const folder = archiveOnDisk({ 'a/export.csv': 'x', 'a/users.json': '{}', 'users.json': '[]' });
    const { source } = await openSource(`${folder}/a/export.csv`);
    expect(await source.beside('users.json')).toBe('{}');
    expect(await source.beside('../users.json')).toBeUndefined();
    expect(await source.beside('nobody.json')).toBeUndefined();
  });
});

describe('lines', () => {
  it('are the same however the text is cut, with both kinds of ends', async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', '中', ' ', '"') }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), fc.constantFrom('\n', '\r\n'), async (lines, size, end) => {
        expect(await all(linesOf(cut(lines.map((line) => line + end).join(''), size)))).toEqual(lines);
      }),
    );
  });

  it('need no end behind the last one', async () => {
    expect(await all(linesOf(cut('a\nb', 9)))).toEqual(['a', 'b']);
  });
});

describe('rows of CSV', () => {
  const rowsOf = async (text: string, size = 7) => {
    const faults: string[] = [];
    const rows = await all(csvRows(cut(text, size), (line, what) => faults.push(`${line}: ${what}`)));
    return { rows: rows.map(({ line, cells }) => [line, ...cells]), faults };
  };

  it('come back as they were written, quoted or not, with the line where each begins', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '中', ',', '"', '\n', ' ') });
    const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })),
        fc.integer({ min: 1, max: 20 }),
        async (rows, size) => {
          let line = 1;
          const expected = rows.map((cells) => {
            const row = [line, ...cells];
            line += cells.join('').split('\n').length;
            return row;
          });
          const text = rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
          expect(await rowsOf(text, size)).toEqual({ rows: expected, faults: [] });
        },
      ),
    );
  });

  it('may have any number of cells, and a quote where it does not belong', async () => {
    expect(await rowsOf('a,b,c\n1,2\n5" 管,x"y,"z"尾\n\n"末",尾')).toEqual({
      rows: [
        [1, 'a', 'b', 'c'],
        [2, '1', '2'],
        [3, '5" 管', 'x"y', 'z尾'],
        [5, '末', '尾'],
      ],
      faults: [],
    });
  });

  it('go on behind a quote that is never closed', async () => {
    const { rows, faults } = await rowsOf('a,b\n1,"没完\n2,好\n3,也好\n');
    expect(rows).toEqual([
      [1, 'a', 'b'],
      [3, '2', '好'],
      [4, '3', '也好'],
    ]);
    expect(faults).toEqual(['2: a quote that is never closed, the line was left out']);
  });
});

describe('elements of JSON', () => {
  const json = fc.jsonValue({ maxDepth: 3, stringUnit: fc.constantFrom('a', '中', '"', '\\', '{', ']', ',', '\n') });

  it('are those of the outer array, however it is cut and spaced', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(json),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(undefined, 2),
        async (values, size, space) => {
          const elements = await all(jsonElements(cut(JSON.stringify(values, undefined, space), size)));
          expect(elements).toEqual(
            values.map((value, i) => ({ key: '', number: i + 1, value: JSON.parse(JSON.stringify(value)) })),
          );
        },
      ),
    );
  });

  it('are those of the arrays in the outer object; its other members come whole', async () => {
    const text = '\ufeff{"meta": {"name": "群[1]"}, "n": 1, "members": [1, {"a": [2]}], "messages": [], "end": true}';
    expect((await all(jsonElements(cut(text, 3)))).map(({ key, number, value }) => [key, number, value])).toEqual([
      ['meta', 0, { name: '群[1]' }],
      ['n', 0, 1],
      ['members', 1, 1],
      ['members', 2, { a: [2] }],
      ['end', 0, true],
    ]);
  });

  it('lose only the one that is broken or cut off', async () => {
    const values = async (text: string) => (await all(jsonElements(cut(text, 4)))).map(({ value }) => value);
    expect(await values('[{"a":1},{"a":oops},{"a":3}]')).toEqual([{ a: 1 }, undefined, { a: 3 }]);
    expect(await values('[{"a":1},{"a":2')).toEqual([{ a: 1 }, undefined]);
    await expect(values('just text')).rejects.toThrow(UnreadableExport);
  });
});
