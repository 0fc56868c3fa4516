/**
 * The exports of other tools that `npm run import` reads, in the order in which they are asked. A new one is a file beside this
 * one and a line here.
 */
import { chatlabJsonlExport } from './chatlab-jsonl.js';
import type { ExportFormat } from './export-format.js';

export const EXPORT_FORMATS: readonly ExportFormat[] = [chatlabJsonlExport];
