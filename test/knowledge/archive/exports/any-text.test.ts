/** Whatever a file holds, reading it ends and throws nothing but a refusal; and what is written in a format reads back the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatlogText } from '../../../../knowledge/archive/formats/chatlog-text.js';
import {
  type ExportContext,
  type ExportedMessage,
  type ExportFormat,
  type ExportSource,
  UnreadableExport,
} from '../../../../knowledge/archive/formats/export-format.js';
import { memotraceCsv } from '../../../../knowledge/archive/formats/memotrace-csv.js';
import { pywxdumpCsv } from '../../../../knowledge/archive/formats/pywxdump-csv.js';
import { telegramJson } from '../../../../knowledge/archive/formats/telegram-json.js';
import { tongbuTable } from '../../../../knowledge/archive/formats/tongbu-table.js';
import { wechatMail } from '../../../../knowledge/archive/formats/wechat-mail.js';
import { wechatPaste } from '../../../../knowledge/archive/formats/wechat-paste.js';
import { wechatmsgText } from '../../../../knowledge/archive/formats/wechatmsg-text.js';
import { weflowText } from '../../../../knowledge/archive/formats/weflow-text.js';
import { linesOf } from '../../../../knowledge/archive/import/source.js';
import { runs } from '../../../properties.js';
import { shanghai } from '../archive-on-disk.js';
import { when } from './export-for-test.js';

const LINE_FORMATS = [chatlogText, wechatmsgText, weflowText, wechatMail, wechatPaste];
const TEXT_FORMATS = [...LINE_FORMATS, pywxdumpCsv, memotraceCsv, tongbuTable, telegramJson];
const MEGABYTE = 1_000_000;

/** A text that comes in portions of this many characters. */
function sourceOf(text: string, portion: number): ExportSource {
  async function* portions(): AsyncIterable<string> {
    for (let at = 0; at < text.length; at += portion) yield text.slice(at, at + portion);
  }
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield Buffer.from(text);
  }
  return { name: 'chat.txt', path: '', bytes, text: portions, lines: () => linesOf(portions()), beside: async () => undefined };
}

async function read(format: ExportFormat, text: string, portion = 64 * 1024): Promise<readonly ExportedMessage[]> {
  const context: ExportContext = { clock: shanghai, year: 2024, date: '2024-05-01', skip: () => undefined };
  const messages: ExportedMessage[] = [];
  try {
    for await (const some of format.read(sourceOf(text, portion), context)) for (const one of some) messages.push(one);
  } catch (error) {
    if (!(error instanceof UnreadableExport)) throw error;
  }
  return messages;
}

/** Pieces of which the formats are made, so that chance finds their corners. */
const PIECES = [
  '2024-01-02 10:00:00',
  ' 01-02 10:00:00',
  ' 10:00:00',
  '  10:00',
  '甲(wxid_a1)',
  '系统消息',
  "'乙'",
  '丙:',
  '> ',
  '引用:',
  '[引用 ',
  '[图片]',
  '——— 2024-01-02 ———',
  '微信群"x"的聊天记录如下:',
  '<table><tr><td>',
  'wxId</td>dateTime<td>nickName',
  'id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime',
  '"',
  ',',
  '{"messages":[{"id":1,"type":"message"',
  ']}',
  '\r\n',
  '\n',
  '\n\n',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 5 })), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

describe.each(TEXT_FORMATS)('$id', (format) => {
  it('reads any text, and the same in any portions', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({ min: 1, max: 50 }), async (text, portion) => {
        format.recognises(text, Buffer.from(text));
        expect(await read(format, text, portion)).toEqual(await read(format, text));
      }),
      runs(200),
    );
  });

  it.each([
    ['a line without an end', '1'],
    ['blanks', ' '],
    ['headers that go back in time', undefined],
    ['a quotation without an end', '2024-01-02 10:00:00 甲\n引用:'],
    ['brackets', '[引用 ['],
    ['rules', '—'],
    ['colons', '甲:\n'],
    ['empty cells', '<td><a href="'],
  ])('reads a megabyte of %s', async (_what, piece) => {
    const text = piece === undefined ? backwards() : piece.repeat(MEGABYTE / piece.length);
    format.recognises(text.slice(0, 65_536), new Uint8Array());
    expect((await read(format, text)).length).toBeLessThanOrEqual(MEGABYTE);
  });
});

function backwards(): string {
  const days = Array.from({ length: 25_000 }, (_, i) => new Date(Date.UTC(2060, 0, 1 - i)).toISOString().slice(0, 10));
  return days.map((day) => `甲(wxid_a1) ${day} 10:00:00\n\n${day} 10:00:00 甲\n\n`).join('');
}

// === What is written reads back

interface Said {
  readonly name: string;
  readonly body: string;
  /** Minutes after the one before. */
  readonly after: number;
}

const NAME_PIECES = ['甲', '乙 丙', '10:00', '2024-01-01', 'wxid_ab1', '(', ')', '[', ']', "'", ':', '：', '「', '-', '引用'];
const BODY_PIECES = ['好', '在10:00', '2024-01-01 见', 'wxid_ab1:', '(x)', '「', '\n', '甲：', '> ', 'a  b'];
const isPlainName = (name: string) => name === name.trim() && !/^>|[:：]$|^系统消息$|^我$/.test(name);
const isPlainBody = (body: string) => body !== '' && !/\n\s*\n|^>|\n引用/.test(body);
const talk = fc.array(
  fc.record<Said>({
    name: fc
      .array(fc.constantFrom(...NAME_PIECES), { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.join(''))
      .filter(isPlainName),
    body: fc
      .array(fc.constantFrom(...BODY_PIECES), { minLength: 1, maxLength: 8 })
      .map((pieces) => pieces.join('').trim())
      .filter(isPlainBody),
    after: fc.integer({ min: 0, max: 3000 }),
  }),
  { minLength: 1, maxLength: 12 },
);

type Written = (said: Said, date: string, time: string, isNewDay: boolean) => string;
const WRITERS: readonly (readonly [ExportFormat, Written, string])[] = [
  [chatlogText, ({ name, body }, date, time) => `${name}(wxid_q9) ${date} ${time}\n${body}\n\n`, ''],
  [chatlogText, ({ name, body }, date, time) => `${name}(wxid_q9) ${date.slice(5)} ${time}\n${body}\n\n`, ''],
  [wechatmsgText, ({ name, body }, date, time) => `${date} ${time} ${name}\n${body}\n\n`, ''],
  [weflowText, ({ name, body }, date, time) => `${date} ${time} '${name}'\n${body}\n\n`, ''],
  [
    wechatMail,
    ({ name, body }, date, time, isNewDay) =>
      `${isNewDay ? `—————  ${date}  —————\n\n\n` : ''}${name}  ${time.slice(0, 5)}\n\n${body}\n\n`,
    '微信群"阳台"的聊天记录如下:\n\n',
  ],
  [wechatPaste, ({ name, body }, date, time) => `${name} ${date} ${time}\n${body}\n\n`, ''],
];

it.each(WRITERS)('$id: what was said reads back (%#)', async (format, write, heading) => {
  await fc.assert(
    fc.asyncProperty(talk, fc.integer({ min: 1, max: 400 }), async (all, portion) => {
      let minute = 20_000;
      let before = '';
      const expected: string[][] = [];
      let text = heading;
      for (const said of all) {
        minute += said.after;
        const at = shanghai.instant('2024-01-01', 0) + minute * 60_000;
        const { date, time } = shanghai.local(at);
        text += write(said, date, time, date !== before);
        before = date;
        expected.push([`${date} ${time}`, said.name, said.body]);
      }
      const messages = await read(format, text, portion);
      expect(messages.map(({ at, name, body }) => [when(at), name, body])).toEqual(expected);
    }),
    runs(200),
  );
});
