/**
 * The CSV of newer versions of MemoTrace: 消息ID, 类型, 发送人, 时间, 内容, 备注, 昵称, 更多信息.
 *
 * The id is the platform's, the type a word, the content as in the TXT of the same version; a quotation stands behind the reply.
 * Accounts are not in it. The times are local. The room is not named.
 */
import type { MessageKind } from '../../types.js';
import { hasHeading, type TableRow, tableRows } from './csv-table.js';
import type { ExportContext, ExportedMessage, ExportFormat } from './export-format.js';
import { kindOfPlaceholder, kindOfTypeName } from './placeholders.js';
import { dateTimeIn, instants } from './printed-time.js';
import { cutShort, timeless } from './row-faults.js';
import { quotationBelow } from './wechatmsg-text.js';

const COLUMNS = ['消息ID', '类型', '发送人', '时间', '内容'] as const;
const NAMES = ['备注', '昵称'] as const;
type Row = TableRow<(typeof COLUMNS)[number] | (typeof NAMES)[number]>;
const TEXT = '文本';
const QUOTATION = '引用消息';
/** Its content is no text but everything that the tool knows of the message. */
const UNKNOWN = '未知类型';

export const memotraceCsv: ExportFormat = {
  id: 'memotrace-csv',
  name: 'MemoTrace CSV, newer versions',
  howTo: 'MemoTrace (留痕): open the group, export its talk as CSV.',
  recognises: (head) => hasHeading(head, [...COLUMNS, ...NAMES]),
  async *read(source, context) {
    const instantOf = instants(context, source.name);
    const speakers = new Set<string>();
    for await (const rows of tableRows(source, [...COLUMNS, ...NAMES], context)) {
      yield rows.flatMap((row) => messageIn(row, instantOf, speakers, context) ?? []);
    }
  },
};

/** `speakers` are those that spoke so far, as quotations name them: they tell where a quoted name ends. */
function messageIn(
  { line, length, cell }: Row,
  instantOf: ReturnType<typeof instants>,
  speakers: Set<string>,
  { skip }: ExportContext,
): ExportedMessage | undefined {
  if (length < COLUMNS.length) {
    skip(line, cutShort(length, COLUMNS));
    return undefined;
  }
  const printed = cell('时间').trim();
  const time = dateTimeIn(printed);
  const at = time && instantOf(time);
  if (at === undefined) {
    skip(line, timeless(printed));
    return undefined;
  }
  const [type, id] = [cell('类型').trim(), cell('消息ID').trim()];
  const content = cell('内容').replaceAll('\r\n', '\n').trim();
  const { quoted, reply } = type === QUOTATION ? quotationBelow(content, (name) => speakers.has(name)) : { reply: content };
  const kind = kindOf(type, reply);
  const sender = cell('发送人').trim();
  const names = kind === 'system' ? [] : namesIn(sender, cell('备注').trim(), cell('昵称').trim());
  speakers.add(sender);
  const [name = '', ...others] = names;
  return {
    line,
    at,
    name,
    body: type === UNKNOWN ? `[${UNKNOWN}]` : reply,
    ...(others.length > 0 ? { alsoKnownAs: others } : {}),
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
    ...(id === '' || id === '0' ? {} : { id }),
  };
}

function kindOf(type: string, reply: string): MessageKind | undefined {
  if (type === TEXT || type === QUOTATION) return undefined;
  return type === UNKNOWN ? 'card' : (kindOfTypeName(type) ?? kindOfPlaceholder(reply));
}

/** The name in the group first; but what one person calls another goes behind the other's own name. */
function namesIn(sender: string, remark: string, nickname: string): readonly string[] {
  const names = sender === remark ? [nickname, sender] : [sender, nickname, remark];
  return [...new Set(names.filter((name) => name !== ''))];
}
