/**
 * The supervisor as a program. It loads nothing of what the bot itself needs.
 *
 * In: arguments, variables, how to start the bot in a process of its own. Out: the exit code when the bot ended for good;
 * undefined if there is nothing to keep running: the terminal group, `--help`, or a fault that the program will tell.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createAlerts } from './alerts.js';
import { readOptions } from './options.js';
import { readEnvFile, readSettings, type Settings, type Variables } from './settings.js';
import { type SupervisorOptions, supervise } from './supervisor.js';

export interface KeepRunningOptions extends Pick<SupervisorOptions, 'start' | 'stopped' | 'onReload'> {
  readonly args: readonly string[];
  readonly variables: Variables;
  readonly envFile: string;
}

export async function keepRunning({
  args,
  variables,
  envFile,
  start,
  stopped,
  onReload,
}: KeepRunningOptions): Promise<number | undefined> {
  const settings = settingsOfBot(args, envFile, variables);
  if (settings === undefined) return undefined;
  const { logLevel, alertWebhook } = settings;
  const format = { level: logLevel, base: { part: 'supervisor' }, timestamp: pino.stdTimeFunctions.isoTime };
  const log = pino(format, pino.destination({ dest: 2, sync: true }));
  const alert = createAlerts({ ...(alertWebhook ? { webhook: alertWebhook } : {}), post: fetch, clock: Date.now, log });
  const wait = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined);
  return supervise({ start, wait, clock: Date.now, stopped, onReload, alert, log });
}

function settingsOfBot(args: readonly string[], envFile: string, variables: Variables): Settings | undefined {
  try {
    const { help, say, as, room } = readOptions(args);
    const settings = readSettings({ ...readEnvFile(envFile), ...variables });
    return help || settings.puppet === undefined || (say ?? as ?? room) !== undefined ? undefined : settings;
  } catch {
    return undefined;
  }
}
