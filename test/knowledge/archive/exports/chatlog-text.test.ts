/** chatlog's plain text: accounts, quotations, forwarded and pasted talk, and times without a year or a date. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatlogText } from '../../../../knowledge/archive/formats/chatlog-text.js';
import { EXPORT_FORMATS } from '../../../../knowledge/archive/formats/exports.js';
import { archiveOnDisk } from '../archive-on-disk.js';
import { kindsOf, readFixture, readWritten, recognisedBy } from './export-for-test.js';

const read = (text: string, name = 'chat.txt', times = {}) => readWritten(chatlogText, { [name]: text }, times);

describe('a room of one year', () => {
  it('has the name, the account, and the text of several lines', async () => {
    const { messages, said, skipped } = await readFixture(chatlogText, 'chatlog-text/year.txt', { year: 2024 });
    expect(said[1]).toEqual(['2024-08-27 09:00:12', '山里人(10:30 前勿扰)', '我去\n带两瓶水够吗']);
    expect(messages[1]).toMatchObject({ line: 4, sender: 'wxid_shanli02' });
    expect(said[4]?.[1]).toBe('wxid_noname9');
    expect(skipped).toEqual([]);
  });

  it('keeps 我 as no account, for everybody is 我 in his own export', async () => {
    const { messages } = await readFixture(chatlogText, 'chatlog-text/year.txt', { year: 2024 });
    const own = messages.filter(({ name }) => name === '阿岚[备考中]');
    expect(own).toHaveLength(2);
    expect(own.every(({ sender }) => sender === undefined)).toBe(true);
  });

  it('parts a quotation from the reply, and leaves a > that somebody typed', async () => {
    const { messages } = await readFixture(chatlogText, 'chatlog-text/year.txt', { year: 2024 });
    expect(messages[3]).toMatchObject({
      body: '三瓶，路上没有店',
      quoted: { name: '山里人(10:30 前勿扰)', text: '我去\n带两瓶水够吗' },
    });
    expect(messages[8]?.body).toBe('> 这行是我自己打的\n不是引用');
    expect(messages[8]?.quoted).toBeUndefined();
    expect(messages[9]?.body).toBe('原话找不到了');
    expect(messages[9]?.quoted).toBeUndefined();
  });

  it('makes no messages of talk that was forwarded or pasted', async () => {
    const { messages } = await readFixture(chatlogText, 'chatlog-text/year.txt', { year: 2024 });
    expect(messages).toHaveLength(13);
    expect(messages[5]?.body).toContain('上次的路线在这里');
    expect(messages[6]?.body).toMatch(/^有人问过集合的事[\s\S]*集合在东门[\s\S]*就这些$/);
  });

  it('knows what is no talk', async () => {
    const kinds = kindsOf(await readFixture(chatlogText, 'chatlog-text/year.txt', { year: 2024 }));
    expect(kinds.filter((kind) => kind !== undefined)).toEqual(['system', 'image', 'card', 'redpacket', 'file', 'voice']);
  });
});

describe('newer versions, and those for older WeChat', () => {
  it('may print a number before the time, which is no room', async () => {
    const text =
      '甲 [1](wxid_a1) [1714525200001] 05-01 09:00:00\n带几瓶？\n\n乙(wxid_b2) [1714525260001] 05-01 09:01:00\n> 甲 [1](wxid_a1) [0] 05-01 09:00:00\n> 带几瓶？\n两瓶\n';
    const root = archiveOnDisk({ 'a.txt': text });
    expect(await recognisedBy(EXPORT_FORMATS, join(root, 'a.txt'))).toEqual(['chatlog-text']);
    const { messages } = await read(text, 'a.txt', { year: 2024 });
    expect(messages).toMatchObject([
      { name: '甲 [1]', sender: 'wxid_a1', body: '带几瓶？' },
      { name: '乙', sender: 'wxid_b2', body: '两瓶', quoted: { name: '甲 [1]', text: '带几瓶？' } },
    ]);
    expect(messages.every(({ room }) => room === undefined)).toBe(true);
    const ofRooms = text.replaceAll('01] 05', '01] [登山队(7@chatroom)] 05');
    expect((await read(ofRooms, 'a.txt', { year: 2024 })).messages.map(({ room }) => room)).toEqual(['登山队', '登山队']);
  });

  it('print of a notice the time alone, or the room', async () => {
    const text =
      '甲(wxid_a1) 05-01 09:00:00\n在\n\n 05-01 09:01:00\n甲邀请乙加入了群聊\n\n登山队(7@chatroom) 05-01 09:02:00\n甲撤回了一条消息\n\n7@chatroom 05-01 09:03:00\n乙加入了群聊\n\n乙(wxid_b2) 05-01 09:04:00\n好\n';
    const { messages } = await read(text, 'a.txt', { year: 2024 });
    expect(messages.map(({ name, kind }) => [name, kind])).toEqual([
      ['甲', undefined],
      ['', 'system'],
      ['', 'system'],
      ['', 'system'],
      ['乙', undefined],
    ]);
    expect(messages[2]?.sender).toBeUndefined();
  });

  it('print a type that they have no words for as its number', async () => {
    const text =
      '甲(wxid_a1) 05-01 09:00:00\nType: 48 Content: <?xml version="1.0"?><...>\n\n乙(wxid_b2) 05-01 09:04:00\nType: 3\n';
    expect(kindsOf(await read(text, 'a.txt', { year: 2024 }))).toEqual(['card', undefined]);
  });
});

describe('times', () => {
  it('take a missing year from the admin, and from the name of the file', async () => {
    const text = '甲(wxid_a1) 08-27 10:00:00\n在\n';
    expect((await read(text, 'chat.txt', { year: 2021 })).said[0]?.[0]).toBe('2021-08-27 10:00:00');
    expect((await read(text, '登山队 2022-01-01~2022-12-31.txt')).said[0]?.[0]).toBe('2022-08-27 10:00:00');
    expect((await read(text, '登山队 2020年.txt')).said[0]?.[0]).toBe('2020-08-27 10:00:00');
  });

  it('take a missing day from the admin before the name, which must hold exactly one', async () => {
    const one = 'chatlog-text/day 2024-08-27.txt';
    expect((await readFixture(chatlogText, one)).said[1]?.[0]).toBe('2024-08-27 23:59:59');
    expect((await readFixture(chatlogText, one, { date: '2020-02-29' })).said[1]?.[0]).toBe('2020-02-29 23:59:59');
    const two = await read('甲(wxid_a1) 10:00:00\n在\n', '2024-08-27 2024-08-28.txt');
    expect(two.said[0]?.[0]).toBe('undated');
  });

  it('are not guessed', async () => {
    const { messages } = await readFixture(chatlogText, 'chatlog-text/year.txt');
    expect(messages).toHaveLength(13);
    expect(messages.every(({ at }) => at === undefined)).toBe(true);
  });

  it('go on into a new year', async () => {
    const text = ['12-31 23:59:00', '01-01 00:00:10', '01-02 08:00:00'].map((time) => `甲(wxid_a1) ${time}\n在\n`).join('\n');
    expect((await read(text, 'chat.txt', { year: 2023 })).said.map(([at]) => at)).toEqual([
      '2023-12-31 23:59:00',
      '2024-01-01 00:00:10',
      '2024-01-02 08:00:00',
    ]);
  });

  it('may hold 29 February only in a year that has it', async () => {
    const text = '甲(wxid_a1) 02-29 10:00:00\n在\n';
    expect((await read(text, 'chat.txt', { year: 2024 })).said[0]?.[0]).toBe('2024-02-29 10:00:00');
    expect((await read(text, 'chat.txt', { year: 2023 })).said[0]?.[0]).toBe('undated');
  });

  it('are read with a year, a BOM and CRLF', async () => {
    expect((await readFixture(chatlogText, 'chatlog-text/years.txt')).said).toEqual([
      ['2023-12-31 23:59:50', '竹里馆主', '新年快乐'],
      ['2024-01-01 00:00:03', '阿岚', '新年快乐'],
    ]);
  });
});

describe('several rooms in one file', () => {
  it('are told apart, though their names hold brackets', async () => {
    const { messages } = await readFixture(chatlogText, 'chatlog-text/day 2024-08-27.txt');
    expect(messages.map(({ room }) => room)).toEqual(['登山队(周末版)', '登山队(周末版)']);
    const tricky = await read('甲 [乙](wxid_a1) [丙] [丁](9@chatroom)] 2024-01-01 10:00:00\n在\n');
    expect(tricky.messages[0]).toMatchObject({ name: '甲 [乙]', room: '丙] [丁]' });
  });
});

describe('exports that were put together', () => {
  it('are read whole, though the second begins before the end of the first', async () => {
    const day = (date: string) =>
      Array.from({ length: 40 }, (_, i) => `甲(wxid_a1) ${date} 10:${String(i).padStart(2, '0')}:00\n第 ${i} 句\n`).join('\n');
    const { messages } = await read(`${day('06-02')}\n${day('06-01')}`, 'chat.txt', { year: 2024 });
    expect(messages).toHaveLength(80);
    const short = await read('甲(wxid_a1) 06-02 10:00:00\n二\n\n甲(wxid_a1) 06-01 10:00:00\n一\n', 'chat.txt', { year: 2024 });
    expect(short.messages.map(({ body }) => body)).toEqual(['二', '一']);
  });
});
