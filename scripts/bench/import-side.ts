/**
 * One import in a process of its own: `node import-side.js FILE ARCHIVE`.
 *
 * Out: one JSON line on stdout, an {@link ImportedSide}.
 */
import { exchange } from '../../knowledge/index.js';

export interface ImportedSide {
  readonly messages: number;
  /** s by the clock, and of all processors together. */
  readonly seconds: number;
  readonly processor: number;
  /** The most memory the process ever held, bytes. */
  readonly memory: number;
}

async function measure(file: string, archive: string): Promise<ImportedSide> {
  const begun = performance.now();
  const used = process.cpuUsage();
  const { importExport } = await exchange();
  const staged = await importExport(file, { archive, zone: 'Asia/Shanghai' });
  await staged.commit();
  const { user, system } = process.cpuUsage(used);
  return {
    messages: staged.report.added,
    seconds: (performance.now() - begun) / 1000,
    processor: (user + system) / 1e6,
    memory: process.resourceUsage().maxRSS * 1024,
  };
}

const [file, archive] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(file ?? '', archive ?? ''))}\n`);
