/**
 * The CSV of WeChatMsg and MemoTrace: one row a message of WeChat's database, with the names of its sender at the end.
 *
 * Rows of notices, and of people who are no contact, end before the names: they have 9 cells. What is shared stands in XML. `localId`
 * is the place in one person's database and so no id.
 */

import { decodeEntities } from '../../text/clean.js';
import type { QuotedMessage } from '../../types.js';
import { hasHeading, type TableRow, tableRows } from './csv-table.js';
import { type ExportContext, type ExportedMessage, type ExportFormat, UnreadableExport } from './export-format.js';
import { kindOfPlaceholder } from './placeholders.js';
import { dateTimeIn, instants } from './printed-time.js';
import { quotedTalk } from './quoted-talk.js';
import { cutShort, timeless } from './row-faults.js';
import { kindOfWechatType } from './wechat-types.js';

const NAMELESS = ['localId', 'TalkerId', 'Type', 'SubType', 'IsSender', 'CreateTime', 'Status', 'StrContent', 'StrTime'] as const;
const COLUMNS = [...NAMELESS, 'Remark', 'NickName', 'Sender'] as const;
type Row = TableRow<(typeof COLUMNS)[number]>;
const SELF = '我';
const QUOTE_MARK = '\n引用:';
const ACCOUNT_IN_FRONT = /^([A-Za-z][\w-]{5,40}):\n/;

export const wechatmsgCsv: ExportFormat = {
  id: 'wechatmsg-csv',
  name: 'WeChatMsg / MemoTrace CSV',
  howTo: 'WeChatMsg or MemoTrace (留痕): choose the group alone and export it as CSV.',
  recognises: (head) => hasHeading(head, COLUMNS),
  async *read(source, context) {
    const instantOf = instants(context, source.name);
    let talker: string | undefined;
    for await (const rows of tableRows(source, COLUMNS, context)) {
      const messages: ExportedMessage[] = [];
      for (const row of rows) {
        const message = messageIn(row, instantOf, context);
        if (!message) continue;
        talker ??= row.cell('TalkerId');
        // A row names its chat by a number alone, and somebody's private talk must not come into the group's archive.
        if (row.cell('TalkerId') !== talker)
          throw new UnreadableExport('it holds several chats and does not say which is which; export the group alone');
        messages.push(message);
      }
      yield messages;
    }
  },
};

function messageIn(row: Row, instantOf: ReturnType<typeof instants>, { skip }: ExportContext): ExportedMessage | undefined {
  const { line, length, cell } = row;
  if (length < NAMELESS.length) {
    skip(line, cutShort(length, COLUMNS));
    return undefined;
  }
  const seconds = cell('CreateTime').trim();
  const time = dateTimeIn(cell('StrTime').trim());
  const at = /^\d{10}$/.test(seconds) ? Number(seconds) * 1000 : time && instantOf(time);
  if (at === undefined) {
    skip(line, timeless(seconds));
    return undefined;
  }
  const content = cell('StrContent').replaceAll('\r\n', '\n').trim();
  const typeKind = kindOfWechatType(Number(cell('Type')), Number(cell('SubType')));
  const placeholder = PLACEHOLDERS[cell('Type')];
  const { body, quoted } = placeholder === undefined ? bodyOf(content.replace(ACCOUNT_IN_FRONT, '')) : { body: placeholder };
  const kind = typeKind ?? kindOfPlaceholder(body);
  return {
    line,
    at,
    ...(typeKind === 'system' ? { name: '' } : senderOf(row, ACCOUNT_IN_FRONT.exec(content)?.[1])),
    body,
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
  };
}

/** The nickname first, for the remark is what one person calls another. `account` is what stands in front of the text. */
function senderOf({ cell }: Row, account: string | undefined): Pick<ExportedMessage, 'name' | 'alsoKnownAs' | 'sender'> {
  const sender = cell('Sender').trim() || account;
  const names = [...new Set([cell('NickName'), cell('Remark')].map((name) => name.trim()).filter((name) => name !== ''))];
  const [name = cell('IsSender') === '1' ? SELF : (sender ?? ''), ...others] = names;
  return {
    name,
    ...(others.length > 0 ? { alsoKnownAs: others } : {}),
    ...(sender && sender !== SELF ? { sender } : {}),
  };
}

/** What stands for a medium, as others write it where they quote one; in the table it is XML. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { 3: '[图片]', 34: '[语音]', 43: '[视频]', 47: '[动画表情]' };

/** Plain text; or, of what was shared, title and address, or the reply and what it quotes. */
function bodyOf(content: string): { readonly body: string; readonly quoted?: QuotedMessage } {
  if (/^(?:<\?xml|<msg)/.test(content)) {
    const title = elementIn(content, 'title');
    const quotation = elementIn(content, 'refermsg', false);
    if (quotation !== '')
      return { body: title, quoted: { name: elementIn(quotation, 'displayname'), text: quotedText(quotation) } };
    const url = elementIn(content, 'url');
    return { body: title !== '' && /^https?:/.test(url) ? `[${title}](${url})` : title || content };
  }
  const mark = content.lastIndexOf(QUOTE_MARK);
  if (mark < 0) return { body: content };
  return { body: content.slice(0, mark).trim(), quoted: quotedTalk(content.slice(mark + QUOTE_MARK.length), [':'], () => false) };
}

/** What a quotation quotes may itself have been shared. */
function quotedText(quotation: string): string {
  const text = elementIn(quotation, 'content');
  return /^(?:<\?xml|<msg)/.test(text) ? elementIn(text, 'title') : text;
}

/** The first element of this name, tidied unless its elements are wanted. */
function elementIn(xml: string, name: string, isText = true): string {
  const open = `<${name}>`;
  const from = xml.indexOf(open);
  const to = xml.indexOf(`</${name}>`, from);
  if (from < 0 || to < 0) return '';
  const inside = xml.slice(from + open.length, to);
  return isText ? decodeEntities(inside.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '')).trim() : inside;
}
