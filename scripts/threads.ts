/**
 * `npm run threads`: which conversation every message of an archive belongs to.
 *
 * In: an archive. Out: JSON lines {"file","line","thread"}, one for every message header, both copies of a double included.
 */
import { join, posix } from 'node:path';
import { type Command, existingFile, existingFolder, jsonLines, readOptions, runIfEntry } from './command.js';
import { openArchive } from './open-archive.js';

const OPTIONS = { archive: { type: 'string' }, out: { type: 'string' }, file: { type: 'string' } } as const;

export const threadsCommand: Command = {
  name: 'threads',
  help: `--archive DIR [--out PRED.jsonl] [--file REL]

  --archive DIR    folder of transcripts
  --out FILE       where the lines go; the screen without it
  --file REL       only the messages of this file, relative to DIR with /`,
  async run(args, screen) {
    const values = readOptions(args, OPTIONS);
    const archive = existingFolder(values.archive, '--archive');
    const only = values.file === undefined ? undefined : posix.normalize(values.file);
    if (only !== undefined) existingFile(join(archive, only), '--file');
    const lines = jsonLines(values.out, '--out', screen);
    const knowledge = await openArchive(archive, screen);
    let count = 0;
    try {
      for (const { file, line, thread } of knowledge.assignments()) {
        if (only !== undefined && file !== only) continue;
        lines.write({ file, line, thread });
        count += 1;
      }
    } finally {
      lines.close();
      await knowledge.close();
    }
    screen.err(`${count} message headers\n`);
    return 0;
  },
};

await runIfEntry(import.meta.url, threadsCommand);
