/**
 * The `.xls` of 同步助手, which is a table in HTML, as a rule in GBK: wxId, dateTime, nickName, wechatNo, status, type, content.
 *
 * The columns are found by the names in the first row. The address of a 网页 stands on the next line of its cell, or alone in the
 * next row. Lines are counted by rows. The times are local.
 */
import { Parser } from 'htmlparser2';
import { isRoomId } from '../../people/logins.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { kindOfTypeName } from './placeholders.js';
import { dateTimeIn, instants } from './printed-time.js';
import { timeless } from './row-faults.js';

interface TableRow {
  readonly line: number;
  /** Without outer blanks; line breaks kept. */
  readonly cells: readonly string[];
}

const COLUMNS = ['wxid', 'datetime', 'nickname', 'wechatno', 'status', 'type', 'content'] as const;
type Column = (typeof COLUMNS)[number];
const ADDRESS = /^https?:\/\/\S+$/i;

export const tongbuTable: ExportFormat = {
  id: 'tongbu-xls',
  name: '同步助手 .xls',
  howTo: '同步助手 (Tongbu Assistant): open the WeChat backup, choose the group, export as Excel (.xls).',
  unit: 'row',
  recognises: (head) =>
    /<table/i.test(head) && ['wxid', 'datetime', 'nickname'].every((name) => head.toLowerCase().includes(name)),
  read,
};

async function* read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const instantOf = instants(context, source.name);
  let columns: ReadonlyMap<Column, number> | undefined;
  // A row is held back until the next is known, for that may be its address.
  let held: ExportedMessage | undefined;
  for await (const rows of rowsOf(source.text())) {
    const messages: ExportedMessage[] = [];
    for (const row of rows) {
      columns ??= columnsOf(row);
      const alone = onlyCell(row);
      if (columns === undefined || row.cells[0]?.toLowerCase() === COLUMNS[0] || alone === '') continue;
      if (alone !== undefined && ADDRESS.test(alone) && held?.kind === 'link') {
        held = { ...held, body: `${held.body}\n${alone}` };
        continue;
      }
      const message = messageOf(row, columns, instantOf, context);
      if (message === undefined) continue;
      if (held) messages.push(held);
      held = message;
    }
    if (messages.length > 0) yield messages;
  }
  if (held) yield [held];
}

function columnsOf({ cells }: TableRow): ReadonlyMap<Column, number> | undefined {
  const names = cells.map((cell) => cell.toLowerCase());
  const found = COLUMNS.map((column) => [column, names.indexOf(column)] as const).filter(([, at]) => at >= 0);
  return found.some(([column]) => column === 'datetime') ? new Map(found) : undefined;
}

/** The only cell with something in it; '' in an empty row, undefined if there are several. */
function onlyCell({ cells }: TableRow): string | undefined {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 1 ? undefined : (filled[0] ?? '');
}

function messageOf(
  { line, cells }: TableRow,
  columns: ReadonlyMap<Column, number>,
  instantOf: ReturnType<typeof instants>,
  context: ExportContext,
): ExportedMessage | undefined {
  const cell = (column: Column): string => cells[columns.get(column) ?? -1] ?? '';
  const time = dateTimeIn(cell('datetime'));
  if (time === undefined) {
    context.skip(line, timeless(cell('datetime')));
    return undefined;
  }
  // In a group wxId may be the room's own.
  const wxId = isRoomId(cell('wxid')) ? '' : cell('wxid');
  const sender = wxId || cell('wechatno');
  const at = instantOf(time);
  const kind = kindOfTypeName(cell('type'));
  return {
    line,
    name: cell('nickname') || sender,
    body: cell('content'),
    ...(at === undefined ? {} : { at }),
    ...(sender === '' ? {} : { sender }),
    ...(kind ? { kind } : {}),
  };
}

async function* rowsOf(text: AsyncIterable<string>): AsyncIterable<readonly TableRow[]> {
  let rows: TableRow[] = [];
  let line = 0;
  let cells: string[] = [];
  let parts: string[] | undefined;
  const endCell = (): void => {
    if (parts) cells.push(tidied(parts.join('')));
    parts = undefined;
  };
  const endRow = (): void => {
    endCell();
    if (cells.length > 0) rows.push({ line: ++line, cells });
    cells = [];
  };
  const parser = new Parser({
    onopentag(name) {
      if (name === 'tr') endRow();
      else if (name === 'td' || name === 'th') {
        endCell();
        parts = [];
      } else if (name === 'br' || name === 'p' || name === 'div') parts?.push('\n');
    },
    ontext(data) {
      parts?.push(data);
    },
    onclosetag(name) {
      if (name === 'td' || name === 'th') endCell();
      else if (name === 'tr' || name === 'table') endRow();
    },
  });
  for await (const portion of text) {
    parser.write(portion);
    if (rows.length > 0) yield rows;
    rows = [];
  }
  parser.end();
  endRow();
  if (rows.length > 0) yield rows;
}

function tidied(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
