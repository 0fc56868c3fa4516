/**
 * What admins have set for each room.
 *
 * In: a database. Out: the settings by the live room's name; of a room nobody has set anything for, what holds everywhere.
 */
import { z } from 'zod';
import { type Database, FLAG, flag } from './database.js';
import type { RoomSetting, RoomSettings } from './state.js';

const ROW = z
  .object({
    topic: z.string(),
    enabled: FLAG.nullable(),
    paused: FLAG,
    unasked: FLAG,
    digest: z.string().nullable(),
    weekly: FLAG.nullable(),
  })
  .transform(({ topic, enabled, paused, unasked, digest, weekly }) => {
    const setting: RoomSetting = {
      ...{ paused, unasked },
      ...(enabled === null ? {} : { enabled }),
      ...(digest === null ? {} : { digest }),
      ...(weekly === null ? {} : { weekly }),
    };
    return { topic, setting };
  });

const UNSET: RoomSetting = { paused: false, unasked: false };

export function roomsIn(database: Database): RoomSettings {
  const one = database.query('SELECT * FROM rooms WHERE topic = ?', ROW);
  const every = database.query('SELECT * FROM rooms ORDER BY topic', ROW);
  const put = database.command(
    'INSERT OR REPLACE INTO rooms (topic, enabled, paused, unasked, digest, weekly) VALUES (?, ?, ?, ?, ?, ?)',
  );
  // Every message asks for its room's, and only this process writes them, for the lock keeps others out.
  const held = new Map<string, RoomSetting>();
  const get = (topic: string): RoomSetting => {
    const setting = held.get(topic) ?? one.first(topic)?.setting ?? UNSET;
    held.set(topic, setting);
    return setting;
  };
  return {
    get,
    set(topic, change) {
      const { enabled, paused, unasked, digest, weekly } = { ...get(topic), ...change };
      const maybe = (value: boolean | undefined) => (value === undefined ? null : flag(value));
      put(topic, maybe(enabled), flag(paused), flag(unasked), digest ?? null, maybe(weekly));
      held.delete(topic);
    },
    all: () => new Map(every.all().map(({ topic, setting }) => [topic, setting])),
  };
}
