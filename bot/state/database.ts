/**
 * One SQLite database, so that the rest need not know which package reads it.
 *
 * In: a file, SQL. Out: rows as their schema has them, and StateError in one sentence for whatever goes wrong.
 *
 * What the binding does not do is done here: it ignores `readonly`, answers a boolean by ending the process, and after a full
 * disk rolls back what SQLite has rolled back already; and a text with a NUL comes back without what follows it.
 */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { z } from 'zod';
import { StateError } from './state.js';

export type Value = string | number | null;

/** Of the last statement: how many rows it changed, and the number of the row it added. */
export interface Changed {
  readonly changes: number;
  readonly id: number;
}

export interface Query<Row> {
  all(...values: readonly Value[]): readonly Row[];
  first(...values: readonly Value[]): Row | undefined;
}

export interface Database {
  /** Absolute, or `:memory:`. */
  readonly file: string;
  /** Prepared once. Columns that the schema does not name are left out. */
  query<Row>(sql: string, row: z.ZodType<Row>): Query<Row>;
  command(sql: string): (...values: readonly Value[]) => Changed;
  /** Several statements, without values. */
  run(sql: string): void;
  /** All of it or nothing; on disk when it returns. */
  transaction<T>(work: () => T): T;
  /** The value of a pragma. */
  pragma(name: string): Value;
  /** Writes a copy of everything into a new or empty file. */
  copyTo(file: string): void;
  close(): void;
}

/** Told of a write that failed, once until one succeeds again: a full disk is one fault, however often it is met. */
export type OnFault = (sentence: string) => void;

/** Another process writes for milliseconds only, ms. */
const BUSY = 2_000;

/** A new file is made. @throws StateError */
export function openDatabase(file: string, onFault: OnFault): Database {
  const database = connect(file, file, onFault);
  return {
    ...database,
    close() {
      try {
        // The binding lets go of a file only when it is collected as garbage, so SQLite would not tidy up: without this the
        // latest changes stay in a second file, and whoever copies the first has half of it.
        database.run('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
      }
      database.close();
    },
  };
}

/**
 * Others may read while this process writes, and every commit is flushed to the disk (`synchronous = FULL`): who was told that
 * he is forgotten stays so after a power cut. Changes the file, so it has to be ours.
 */
export function makeDurable(database: Database): void {
  database.run('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
}

/** Nothing can be written through it. @throws StateError */
export function openForReading(file: string): Database {
  if (!existsSync(file)) throw new StateError(`there is no file ${file}; a bot makes it when it first runs`);
  return connect(`${pathToFileURL(file).href}?mode=ro`, file, () => undefined);
}

export function openInMemory(): Database {
  return connect(':memory:', ':memory:', () => undefined);
}

function connect(address: string, file: string, onFault: OnFault): Database {
  const read = <T>(work: () => T): T => inOneSentence(`${file} cannot be read`, work);
  const sqlite = read(() => new Libsql(address, { timeout: BUSY }));
  let told = false;
  const write = <T>(work: () => T): T => {
    try {
      const result = inOneSentence(`${file} cannot be written`, work);
      // Within a transaction nothing is written yet.
      if (!sqlite.inTransaction) told = false;
      return result;
    } catch (error) {
      if (!told && error instanceof StateError) onFault(error.message);
      told = true;
      throw error;
    }
  };
  const rowsOf = <Row>(sql: string, row: z.ZodType<Row>): Query<Row> => {
    const statement = read(() => sqlite.prepare(sql));
    const all = (...values: readonly Value[]) => read(() => z.array(row).parse(statement.all(...values.map(storable))));
    return { all, first: (...values) => all(...values)[0] };
  };
  return {
    file,
    query: rowsOf,
    command(sql) {
      const statement = read(() => sqlite.prepare(sql));
      return (...values) => {
        const { changes, lastInsertRowid } = write(() => statement.run(...values.map(storable)));
        return { changes, id: Number(lastInsertRowid) };
      };
    },
    run: (sql) => write(() => void sqlite.exec(sql)),
    transaction: (work) =>
      write(() => {
        sqlite.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          sqlite.exec('COMMIT');
          return result;
        } catch (error) {
          if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
          throw error;
        }
      }),
    pragma(name) {
      const row = read(() =>
        z.record(z.string(), z.union([z.string(), z.number(), z.null()])).parse(sqlite.prepare(`PRAGMA ${name}`).all()[0]),
      );
      return Object.values(row)[0] ?? null;
    },
    copyTo(target) {
      inOneSentence(`${target} cannot be written`, () => sqlite.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`));
    },
    close: () => void sqlite.close(),
  };
}

/** Half a character and NUL would come back as something else. Both are in no name that a person can read. */
function storable(value: Value): Value {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd') : value;
}

/** What to do about it, by SQLite's code. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_(CORRUPT|NOTADB)/, 'put a backup back with npm run restore'],
  [/^SQLITE_FULL/, 'make room there'],
  [/^SQLITE_READONLY/, 'the user that the bot runs as must be allowed to write there'],
];

function inOneSentence<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StateError) throw error;
    if (error instanceof z.ZodError) throw new StateError(`${what}: it holds a row that this program does not know`);
    const { message, code } = error as Error & { readonly code?: string };
    const [, remedy] = REMEDIES.find(([codes]) => codes.test(code ?? '')) ?? [];
    throw new StateError(`${what}: ${message}`, remedy);
  }
}

// === What SQLite has no type for

export const FLAG = z.number().transform((value) => value !== 0);

export function flag(value: boolean): number {
  return value ? 1 : 0;
}

/** A column that holds JSON. */
export function json<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

export const TEXTS = json(z.array(z.string()));
