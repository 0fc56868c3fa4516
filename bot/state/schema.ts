/**
 * The tables, and how those of an older program become those of this one.
 *
 * In: a database of any version known here. Out: the same with the newest tables and all that stood in it; a newer one, and
 * one that is nothing of Qunshi's, are refused.
 */
import type { Database } from './database.js';
import { StateError } from './state.js';

/** Marks a file as ours, for SQLite's own header: `Quns` in ASCII. */
export const APPLICATION = 0x51756e73;

/**
 * What leads from each version to the next; the first one from an empty file. Never changed once they were released: files
 * exist that were made by them.
 *
 * 1. What stood in bot.json: counts of the day, moments, messages answered.
 * 2. Who may do what, what people asked for, what was done. Where the bot may speak unasked is now a setting of the room.
 * 3. Rooms may want a digest of the week, or not; a digest tells what the bot was asked and could not answer.
 * 4. A question that is taken back is known by the id of its message.
 * 5. The numbers of a posted digest mean what they did when it was posted.
 */
export const MIGRATIONS: readonly string[] = [
  `PRAGMA application_id = ${APPLICATION};
   CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE answered (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;`,

  `CREATE TABLE admins (
     login TEXT NOT NULL, contact TEXT NOT NULL, name TEXT NOT NULL, since INTEGER NOT NULL, by TEXT NOT NULL,
     PRIMARY KEY (login, contact)) STRICT;
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, contact TEXT NOT NULL, room TEXT NOT NULL,
     what TEXT NOT NULL, result TEXT NOT NULL) STRICT;
   CREATE TABLE rooms (
     topic TEXT PRIMARY KEY, enabled INTEGER, paused INTEGER NOT NULL DEFAULT 0, unasked INTEGER NOT NULL DEFAULT 0,
     digest TEXT) STRICT;
   CREATE TABLE opt_outs (
     id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, rooms TEXT NOT NULL, names TEXT NOT NULL,
     senders TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
   CREATE TABLE hidden (mark TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
   CREATE TABLE feedback (
     id INTEGER PRIMARY KEY, room TEXT NOT NULL, contact TEXT NOT NULL, question TEXT NOT NULL, marks TEXT NOT NULL,
     useful INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE (room, contact, question, marks)) STRICT;
   CREATE TABLE subscriptions (
     id INTEGER PRIMARY KEY AUTOINCREMENT, room TEXT NOT NULL, contact TEXT NOT NULL, name TEXT NOT NULL,
     question TEXT NOT NULL, since INTEGER NOT NULL, UNIQUE (room, contact, question)) STRICT;
   CREATE TABLE digests (
     room TEXT NOT NULL, window TEXT NOT NULL, step TEXT NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL,
     PRIMARY KEY (room, window)) STRICT;
   INSERT INTO rooms (topic, unasked)
     SELECT DISTINCT value, 1 FROM json_each((SELECT value FROM notes WHERE name = 'unaskedRooms'));
   DELETE FROM notes WHERE name = 'unaskedRooms';`,

  `ALTER TABLE rooms ADD COLUMN weekly INTEGER;
   CREATE TABLE asked (
     id INTEGER PRIMARY KEY, room TEXT NOT NULL, contact TEXT NOT NULL, name TEXT NOT NULL, question TEXT NOT NULL,
     at INTEGER NOT NULL, answered INTEGER NOT NULL) STRICT;
   CREATE INDEX asked_when ON asked (room, at);`,

  `ALTER TABLE asked ADD COLUMN message TEXT NOT NULL DEFAULT '';`,

  `ALTER TABLE digests ADD COLUMN topics TEXT;`,
];

export const NEWEST = MIGRATIONS.length;

/**
 * The version of a file, 0 if it is empty.
 *
 * @throws StateError if it is not ours, damaged, or newer than this program
 */
export function versionOf(database: Database): number {
  const { file } = database;
  const version = Number(database.pragma('user_version'));
  const isOurs = database.pragma('application_id') === APPLICATION;
  if (isOurs ? version === 0 : version !== 0 || database.pragma('schema_version') !== 0) {
    throw new StateError(`${file} is no state of Qunshi`, 'move it away, or put a backup back with npm run restore');
  }
  if (version > NEWEST) {
    throw new StateError(
      `${file} was written by a newer program: it has schema version ${version}, and this program knows those up to ${NEWEST}`,
      'update the program, or put an older backup back with npm run restore',
    );
  }
  if (database.pragma('quick_check') !== 'ok') {
    throw new StateError(`${file} is damaged`, 'put a backup back with npm run restore');
  }
  return version;
}

/**
 * Each step is one transaction, so that a power cut leaves a file of some version.
 *
 * @param begin fills the tables of version 1, where there were none
 * @returns whether there were none
 * @throws StateError
 */
export function migrate(database: Database, begin: (database: Database) => void = () => undefined): boolean {
  const version = versionOf(database);
  MIGRATIONS.slice(version).forEach((step, i) => {
    database.transaction(() => {
      database.run(step);
      if (version + i === 0) begin(database);
      database.run(`PRAGMA user_version = ${version + i + 1}`);
    });
  });
  return version === 0;
}
