/** The exports that have fields: ChatLab, chatlog, WeChatMsg, WeFlow and echotrace, and the posts of a Jekyll site. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatlabJson } from '../../../../knowledge/archive/formats/chatlab-json.js';
import { chatlabJsonlExport } from '../../../../knowledge/archive/formats/chatlab-jsonl.js';
import { chatlogCsv } from '../../../../knowledge/archive/formats/chatlog-csv.js';
import { chatlogJson } from '../../../../knowledge/archive/formats/chatlog-json.js';
import { UnreadableExport } from '../../../../knowledge/archive/formats/export-format.js';
import { EXPORT_FORMATS } from '../../../../knowledge/archive/formats/exports.js';
import { jekyllMarkdownExport } from '../../../../knowledge/archive/formats/jekyll-markdown.js';
import { wechatmsgCsv } from '../../../../knowledge/archive/formats/wechatmsg-csv.js';
import { weflowJson } from '../../../../knowledge/archive/formats/weflow-json.js';
import { archiveOnDisk } from '../archive-on-disk.js';
import { kindsOf, readFixture, readWritten, recognisedBy } from './export-for-test.js';

const QUESTION = ['2024-05-01 09:00:00', '豆浆', '面团醒多久？'];
const REPLY = ['2024-05-01 09:00:05', '油条', '四个钟头'];

describe.each([
  ['JSON', chatlabJson, 'chatlab-json/group.json', ['15: a message with a wrong timestamp, left out']],
  [
    'JSONL',
    chatlabJsonlExport,
    'chatlab-jsonl/group.jsonl',
    ['18: a message with a wrong timestamp, left out', '19: not a JSON object with "_type", line left out'],
  ],
] as const)('ChatLab %s', (_, format, file, faults) => {
  it('has the name in the group, all other names, ids, reply links and the room', async () => {
    const { messages, said, skipped } = await readFixture(format, file);
    expect(said.slice(0, 2)).toEqual([['2024-05-01 09:00:00', '豆浆-城南店', '面团醒多久？'], REPLY]);
    expect(messages[0]).toMatchObject({ sender: 'wxid_doujiang', alsoKnownAs: ['豆浆', '老豆'], id: '9001', room: '早餐群' });
    expect(messages[1]).toMatchObject({ id: '9002', replyTo: '9001' });
    expect(skipped).toEqual(faults);
  });

  it('knows every type, and what was taken back', async () => {
    const read = await readFixture(format, file);
    const kinds = [
      'image',
      'voice',
      'video',
      'file',
      'emoji',
      'link',
      'redpacket',
      'redpacket',
      'card',
      'system',
      'system',
      'system',
    ];
    expect(kindsOf(read)).toEqual([undefined, undefined, ...kinds]);
    expect(read.messages.map(({ recalled }) => recalled ?? false)).toEqual([...Array(13).fill(false), true]);
  });
});

describe('ChatLab as other tools write it', () => {
  const talk = (message: object) => ({
    sender: 'a',
    accountName: '甲',
    timestamp: 1714525200,
    type: 0,
    content: '在',
    ...message,
  });
  const read = (...messages: object[]) =>
    readWritten(chatlabJson, {
      'a.json': JSON.stringify({
        chatlab: { exportedAt: 1714525200, version: '0.0.2' },
        ...{ meta: { name: '群' }, messages: messages.map(talk) },
      }),
    });

  it('may have its version anywhere in the head', async () => {
    const root = archiveOnDisk({ 'a.json': '{"chatlab": {\n "exportedAt": 1, "version": "0.0.2"}, "meta": {}, "messages": []}' });
    expect(await recognisedBy(EXPORT_FORMATS, join(root, 'a.json'))).toEqual(['chatlab-json']);
  });

  it('knows the types for places, pats, calls, things shared and visiting cards, and by its words what has no type', async () => {
    const types = await read({ type: 8 }, { type: 22 }, { type: 23 }, { type: 24 }, { type: 27 });
    expect(kindsOf(types)).toEqual(['card', 'system', 'system', 'link', 'card']);
    const others = await read({ type: 99, content: '[转账] ￥5.00' }, { type: 99, content: '在' });
    expect(kindsOf(others)).toEqual(['redpacket', undefined]);
  });

  it('takes a notice that is said by the room, or by nobody, for nobody’s', async () => {
    const { messages, skipped } = await read(
      { sender: '1@chatroom', accountName: '群', type: 0, content: '甲加入了群聊' },
      { sender: null, accountName: null, type: 80 },
      { sender: '', accountName: '' },
    );
    expect(messages).toMatchObject([
      { name: '', kind: 'system' },
      { name: '', kind: 'system' },
    ]);
    expect(messages.map(({ sender }) => sender)).toEqual([undefined, undefined]);
    expect(skipped).toEqual(['3: a message without a sender, left out']);
  });

  it('parts what a reply quotes from the reply', async () => {
    const reply = { type: 25, content: '两瓶[引用 乙 12:30：带[几]瓶：水？]', replyToMessageId: '7' };
    const { messages } = await read(reply, { content: '怎么打[引用 这个]' });
    expect(messages[0]).toMatchObject({ body: '两瓶', replyTo: '7', quoted: { name: '乙 12:30', text: '带[几]瓶：水？' } });
    expect(messages[1]?.body).toBe('怎么打[引用 这个]');
  });

  it('may hold remarks in its lines', async () => {
    const lines = [
      '# 导出',
      '{"_type":"header","chatlab":{"version":"0.0.2"}}',
      '# 以下是消息',
      ...[talk({})].map((one) => JSON.stringify({ _type: 'message', ...one })),
    ];
    const { said, skipped } = await readWritten(chatlabJsonlExport, { 'a.jsonl': lines.join('\n') });
    expect([said.length, skipped]).toEqual([1, []]);
  });
});

describe('chatlog CSV', () => {
  it('reads cells of several lines, quotations, and accounts where names are missing', async () => {
    const { messages, said } = await readFixture(chatlogCsv, 'chatlog-csv/group.csv');
    expect(said.slice(0, 2)).toEqual([['2024-05-01 09:00:00', '豆浆', '面团醒多久？\n冬天呢，还是"老规矩"？'], REPLY]);
    expect(messages[1]).toMatchObject({
      line: 4,
      sender: 'wxid_youtiao',
      room: '早餐群',
      quoted: { name: '豆浆', text: '面团醒多久？' },
    });
    expect(said.at(-2)).toEqual(['2024-05-01 09:01:04', 'wxid_huajuan', '新来的，大家好']);
    expect(said.at(-1)?.[2]).toBe('3" 的擀面杖够用');
  });

  it('tells notices from talk', async () => {
    const read = await readFixture(chatlogCsv, 'chatlog-csv/group.csv');
    expect(kindsOf(read)).toEqual([undefined, undefined, 'image', 'link', 'system', 'redpacket', undefined, undefined]);
    expect(read.messages[4]).toMatchObject({ name: '', body: '"油条"邀请"花卷"加入了群聊' });
    expect(read.messages[4]?.sender).toBeUndefined();
  });

  it('leaves out rows without a time or with too few cells, and reads on', async () => {
    const { skipped } = await readFixture(chatlogCsv, 'chatlog-csv/group.csv');
    expect(skipped).toEqual([
      '12: a row without a time ("2024-05-01 25:01:04"), left out',
      '13: a row of 2 cells instead of 6, left out',
    ]);
  });

  it('takes what the room itself says for a notice, and a type without words for no talk', async () => {
    const heading = 'Time,SenderName,Sender,TalkerName,Talker,Content';
    const row = (name: string, sender: string, content: string) =>
      `2024-05-01 09:00:00,${name},${sender},早餐群,7@chatroom,${content}`;
    const rows = [
      heading,
      row('早餐群', '7@chatroom', '豆浆加入了群聊'),
      row('豆浆', 'wxid_d', 'Type: 48 Content: '),
      row('豆浆', 'wxid_d', 'Type: 3'),
    ];
    const read = await readWritten(chatlogCsv, { 'a.csv': rows.join('\n') });
    expect(kindsOf(read)).toEqual(['system', 'card', undefined]);
    expect(read.messages[0]).toMatchObject({ name: '' });
    expect(read.messages[0]?.sender).toBeUndefined();
  });

  it('reads the newer columns too, and a heading that comes again', async () => {
    const { said, skipped } = await readWritten(chatlogCsv, {
      'a.csv': [
        'Seq,Time,SenderName,Sender,TalkerName,Talker,Content',
        '1,2024-05-01 09:00:00,豆浆,wxid_doujiang,早餐群,700@chatroom,面团醒多久？',
      ].join('\n'),
    });
    expect([said, skipped]).toEqual([[QUESTION], []]);
  });
});

describe('chatlog JSON', () => {
  it('has instants with their zone, and quotations from contents.refer', async () => {
    const { messages, said } = await readFixture(chatlogJson, 'chatlog-json/group.json');
    expect(said.slice(0, 2)).toEqual([QUESTION, REPLY]);
    expect(messages[1]).toMatchObject({ sender: 'wxid_youtiao', room: '早餐群', quoted: { name: '豆浆', text: '面团醒多久？' } });
    expect(messages.at(-1)?.quoted).toEqual({ name: '油条', text: '[图片]' });
    // Its number is another one in everybody's export.
    expect(messages.every(({ id }) => id === undefined)).toBe(true);
  });

  it('tells kinds by type and subtype, and keeps the words of what was forwarded or shared', async () => {
    const read = await readFixture(chatlogJson, 'chatlog-json/group.json');
    const kinds = ['card', 'image', 'link', 'file', 'system', 'system', 'redpacket', 'redpacket', 'voice', undefined];
    expect(kindsOf(read)).toEqual([undefined, undefined, ...kinds]);
    expect(read.messages.slice(2, 6).map(({ body }) => body)).toEqual([
      '油条与豆浆的聊天记录\n油条: 先醒面\n豆浆: 好',
      '[图片]',
      '[和面的讲究](https://example.com/dough)',
      '价目表.xlsx',
    ]);
    expect(read.messages[6]?.name).toBe('');
  });

  it('keeps what forwarded talk is about where its record could not be read', async () => {
    const forwarded = {
      ...{ seq: 1, time: '2024-05-01T09:00:00+08:00', talker: '1@chatroom', talkerName: '早餐群', isChatRoom: true },
      ...{ sender: 'wxid_a', senderName: '豆浆', isSelf: false, type: 49, subType: 19, content: '' },
      contents: { title: '群聊的聊天记录', desc: '油条：盐最后放' },
    };
    const { messages } = await readWritten(chatlogJson, { 'a.json': JSON.stringify([forwarded]) });
    expect(messages[0]).toMatchObject({ kind: 'card', body: '群聊的聊天记录\n油条：盐最后放' });
  });

  it('leaves out what has no time', async () => {
    const { skipped } = await readFixture(chatlogJson, 'chatlog-json/group.json');
    expect(skipped).toEqual(['13: a time that cannot be read ("昨天"), left out', '14: a wrong time, left out']);
  });
});

describe('WeChatMsg CSV', () => {
  const FILE = 'wechatmsg-csv/group.csv';

  it('prefers the nickname to the remark, and finds accounts in front of texts', async () => {
    const { messages, said } = await readFixture(wechatmsgCsv, FILE);
    expect(said[0]).toEqual(['2024-05-01 09:00:00', '豆浆', '面团醒多久&？\n冬天呢']);
    expect(messages[0]).toMatchObject({ line: 2, sender: 'wxid_doujiang', alsoKnownAs: ['城南老板'] });
    expect(messages[4]).toMatchObject({ name: 'wxid_huajuan', sender: 'wxid_huajuan', body: '新来的，大家好' });
    expect(said[6]).toEqual(['2024-05-01 09:01:04', '我', '我来带']);
  });

  it('reads quotations and links out of XML, and quotations of plain text', async () => {
    const { messages } = await readFixture(wechatmsgCsv, FILE);
    expect(messages[1]).toMatchObject({ body: '四个钟头', quoted: { name: '豆浆', text: '面团醒多久&？' } });
    expect(messages[2]?.body).toBe('[和面的讲究](https://example.com/dough?a=1&b=2)');
    expect(messages[7]).toMatchObject({ body: '多谢', quoted: { name: '油条', text: '四个钟头' } });
  });

  it('reads rows that end before the names, and leaves out shorter ones', async () => {
    const read = await readFixture(wechatmsgCsv, FILE);
    expect(kindsOf(read)).toEqual([
      undefined,
      undefined,
      'link',
      'system',
      undefined,
      'image',
      undefined,
      undefined,
      'redpacket',
    ]);
    expect(read.messages[3]).toMatchObject({ name: '', body: '油条邀请花卷加入了群聊' });
    expect(read.skipped).toEqual(['15: a row of 3 cells instead of 12, left out', '16: a row without a time (""), left out']);
  });

  it('writes of a picture no more than that it is one, as a quotation of it does', async () => {
    const { messages } = await readFixture(wechatmsgCsv, FILE);
    expect(messages[5]).toMatchObject({ kind: 'image', body: '[图片]' });
  });

  it('refuses a file of several chats, for private talk must not come into the archive of a group', async () => {
    const heading = 'localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender';
    const row = (talker: number) => `1,${talker},1,0,0,1714525200,,好,2024-05-01 09:00:00,,豆浆,wxid_d`;
    await expect(readWritten(wechatmsgCsv, { 'a.csv': [heading, row(1), row(2)].join('\n') })).rejects.toThrow(UnreadableExport);
  });
});

describe('WeFlow and echotrace JSON', () => {
  it.each(['weflow', 'echotrace'])('reads %s', async (name) => {
    const { messages, said } = await readFixture(weflowJson, `weflow-json/${name}.json`);
    expect(said.slice(0, 2)).toEqual([['2024-05-01 09:00:00', '豆浆-城南店', '面团醒多久？'], REPLY]);
    expect(messages[0]).toMatchObject({ sender: 'wxid_doujiang', alsoKnownAs: ['豆浆'], id: '9001', room: '早餐群' });
    expect(messages[1]).toMatchObject({ replyTo: '9001', quoted: { name: '', text: '面团醒多久？' } });
  });

  it('tells kinds by their words, and whom a quotation names if he spoke', async () => {
    const read = await readFixture(weflowJson, 'weflow-json/weflow.json');
    expect(kindsOf(read)).toEqual([undefined, undefined, 'image', 'voice', 'system', 'redpacket', 'emoji', undefined]);
    expect(read.messages[4]?.name).toBe('');
    expect(read.messages[7]?.quoted).toEqual({ name: '油条', text: '四个钟头' });
    expect(read.skipped).toEqual(['9: a wrong createTime, left out']);
  });
});

describe('WeFlow JSON of newer versions', () => {
  const talk = {
    createTime: 1714525200,
    type: '文本消息',
    content: '带几瓶：水？',
    senderUsername: 'a',
    senderDisplayName: '甲: 店',
  };
  const read = (more: object, ...messages: object[]) =>
    readWritten(weflowJson, {
      'a.json': JSON.stringify({ weflow: { version: '2' }, session: { displayName: '群' }, ...more, messages }),
    });

  it('holds a quotation in the content too, and says whom it quotes', async () => {
    const reply = { ...talk, type: '引用消息', content: '两瓶[引用 甲: 店：带几瓶：水？]' };
    const quoted = { name: '甲: 店', text: '带几瓶：水？' };
    const fields = { quotedSender: '甲: 店', quotedContent: '带几瓶：水？', replyToMessageId: '7' };
    const { messages } = await read({}, talk, reply, { ...reply, ...fields }, { ...talk, content: '怎么打[引用 这个]' });
    expect(messages[1]).toMatchObject({ body: '两瓶', quoted });
    expect(messages[2]).toMatchObject({ body: '两瓶', quoted, replyTo: '7' });
    expect(messages[3]?.body).toBe('怎么打[引用 这个]');
  });

  it('may be compact, with a list of those who spoke', async () => {
    const senders = [
      { senderID: 1, accountId: 'a', displayName: '甲', groupNickname: '甲-店' },
      { senderID: 2, wxid: 'b', nickname: '乙' },
    ];
    const compact = { createTime: 1714525200, type: '文本消息', content: '在' };
    const { messages } = await read({ senders }, { ...compact, senderID: 1 }, { ...compact, senderID: 2 });
    expect(messages[0]).toMatchObject({ name: '甲-店', alsoKnownAs: ['甲'], sender: 'a' });
    expect(messages[1]).toMatchObject({ name: '乙', sender: 'b' });
  });
});

describe('Jekyll Markdown', () => {
  it('is read as the archive reads it', async () => {
    const { said, skipped } = await readFixture(jekyllMarkdownExport, 'jekyll-markdown/2024-05-01-chat.markdown');
    expect(said).toEqual([
      ['2024-05-01 09:00:00', '豆浆-城南店', '面团醒多久？'],
      ['2024-05-01 09:00:05', '油条', '「豆浆-城南店：面团醒多久？」\n- - - - - - - - - - - - - - -\n四个钟头'],
      // A header without a name.
      ['2024-05-01 09:01:00', '', '[强]'],
    ]);
    expect(skipped).toEqual([]);
  });

  it('takes the date from the admin where the file has none', async () => {
    const post = { 'chat.md': '> 09:00:00  豆浆\n\n面团醒多久？\n' };
    expect((await readWritten(jekyllMarkdownExport, post, { date: '2024-05-01' })).said).toEqual([QUESTION]);
    expect((await readWritten(jekyllMarkdownExport, post)).said).toEqual([]);
  });
});
