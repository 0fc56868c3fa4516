/** Every export is recognised by its own format and by no other, however it is encoded, cut or empty. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../../knowledge/archive/formats/exports.js';
import { openSource } from '../../../../knowledge/archive/import/source.js';
import { archiveOnDisk } from '../archive-on-disk.js';
import { FIXTURES, recognisedBy, zipped } from './export-for-test.js';

/** What stands beside an export is none. */
const BESIDE = /^users\.json$/;

const fixtures = readdirSync(FIXTURES).flatMap((id) =>
  readdirSync(join(FIXTURES, id))
    .filter((name) => !BESIDE.test(name))
    .map((name) => ({ id, path: join(FIXTURES, id, name) })),
);

describe.each(fixtures)('$path', ({ id, path }) => {
  it('is known by its own format alone', async () => {
    expect(await recognisedBy(EXPORT_FORMATS, path)).toEqual([id]);
  });

  it('is known in UTF-16, in GBK, with a BOM, with CRLF, and without its end', async () => {
    const { head } = await openSource(path);
    const root = archiveOnDisk({
      'utf16.txt': Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(head, 'utf16le')]),
      'gbk.txt': iconv.encode(head, 'gb18030'),
      'bom.txt': `\ufeff${head}`,
      'crlf.txt': head.replace(/\r?\n/g, '\r\n'),
      'cut.txt': head.slice(0, Math.ceil(head.length * 0.9)),
    });
    for (const name of readdirSync(root)) expect(await recognisedBy(EXPORT_FORMATS, join(root, name)), name).toEqual([id]);
  });
});

describe('an export into which another one was pasted', () => {
  const pasted = fixtures
    .filter(({ path }) => path.endsWith('.txt'))
    .map(({ path }) => readFileSync(path, 'utf8'))
    .join('\n\n');

  it.each([
    ['chatlog-text', (minute: number) => `甲(wxid_a1) 2026-12-01 10:0${minute}:00`],
    ['wechatmsg-text', (minute: number) => `2026-12-01 10:0${minute}:00 甲`],
    ['weflow-text', (minute: number) => `2026-12-01 10:0${minute}:00 '甲'`],
  ])('%s is what it begins as, or nothing', async (id, header) => {
    const text = [1, 2, 3].map((minute) => `${header(minute)}\n贴一下：\n\n`).join('') + pasted;
    const root = archiveOnDisk({ 'chat.txt': text });
    expect([[id], []]).toContainEqual(await recognisedBy(EXPORT_FORMATS, join(root, 'chat.txt')));
  });
});

describe('what is no export', () => {
  it.each([
    ['empty', ''],
    ['blank lines', '\n\n \n'],
    ['prose', '今天下雨。\n\n我们没有出门，一直在家里：\n看书。\n'],
    ['a list of things', 'name: x\nversion: 1\n\nscripts:\n  build: tsc\n\ndependencies:\n  - a\n'],
    ['a log', '2024-01-01T10:00:00Z INFO started\n2024-01-01T10:00:01Z WARN slow\n'],
    ['another table', 'a,b,c\n1,2,3\n'],
    ['other JSON', '{"name":"x","items":[1,2]}'],
    ['some HTML', '<html><body><table><tr><td>1</td></tr></table></body></html>'],
    ['another zip', zipped({ 'readme.txt': 'x' })],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0, 0, 0])],
  ])('%s is known by none', async (_what, content) => {
    const root = archiveOnDisk({ file: content });
    expect(await recognisedBy(EXPORT_FORMATS, join(root, 'file'))).toEqual([]);
  });
});

it('has a fixture for every format, and ids that name one', () => {
  const ids = EXPORT_FORMATS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const covered = new Set([...fixtures.map(({ id }) => id), 'slack-zip']);
  expect(ids.filter((id) => !covered.has(id))).toEqual([]);
  expect(fixtures.every(({ path }) => readFileSync(path).length > 0 && basename(path) !== '')).toBe(true);
});
