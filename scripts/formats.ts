/**
 * `npm run formats`: which exports of other tools `npm run import` reads, and how to make them.
 *
 * Out: one paragraph a format.
 */
import { exchange } from '../knowledge/index.js';
import { type Command, readOptions, runIfEntry } from './command.js';

export const formatsCommand: Command = {
  name: 'formats',
  help: '\n\n  Lists what npm run import reads, and how such an export is made.',
  async run(args, screen) {
    readOptions(args, {});
    const { exportFormats } = await exchange();
    for (const { id, name, howTo } of exportFormats()) screen.out(`${name} (${id})\n  ${howTo}\n`);
    return 0;
  },
};

await runIfEntry(import.meta.url, formatsCommand);
