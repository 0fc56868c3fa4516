/** The text files of WeChatMsg and MemoTrace: names with colons, quotations below the reply, notices without a name. */
import { describe, expect, it } from 'vitest';
import { wechatmsgText } from '../../../../knowledge/archive/formats/wechatmsg-text.js';
import { kindsOf, readFixture, readWritten } from './export-for-test.js';

describe('a file of an older version', () => {
  it('has time, name and text', async () => {
    const { said, messages, skipped } = await readFixture(wechatmsgText, 'wechatmsg-text/old.txt');
    expect(said[1]).toEqual(['2023-12-14 10:00:20', '老周: 修理铺', '修过\n水泵还是锅炉？']);
    expect(messages.map(({ line }) => line)).toEqual([1, 4, 8, 13, 15, 18, 22, 30, 33, 36]);
    expect(skipped).toEqual([]);
  });

  it('has the original of a quotation below the reply, under a name that may hold a colon', async () => {
    const { messages } = await readFixture(wechatmsgText, 'wechatmsg-text/old.txt');
    expect(messages[2]).toMatchObject({ body: '水泵', quoted: { name: '老周: 修理铺', text: '修过\n水泵还是锅炉？' } });
    expect(messages[5]?.body).toBe('找不到原话');
    expect(messages[5]?.quoted).toBeUndefined();
  });

  it('prints notices in the place of a name, and an empty message under one that has spoken', async () => {
    const { messages } = await readFixture(wechatmsgText, 'wechatmsg-text/old.txt');
    expect(messages[3]).toMatchObject({ name: '', kind: 'system', body: '"豆花"邀请"小满"加入了群聊' });
    expect(messages[9]).toMatchObject({ name: '', kind: 'system', body: '小满 撤回了一条消息' });
    expect(messages[8]).toMatchObject({ name: '豆花', body: '' });
  });

  it('knows what is no talk', async () => {
    const kinds = kindsOf(await readFixture(wechatmsgText, 'wechatmsg-text/old.txt'));
    expect(kinds.filter((kind) => kind !== undefined)).toEqual(['system', 'image', 'link', 'voice', 'system']);
  });
});

describe('a file of a newer version', () => {
  it('prints a notice below the time alone, and the marks of pictures in other brackets', async () => {
    const { said, messages } = await readFixture(wechatmsgText, 'wechatmsg-text/new.txt');
    expect(said[0]).toEqual(['2024-11-02 21:15:00', '', '"豆花"修改群名为“咖啡机互助”']);
    expect(messages[2]).toMatchObject({ body: '58 毫米', quoted: { name: '老周', text: '锅炉的垫圈多大？' } });
    expect(messages.map(({ kind }) => kind)).toEqual(['system', undefined, undefined, 'image', 'card', 'redpacket']);
  });
});

describe('lines that look like headers', () => {
  const read = (text: string) => readWritten(wechatmsgText, { 'chat.txt': text });

  it('are text without a blank line before them, and without a real time', async () => {
    const { said } = await read(
      '2024-01-02 10:00:00 甲\n记一下\n2024-01-02 10:00:30 乙\n\n2024-13-02 10:00:00 丙\n25 日\n\n2024-01-02 10:01:00 乙\n好\n',
    );
    expect(said).toEqual([
      ['2024-01-02 10:00:00', '甲', '记一下\n2024-01-02 10:00:30 乙\n\n2024-13-02 10:00:00 丙\n25 日'],
      ['2024-01-02 10:01:00', '乙', '好'],
    ]);
  });

  it('are headers in a file that has no blank lines at all', async () => {
    const { said } = await read('2024-01-02 10:00:00 甲\n一\n2024-01-02 10:00:05 乙\n二\n2024-01-02 10:00:09 甲\n三\n');
    expect(said.map(([, name, body]) => [name, body])).toEqual([
      ['甲', '一'],
      ['乙', '二'],
      ['甲', '三'],
    ]);
  });

  it('are messages if a message was sent a little late', async () => {
    const { said } = await read('2024-01-02 10:00:00 甲\n一\n\n2024-01-02 09:58:00 乙\n二\n\n2024-01-02 10:00:30 甲\n三\n');
    expect(said).toHaveLength(3);
  });
});

it('tells of lines before the first message', async () => {
  const { said, skipped } = await readWritten(wechatmsgText, { 'chat.txt': '残留的半句\n\n2024-01-02 10:00:00 甲\n一\n' });
  expect(said).toHaveLength(1);
  expect(skipped).toEqual(['1: a line before the first message, left out']);
});
