/**
 * `npm run import`: exports of other tools -> the archive.
 *
 * In: a file or folder, and the room it is of. Out: first what would be imported, then, if that is wanted, the files of the archive.
 */
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { progressBar } from '../bot/progress.js';
import { exchange, type StagedImport } from '../knowledge/index.js';
import { type Command, dayIn, nothingMore, readArguments, runIfEntry, type Screen, WrongUse } from './command.js';
import { counted, reportOf } from './import/report.js';
import { settingsHere } from './settings-here.js';

const OPTIONS = {
  room: { type: 'string' },
  archive: { type: 'string' },
  date: { type: 'string' },
  year: { type: 'string' },
  yes: { type: 'boolean' },
} as const;

export const importCommand: Command = {
  name: 'import',
  help: `FILE_OR_FOLDER --room NAME [--archive DIR] [--date YYYY-MM-DD] [--year YYYY] [--yes]

  FILE_OR_FOLDER   an export of another tool (npm run -s formats lists them), or a folder of such
  --room NAME      the group it is of; without it, the one that the export names
  --archive DIR    folder of transcripts; ARCHIVE without it
  --date, --year   for exports that have times without dates, or dates without years
  --yes            import without asking; without it and without a terminal it is only told what would be imported`,
  async run(args, screen) {
    const { values, positionals } = readArguments(args, OPTIONS);
    const [path, more] = positionals;
    if (path === undefined) throw new WrongUse('the file or folder is missing');
    nothingMore(more);
    if (!statSync(path, { throwIfNoEntry: false })) throw new WrongUse(`there is no file or folder ${path}`);
    const times = {
      ...(values.date === undefined ? {} : { date: dayIn(values.date, '--date') }),
      ...(values.year === undefined ? {} : { year: yearIn(values.year) }),
    };
    const { zone, archive, isSample } = settingsHere(values.archive === undefined ? {} : { ARCHIVE: values.archive });
    // The sample is a part of the project.
    if (isSample) throw new WrongUse('ARCHIVE is not set: name the folder of your own archive in .env, or with --archive');
    if (statSync(archive, { throwIfNoEntry: false })?.isFile()) throw new WrongUse(`--archive: ${archive} is no folder`);

    const stop = new AbortController();
    const onSignal = (): void => stop.abort(new Error('stopped; run it again to import what is missing'));
    process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
    const bar = progressBar({ isTTY: screen.isTTY, write: screen.err }, Date.now);
    try {
      const { importExport } = await exchange();
      const staged = await importExport(path, {
        ...{ archive, zone, ...times, signal: stop.signal },
        ...(values.room === undefined ? {} : { room: roomOf(values.room) }),
        onProgress: ({ done, total }) => bar.report('reading', done, total),
      }).finally(bar.end);
      const isNew = settingsHere().isSample;
      return await finish(staged, { archive, isNew, isAgreed: values.yes === true, signal: stop.signal }, screen);
    } finally {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    }
  },
};

interface Choice {
  readonly archive: string;
  /** Whether the bot knows of no archive yet. */
  readonly isNew: boolean;
  readonly isAgreed: boolean;
  readonly signal: AbortSignal;
}

async function finish(staged: StagedImport, { archive, isNew, isAgreed, signal }: Choice, screen: Screen): Promise<number> {
  try {
    const { files, rooms, days, added } = staged.report;
    screen.out(reportOf(staged.report));
    if (files.length === 0) {
      screen.err('import: nothing could be imported, see above; npm run -s formats tells what is read, and how to make it\n');
      return 1;
    }
    if (rooms.length === 0) {
      screen.err('import: nothing could be imported, for no message is left; see above\n');
      return 1;
    }
    if (days === 0) {
      screen.out('The archive has all of it already; nothing was written.\n');
      return 0;
    }
    if (!isAgreed && !screen.isTTY) {
      screen.out('Nothing was written: run it in a terminal, or with --yes.\n');
      return 0;
    }
    if (!isAgreed && !(await isWanted(signal))) {
      screen.out('Nothing was written.\n');
      return 0;
    }
    const written = await staged.commit();
    const folders = new Set(written.map(({ file }) => file.slice(0, file.lastIndexOf('/'))));
    const what = added === 0 ? 'No new message; added names and ids' : `Added ${counted(added, 'message')}`;
    screen.out(`${what}, in ${counted(written.length, 'file')}:\n`);
    for (const folder of folders) screen.out(`  ${archive}/${folder}\n`);
    if (isNew) screen.out(`Write ARCHIVE=${archive} into .env, and npm start answers from it.\n`);
    return 0;
  } finally {
    await staged.discard();
  }
}

async function isWanted(signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  // At the end of its input the question would never be answered.
  const ended = once(terminal, 'close').then(() => '');
  try {
    const answer = await Promise.race([terminal.question('Import this? [y/N] ', { signal }), ended]);
    return /^(?:y|yes|是|好)$/i.test(answer.trim());
  } catch {
    signal.throwIfAborted();
    return false;
  } finally {
    terminal.close();
  }
}

function roomOf(name: string): string {
  if (name.trim() === '') throw new WrongUse('--room is empty');
  return name.trim();
}

function yearIn(year: string): number {
  if (!/^(?:19|20)\d{2}$/.test(year)) throw new WrongUse(`--year: ${year} is no year such as 2024`);
  return Number(year);
}

await runIfEntry(import.meta.url, importCommand);
