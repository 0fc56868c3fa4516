/**
 * The exports of other tools that `npm run import` reads, in the order in which they are asked. A new one is a file beside this
 * one and a line here.
 */
import { chatlabJsonlExport } from './chatlab-jsonl.js';
import { chatlogText } from './chatlog-text.js';
import type { ExportFormat } from './export-format.js';
import { memotraceAiText, memotraceTraining } from './memotrace-training.js';
import { pywxdumpCsv } from './pywxdump-csv.js';
import { slackZip } from './slack-zip.js';
import { telegramJson } from './telegram-json.js';
import { tongbuTable } from './tongbu-table.js';
import { wechatMail } from './wechat-mail.js';
import { wechatPaste } from './wechat-paste.js';
import { wechatmsgText } from './wechatmsg-text.js';
import { weflowText } from './weflow-text.js';

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  chatlabJsonlExport,
  pywxdumpCsv,
  chatlogText,
  wechatmsgText,
  weflowText,
  wechatMail,
  wechatPaste,
  tongbuTable,
  telegramJson,
  slackZip,
  memotraceAiText,
  memotraceTraining,
];
