/** What the files of an archive are together: order, rooms, replies, names an admin states, and a second load. */
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDomainWords } from '../../../knowledge/archive/stated.js';
import { archiveOnDisk, day, load, loadFiles, namesOf, put, warningsOf } from './archive-on-disk.js';

const FILE = '书友/_posts/2025-03-04-chat.markdown';
const texts = async (...said: readonly (readonly [string, string, string])[]) =>
  (await loadFiles({ [FILE]: day(...said) })).messages.map(({ text }) => text);

describe('order', () => {
  it('is by time over all files, numbered from 0', async () => {
    const archive = await loadFiles({
      '木工/2025-03-04.md': day(['09:00:00', 'A', '二'], ['09:00:02', 'A', '四']),
      '书友/2025-03-04.md': day(['09:00:01', 'B', '三']),
      '书友/2025-03-03.md': day(['23:59:59', 'B', '一']),
    });
    expect(archive.messages.map(({ index, text }) => `${index}${text}`)).toEqual(['0一', '1二', '2三', '3四']);
  });

  it.each([
    ['2. 再切', '1. 先画图', '3. 打磨'],
    ['（2）再切', '（1）先画图', '（3）打磨'],
    ['2、再切', '1、先画图', '10、打磨'],
  ])('of numbered parts sent in one second is by number: %s', async (two, one, three) => {
    const said = await texts(
      ['09:00:00', 'A', '步骤'],
      ['09:00:00', 'A', two],
      ['09:00:00', 'B', '好'],
      ['09:00:00', 'A', one],
      ['09:00:00', 'A', three],
    );
    expect(said).toEqual(['步骤', one, '好', two, three]);
  });

  it('of anything else within a second stays as it was', async () => {
    const said = ['2.5 毫米', '1.5 毫米', '乙', '甲'];
    expect(await texts(...said.map((text) => ['09:00:00', 'A', text] as const))).toEqual(said);
    expect(await texts(['09:00:00', 'A', '2. 乙'], ['09:00:00', 'B', '1. 甲'])).toEqual(['2. 乙', '1. 甲']);
  });
});

describe('rooms', () => {
  it('are the first folders; a file at the top belongs to the archive itself', async () => {
    const root = archiveOnDisk({ [FILE]: day(['09:00:00', 'A', '一']), '2025-03-05.md': day(['09:00:00', 'A', '二']) });
    expect((await load(root)).messages.map(({ room }) => room)).toEqual(['书友', root.slice(root.lastIndexOf('/') + 1)]);
  });
});

describe('a reply', () => {
  const rule = '- - - - - - - - - - - - - - -';

  it.each([
    ['on one line', `「纸鹤：要不要预热」 ${rule} 不用`],
    ['on several', `「纸鹤：要不要预热」\n${rule}\n不用`],
    ['cut short by the client', `「纸鹤：激光切三毫米椴木板的时候」 ${rule} 不用`],
  ])('%s is linked to the message it quotes, and shows only its own words', async (_, body) => {
    const archive = await loadFiles({
      [FILE]: day(
        ['09:00:00', '纸鹤', '激光切三毫米椴木板的时候要调焦吗'],
        ['09:00:01', '纸鹤', '要不要预热'],
        ['09:00:05', '阿棠', '早'],
        ['09:01:00', '老秦', body],
      ),
    });
    const reply = archive.messages[3];
    expect(reply?.text).toBe('不用');
    expect(reply?.replyTo).toBe(body.includes('预热') ? 1 : 0);
    expect(reply?.quoted?.name).toBe('纸鹤');
  });

  it.each([
    ['a time', '阿棠 12:30', '「阿棠 12:30：要不要预热：三度」'],
    ['a colon and a blank', '阿棠: 木工', '「阿棠: 木工：要不要预热：三度」'],
    ['a wide colon', '阿棠：木工', '「阿棠：木工：要不要预热：三度」'],
    ['several of them', '12:30：阿棠: 木工', '「12:30：阿棠: 木工: 要不要预热：三度」'],
  ])('finds what it quotes though the name holds %s', async (_, name, quotation) => {
    const archive = await loadFiles({
      [FILE]: day(
        ['09:00:00', name, '要不要预热：三度'],
        ['09:00:05', '阿棠', '早'],
        ['09:01:00', '老秦', `${quotation} ${rule} 不用`],
      ),
    });
    expect(archive.messages[2]?.replyTo).toBe(0);
  });

  it('is not linked to words of somebody else that are the end of those it quotes', async () => {
    const archive = await loadFiles({
      [FILE]: day(['09:00:00', '阿棠', '要不要预热'], ['09:01:00', '老秦', `「纸鹤：问一下：要不要预热」 ${rule} 不用`]),
    });
    expect(archive.messages[1]?.replyTo).toBeUndefined();
  });

  it('means the words of the person named, though others said the same later', async () => {
    const archive = await loadFiles({
      [FILE]: day(['09:00:00', '纸鹤', '收到'], ['09:00:05', '阿棠', '收到'], ['09:01:00', '老秦', `「纸鹤：收到」 ${rule} 好`]),
    });
    expect(archive.messages[2]?.replyTo).toBe(0);
  });

  it('to something the archive does not hold, or another room holds, has no link', async () => {
    const archive = await loadFiles({
      '木工/2025-03-04.md': day(['09:00:00', '纸鹤', '要不要预热']),
      [FILE]: day(['09:01:00', '老秦', `「纸鹤：要不要预热」 ${rule} 不用`]),
    });
    expect(archive.messages.map(({ replyTo }) => replyTo)).toEqual([undefined, undefined]);
  });
});

describe('aliases.txt', () => {
  const files = { [FILE]: day(['09:00:00', '纸鹤', '早'], ['09:00:05', '老秦', '早'], ['09:00:09', '我', '早']) };

  it('joins names, whatever else is known', async () => {
    const archive = await loadFiles({ ...files, 'aliases.txt': '\ufeff# people\r\n纸鹤 = 周知鹤＝鹤姐\r\n\r\n' });
    expect(namesOf(archive, '鹤姐')).toEqual(['周知鹤', '纸鹤', '鹤姐']);
    expect(archive.messages[0]?.speaker).toBe(archive.people.find('周知鹤')[0]);
  });

  it('may say who made the export', async () => {
    const archive = await loadFiles({ ...files, 'aliases.txt': '我 = 老秦' });
    expect(archive.messages[2]?.speaker).toBe(archive.messages[1]?.speaker);
  });

  it('has its faulty lines told', async () => {
    const archive = await loadFiles({ ...files, 'aliases.txt': '纸鹤\n纸鹤 = \n纸鹤 = 鹤姐\n' });
    expect(warningsOf(archive)).toEqual([
      'aliases.txt:1: not of the form "name = other name", left out',
      'aliases.txt:2: not of the form "name = other name", left out',
    ]);
    expect(namesOf(archive, '鹤姐')).toEqual(['纸鹤', '鹤姐']);
  });
});

describe('words.txt', () => {
  it('is a word a line', async () => {
    const root = archiveOnDisk({ 'words.txt': '# machines\n热床\n\n 光固化 \n' });
    expect(await readDomainWords(root)).toEqual(['热床', '光固化']);
    expect(await readDomainWords(archiveOnDisk())).toEqual([]);
  });
});

describe('a second load', () => {
  it('reads only what changed', async () => {
    const root = archiveOnDisk({
      '书友/2025-03-04.md': day(['09:00:00', 'A', '一']),
      '书友/2025-03-05.md': day(['09:00:00', 'A', '二']),
    });
    const first = await load(root);
    put(root, '书友/2025-03-05.md', day(['09:00:00', 'A', '三']));
    utimesSync(join(root, '书友/2025-03-05.md'), new Date(), new Date(Date.now() + 5000));
    put(root, '书友/2025-03-06.md', day(['09:00:00', 'A', '四']));
    const second = await load(root, first);
    expect(second.messages.map(({ text }) => text)).toEqual(['一', '三', '四']);
    expect(second.files[0]).toBe(first.files[0]);
    expect(second.files[1]).not.toBe(first.files[1]);
  });

  it('forgets a file that is gone', async () => {
    const root = archiveOnDisk({ '书友/2025-03-04.md': day(['09:00:00', 'A', '一']) });
    const first = await load(root);
    expect((await load(archiveOnDisk(), first)).messages).toEqual([]);
  });
});
