/**
 * `npm run status`: how the bot is, from outside.
 *
 * In: DATA_DIR, read only, and the bot's health port, if it has one. Out: whether it runs and what it knows, as text or as
 * JSON. Nothing that was said in a group.
 */
import type { Health } from '../bot/health.js';
import type { Settings } from '../bot/settings.js';
import { holderOf } from '../bot/state/lock.js';
import { readState } from '../bot/state/open.js';
import { NEWEST } from '../bot/state/schema.js';
import type { DigestMark, RoomSetting, State } from '../bot/state/state.js';
import { type Command, readOptions, runIfEntry } from './command.js';
import { settingsHere } from './settings-here.js';

interface RoomStatus extends RoomSetting {
  readonly room: string;
  readonly lastDigest?: Pick<DigestMark, 'window' | 'step' | 'tries'> & { readonly at: string };
}

/** Moments are ISO 8601. */
interface Status {
  /** Absent: no bot runs. 0: it has only just begun. */
  readonly process?: number;
  /** What the running bot says; absent if it has no HTTP_PORT, or does not answer there. */
  readonly health?: Health;
  readonly archive: string;
  readonly dataDir: string;
  readonly schemaVersion: number;
  readonly lastHeard?: string;
  /** Messages sent on the last day on which any were. */
  readonly sent: { readonly date: string; readonly messages: number };
  /** Of the last login. */
  readonly admins: number;
  readonly rooms: readonly RoomStatus[];
  readonly subscriptions: number;
  readonly optOuts: number;
  readonly hidden: number;
}

/** The bot answers on the same machine, ms. */
const PATIENCE = 2_000;

export const statusCommand: Command = {
  name: 'status',
  help: `[--json]

  --json    one line of JSON instead of text

Reads DATA_DIR and, if HTTP_PORT is set, asks the running bot. Exit code 0 whether the bot runs or not; 1 if DATA_DIR holds no state.`,
  async run(args, screen) {
    const values = readOptions(args, { json: { type: 'boolean' } });
    const settings = settingsHere();
    const status = await look(settings);
    screen.out(values.json === true ? `${JSON.stringify(status)}\n` : inWords(status, settings.zone));
    return 0;
  },
};

async function look({ archive, dataDir, httpPort }: Settings): Promise<Status> {
  const holder = holderOf(dataDir);
  const health = holder === undefined || httpPort === undefined ? undefined : await healthAt(httpPort);
  const state = readState(dataDir);
  const { lastHeard, login, today } = state.notebook.read();
  return {
    ...(holder === undefined ? {} : { process: holder }),
    ...(health === undefined ? {} : { health }),
    ...{ archive, dataDir, schemaVersion: NEWEST },
    ...(lastHeard === undefined ? {} : { lastHeard: new Date(lastHeard).toISOString() }),
    sent: { date: today.date, messages: today.sent },
    admins: login === undefined ? 0 : state.admins.of(login).length,
    rooms: roomsOf(state),
    subscriptions: state.subscriptions.all().length,
    optOuts: state.optOuts.all().length,
    hidden: state.hidden.all().length,
  };
}

function roomsOf({ rooms, digests }: State): readonly RoomStatus[] {
  const marks = new Map(digests.latest().map((mark) => [mark.room, mark]));
  const topics = [...new Set([...rooms.all().keys(), ...marks.keys()])].sort();
  return topics.map((room) => {
    const mark = marks.get(room);
    return { room, ...rooms.get(room), ...(mark ? { lastDigest: digestOf(mark) } : {}) };
  });
}

function digestOf({ window, step, tries, at }: DigestMark): NonNullable<RoomStatus['lastDigest']> {
  return { window, step, tries, at: new Date(at).toISOString() };
}

async function healthAt(port: number): Promise<Health | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(PATIENCE) });
    return (await response.json()) as Health;
  } catch {
    return undefined;
  }
}

// === As text

function inWords(status: Status, zone: string): string {
  // The Swedish way to write a moment is YYYY-MM-DD HH:MM.
  const local = (moment: string) =>
    new Date(moment).toLocaleString('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const { health, sent, rooms } = status;
  const lines: readonly (readonly [string, string])[] = [
    ['bot', status.process === undefined ? 'not running' : `running, process ${status.process || 'unknown'}`],
    ...(health === undefined ? [] : [['health', healthInWords(health)] as const]),
    ['archive', status.archive],
    ['data', `${status.dataDir}, schema version ${status.schemaVersion}`],
    ['last heard', status.lastHeard === undefined ? 'nothing yet' : local(status.lastHeard)],
    ['sent', sent.date === '' ? 'nothing yet' : `${sent.messages} messages on ${sent.date}`],
    ['admins', `${status.admins}`],
    ['waiting', `${status.subscriptions} subscriptions`],
    ['withheld', `${status.optOuts} opt-outs, ${status.hidden} hidden messages`],
    ...rooms.map((room) => ['room', roomInWords(room, local)] as const),
  ];
  return lines.map(([what, value]) => `${`${what}:`.padEnd(12)}${value}\n`).join('');
}

function healthInWords({ online, archiveMessages, queue, restarts }: Health): string {
  return `${online ? 'online' : 'not online'}, ${archiveMessages} messages in the archive, ${queue} replies waiting, ${restarts} restarts`;
}

function roomInWords(
  { room, enabled, paused, unasked, digest, lastDigest }: RoomStatus,
  local: (moment: string) => string,
): string {
  const said = [
    ...(enabled === undefined ? [] : [enabled ? 'enabled' : 'disabled']),
    ...(paused ? ['paused'] : []),
    ...(unasked ? ['speaks unasked'] : []),
    ...(digest === undefined ? [] : [`digest ${digest}`]),
    ...(lastDigest ? [`last digest ${lastDigest.window} ${lastDigest.step} at ${local(lastDigest.at)}`] : []),
  ];
  return `${room}: ${said.join(', ') || 'nothing set'}`;
}

await runIfEntry(import.meta.url, statusCommand);
