/**
 * What an earlier version kept in bot.json -> a new database.
 *
 * In: that file, tables of version 1. Out: its notes in them. It is read once and then renamed, not deleted: whoever goes back
 * to the earlier version can give it its name again, and nobody takes the old one for the truth.
 */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database, OnFault } from './database.js';
import { StateError } from './state.js';

const BOT_JSON = z.looseObject({ answered: z.array(z.string()).default([]) });

export interface OldNotes {
  /** Writes them into the tables of version 1. */
  fill(database: Database): void;
  /** To be called when they are safe there. */
  putAway(): void;
}

/** A file that cannot be read is told and left where it is; it held counts of a day and no promise. */
export function oldNotes(dataDir: string, onFault: OnFault): OldNotes {
  const file = join(dataDir, 'bot.json');
  const found = existsSync(file) ? readNotes(file, onFault) : undefined;
  return {
    fill(database) {
      if (found === undefined) return;
      const { answered, ...notes } = found;
      const note = database.command('INSERT INTO notes (name, value) VALUES (?, ?)');
      const answer = database.command('INSERT INTO answered (id) VALUES (?) ON CONFLICT DO NOTHING');
      for (const [name, value] of Object.entries(notes)) note(name, JSON.stringify(value));
      for (const id of answered) answer(id);
    },
    putAway() {
      if (found === undefined) return;
      try {
        renameSync(file, `${file}.imported`);
      } catch (error) {
        throw new StateError(`${file} cannot be renamed: ${(error as Error).message}`);
      }
    },
  };
}

function readNotes(file: string, onFault: OnFault): z.infer<typeof BOT_JSON> | undefined {
  try {
    return BOT_JSON.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    onFault(`${file} cannot be read and is left aside`);
    return undefined;
  }
}
