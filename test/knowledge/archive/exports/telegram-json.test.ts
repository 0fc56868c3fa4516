/** Telegram Desktop's result.json. */
import { describe, expect, it } from 'vitest';
import { UnreadableExport } from '../../../../knowledge/archive/formats/export-format.js';
import { telegramJson } from '../../../../knowledge/archive/formats/telegram-json.js';
import { readFixture, readWritten } from './export-for-test.js';

const FILE = 'telegram-json/result.json';

describe('the history of a group', () => {
  it('has the instant, the name, the id and the room', async () => {
    const { said, messages } = await readFixture(telegramJson, FILE);
    expect(said[1]).toEqual(['2023-10-15 12:01:00', '木子', '看这个 打包清单 https://example.com/list，@qiudao']);
    expect(messages[1]).toMatchObject({ line: 2, sender: 'user11', id: '2', room: '搬家互助' });
    expect(messages[3]?.name).toBe('user13');
  });

  it('takes a local time for one of the zone of the archive where there is nothing better', async () => {
    const { said } = await readFixture(telegramJson, FILE);
    expect(said[9]).toEqual(['2019-03-01 08:00:00', '木子', '老格式，没有时区']);
  });

  it('keeps whom a reply answers', async () => {
    const { messages } = await readFixture(telegramJson, FILE);
    expect(messages[2]).toMatchObject({ body: '纸箱要几个？', replyTo: '2' });
  });

  it('tells talk from notices, pictures and what was forwarded; words below a picture are talk', async () => {
    const { messages } = await readFixture(telegramJson, FILE);
    expect(messages.map(({ kind, body }) => [kind, body])).toEqual([
      ['system', 'invite members: 秋刀鱼'],
      [undefined, '看这个 打包清单 https://example.com/list，@qiudao'],
      [undefined, '纸箱要几个？'],
      ['image', ''],
      [undefined, '就这种箱子'],
      ['card', '搬家公司: 周日不上班'],
      ['emoji', '👍'],
      ['voice', ''],
      ['file', '合同.pdf'],
      [undefined, '老格式，没有时区'],
    ]);
  });

  it('takes a reply to another chat for none of this one, what an account that is gone said for forwarded, and polls as they are', async () => {
    const message = { type: 'message', date_unixtime: '1697342400', from: '甲', from_id: 'user1', text: '在' };
    const messages = [
      { ...message, id: 1 },
      { ...message, id: 2, reply_to_message_id: 1, reply_to_peer_id: 'channel7' },
      { ...message, id: 3, forwarded_from: null },
      {
        ...message,
        id: 4,
        text: '',
        poll: { question: ['周', { type: 'bold', text: '几' }], answers: [{ text: '六' }, { text: ['日'] }] },
      },
      { ...message, id: 5, date_unixtime: 1697342400 },
    ];
    const read = await readWritten(telegramJson, {
      'result.json': JSON.stringify({ name: '群', type: 'private_group', messages }),
    });
    expect(read.skipped).toEqual([]);
    expect(read.messages[1]?.replyTo).toBeUndefined();
    expect(read.messages[2]).toMatchObject({ kind: 'card', body: '在' });
    expect(read.messages[3]?.body).toBe('周几\n六\n日');
    expect(read.said[4]?.[0]).toBe('2023-10-15 12:00:00');
  });

  it('leaves out bad messages and tells of them', async () => {
    expect((await readFixture(telegramJson, FILE)).skipped).toEqual([
      '10: a message with a wrong id, left out',
      '12: a message without a time, left out',
    ]);
  });

  it('keeps what stands before the place where it was cut off', async () => {
    const whole =
      '{"name":"群","type":"private_group","id":1,"messages":[{"id":1,"type":"message","date_unixtime":"1697342400","from":"甲","text":"在"},{"id":2,"ty';
    const { said, skipped } = await readWritten(telegramJson, { 'result.json': whole });
    expect(said).toHaveLength(1);
    expect(skipped).toEqual(['2: a message that is no JSON, left out']);
  });
});

it('refuses the export of a whole account, and says what to export', async () => {
  await expect(readFixture(telegramJson, 'telegram-json/account.json')).rejects.toThrow(UnreadableExport);
  await expect(readFixture(telegramJson, 'telegram-json/account.json')).rejects.toThrow(/Export chat history/);
});
