/**
 * ChatLab 0.0.2 JSONL: one JSON object a line, a header, then members, then messages.
 *
 * In: the text of one file, or its lines as they stream in. Out: its messages in file order. `groupNickname` is the name in the
 * group, `accountName` the person's own; a line that is not JSON or lacks a field is told and left out.
 */
import type { RawMessage } from '../../types.js';
import { chatlabReader, roomOfMeta } from './chatlab.js';
import type { ExportedMessage, ExportFormat } from './export-format.js';
import type { Format, FormatContext } from './format.js';

const LINE = /^[ \t]*\{[^\n]*"_type"\s*:\s*"(?:header|member|message)"/m;

export const chatlabJsonl: Format = { name: 'ChatLab JSONL', recognises: (head) => LINE.test(head), read };

export const chatlabJsonlExport: ExportFormat = {
  id: 'chatlab-jsonl',
  name: 'ChatLab JSONL',
  howTo: 'In ChatLab, or a tool that writes its format, export the group as JSONL.',
  recognises: (head) => LINE.test(head),
  async *read(source, { skip }) {
    let room: string | undefined;
    const rowOf = rowReader(skip, ({ meta }) => {
      room = roomOfMeta(meta);
    });
    let line = 0;
    for await (const rows of source.lines()) {
      const messages: ExportedMessage[] = [];
      for (const row of rows) {
        const message = rowOf(row, ++line);
        if (message) messages.push(room === undefined ? message : { ...message, room });
      }
      yield messages;
    }
  },
};

function read(text: string, { warn }: FormatContext): readonly RawMessage[] {
  const rows = text.split('\n');
  const rowOf = rowReader(warn);
  return rows.flatMap((row, i) => rowOf(row, i + 1, i + 1 === rows.length) ?? []);
}

/** The rows must come in file order. A last row without an end is what a crash cut off. */
function rowReader(
  warn: (line: number, what: string) => void,
  onHeader: (header: { readonly meta?: unknown }) => void = () => undefined,
) {
  const reader = chatlabReader();
  return (row: string, line: number, isLast = false): RawMessage | undefined => {
    // The format allows for remarks.
    if (row.trim() === '' || row.startsWith('#')) return undefined;
    const value = parse(row);
    const type = value === undefined ? undefined : (value as { _type?: unknown } | null)?._type;
    if (type === 'message') {
      const message = reader.message(value, line);
      if (typeof message !== 'string') return message;
      warn(line, message);
    } else if (type === 'member') {
      const fault = reader.member(value);
      if (fault !== undefined) warn(line, fault);
    } else if (type === 'header') onHeader(value as { readonly meta?: unknown });
    else {
      if (value === undefined && isLast) warn(line, 'cut off in the middle, as by a crash; left out');
      else if (type === undefined) warn(line, 'not a JSON object with "_type", line left out');
      else warn(line, `unknown "_type" ${JSON.stringify(type).slice(0, 40)}, line left out`);
    }
    return undefined;
  };
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row.startsWith('\ufeff') ? row.slice(1) : row);
  } catch {
    return undefined;
  }
}
