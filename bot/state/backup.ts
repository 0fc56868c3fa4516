/**
 * A copy of the whole state in one file, made while the bot works.
 *
 * In: an open database, a file that does not exist. Out: that file, complete and checked, or nothing.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { type Database, openForReading } from './database.js';
import { PRIVATE_FILE } from './folder.js';
import { versionOf } from './schema.js';
import { StateError } from './state.js';

/** It gets its name when it is whole and on the disk: a copy cut short would be found out only when it is needed. @throws StateError */
export function backUp(database: Database, file: string): void {
  if (existsSync(file)) throw new StateError(`${file} exists already, and a backup overwrites nothing`);
  const part = `${file}.${process.pid}.part`;
  try {
    makePrivate(part);
    database.copyTo(part);
    checkState(part);
    flushToDisk(part);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error instanceof StateError ? error : new StateError(`${file} cannot be written: ${(error as Error).message}`);
  }
}

/** The schema version of a file. @throws StateError if it is no whole state of a version that is known here */
export function checkState(file: string): number {
  const database = openForReading(file);
  try {
    const version = versionOf(database);
    if (version === 0) throw new StateError(`${file} is empty`);
    if (database.pragma('integrity_check') !== 'ok') throw new StateError(`${file} is damaged`);
    return version;
  } finally {
    database.close();
  }
}

/** SQLite writes into an empty file as it is, and makes a new one for everybody to read. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'wx', PRIVATE_FILE));
}

function flushToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
