/**
 * `npm run export`: a room of the archive -> files for other tools (ChatLab) or for a site (Jekyll Markdown), one a day.
 *
 * In: the room and the format. Out: a folder of files, and what the format could not hold.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { progressBar } from '../bot/progress.js';
import { type ExportedRoom, exchange } from '../knowledge/index.js';
import { type Command, dayIn, existingFolder, readOptions, required, runIfEntry, WrongUse } from './command.js';
import { counted } from './import/report.js';
import { settingsHere } from './settings-here.js';

const OPTIONS = {
  room: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  archive: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

export const exportCommand: Command = {
  name: 'export',
  help: `--room NAME --format chatlab|markdown [--out FOLDER] [--archive DIR] [--from YYYY-MM-DD] [--to YYYY-MM-DD]

  --room NAME      a room of the archive
  --format NAME    chatlab: JSONL that holds everything; markdown: posts for a Jekyll site
  --out FOLDER     where the files go, one a day; export/NAME without it. Files of the same days are replaced
  --archive DIR    folder of transcripts; ARCHIVE without it
  --from, --to     first and last day`,
  async run(args, screen) {
    const values = readOptions(args, OPTIONS);
    const room = required(values.room, '--room');
    const format = required(values.format, '--format');
    if (format !== 'chatlab' && format !== 'markdown') throw new WrongUse(`--format: ${format} is neither chatlab nor markdown`);
    const [from, to] = [values.from && dayIn(values.from, '--from'), values.to && dayIn(values.to, '--to')];
    if (from && to && from > to) throw new WrongUse(`--from: ${from} is after --to ${to}`);
    const { archive: own, zone } = settingsHere();
    const archive = existingFolder(values.archive ?? own, '--archive');
    const out = values.out ?? join('export', room.replaceAll(/[/\\.]/g, '_'));
    if (statSync(out, { throwIfNoEntry: false })?.isFile()) throw new WrongUse(`--out: ${out} is no folder`);
    const bar = progressBar({ isTTY: screen.isTTY, write: screen.err }, Date.now);
    const { exportRoom } = await exchange();
    const written = await exportRoom({
      ...{ archive, zone, room, format, out },
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      onProgress: ({ done, total }) => bar.report('reading', done, total),
    }).finally(bar.end);
    if (written.files === 0) {
      screen.err(`export: nothing was said in ${room} on these days; no file was written\n`);
      return 1;
    }
    screen.out(`${counted(written.messages, 'message')}, in ${counted(written.files, 'file')}: ${out}\n`);
    for (const line of lossesOf(written)) screen.out(`${line}\n`);
    return 0;
  },
};

function lossesOf({ lost }: ExportedRoom): readonly string[] {
  const told: readonly (readonly [number, string])[] = [
    [lost.bot, 'left out: said to the bot or by it'],
    [lost.accounts, 'without the account or id that the archive knows'],
    [lost.names, 'without further names of their sender'],
    [lost.kinds, 'no longer told from text (files, voices, notices and the like)'],
  ];
  return told.filter(([count]) => count > 0).map(([count, what]) => `${String(count).padStart(7)} ${what}`);
}

await runIfEntry(import.meta.url, exportCommand);
