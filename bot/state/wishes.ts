/**
 * What people asked for: to be forgotten, that something is not shown again, to be told when a question is answered; and
 * what they thought of answers.
 *
 * In: a database. Out: each of these, oldest first.
 */
import { z } from 'zod';
import { type Database, FLAG, flag, TEXTS } from './database.js';
import type { Feedback, Hidden, OptOut, OptOuts, Subscriptions } from './state.js';

const OPT_OUT = z.object({
  id: z.number(),
  kind: z.enum(['forgotten', 'unrecorded']),
  ...{ rooms: TEXTS, names: TEXTS, senders: TEXTS },
  since: z.number(),
});
const MARK = z.object({ mark: z.string(), by: z.string(), at: z.number() });
const JUDGEMENT = z.object({ question: z.string(), marks: TEXTS, useful: FLAG });
const SUBSCRIPTION = z.object({
  id: z.number(),
  ...{ room: z.string(), contact: z.string(), name: z.string(), question: z.string() },
  since: z.number(),
});

export function optOutsIn(database: Database): OptOuts {
  const every = database.query('SELECT * FROM opt_outs ORDER BY id', OPT_OUT);
  // Every message asks for them, and only this process writes them, for the lock keeps others out.
  let held: readonly OptOut[] | undefined;
  const put = database.command('INSERT INTO opt_outs (kind, rooms, names, senders, since) VALUES (?, ?, ?, ?, ?)');
  const remove = database.command('DELETE FROM opt_outs WHERE id = ?');
  return {
    all() {
      held ??= every.all();
      return held;
    },
    add(optOut) {
      const { kind, rooms, names, senders, since } = optOut;
      const { id } = put(kind, JSON.stringify(rooms), JSON.stringify(names), JSON.stringify(senders), since);
      held = undefined;
      return { ...optOut, id };
    },
    remove(id) {
      remove(id);
      held = undefined;
    },
  };
}

export function hiddenIn(database: Database): Hidden {
  const all = database.query('SELECT mark, by, at FROM hidden ORDER BY at, mark', MARK);
  const put = database.command('INSERT INTO hidden (mark, by, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const remove = database.command('DELETE FROM hidden WHERE mark = ?');
  return {
    all: () => all.all().map(({ mark }) => mark),
    acts() {
      const acts = new Map<string, string[]>();
      for (const { mark, by, at } of all.all()) {
        const act = `${at} ${by}`;
        acts.set(act, [...(acts.get(act) ?? []), mark]);
      }
      return [...acts.values()].reverse();
    },
    add(marks, by, at) {
      database.transaction(() => {
        for (const mark of marks) put(mark, by, at);
      });
    },
    remove(marks) {
      database.transaction(() => {
        for (const mark of marks) remove(mark);
      });
    },
  };
}

/** Whoever judges the same excerpt for the same question again has changed his mind, and counts once. */
export function feedbackIn(database: Database): Feedback {
  const all = database.query('SELECT question, marks, useful FROM feedback ORDER BY id', JUDGEMENT);
  const put = database.command(
    `INSERT INTO feedback (room, contact, question, marks, useful, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET useful = excluded.useful, at = excluded.at`,
  );
  return {
    all: () => all.all(),
    add: ({ room, contact, question, marks, useful, at }) =>
      void put(room, contact, question, JSON.stringify(marks), flag(useful), at),
  };
}

export function subscriptionsIn(database: Database): Subscriptions {
  const all = database.query('SELECT * FROM subscriptions ORDER BY id', SUBSCRIPTION);
  const put = database.command(
    'INSERT INTO subscriptions (room, contact, name, question, since) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = database.command('DELETE FROM subscriptions WHERE id = ?');
  return {
    all: () => all.all(),
    add(subscription) {
      const { room, contact, name, question, since } = subscription;
      const { changes, id } = put(room, contact, name, question, since);
      return changes === 0 ? undefined : { ...subscription, id };
    },
    remove: (id) => remove(id).changes > 0,
  };
}
