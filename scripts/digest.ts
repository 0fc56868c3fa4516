/**
 * `npm run digest`: what a day or a week of a room held.
 *
 * In: an archive, a room and a date. Out: text for the terminal, one JSON object for other programs, or a picture.
 */
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { localTime } from '../bot/local-time.js';
import { renderCard } from '../bot/reply/card/card.js';
import { type Digest, digestWindow, type Knowledge, type Window } from '../knowledge/index.js';
import { type Command, existingFolder, readOptions, required, runIfEntry, WrongUse } from './command.js';
import { digestJson, digestLines } from './digest-print.js';
import { archiveZone, openArchive } from './open-archive.js';

const OPTIONS = {
  archive: { type: 'string' },
  room: { type: 'string' },
  date: { type: 'string' },
  days: { type: 'string' },
  json: { type: 'boolean' },
  out: { type: 'string' },
} as const;

const LENGTHS = ['1', '7'];

export const digestCommand: Command = {
  name: 'digest',
  help: `--archive DIR --room NAME --date YYYY-MM-DD [--days 7] [--json | --out card.png]

  --archive DIR    folder of transcripts
  --room NAME      a room of the archive
  --date DAY       the day on which the window begins, at 05:00 in the archive's zone (TIME_ZONE)
  --days 7         a week instead of a day, and the words that rose in it
  --json           print one JSON object instead of text: room, from, to, messages, people, topics, unanswered, links,
                   speakers and more; times are ISO 8601 with the zone's offset, the window ends right before its "to"
  --out FILE       write the digest as a picture, a PNG, instead of text`,
  async run(args, screen) {
    const values = readOptions(args, OPTIONS);
    const archive = existingFolder(values.archive, '--archive');
    const room = required(values.room, '--room');
    const date = required(values.date, '--date');
    const { days = '1' } = values;
    if (!LENGTHS.includes(days)) throw new WrongUse(`--days: ${days} is neither ${LENGTHS.join(' nor ')}`);
    if (values.json && values.out !== undefined) throw new WrongUse('--json and --out exclude each other');
    if (values.out !== undefined) existingFolder(dirname(values.out), '--out');
    const zone = archiveZone();
    const window = windowOfDate(zone, date, Number(days));
    const knowledge = await openArchive(archive, screen, { meaning: false });
    try {
      const digest = digestOfRoom(knowledge, room, window, Number(days));
      if (values.out !== undefined) {
        await writeFile(values.out, await renderCard(digest, localTime(zone)));
        screen.err(`${values.out} written\n`);
      } else screen.out(values.json ? `${JSON.stringify(digestJson(digest, zone))}\n` : digestLines(digest, zone));
      return 0;
    } finally {
      await knowledge.close();
    }
  },
};

function windowOfDate(zone: string, date: string, days: number): Window {
  try {
    return digestWindow(zone, date, days);
  } catch (error) {
    throw new WrongUse(`--date: ${(error as RangeError).message}`);
  }
}

function digestOfRoom(knowledge: Knowledge, room: string, window: Window, days: number): Digest {
  const { rooms, firstDate, lastDate } = knowledge.summary();
  if (!rooms.includes(room))
    throw new WrongUse(`--room: there is no room ${room}; the archive has ${rooms.join(', ') || 'none'}`);
  const digest = knowledge.digest({ rooms: [room], ...window, days });
  if (digest.messages === 0)
    throw new Error(`nothing was said in ${room} from ${digest.date} on; the archive reaches from ${firstDate} to ${lastDate}`);
  return digest;
}

await runIfEntry(import.meta.url, digestCommand);
