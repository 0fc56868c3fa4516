/**
 * Exports of MemoTrace that are made for language models: recognised, and refused with what to do instead.
 *
 * The text for models (`********************2023-12-14********************`, then `昵称:` only where the speaker changes) has no times and
 * hides numbers; names are missing at the beginning of a day. The training JSON knows but `user` and `assistant`, in shuffled pieces.
 */
import { type ExportFormat, UnreadableExport } from './export-format.js';
import { beginsWithHeader } from './message-blocks.js';

const DAY = /^\*{20}\d{4}-\d{2}-\d{2}\*{20}$/;
const TRAINING = /^\s*\[?\s*\{\s*"(?:conversations|messages)"\s*:\s*\[\s*\{\s*"(?:role|from)"\s*:/;

export const memotraceAiText: ExportFormat = {
  id: 'memotrace-ai-text',
  name: 'MemoTrace text for AI',
  howTo: 'Not read: it has no times and leaves out who spoke. Export CSV from MemoTrace instead.',
  recognises: (head) => beginsWithHeader(head, (line) => DAY.exec(line) ?? undefined),
  read: refusal(
    'MemoTrace’s text for AI has no times and does not say of every line who spoke; export the group as CSV or TXT instead',
  ),
};

export const memotraceTraining: ExportFormat = {
  id: 'memotrace-training',
  name: 'MemoTrace training JSON',
  howTo: 'Not read: it knows only "user" and "assistant", not who spoke. Export CSV from MemoTrace instead.',
  recognises: (head) => TRAINING.test(head.replace(/^\ufeff/, '')),
  read: refusal('training data knows only "user" and "assistant", not who of a group spoke; export the group as CSV instead'),
};

function refusal(why: string): ExportFormat['read'] {
  // biome-ignore lint/correctness/useYield: a stream that ends before its first portion.
  return async function* refuse() {
    throw new UnreadableExport(why);
  };
}
