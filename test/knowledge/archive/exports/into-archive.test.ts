/** Exports of every kind on their way into a real archive: whole, once, with replies linked and nothing but talk taken for talk. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importExport } from '../../../../knowledge/archive/exchange.js';
import type { LoadedArchive } from '../../../../knowledge/archive/load.js';
import { archiveOnDisk, load } from '../archive-on-disk.js';
import { FIXTURES, zipped } from './export-for-test.js';

const SLACK = zipped({
  'users.json': JSON.stringify([{ id: 'U1', name: 'tang', profile: { display_name: '阿棠' } }]),
  'kitchen/2024-01-01.json': JSON.stringify([
    { type: 'message', ts: '1704074460.000200', user: 'U1', text: '谁有菜谱？', thread_ts: '1704074460.000200' },
    { type: 'message', ts: '1704078060.000300', user: 'U2', text: '我有', thread_ts: '1704074460.000200' },
    { type: 'message', ts: '1704078070.000300', user: 'U2', text: '<@U2> has left', subtype: 'channel_leave' },
  ]),
});

/** How many messages there are, and who answers whom, `reply < original`. */
const EXPECTED: readonly (readonly [string, number, readonly string[]])[] = [
  ['chatlog-text/year.txt', 13, ['三瓶，路上没有店 < 我去\n带两瓶水够吗']],
  ['chatlog-text/day 2024-08-27.txt', 2, ['没有 < 还有人醒着吗']],
  ['wechatmsg-text/new.txt', 6, ['58 毫米 < 锅炉的垫圈多大？']],
  ['weflow-text/group.txt', 9, ['练 < 夜里还练琴吗', ' < [图片]']],
  ['wechat-mail/group.txt', 8, []],
  ['wechat-paste/timed.txt', 4, []],
  ['wechat-paste/names.txt', 3, []],
  ['tongbu-xls/chat.xls', 6, []],
  ['telegram-json/result.json', 10, ['纸箱要几个？ < 看这个 打包清单 https://example.com/list，@qiudao']],
  ['memotrace-csv/group.csv', 9, ['四个钟头 < 面团醒多久？\n冬天呢，还是"老规矩"？', '记下了 < 四个钟头']],
  ['pywxdump-csv', 7, ['一夜 < 豆子泡多久？\n冬天呢']],
  ['export.zip', 3, ['我有 < 谁有菜谱？']],
];

async function imported(archive: string, path: string): Promise<number> {
  const staged = await importExport(path, { archive, zone: 'Asia/Shanghai', room: '测试', year: 2024, date: '2024-05-01' });
  await staged.commit();
  return staged.report.added;
}

function repliesIn({ messages }: LoadedArchive): readonly string[] {
  return messages.flatMap(({ text, replyTo }) => (replyTo === undefined ? [] : [`${text} < ${messages[replyTo]?.text}`]));
}

describe.each(EXPECTED)('%s', (file, count, replies) => {
  it('comes into the archive whole, and once', async () => {
    const archive = archiveOnDisk();
    const path = file.endsWith('.zip') ? join(archiveOnDisk({ 'export.zip': SLACK }), file) : join(FIXTURES, file);
    expect(await imported(archive, path)).toBe(count);
    expect(await imported(archive, path)).toBe(0);
    const loaded = await load(archive);
    expect(loaded.messages).toHaveLength(count);
    expect(repliesIn(loaded)).toEqual(replies);
  });

  it('has nothing but talk among its texts', async () => {
    const archive = archiveOnDisk();
    const path = file.endsWith('.zip') ? join(archiveOnDisk({ 'export.zip': SLACK }), file) : join(FIXTURES, file);
    await imported(archive, path);
    const texts = (await load(archive)).messages.filter(({ kind }) => kind === 'text').map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => /^(?:[【<!]|\[(?!图片\] 怎么发))|撤回了|拍了拍|加入了群聊|has left|^转账/.test(text))).toEqual(
      [],
    );
  });
});

it('leaves out what it refuses, and imports what stands beside it', async () => {
  const folder = archiveOnDisk({
    'a.txt': '2024-01-01 10:00:00 甲\n在\n',
    'b.txt': '\n\n********************2024-01-01********************\n\n甲:在\n',
  });
  writeFileSync(join(folder, 'c.txt'), '');
  const staged = await importExport(folder, { archive: archiveOnDisk(), zone: 'Asia/Shanghai', room: '测试' });
  await staged.discard();
  expect(staged.report.added).toBe(1);
  expect(staged.report.leftOut.map(({ file }) => file)).toEqual(expect.arrayContaining(['b.txt', 'c.txt']));
  expect(staged.report.leftOut.find(({ file }) => file === 'b.txt')?.what).toMatch(/export the group as CSV/);
});
