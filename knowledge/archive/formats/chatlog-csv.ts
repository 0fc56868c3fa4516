/**
 * The CSV that chatlog gives for a room: Time, SenderName, Sender, TalkerName, Talker, Content, in newer versions with a number in
 * front.
 *
 * Times are local. The content is that of its plain text: `> ` before the lines of a quotation, `[图片]` and the like.
 */
import { chatlogQuotation, isNotice, kindOfContent } from './chatlog-text.js';
import { hasHeading, type TableRow, tableRows } from './csv-table.js';
import type { ExportContext, ExportedMessage, ExportFormat } from './export-format.js';
import { dateTimeIn, instants } from './printed-time.js';
import { cutShort, timeless } from './row-faults.js';

const COLUMNS = ['Time', 'SenderName', 'Sender', 'TalkerName', 'Talker', 'Content'] as const;

export const chatlogCsv: ExportFormat = {
  id: 'chatlog-csv',
  name: 'chatlog CSV',
  howTo: 'chatlog: open /api/v1/chatlog?time=2024-01-01~2024-12-31&talker=群名&format=csv and save the file.',
  recognises: (head) => hasHeading(head, COLUMNS),
  async *read(source, context) {
    const instantOf = instants(context, source.name);
    for await (const rows of tableRows(source, COLUMNS, context)) {
      yield rows.flatMap((row) => messageIn(row, instantOf, context) ?? []);
    }
  },
};

function messageIn(
  { line, length, cell }: TableRow<(typeof COLUMNS)[number]>,
  instantOf: ReturnType<typeof instants>,
  { skip }: ExportContext,
): ExportedMessage | undefined {
  if (length < COLUMNS.length) {
    skip(line, cutShort(length, COLUMNS));
    return undefined;
  }
  const printed = cell('Time');
  const time = dateTimeIn(printed);
  const at = time && instantOf(time);
  if (at === undefined) {
    skip(line, timeless(printed));
    return undefined;
  }
  const sender = cell('Sender').trim();
  const name = cell('SenderName').trim();
  const isFromNobody = isNotice(sender, name);
  const { quoted, reply } = chatlogQuotation(cell('Content').replaceAll('\r\n', '\n').trim());
  const kind = isFromNobody ? 'system' : kindOfContent(reply);
  const room = cell('TalkerName').trim() || cell('Talker').trim();
  return {
    line,
    at,
    name: isFromNobody ? '' : name || sender,
    ...(isFromNobody || sender === '' ? {} : { sender }),
    body: reply,
    ...(room === '' ? {} : { room }),
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
  };
}
