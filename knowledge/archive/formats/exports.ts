/**
 * The exports of other tools that `npm run import` reads, in the order in which they are asked. A new one is a file beside this
 * one and a line here.
 */
import { chatlabJson } from './chatlab-json.js';
import { chatlabJsonlExport } from './chatlab-jsonl.js';
import { chatlogCsv } from './chatlog-csv.js';
import { chatlogJson } from './chatlog-json.js';
import { chatlogText } from './chatlog-text.js';
import type { ExportFormat } from './export-format.js';
import { jekyllMarkdownExport } from './jekyll-markdown.js';
import { memotraceCsv } from './memotrace-csv.js';
import { memotraceAiText, memotraceTraining } from './memotrace-training.js';
import { pywxdumpCsv } from './pywxdump-csv.js';
import { slackZip } from './slack-zip.js';
import { telegramJson } from './telegram-json.js';
import { tongbuTable } from './tongbu-table.js';
import { wechatMail } from './wechat-mail.js';
import { wechatPaste } from './wechat-paste.js';
import { wechatmsgCsv } from './wechatmsg-csv.js';
import { wechatmsgText } from './wechatmsg-text.js';
import { weflowJson } from './weflow-json.js';
import { weflowText } from './weflow-text.js';

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  chatlabJsonlExport,
  chatlabJson,
  chatlogCsv,
  chatlogJson,
  wechatmsgCsv,
  memotraceCsv,
  weflowJson,
  jekyllMarkdownExport,
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
