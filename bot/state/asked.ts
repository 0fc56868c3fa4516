/**
 * What the bot was asked, for the digest to tell what it could not answer.
 *
 * In: a database. Out: the questions of the last weeks; older ones go when a new one comes.
 */
import { z } from 'zod';
import { type Database, FLAG, flag } from './database.js';
import type { Asked } from './state.js';

const ROW = z.object({
  ...{ room: z.string(), contact: z.string(), name: z.string(), question: z.string(), message: z.string() },
  ...{ at: z.number(), answered: FLAG },
});

/** A digest reaches back a week, and one that was missed three days more, ms. */
const KEPT = 14 * 24 * 3_600_000;
/** UTF-16 units; a digest shows less. */
const QUESTION_LENGTH = 200;

export function askedIn(database: Database): Asked {
  const put = database.command(
    'INSERT INTO asked (room, contact, name, question, message, at, answered) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const takeBack = database.command('DELETE FROM asked WHERE room = ? AND message = ?');
  const forget = database.command('DELETE FROM asked WHERE at < ?');
  const open = database.query('SELECT * FROM asked WHERE room = ? AND at >= ? AND at < ? AND answered = 0 ORDER BY at, id', ROW);
  return {
    add({ room, contact, name, question, message, at, answered }) {
      forget(at - KEPT);
      put(room, contact, name, question.slice(0, QUESTION_LENGTH), message, at, flag(answered));
    },
    unanswered: (room, from, to) => open.all(room, from, to),
    recall: (room, message) => void takeBack(room, message),
  };
}
