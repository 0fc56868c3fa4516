/** The phone's mail export: lines of the day, times at the end of a line, names that hold times. */
import { describe, expect, it } from 'vitest';
import { wechatMail } from '../../../../knowledge/archive/formats/wechat-mail.js';
import { kindsOf, readFixture, readWritten } from './export-for-test.js';

describe('a mail', () => {
  it('has the room from its heading, the day from lines, the time from the end of the line', async () => {
    const { said, messages, skipped } = await readFixture(wechatMail, 'wechat-mail/group.txt');
    expect(said.slice(0, 2)).toEqual([
      ['2026-04-06 16:21:00', '小番茄 12:00-21:00', '番茄苗徒长了怎么办？\n叶子也黄'],
      ['2026-04-06 16:21:00', '老薄荷', '见光，少浇水'],
    ]);
    expect(said.slice(-2)).toEqual([
      ['2026-04-07 00:05:00', '老薄荷', '还没睡？'],
      ['2026-04-07 00:06:00', '南瓜', '会议  16:30 开始'],
    ]);
    expect(messages.every(({ room }) => room === '阳台种菜')).toBe(true);
    expect(skipped).toEqual([]);
  });

  it('makes no messages of pasted talk', async () => {
    const { messages } = await readFixture(wechatMail, 'wechat-mail/group.txt');
    expect(messages).toHaveLength(8);
    expect(messages[4]?.body).toMatch(/能晒背吗[\s\S]*以上$/);
  });

  it('knows attachments', async () => {
    expect(kindsOf(await readFixture(wechatMail, 'wechat-mail/group.txt')).slice(2, 4)).toEqual(['image', 'file']);
  });

  it('may have no blank lines, another heading, the lines of the mail above it, and CRLF', async () => {
    const { said, skipped } = await readFixture(wechatMail, 'wechat-mail/crlf.txt');
    expect(said).toEqual([
      ['2026-04-08 08:00:00', '小番茄', '早'],
      ['2026-04-08 08:01:00', '老薄荷', '早'],
    ]);
    expect(skipped).toEqual([]);
  });
});

describe('a mail without lines of the day', () => {
  const text = '微信群"菜园"的聊天记录如下:\n\n南瓜  14:30\n\n在\n\n丝瓜  14:31\n\n在的\n';

  it('needs a date', async () => {
    expect((await readWritten(wechatMail, { 'mail.txt': text })).said.map(([at]) => at)).toEqual(['undated', 'undated']);
    const dated = await readWritten(wechatMail, { 'mail.txt': text }, { date: '2025-05-01' });
    expect(dated.said[1]).toEqual(['2025-05-01 14:31:00', '丝瓜', '在的']);
    expect((await readWritten(wechatMail, { '20250502.txt': text })).said[0]?.[0]).toBe('2025-05-02 14:30:00');
  });
});

it('takes a time behind a single blank for text', async () => {
  const { said } = await readWritten(wechatMail, {
    'mail.txt': '微信群"菜园"的聊天记录如下:\n\n——— 2026-04-06 ———\n\n南瓜  14:30\n\n集合\n\n开会 15:00\n\n丝瓜  14:31\n\n好\n',
  });
  expect(said.map(([, name, body]) => [name, body])).toEqual([
    ['南瓜', '集合\n\n开会 15:00'],
    ['丝瓜', '好'],
  ]);
});
