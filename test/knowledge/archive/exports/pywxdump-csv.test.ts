/** PyWxDump's CSV pages, and the names beside them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pywxdumpCsv } from '../../../../knowledge/archive/formats/pywxdump-csv.js';
import { FIXTURES, kindsOf, readFixture, readWritten } from './export-for-test.js';

const PAGE = 'pywxdump-csv/888@chatroom_0_5000.csv';
const page = readFileSync(join(FIXTURES, PAGE));

describe('a page', () => {
  it('has names and the room from users.json, accounts as ids, and local times', async () => {
    const { said, messages } = await readFixture(pywxdumpCsv, PAGE);
    expect(said[0]).toEqual(['2024-02-03 08:00:00', '云豆', '豆子泡多久？\n冬天呢']);
    expect(messages[0]).toMatchObject({
      line: 2,
      sender: 'wxid_yundou1',
      alsoKnownAs: ['同事云豆'],
      id: '7700000000000000001',
      room: '早餐群',
    });
    expect(said[2]?.[1]).toBe('wxid_unknown2');
    expect((await readFixture(pywxdumpCsv, 'pywxdump-csv/888@chatroom_5000_10000.csv')).said).toEqual([
      ['2024-02-04 08:00:00', '云豆', '第二页'],
    ]);
  });

  it('keeps 我 without an account, and a quotation apart from the reply', async () => {
    const { messages } = await readFixture(pywxdumpCsv, PAGE);
    expect(messages[1]).toMatchObject({ name: '我', body: '一夜', quoted: { name: '云豆', text: '豆子泡多久？\n冬天呢' } });
    expect(messages[1]?.sender).toBeUndefined();
  });

  it('says what is no talk, and keeps the address of a link', async () => {
    const read = await readFixture(pywxdumpCsv, PAGE);
    expect(kindsOf(read)).toEqual([undefined, undefined, 'image', 'link', 'system', 'redpacket']);
    expect(read.messages[2]?.body).toBe('[图片]');
    expect(read.messages[3]?.body).toBe('豆浆做法\n三步\nhttps://example.com/soy');
  });

  it('takes 未知 for nobody, a type without words for no talk, and the word for a quoted picture for one', async () => {
    const row = (type: string, talker: string, msg: string) => `1,0,${type},0,${talker},888@chatroom,${msg},,2024-02-03 08:00:00`;
    const rows = ['id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime'];
    rows.push(row('系统通知', '未知', '云豆加入了群聊'), row('接龙', 'wxid_a', '接龙'), row('文本', 'wxid_a', '文本'));
    rows.push(row('引用回复', 'wxid_a', '"好看\n\n[引用](2024-02-03 08:00:00)云豆 12:30:图片"'));
    const users = JSON.stringify({ wxid_b: { nickname: '云豆 12:30' } });
    const read = await readWritten(pywxdumpCsv, { 'a.csv': rows.join('\n'), 'users.json': users });
    expect(kindsOf(read)).toEqual(['system', 'card', undefined, undefined]);
    expect(read.messages[0]).toMatchObject({ name: '' });
    expect(read.messages[0]?.sender).toBeUndefined();
    expect(read.messages[3]).toMatchObject({ body: '好看', quoted: { name: '云豆 12:30', text: '[图片]' } });
  });

  it('leaves out bad rows and tells of them', async () => {
    expect((await readFixture(pywxdumpCsv, PAGE)).skipped).toEqual([
      '14: a row of 8 cells instead of 9, left out',
      '15: a row without a time ("昨天"), left out',
    ]);
  });

  it('without users.json shows accounts, and tells if it is broken', async () => {
    const alone = await readWritten(pywxdumpCsv, { '888@chatroom_0_5000.csv': page });
    expect(alone.messages[0]).toMatchObject({ name: 'wxid_yundou1', sender: 'wxid_yundou1' });
    expect(alone.messages[0]?.room).toBeUndefined();
    const broken = await readWritten(pywxdumpCsv, { 'a.csv': page, 'users.json': '{"wxid_' });
    expect(broken.skipped[0]).toBe('0: users.json cannot be read, so accounts stand for names');
    expect(broken.messages).toHaveLength(6);
  });
});
