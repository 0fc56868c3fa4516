/** What an admin adds to the archive by 别名 and 词, and what a reload tells of the files. */
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArchiveError, openKnowledge } from '../../../knowledge/index.js';
import { archiveOnDisk, day, put } from '../archive/archive-on-disk.js';
import { live } from '../kept-archive.js';

const FIRST = '甲/_posts/2025-03-03-chat.markdown';
const SECOND = '甲/_posts/2025-03-04-chat.markdown';
const talk = day(['09:00:00', '小鱼', '料要烘'], ['09:01:00', '鱼儿', '风扇三成']);
const open = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const archive = archiveOnDisk({ [FIRST]: talk, ...files });
  return {
    archive,
    knowledge: await openKnowledge({ archive }),
    read: (file: string) => readFileSync(join(archive, file), 'utf8'),
  };
};

describe('an alias that is added', () => {
  it('makes two names one person at once and after a restart, in a file that all may read', async () => {
    const { archive, knowledge, read } = await open({});
    expect(knowledge.summary().speakers).toBe(2);
    expect(await knowledge.addAlias(' 小鱼', '鱼儿')).toMatchObject({ outcome: 'added', summary: { speakers: 1 } });
    expect(read('aliases.txt')).toBe('小鱼 = 鱼儿\n');
    expect(statSync(join(archive, 'aliases.txt')).mode & 0o777).toBe(0o644);
    expect((await openKnowledge({ archive })).summary().speakers).toBe(1);
  });

  it('leaves what stands there, with or without an end of line, in whatever encoding, and is written once', async () => {
    const gbk = Uint8Array.from([0xd0, 0xa1, 0xc2, 0xfa, 0x20, 0x3d, 0x20, 0xc2, 0xfa, 0xc2, 0xfa]);
    for (const before of ['# 说明\n小满 = 满满', '# 说明\r\n小满 = 满满\r\n', gbk]) {
      const { knowledge, read } = await open({ 'aliases.txt': before });
      expect((await knowledge.addAlias('小鱼', '鱼儿')).outcome).toBe('added');
      expect(await knowledge.addAlias('鱼儿', '小鱼')).toEqual({ outcome: 'known' });
      expect(read('aliases.txt')).toMatch(/小满 = 满满\n小鱼 = 鱼儿\n$/);
    }
  });

  it('is written by each of several admins at once', async () => {
    const { knowledge, read } = await open({});
    await Promise.all([knowledge.addAlias('小鱼', '鱼儿'), knowledge.addAlias('小满', '满满'), knowledge.addWord('热床')]);
    expect(read('aliases.txt')).toBe('小鱼 = 鱼儿\n小满 = 满满\n');
    expect(read('words.txt')).toBe('热床\n');
  });

  it('is refused, and nothing written, if it could not be read again', async () => {
    const { archive, knowledge } = await open({});
    const cases = [
      ['小鱼', '', 'empty'],
      ['小鱼', '\u200b ', 'empty'],
      ['小鱼', '鱼\n我 = 豆豆', 'line break'],
      ['小鱼 = 我', '鱼儿', 'equals sign'],
      ['小鱼', '鱼＝儿', 'equals sign'],
      ['#小鱼', '鱼儿', 'number sign'],
      ['小鱼', '鱼'.repeat(81), 'too long'],
      ['小鱼', ' 小鱼', 'same'],
    ] as const;
    for (const [a, b, because] of cases) expect(await knowledge.addAlias(a, b)).toEqual({ outcome: 'refused', because });
    expect(() => statSync(join(archive, 'aliases.txt'))).toThrow();
  });

  it('fails in one sentence that names the file, and leaves it, where it is no text', async () => {
    const { archive, knowledge } = await open({});
    mkdirSync(join(archive, 'aliases.txt'));
    await expect(knowledge.addAlias('小鱼', '鱼儿')).rejects.toThrow(ArchiveError);
    await expect(knowledge.addAlias('小鱼', '鱼儿')).rejects.toThrow(/^aliases\.txt: not a file, so nothing/);
    expect(statSync(join(archive, 'aliases.txt')).isDirectory()).toBe(true);
    expect(knowledge.summary().speakers).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)('fails in one sentence where the archive is read-only', async () => {
    const { archive, knowledge } = await open({});
    chmodSync(archive, 0o500);
    try {
      await expect(knowledge.addWord('热床')).rejects.toThrow(/^words\.txt cannot be written \(EACCES\)/);
    } finally {
      chmodSync(archive, 0o700);
    }
  });

  it('does not write through a link out of the archive', async () => {
    const outside = archiveOnDisk({ 'aliases.txt': '小满 = 满满\n' });
    const { archive, knowledge, read } = await open({});
    symlinkSync(join(outside, 'aliases.txt'), join(archive, 'aliases.txt'));
    await knowledge.addAlias('小鱼', '鱼儿');
    expect(readFileSync(join(outside, 'aliases.txt'), 'utf8')).toBe('小满 = 满满\n');
    expect(read('aliases.txt')).toBe('小满 = 满满\n小鱼 = 鱼儿\n');
  });
});

describe('a word that is added', () => {
  it('is one of the archive’s words, once', async () => {
    const { knowledge, read } = await open({ 'words.txt': '# 行话\n光固化\n' });
    expect((await knowledge.addWord('热床')).outcome).toBe('added');
    expect(await knowledge.addWord('热床 ')).toEqual({ outcome: 'known' });
    expect(await knowledge.addWord('光固化')).toEqual({ outcome: 'known' });
    expect(await knowledge.addWord('# 热床')).toEqual({ outcome: 'refused', because: 'number sign' });
    expect(read('words.txt')).toBe('# 行话\n光固化\n热床\n');
  });
});

describe('a reload', () => {
  it('tells how many files are new, other ones and gone', async () => {
    const { archive, knowledge } = await open({ [SECOND]: talk });
    expect(knowledge.summary()).toMatchObject({ files: 2, added: 2, changed: 0, removed: 0 });
    expect(await knowledge.reload()).toMatchObject({ files: 2, added: 0, changed: 0, removed: 0 });
    writeFileSync(join(archive, FIRST), `${talk}\n`);
    rmSync(join(archive, SECOND));
    put(archive, '乙/1.md', talk);
    put(archive, '乙/2.md', talk);
    expect(await knowledge.reload()).toMatchObject({ files: 3, added: 2, changed: 1, removed: 1 });
    expect(knowledge.summary()).toMatchObject({ added: 2, changed: 1, removed: 1 });
  });

  it('does not count the files that the bot itself writes to', async () => {
    const { knowledge } = await open({});
    await knowledge.record(live('1', Date.parse('2025-03-24T12:00:00+08:00'), '早'));
    expect(await knowledge.reload()).toMatchObject({ files: 2, added: 0, changed: 0, removed: 0 });
    await knowledge.close();
  });

  it('that fails leaves answers, counts and what was asked to be kept from others as they were', async () => {
    const { archive, knowledge } = await open({});
    knowledge.heed({ forgotten: [{ names: ['小鱼'] }], hidden: [], judgements: [] });
    const before = { summary: knowledge.summary(), figures: knowledge.figures(), answer: await knowledge.ask('风扇') };
    rmSync(archive, { recursive: true });
    await expect(knowledge.reload()).rejects.toThrow(ArchiveError);
    expect({ summary: knowledge.summary(), figures: knowledge.figures(), answer: await knowledge.ask('风扇') }).toEqual(before);
  });
});
