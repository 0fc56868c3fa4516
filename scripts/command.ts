/**
 * What every command line here has in common: arguments, exit codes, and who may write where.
 *
 * In: a Command and the process's arguments. Out: an exit code (0 ok, 1 failed, 2 wrong use); a fault is one line on stderr.
 */
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Where a command writes: results to `out`, everything else to `err`. */
export interface Screen {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal. */
  readonly isTTY: boolean;
}

export interface Command {
  /** As in `npm run NAME`. */
  readonly name: string;
  /** Arguments, then a line about each, for --help. */
  readonly help: string;
  readonly run: (args: readonly string[], screen: Screen) => Promise<number>;
}

/** The arguments are wrong. The message says which and what was expected, in one sentence. */
export class WrongUse extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** @throws WrongUse for an unknown option or a missing value */
export function readArguments<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongUse(inOneSentence(error as Error & { code?: string }));
  }
}

/** For a command that takes options only. @throws WrongUse for anything else */
export function readOptions<const T extends Options>(args: readonly string[], options: T) {
  const { values, positionals } = readArguments(args, options);
  nothingMore(positionals[0]);
  return values;
}

/** @throws WrongUse if there is an argument where none belongs */
export function nothingMore(argument: string | undefined): void {
  if (argument !== undefined) throw new WrongUse(`${argument} is one argument too many`);
}

/** Node adds advice about positional arguments that helps nobody here. */
function inOneSentence({ code, message }: Error & { code?: string }): string {
  const option = /'(--?[\w-]+)/.exec(message)?.[1] ?? 'an option';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${option} is not an option`;
  return message.includes('does not take an argument') ? `${option} takes no value` : `${option} needs a value`;
}

/** @throws WrongUse unless `path` was given */
export function required(path: string | undefined, option: string): string {
  if (path === undefined || path === '') throw new WrongUse(`${option} is missing`);
  return path;
}

/** For a command that takes nothing but a file. @throws WrongUse unless exactly one was given */
export function onlyFile(args: readonly string[]): string {
  const { positionals } = readArguments(args, {});
  nothingMore(positionals[1]);
  return required(positionals[0], 'FILE');
}

/** @throws WrongUse unless `path` was given and is a folder */
export function existingFolder(path: string | undefined, option: string): string {
  return existing(required(path, option), option, 'folder');
}

/** @throws WrongUse unless `path` is a file */
export function existingFile(path: string, option: string): string {
  return existing(path, option, 'file');
}

function existing(path: string, option: string, kind: 'folder' | 'file'): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory() !== (kind === 'folder'))
    throw new WrongUse(`${option}: there is no ${kind} ${path}`);
  return path;
}

/** @throws WrongUse unless it is a whole number from 1 on */
export function wholeNumber(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new WrongUse(`${option} needs a whole number of at least 1`);
  return number;
}

/** @throws WrongUse unless it is a day, YYYY-MM-DD */
export function dayIn(date: string, option: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  if (!isDay) throw new WrongUse(`${option}: ${date} is no day such as 2024-05-06`);
  return date;
}

/** A file being written line by line, or the screen where no file was asked for. */
export interface Lines {
  readonly write: (value: object) => void;
  readonly close: () => void;
}

/**
 * Opens a file for JSON lines before any work is done, so that a wrong path costs none.
 *
 * @throws WrongUse if the file cannot be written
 */
export function jsonLines(path: string | undefined, option: string, screen: Screen): Lines {
  if (path === undefined) return { write: (value) => screen.out(`${JSON.stringify(value)}\n`), close: () => undefined };
  let file: number;
  try {
    file = openSync(path, 'w');
  } catch (error) {
    throw new WrongUse(`${option}: ${path} cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
  return { write: (value) => writeSync(file, `${JSON.stringify(value)}\n`), close: () => closeSync(file) };
}

/** Runs a command and turns whatever it throws into one line and an exit code. */
export async function runCommand({ name, help, run }: Command, args: readonly string[], screen: Screen): Promise<number> {
  const end = args.indexOf('--');
  if (args.slice(0, end === -1 ? args.length : end).includes('--help')) {
    // A command without arguments has only what it does to tell.
    screen.out(`usage: npm run -s ${name}${help.startsWith('\n') ? '' : ' -- '}${help}\n`);
    return 0;
  }
  try {
    return await run(args, screen);
  } catch (error) {
    const { message } = error as Error;
    const isWrongUse = error instanceof WrongUse;
    screen.err(`${name}: ${message}${isWrongUse ? ` (npm run -s ${name} -- --help tells how)` : ''}\n`);
    return isWrongUse ? 2 : 1;
  }
}

/** Runs the command if its file is what Node was started with, and does nothing if it was imported. */
export async function runIfEntry(moduleUrl: string, command: Command): Promise<void> {
  if (process.argv[1] !== fileURLToPath(moduleUrl)) return;
  // A reader that has seen enough ("| head") is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  process.exitCode = await runCommand(command, process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTTY: process.stderr.isTTY === true,
  });
}
