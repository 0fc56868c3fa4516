/**
 * The environment -> Settings.
 *
 * In: variables, from the process and from a `.env` file (the process wins; an empty value counts as not set).
 * Out: the settings, or every fault at once, each by the variable's name and with what was expected.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { type MeaningChoice, MODEL_NAME } from '../knowledge/index.js';
import type { Seconds } from './pace.js';
import { projectRoot } from './project-root.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface Settings {
  /** Folder of transcripts. */
  readonly archive: string;
  /** Whether `archive` is the sample that comes with the project. */
  readonly isSample: boolean;
  /** IANA zone of the times in transcripts. */
  readonly zone: string;
  /** npm name of a Wechaty puppet; absent: the group in the terminal. */
  readonly puppet?: string;
  /** Further names that call the bot. */
  readonly botNames: readonly string[];
  /** Live room -> archive rooms, where the names differ. */
  readonly roomMap: ReadonlyMap<string, readonly string[]>;
  /** Names of the live rooms where the bot listens and answers, besides those that an admin enabled. */
  readonly rooms: readonly string[];
  /** Folder for what the bot keeps: the login, its log. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Pause between two messages the bot sends, drawn anew each time. */
  readonly sendPause: Seconds;
  /** Whether a change in the archive's files reloads it. */
  readonly watch: boolean;
  /** Messages sent in a day at most. */
  readonly dailyCap: number;
  readonly digest: DigestSettings;
  /** Loopback port of `/healthz` and `/metrics`; absent: none is opened. */
  readonly httpPort?: number;
  /** Where alerts are posted besides the log. */
  readonly alertWebhook?: string;
  /** The optional meaning model; absent if SEMANTIC_MODEL is `none`. */
  readonly meaning?: MeaningChoice;
}

export interface DigestSettings {
  /** `HH:MM`, local; absent: none is posted unless a room asks for it. */
  readonly time?: string;
  /** Whether a digest of the week comes on Mondays. */
  readonly weekly: boolean;
  readonly format: 'text' | 'image' | 'both';
  /** What is posted of a quiet day: nothing, or one line. */
  readonly quietDays: 'skip' | 'line';
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** One fault a line: `NAME: expected …, got "…"`. */
export class SettingsError extends Error {}

const LOG_LEVELS: readonly [LogLevel, ...LogLevel[]] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const schema = z.object({
  ARCHIVE: z.string().optional(),
  TIME_ZONE: z.string().default('Asia/Shanghai').refine(isTimeZone, 'a time zone such as Asia/Shanghai'),
  WECHATY_PUPPET: z
    .string()
    .regex(/^(@[\w.-]+\/)?[\w.-]+$/, 'the npm name of a Wechaty puppet, such as wechaty-puppet-wechat4u')
    .optional(),
  BOT_NAMES: z.string().default('').transform(list),
  ROOM_MAP: z.string().default('').transform(roomMap),
  ROOMS: z.string().default('').transform(list),
  WATCH: z.enum(['0', '1'], '0 or 1').default('0'),
  DATA_DIR: z.string().default('data'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
  SEND_PAUSE: z.string().default('1-2').transform(seconds),
  DAILY_CAP: z.string().default('500').transform(wholeNumber(1, 100_000)),
  DIGEST_AT: z.string().default('09:00').refine(isTimeOfDay, 'a time of day such as 09:00, or off'),
  DIGEST_WEEKLY: z.enum(['0', '1'], '0 or 1').default('1'),
  DIGEST_FORMAT: z.enum(['text', 'image', 'both'], 'text, image or both').default('text'),
  DIGEST_QUIET_DAYS: z.enum(['skip', 'line'], 'skip or line').default('skip'),
  HTTP_PORT: z.string().transform(wholeNumber(1, 65_535)).optional(),
  ALERT_WEBHOOK: z.string().refine(isWebAddress, 'an http or https address').optional(),
  SEMANTIC_MODEL: z.string().optional(),
  EMBEDDING_URL: z
    .string()
    .refine(isWebAddress, 'an http or https address such as https://api.example.com/v1/embeddings')
    .optional(),
  EMBEDDING_MODEL: z.string().default('text-embedding-3-small'),
  EMBEDDING_KEY: z.string().optional(),
});

/**
 * @param variables as in `process.env`
 * @throws SettingsError naming every variable that is wrong
 */
export function readSettings(variables: Variables): Settings {
  const set = Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value.trim()]],
    ),
  );
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name}: expected ${message}, got ${JSON.stringify(set[name])}`;
    });
    throw new SettingsError(faults.join('\n'));
  }
  const { ARCHIVE, TIME_ZONE, WECHATY_PUPPET, BOT_NAMES, ROOM_MAP, DATA_DIR, LOG_LEVEL, HTTP_PORT, ALERT_WEBHOOK } = parsed.data;
  const meaning = meaningChoice(parsed.data);
  return {
    archive: resolve(ARCHIVE ?? sampleArchive()),
    isSample: ARCHIVE === undefined || resolve(ARCHIVE) === sampleArchive(),
    zone: TIME_ZONE,
    ...(WECHATY_PUPPET === undefined ? {} : { puppet: WECHATY_PUPPET }),
    botNames: BOT_NAMES,
    roomMap: ROOM_MAP,
    rooms: parsed.data.ROOMS,
    watch: parsed.data.WATCH === '1',
    dataDir: resolve(DATA_DIR),
    logLevel: LOG_LEVEL,
    sendPause: parsed.data.SEND_PAUSE,
    dailyCap: parsed.data.DAILY_CAP,
    digest: digestSettings(parsed.data),
    ...(HTTP_PORT === undefined ? {} : { httpPort: HTTP_PORT }),
    ...(ALERT_WEBHOOK === undefined ? {} : { alertWebhook: ALERT_WEBHOOK }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}

function digestSettings(set: z.infer<typeof schema>): DigestSettings {
  return {
    ...(set.DIGEST_AT === 'off' ? {} : { time: set.DIGEST_AT }),
    weekly: set.DIGEST_WEEKLY === '1',
    format: set.DIGEST_FORMAT,
    quietDays: set.DIGEST_QUIET_DAYS,
  };
}

/** An endpoint that was named goes before the local model; `SEMANTIC_MODEL=none` turns off both. */
function meaningChoice(set: z.infer<typeof schema>): MeaningChoice | undefined {
  const cache = resolve(set.DATA_DIR, 'vectors');
  if (set.SEMANTIC_MODEL === 'none') return undefined;
  if (set.EMBEDDING_URL !== undefined) {
    const key = set.EMBEDDING_KEY === undefined ? {} : { key: set.EMBEDDING_KEY };
    return { url: set.EMBEDDING_URL, model: set.EMBEDDING_MODEL, ...key, cache };
  }
  // A folder that was named is the owner's; only the default one is filled unasked.
  if (set.SEMANTIC_MODEL !== undefined) return { folder: resolve(set.SEMANTIC_MODEL), cache, fetchMissing: false };
  return { folder: resolve(set.DATA_DIR, 'models', MODEL_NAME), cache, fetchMissing: true };
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : '');
}

/**
 * The variables of a `.env` file, if there is one.
 *
 * @throws SettingsError if there is something that cannot be read
 */
export function readEnvFile(file: string): Variables {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new SettingsError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function isTimeOfDay(text: string): boolean {
  return /^(off|([01]\d|2[0-3]):[0-5]\d)$/.test(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function wholeNumber(least: number, most: number) {
  return (text: string, context: z.RefinementCtx): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    context.addIssue({ code: 'custom', message: `a whole number from ${least} to ${most}` });
    return z.NEVER;
  };
}

function seconds(text: string, context: z.RefinementCtx): Seconds {
  const [, least = Number.NaN, most = least] = (/^(\d+(?:\.\d+)?)(?:\s*-\s*(\d+(?:\.\d+)?))?$/.exec(text) ?? []).map((part) =>
    part === undefined ? undefined : Number(part),
  );
  if (least <= most) return { least, most };
  context.addIssue({ code: 'custom', message: 'seconds, or from-to such as 1-2' });
  return z.NEVER;
}

function list(text: string): readonly string[] {
  return text
    .split(/[,，]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function roomMap(text: string, context: z.RefinementCtx): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const entry of text.split(/[;；]/).filter((part) => part.trim() !== '')) {
    const at = entry.indexOf('=');
    const live = entry.slice(0, Math.max(at, 0)).trim();
    const rooms = list(entry.slice(at + 1));
    if (live === '' || rooms.length === 0) {
      context.addIssue({ code: 'custom', message: '"live room=archive room[,archive room]" with ; between the entries' });
    } else if (map.has(live)) {
      context.addIssue({ code: 'custom', message: `the live room ${JSON.stringify(live)} only once` });
    }
    map.set(live, rooms);
  }
  return map;
}

/** The sample stands beside the sources and is not copied to `dist/`. */
function sampleArchive(): string {
  return join(projectRoot(), 'knowledge', 'sample');
}
