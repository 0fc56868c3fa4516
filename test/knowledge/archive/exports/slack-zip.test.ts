/** The zip of a Slack workspace: channels, threads, mentions, and zips that mean harm. */
import { describe, expect, it } from 'vitest';
import { UnreadableExport } from '../../../../knowledge/archive/formats/export-format.js';
import { readableSlack } from '../../../../knowledge/archive/formats/slack-text.js';
import { slackZip } from '../../../../knowledge/archive/formats/slack-zip.js';
import { archiveOnDisk } from '../archive-on-disk.js';
import { readWritten, recognisedBy, zipped } from './export-for-test.js';

const USERS = [
  { id: 'U1', name: 'tang', real_name: 'Tang Li', profile: { display_name: '阿棠', real_name: 'Tang Li' } },
  { id: 'U2', name: 'bo', profile: { display_name: '' } },
];
const CHANNELS = [{ id: 'C1', name: 'kitchen' }];
const said = (ts: string, user: string, text: string, more: object = {}) => ({ type: 'message', ts, user, text, ...more });

const DAY = [
  said('1704074400.000100', 'U1', '<@U1> has joined the channel', { subtype: 'channel_join' }),
  said('1704074460.000200', 'U1', '<@U2> 谁有 <https://example.com/a?b=1&amp;c=2|菜谱>？ 1 &lt; 2', {
    thread_ts: '1704074460.000200',
  }),
  said('1704078060.000300', 'U2', '我有', { thread_ts: '1704074460.000200' }),
  said('1704078120.000400', 'U2', '', { files: [{ name: 'soup.jpg', mimetype: 'image/jpeg' }] }),
  said('1704078180.000500', 'U9', 'This message was deleted.', { subtype: 'tombstone' }),
  { type: 'message', ts: '1704078240.000600', subtype: 'bot_message', bot_id: 'B1', username: '菜单', text: '今日：面' },
  said('1704078300.000700', 'U1', '看这条', {
    attachments: [{ is_msg_unfurl: true, author_name: '阿棠', text: '盐放 5 克' }],
  }),
  { type: 'message', ts: 'yesterday', user: 'U1', text: '坏' },
];
const FILES = {
  'users.json': JSON.stringify(USERS),
  'channels.json': JSON.stringify(CHANNELS),
  'dms.json': JSON.stringify([{ id: 'D0AAAAAAA' }]),
  'kitchen/2024-01-02.json': JSON.stringify([said('1704160800.000100', 'U1', '第二天')]),
  'kitchen/2024-01-01.json': JSON.stringify(DAY),
  'D0AAAAAAA/2024-01-01.json': JSON.stringify([said('1704074400.000100', 'U1', '私话')]),
  'mpdm-tang--bo--chen-1/2024-01-01.json': JSON.stringify([said('1704074400.000100', 'U1', '私话')]),
  'kitchen/2024-01-03.json': '{"ok":false}',
};
const read = (files: Readonly<Record<string, string>>, claimed?: (size: number) => number) =>
  readWritten(slackZip, { 'export.zip': zipped(files, claimed) });

describe('a channel', () => {
  it('is a room, its days in order', async () => {
    const { messages, said: lines } = await read(FILES);
    expect(new Set(messages.map(({ room }) => room))).toEqual(new Set(['kitchen']));
    expect(lines[0]?.[0]).toBe('2024-01-01 10:00:00');
    expect(lines.at(-1)).toEqual(['2024-01-02 10:00:00', '阿棠', '第二天']);
  });

  it('has the names that people chose, and their others', async () => {
    const { messages } = await read(FILES);
    expect(messages[1]).toMatchObject({ name: '阿棠', sender: 'U1', alsoKnownAs: ['Tang Li', 'tang'] });
    expect(messages[2]?.name).toBe('bo');
  });

  it('has the name of a program where a message has no other', async () => {
    const talk = { type: 'message', ts: '1704078240.000600', bot_id: 'B1', bot_profile: { name: '菜单' }, text: '今日：面' };
    expect((await read({ 'kitchen/2024-01-01.json': JSON.stringify([talk]) })).messages[0]).toMatchObject({
      name: '菜单',
      sender: 'B1',
    });
  });

  it('keeps threads as replies to their first message', async () => {
    const { messages } = await read(FILES);
    expect(messages[1]?.replyTo).toBeUndefined();
    expect(messages[2]).toMatchObject({ body: '我有', replyTo: messages[1]?.id });
  });

  it('reads names, addresses and escapes in a text', async () => {
    expect((await read(FILES)).messages[1]?.body).toBe('@bo 谁有 菜谱 https://example.com/a?b=1&c=2？ 1 < 2');
  });

  it('tells talk from notices, files and what was deleted', async () => {
    const { messages } = await read(FILES);
    expect(messages.slice(0, 7).map(({ kind }) => kind)).toEqual([
      'system',
      undefined,
      undefined,
      'image',
      undefined,
      undefined,
      undefined,
    ]);
    expect(messages[3]?.body).toBe('soup.jpg');
    expect(messages[4]).toMatchObject({ body: '', recalled: true });
    expect(messages[5]?.name).toBe('菜单');
    expect(messages[6]).toMatchObject({ body: '看这条', quoted: { name: '阿棠', text: '盐放 5 克' } });
  });

  it('tells of what cannot be read', async () => {
    expect((await read(FILES)).skipped).toEqual([
      '8: kitchen/2024-01-01.json: a message with a wrong ts, left out',
      '0: kitchen/2024-01-03.json is not a list of messages, left out',
    ]);
  });

  it('leaves direct messages where they are', async () => {
    expect((await read(FILES)).messages.some(({ body }) => body === '私话')).toBe(false);
  });

  it('may stand below a folder of its own, as after packing again', async () => {
    const moved = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`our export/${name}`, text]));
    expect((await read(moved)).messages.map(({ body }) => body)).toEqual((await read(FILES)).messages.map(({ body }) => body));
  });
});

describe('references in a text', () => {
  const names = { people: new Map([['U1', '阿棠']]), channels: new Map([['C1', 'kitchen']]) };

  it.each([
    ['<@U1>', '@阿棠'],
    ['<@U7|eve>', '@eve'],
    ['<@U7>', '@U7'],
    ['<#C1>', '#kitchen'],
    ['<#C9|old>', '#old'],
    ['<!here> <!subteam^S1|@cooks>', '@here @cooks'],
    ['<!date^1704074400^{date}|Jan 1>', 'Jan 1'],
    ['<mailto:a@b.cn|a@b.cn>', 'a@b.cn'],
    ['<https://example.com|example.com>', 'https://example.com'],
    ['a &amp;lt; b < c', 'a &lt; b < c'],
    ['*粗* <未完', '*粗* <未完'],
  ])('%s', (stored, shown) => {
    expect(readableSlack(stored, names)).toBe(shown);
  });
});

describe('a zip', () => {
  const formats = [slackZip];

  it('is recognised by the names at its beginning', async () => {
    const root = archiveOnDisk({ 'a.zip': zipped(FILES), 'b.zip': zipped({ 'photo.txt': 'x' }), 'c.zip': 'PK\u0003\u0004' });
    expect(await recognisedBy(formats, `${root}/a.zip`)).toEqual(['slack-zip']);
    expect(await recognisedBy(formats, `${root}/b.zip`)).toEqual([]);
    expect(await recognisedBy(formats, `${root}/c.zip`)).toEqual([]);
  });

  it('that unpacks to more than it says, or to too much, is refused', async () => {
    const day = { 'kitchen/2024-01-01.json': JSON.stringify(DAY) };
    await expect(read(day, () => 10)).rejects.toThrow(UnreadableExport);
    await expect(read(day, () => 100 * 1024 * 1024)).rejects.toThrow(/more than 64 MB/);
    const many = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`kitchen/2024-01-0${i + 1}.json`, '[]']));
    await expect(read(many, () => 0xfffffffe)).rejects.toThrow(/more than 8 GB/);
  });

  it('whose paths lead out of it, or that is cut off, is refused', async () => {
    await expect(read({ '../../kitchen/2024-01-01.json': '[]' })).rejects.toThrow(UnreadableExport);
    const cut = zipped(FILES).subarray(0, 300);
    await expect(readWritten(slackZip, { 'export.zip': cut })).rejects.toThrow(UnreadableExport);
  });
});
