/**
 * How far the digest of each room and window is, so that each is posted once, whatever happens.
 *
 * In: a database. Out: marks, replaced only by whoever has seen the one that stands there, and what the numbers of a digest mean.
 */
import { z } from 'zod';
import type { Database } from './database.js';
import type { DigestMarks } from './state.js';

const MARK = z.object({
  ...{ room: z.string(), window: z.string() },
  step: z.enum(['sending', 'sent', 'unsure', 'skipped', 'dropped', 'failed']),
  ...{ at: z.number(), tries: z.number() },
});

const TOPICS = z.object({ topics: z.string().nullable() });
const THREADS = z.array(z.string());

export function digestMarksIn(database: Database): DigestMarks {
  const one = database.query('SELECT * FROM digests WHERE room = ? AND window = ?', MARK);
  const ofRoom = database.query('SELECT * FROM digests WHERE room = ? ORDER BY window DESC', MARK);
  const latest = database.query(
    'SELECT * FROM digests AS d WHERE window = (SELECT max(window) FROM digests WHERE room = d.room) ORDER BY room',
    MARK,
  );
  const add = database.command(
    'INSERT INTO digests (room, window, step, at, tries) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const change = database.command(
    'UPDATE digests SET step = ?, at = ?, tries = ? WHERE room = ? AND window = ? AND step = ? AND at = ? AND tries = ?',
  );
  const topics = database.query('SELECT topics FROM digests WHERE room = ? AND window = ?', TOPICS);
  const keepTopics = database.command('UPDATE digests SET topics = ? WHERE room = ? AND window = ?');
  return {
    topics(room, window) {
      const kept = topics.first(room, window)?.topics ?? undefined;
      return kept === undefined ? undefined : THREADS.parse(JSON.parse(kept));
    },
    keepTopics: (room, window, threads) => void keepTopics(JSON.stringify(threads), room, window),
    get: (room, window) => one.first(room, window),
    of: (room) => ofRoom.all(room),
    latest: () => latest.all(),
    replace(before, { room, window, step, at, tries }) {
      const { changes } =
        before === undefined
          ? add(room, window, step, at, tries)
          : change(step, at, tries, room, window, before.step, before.at, before.tries);
      return changes > 0;
    },
  };
}
