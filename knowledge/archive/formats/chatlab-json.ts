/**
 * ChatLab 0.0.2 JSON: one object with `meta`, `members` and `messages`.
 *
 * In: the file as it streams in. Out: its messages in file order; lines are numbers of messages.
 */
import { jsonElements } from '../import/json-elements.js';
import { chatlabReader, roomOfMeta } from './chatlab.js';
import type { ExportedMessage, ExportFormat } from './export-format.js';

export const chatlabJson: ExportFormat = {
  id: 'chatlab-json',
  name: 'ChatLab JSON',
  howTo: 'In ChatLab, or a tool that writes its format, export the group as JSON.',
  unit: 'message',
  // In JSONL every line begins with "_type".
  recognises: (head) => /^\s*\{\s*"(?!_type")/.test(head) && /"chatlab"\s*:\s*\{/.test(head),
  async *read(source, { skip }) {
    const reader = chatlabReader();
    let room: string | undefined;
    for await (const elements of jsonElements(source.text())) {
      const messages: ExportedMessage[] = [];
      for (const { key, number, value } of elements) {
        if (key === 'meta') room = roomOfMeta(value);
        else if (key === 'members' && number > 0) {
          const fault = reader.member(value);
          if (fault !== undefined) skip(number, fault);
        } else if (key === 'messages' && number > 0) {
          const message = value === undefined ? 'no JSON, left out' : reader.message(value, number);
          if (typeof message === 'string') skip(number, message);
          else messages.push(room === undefined ? message : { ...message, room });
        }
      }
      yield messages;
    }
  },
};
