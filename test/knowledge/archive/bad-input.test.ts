/** Whatever lies in the archive: the rest is read, and one sentence says what was wrong and what was done. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../knowledge/archive/decode.js';
import { runs } from '../../properties.js';
import { archiveOnDisk, day, load, loadFiles, warningsOf } from './archive-on-disk.js';

const GOOD = day(['09:00:00', '小满', '早上好，今天谁在工坊？'], ['09:01:00', '老秦', '我在，下午也在。']);
const good = { '书友/2025-03-03-chat.markdown': GOOD };
const BAD = '书友/2025-03-04-chat.markdown';

describe('bytes that are no UTF-8 text', () => {
  it('a binary file is left out', async () => {
    const archive = await loadFiles({
      ...good,
      '书友/photo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
    });
    expect(archive.messages).toHaveLength(2);
    expect(warningsOf(archive)).toEqual(['书友/photo.png:0: not a text file, left out']);
    expect(archive.files.filter(({ skipped }) => skipped)).toHaveLength(1);
  });

  it('a stray zero does not make a transcript binary', async () => {
    const archive = await loadFiles({ [BAD]: day(['09:00:00', '小\0满', '早\0啊']) });
    expect(archive.messages.map(({ name, text }) => [name, text])).toEqual([['小满', '早啊']]);
  });

  it('a few broken bytes are shown as such', async () => {
    const broken = Buffer.from(GOOD);
    broken[broken.indexOf('工坊') + 1] = 0xff;
    const archive = await loadFiles({ [BAD]: broken });
    expect(archive.messages.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^早上好，今天谁在\ufffd+坊？$/),
      '我在，下午也在。',
    ]);
    expect(warningsOf(archive)).toEqual([
      expect.stringMatching(/^书友\/2025-03-04-chat\.markdown:0: \d bytes are not valid UTF-8 and are shown as \ufffd$/),
    ]);
  });

  it.each(['gbk', 'gb18030'])('%s is read', async (encoding) => {
    const archive = await loadFiles({ [BAD]: iconv.encode(GOOD, encoding) });
    expect(archive.messages.map(({ name, text }) => [name, text])).toEqual([
      ['小满', '早上好，今天谁在工坊？'],
      ['老秦', '我在，下午也在。'],
    ]);
    expect(warningsOf(archive)).toEqual([`${BAD}:0: not UTF-8, read as GBK`]);
  });

  it.each(['utf16le', 'utf16be'])('%s is read', async (encoding) => {
    const archive = await loadFiles({ [BAD]: iconv.encode(GOOD, encoding, { addBOM: true }) });
    expect(archive.messages.map(({ line, text }) => [line, text])).toEqual([
      [5, '早上好，今天谁在工坊？'],
      [9, '我在，下午也在。'],
    ]);
    expect(warningsOf(archive)).toEqual([`${BAD}:0: not UTF-8, read as UTF-16`]);
  });

  it('a byte order mark is no part of the first line', async () => {
    const archive = await loadFiles({ [BAD]: `\ufeff> 09:00:00  小满\n\n早\n` });
    expect(archive.messages.map(({ line, name }) => [line, name])).toEqual([[1, '小满']]);
  });

  it('any bytes are decoded or refused, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const decoded = decode(Buffer.from(bytes));
        expect(decoded.ok ? typeof decoded.text : decoded.why).toMatch(/^(string|binary)$/);
      }),
    );
  });

  it('any text in UTF-8 comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
        expect(decode(Buffer.from(text))).toEqual({ ok: true, text, encoding: 'UTF-8', replaced: 0 });
      }),
    );
  });
});

describe('text that is no transcript', () => {
  it.each([
    ['an empty file', ' \n', 'empty file, left out'],
    ['a letter', 'Dear all,\n\nsee you.\n', 'no known transcript format, left out'],
  ])('%s is left out', async (_, text, what) => {
    const archive = await loadFiles({ ...good, 'notes.txt': text });
    expect(archive.messages).toHaveLength(2);
    expect(warningsOf(archive)).toEqual([`notes.txt:0: ${what}`]);
  });

  it('a README, word list, alias list or hidden file is none of its business', async () => {
    const archive = await loadFiles({
      ...good,
      'README.md': '# x',
      'words.txt': '热床',
      'aliases.txt': '# none',
      '.git/config': 'x',
    });
    expect(warningsOf(archive)).toEqual([]);
    expect(archive.files).toHaveLength(1);
  });
});

describe('faulty transcripts', () => {
  it('10,000 faulty lines are told briefly', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => ['99:99:99', '小满', `第 ${i} 句`] as const);
    const archive = await loadFiles({ [BAD]: day(...rows) });
    expect(archive.messages).toHaveLength(10_000);
    expect(archive.warnings).toHaveLength(21);
    expect(warningsOf(archive).at(-1)).toBe(`${BAD}:0: 9980 more faults of this file are not listed`);
  });

  it('control characters in a name are removed', async () => {
    const archive = await loadFiles({ [BAD]: day(['09:00:00', '小\u001b[31m满\u202e', '早']) });
    expect(archive.messages[0]?.name).toBe('小[31m满');
    expect(warningsOf(archive)).toEqual([`${BAD}:5: the name holds control characters, they were removed`]);
  });

  it('a joined picture in a name is not one', async () => {
    const archive = await loadFiles({ [BAD]: day(['09:00:00', '小满👨‍👩‍👧', '早']) });
    expect(archive.messages[0]?.name).toBe('小满👨‍👩‍👧');
    expect(warningsOf(archive)).toEqual([]);
  });

  it('control characters in a file name do not reach the screen', async () => {
    const archive = await loadFiles({ 'a\u001b[2Jb.md': 'x' });
    expect(warningsOf(archive)).toEqual(['a[2Jb.md:0: no known transcript format, left out']);
  });

  it('any names and texts are read', async () => {
    const words = fc.string({ unit: 'binary', maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(words, words), { maxLength: 10 }), async (said) => {
        const archive = await loadFiles({
          [BAD]: day(...said.map(([name, text]) => ['09:00:00', name, text] as const), ['10:00:00', '小满', '完']),
        });
        expect(archive.messages.at(-1)?.text).toBe('完');
        for (const { name } of archive.messages) expect(name.trim()).not.toBe('');
      }),
      runs(30),
    );
  });
});

describe('things in the folder that are no files', () => {
  it('links are told and not followed, in a loop, out of it, to nowhere or within', async () => {
    const root = archiveOnDisk(good);
    symlinkSync('.', join(root, 'again'));
    symlinkSync('circle-b', join(root, 'circle-a'));
    symlinkSync('circle-a', join(root, 'circle-b'));
    symlinkSync('nothing', join(root, 'dangling'));
    symlinkSync(archiveOnDisk({ 'secret.md': GOOD }), join(root, 'elsewhere'));
    symlinkSync('2025-03-03-chat.markdown', join(root, '书友', 'same.markdown'));
    const archive = await load(root);
    expect(archive.messages).toHaveLength(2);
    const within = 'a link within the archive, not followed: its target is read in its own place';
    expect(warningsOf(archive)).toEqual([
      `again:0: ${within}`,
      'circle-a:0: a link that leads to itself, not followed',
      'circle-b:0: a link that leads to itself, not followed',
      'dangling:0: a link that leads nowhere, not followed',
      'elsewhere:0: a link out of the archive, not followed; copy the files in instead',
      `书友/same.markdown:0: ${within}`,
    ]);
  });

  it.skipIf(spawnSync('mkfifo', ['--version']).status !== 0)('a pipe is not waited for, not even as the alias list', async () => {
    const root = archiveOnDisk(good);
    execFileSync('mkfifo', [join(root, 'pipe'), join(root, 'aliases.txt')]);
    const archive = await load(root);
    expect(archive.messages).toHaveLength(2);
    expect(warningsOf(archive)).toEqual([
      'aliases.txt:0: neither file nor folder, left out',
      'pipe:0: neither file nor folder, left out',
      'aliases.txt:0: not a file, no names were taken from it',
    ]);
  });
});

describe('files too large', () => {
  it('200 MB are left out unread', async () => {
    const root = archiveOnDisk({ ...good, '书友/big.jsonl': '' });
    truncateSync(join(root, '书友/big.jsonl'), 200 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    const archive = await load(root);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(archive.messages).toHaveLength(2);
    expect(warningsOf(archive)).toEqual(['书友/big.jsonl:0: 200 MB, left out (limit 128 MB); split it into one file a day']);
  });
});

describe('an archive that is none', () => {
  it.each([
    ['missing', (root: string) => join(root, 'nothing'), 'no such folder'],
    ['a file', (root: string) => join(root, '书友/2025-03-03-chat.markdown'), 'not a folder'],
  ])('%s: one sentence', async (_, path, what) => {
    const folder = path(archiveOnDisk(good));
    await expect(load(folder)).rejects.toThrow(`archive ${folder}: ${what}; give the folder that holds the transcripts`);
    await expect(load(folder)).rejects.toMatchObject({ name: 'ArchiveError' });
  });

  it('an empty folder is an archive without messages', async () => {
    const archive = await load(archiveOnDisk());
    expect([archive.messages, archive.people.speakers, archive.warnings]).toEqual([[], [], []]);
  });
});

/** Root reads everything, so what is forbidden is then tried as nobody, where a process may become that. */
function canBeNobody(): boolean {
  if (process.geteuid?.() !== 0) return process.geteuid !== undefined;
  try {
    process.seteuid?.(65_534);
    process.seteuid?.(0);
    return process.seteuid !== undefined;
  } catch {
    return false;
  }
}

describe.skipIf(!canBeNobody())('files and folders that may not be read', () => {
  const asReader = async <T>(run: () => Promise<T>): Promise<T> => {
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      return await run();
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  };

  it('are told, and the rest is read; once they may be read, a reload reads them', async () => {
    const root = archiveOnDisk({ ...good, [BAD]: GOOD, '密室/2025-03-03-chat.markdown': GOOD });
    chmodSync(root, 0o755);
    chmodSync(join(root, BAD), 0o000);
    chmodSync(join(root, '密室'), 0o000);
    const archive = await asReader(() => load(root));
    expect(archive.messages).toHaveLength(2);
    expect(warningsOf(archive)).toEqual([
      '密室:0: not readable (EACCES), left out; check its permissions',
      `${BAD}:0: not readable (EACCES), left out; check its permissions`,
    ]);
    chmodSync(join(root, BAD), 0o644);
    chmodSync(join(root, '密室'), 0o755);
    const again = await asReader(() => load(root, archive));
    expect(again.messages).toHaveLength(6);
    expect(again.warnings).toEqual([]);
  });

  it('if it is the archive itself, nothing can be read', async () => {
    const root = archiveOnDisk(good);
    chmodSync(root, 0o000);
    await expect(asReader(() => load(root))).rejects.toThrow(
      `archive ${root}: not readable (EACCES); give the folder that holds the transcripts`,
    );
  });
});
