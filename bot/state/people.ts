/**
 * Who may do what, and what was done.
 *
 * In: a database. Out: the admins of each login, and the audit log.
 */
import { z } from 'zod';
import type { Database } from './database.js';
import { type Admins, type Audit, StateError } from './state.js';

const ADMIN = z.object({ login: z.string(), contact: z.string(), name: z.string(), since: z.number(), by: z.string() });
const ACT = z.object({
  at: z.number(),
  ...{ who: z.string(), contact: z.string(), room: z.string(), what: z.string(), result: z.string() },
});

export function adminsIn(database: Database): Admins {
  const ofLogin = database.query(
    'SELECT login, contact, name, since, by FROM admins WHERE login = ? ORDER BY since, contact',
    ADMIN,
  );
  const put = database.command('INSERT OR REPLACE INTO admins (login, contact, name, since, by) VALUES (?, ?, ?, ?, ?)');
  const remove = database.command('DELETE FROM admins WHERE login = ? AND contact = ?');
  return {
    of: (login) => ofLogin.all(login),
    add: ({ login, contact, name, since, by }) => void put(login, contact, name, since, by),
    remove: (login, contact) => remove(login, contact).changes > 0,
  };
}

export function auditIn(database: Database): Audit {
  const latest = database.query('SELECT at, who, contact, room, what, result FROM audit ORDER BY id DESC LIMIT ?', ACT);
  const add = database.command('INSERT INTO audit (at, who, contact, room, what, result) VALUES (?, ?, ?, ?, ?, ?)');
  return {
    add({ at, who, contact, room, what, result }) {
      try {
        add(at, who, contact, room, what, result);
      } catch (error) {
        // What an admin did is done, and the operator knows of the disk: 暂停 must work when nothing else does.
        if (!(error instanceof StateError)) throw error;
      }
    },
    latest: (count) => latest.all(count),
  };
}
