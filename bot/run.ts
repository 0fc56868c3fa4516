/**
 * The bot as a program: settings -> knowledge -> chat -> conversation.
 *
 * In: arguments, variables, streams. Out: a group in the terminal or a member of WeChat groups, until it ends with an exit
 * code of exit-codes.ts.
 */
import { dirname, join } from 'node:path';
import { type DestinationStream, type Logger, pino } from 'pino';
import {
  type Addition,
  ArchiveError,
  type Knowledge,
  type MeaningChoice,
  type MeaningState,
  openKnowledge,
} from '../knowledge/index.js';
import { createAlerts } from './alerts.js';
import { runTerminal } from './chat/terminal/run.js';
import type { Terminal } from './chat/terminal/session.js';
import { PuppetError, RefusedError } from './chat/wechat.js';
import { BROKEN, ENDED_WELL, FAILED, REFUSED, WRONG_USE } from './exit-codes.js';
import { PortError } from './health.js';
import { live } from './live.js';
import { localTime } from './local-time.js';
import { type Options, readOptions, USAGE, UsageError } from './options.js';
import { terminalPace } from './pace.js';
import { showProgress } from './progress.js';
import { reasonOf } from './reason.js';
import { serve } from './serve.js';
import { readEnvFile, readSettings, type Settings, SettingsError, type Variables } from './settings.js';
import { privateFile, privateFolder } from './state/folder.js';
import { blankState, openState } from './state/open.js';
import { StateError } from './state/state.js';

/** What a process gives a program. */
export interface Surroundings extends Terminal {
  readonly args: readonly string[];
  readonly variables: Variables;
  /** File with further variables, which the process's own override. */
  readonly envFile: string;
  readonly errors: Terminal['output'];
  /** Aborted, with the signal as its reason, when the program is to end. */
  readonly stopped: AbortSignal;
  /** Calls back whenever the archive is to be read again. */
  readonly onReload: (call: () => void) => void;
  /** Ends the process within this very call, where waiting would do harm. */
  readonly exit: (code: number) => void;
  /** How often the supervisor has started the bot again. */
  readonly restarts: number;
}

/** Fulfilled with the exit code when the program ends by itself; never rejects. A fault is told in one sentence on `errors`. */
export async function run(surroundings: Surroundings): Promise<number> {
  try {
    return await start(surroundings);
  } catch (error) {
    const { sentence, code } = explain(error);
    surroundings.errors.write(`${sentence}\n`);
    return code;
  }
}

async function start({
  args,
  variables,
  envFile,
  errors,
  stopped,
  restarts,
  exit,
  onReload,
  ...terminal
}: Surroundings): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    terminal.output.write(USAGE);
    return ENDED_WELL;
  }
  const settings = readSettings({ ...readEnvFile(envFile), ...variables });
  const { puppet } = settings;
  if (puppet !== undefined && (options.say ?? options.as ?? options.room) !== undefined) {
    throw new UsageError('--say, --as and --room belong to the terminal group, but WECHATY_PUPPET is set');
  }
  const log = openLog(settings, errors);

  const work = async (): Promise<number> => {
    if (puppet === undefined) {
      return talkInTerminal(settings, options, await load(settings, options.say !== undefined, log, errors), log, terminal);
    }
    const { alertWebhook: webhook, dataDir } = settings;
    const alert = createAlerts({ ...(webhook ? { webhook } : {}), post: fetch, clock: Date.now, log });
    // First of all: a second bot would do its work on the first one's files.
    const state = openState({ dataDir, onFault: (sentence) => void alert('state not written', sentence) });
    try {
      const knowledge = await load(settings, false, log, errors);
      const show = (text: string) => errors.write(text);
      return await live({ settings, puppet, knowledge, state, alert, restarts, stopped, exit, onReload, show, log });
    } finally {
      state.close();
    }
  };
  // A bot in WeChat ends by itself, with everything on disk; the terminal group has nothing to lose.
  return puppet === undefined ? Promise.race([work(), whenAborted(stopped)]) : work();
}

async function whenAborted(stopped: AbortSignal): Promise<number> {
  if (!stopped.aborted) await new Promise((resolve) => stopped.addEventListener('abort', resolve, { once: true }));
  return ENDED_WELL;
}

/** Made once and handed down. In the terminal group the screen belongs to the conversation, so the log goes to a file. */
function openLog({ puppet, dataDir, logLevel }: Settings, errors: Terminal['output']): Logger {
  const options = { level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(
    options,
    puppet === undefined ? logFile(join(dataDir, 'terminal.log'), errors) : pino.destination({ dest: 2, sync: true }),
  );
}

function logFile(file: string, errors: Terminal['output']): DestinationStream {
  try {
    privateFolder(dirname(file));
    privateFile(file);
    return pino.destination({ dest: file, sync: true });
  } catch (error) {
    errors.write(`DATA_DIR: no log, for it cannot be written: ${reasonOf(error)}\n`);
    return { write: () => undefined };
  }
}

async function load(settings: Settings, isBrief: boolean, log: Logger, errors: Terminal['output']): Promise<Knowledge> {
  const progress = showProgress({ isTTY: errors.isTTY === true, write: (text) => errors.write(text) }, Date.now);
  try {
    const meaning = meaningFor(settings, isBrief);
    const onSnapshotFault = (fault: string) => log.warn({ fault }, 'the next start will read the whole archive');
    const knowledge = await openKnowledge({
      archive: settings.archive,
      zone: settings.zone,
      onProgress: progress.report,
      // Of use where the program starts often, and by itself.
      ...(settings.puppet === undefined ? {} : { snapshot: join(settings.dataDir, 'snapshot'), onSnapshotFault }),
      ...(meaning ? { meaning, onMeaning: meaningLog(log) } : {}),
    });
    const { warnings, ...counts } = knowledge.summary();
    log.info({ ...counts, warnings: warnings.length }, 'archive loaded');
    for (const { file, line, what } of warnings) log.warn({ file, line }, what);
    for (const [live, rooms] of settings.roomMap) {
      const unknown = rooms.filter((room) => !counts.rooms.includes(room));
      if (unknown.length > 0) log.warn({ live, unknown }, 'ROOM_MAP names rooms that the archive does not have');
    }
    return settings.isSample ? withoutAdditions(knowledge) : knowledge;
  } finally {
    progress.end();
  }
}

/** The sample belongs to the project: nobody's names and words are written there. */
function withoutAdditions(knowledge: Knowledge): Knowledge {
  const refuse = async (): Promise<Addition> => ({ outcome: 'refused', because: 'sample' });
  return { ...knowledge, addAlias: refuse, addWord: refuse };
}

/** One question and out: no time to fetch a model that is not there. */
function meaningFor({ meaning }: Settings, isBrief: boolean): MeaningChoice | undefined {
  return meaning && 'folder' in meaning && isBrief ? { ...meaning, fetchMissing: false } : meaning;
}

/** Tells each tenth of the way, what went wrong, and that all is there. */
function meaningLog(log: Logger): (state: MeaningState) => void {
  let told = '';
  return ({ ready, total, fetching, fault, model }) => {
    const tenth = (part: number, all: number) => Math.floor((10 * part) / Math.max(1, all));
    const step = fault ?? (fetching ? `fetching ${tenth(fetching.done, fetching.total)}` : `vectors ${tenth(ready, total)}`);
    if (step === told) return;
    told = step;
    if (fault !== undefined) log.warn({ fault }, 'no meaning model, answering by words alone; npm run model fetches it');
    else if (fetching) log.info(fetching, 'fetching the meaning model');
    else log.info({ model, ready, total }, 'meaning model');
  };
}

async function talkInTerminal(
  settings: Settings,
  options: Options,
  knowledge: Knowledge,
  log: Logger,
  terminal: Terminal,
): Promise<number> {
  const { rooms } = knowledge.summary();
  if (options.room !== undefined && !rooms.includes(options.room) && !settings.roomMap.has(options.room)) {
    throw new UsageError(`--room: the archive has no room ${JSON.stringify(options.room)}; it has ${rooms.join(', ') || 'none'}`);
  }
  return runTerminal({
    ...terminal,
    ...options,
    botNames: settings.botNames,
    knowledge,
    roomMap: settings.roomMap,
    isSample: settings.isSample,
    log,
    attach(chat, owner) {
      const [state, login] = [blankState(), chat.me()?.id];
      // Whoever started the program may do everything.
      const { id: contact, name } = owner;
      if (login !== undefined) state.admins.add({ login, contact, name, since: Date.now(), by: 'terminal' });
      serve({
        ...{ chat, knowledge, state, log },
        roomMap: settings.roomMap,
        rooms: 'all',
        pace: terminalPace,
        dailyCap: Number.POSITIVE_INFINITY,
        digest: settings.digest,
        zone: settings.zone,
        local: localTime(settings.zone),
        clock: Date.now,
        alert: async () => undefined,
      });
    },
  });
}

function explain(error: unknown): { readonly sentence: string; readonly code: number } {
  if (error instanceof SettingsError) return { sentence: error.message, code: WRONG_USE };
  if (error instanceof UsageError) return { sentence: `${error.message} (npm start -- --help tells how)`, code: WRONG_USE };
  if (error instanceof RefusedError) return { sentence: error.message, code: REFUSED };
  const isKnown =
    error instanceof ArchiveError || error instanceof PuppetError || error instanceof PortError || error instanceof StateError;
  return isKnown ? { sentence: error.message, code: FAILED } : { sentence: `qunshi failed: ${reasonOf(error)}`, code: BROKEN };
}
