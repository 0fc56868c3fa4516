/**
 * Keeps the bot running: starts it again whenever it ends in a way that a new process mends.
 *
 * In: how to start it, the clock. Out: the exit code of the last run, when it ended for good or was told to stop.
 */
import type { Logger } from 'pino';
import type { Raise } from './alerts.js';
import { ENDED_WELL, mayRestart } from './exit-codes.js';

/** A running bot. */
export interface Run {
  readonly pid: number | undefined;
  /** Fulfilled with its exit code; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and makes it end if it does not. */
  stop(signal: NodeJS.Signals): void;
  /** Has it read the archive again. */
  reload(): void;
}

export interface SupervisorOptions {
  /** @param restarts how often it was started again before */
  readonly start: (restarts: number) => Run;
  /** Waits so many ms, or until `stopped` is. */
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>;
  /** UTC instant, ms. */
  readonly clock: () => number;
  /** Aborted, with the signal as its reason, when the whole is to end. */
  readonly stopped: AbortSignal;
  /** Calls back whenever the archive is to be read again. */
  readonly onReload: (call: () => void) => void;
  readonly alert: Raise;
  readonly log: Logger;
}

/** Waits between two runs, ms: the first, doubled each time up to the longest, and begun again after a run this long. */
export const FIRST_WAIT = 5_000;
export const LONGEST_WAIT = 5 * 60_000;
export const QUIET = 10 * 60_000;
/** So many restarts without a quiet run between them are no accident. */
export const SUSPICIOUS = 4;

export async function supervise({ start, wait, clock, stopped, onReload, alert, log }: SupervisorOptions): Promise<number> {
  let inARow = 0;
  let current: Run | undefined;
  onReload(() => current?.reload());
  for (let restarts = 0; ; restarts += 1) {
    const since = clock();
    const run = start(restarts);
    current = run;
    log.info({ bot: run.pid, restarts }, 'bot started');
    const stop = () => run.stop(stopped.reason as NodeJS.Signals);
    stopped.addEventListener('abort', stop);
    const code = await run.ended;
    current = undefined;
    stopped.removeEventListener('abort', stop);
    if (stopped.aborted) return code ?? ENDED_WELL;
    if (code !== null && !mayRestart(code)) {
      if (code !== ENDED_WELL)
        await alert('not restarted', `the bot ended with exit code ${code}, which a restart does not mend`);
      return code;
    }
    inARow = clock() - since >= QUIET ? 1 : inARow + 1;
    const ms = Math.min(FIRST_WAIT * 2 ** (inARow - 1), LONGEST_WAIT);
    log.warn({ code, seconds: ms / 1_000 }, 'the bot ended and is started again');
    if (inARow >= SUSPICIOUS) void alert('repeated restarts', `the bot was restarted ${inARow} times without ten quiet minutes`);
    await wait(ms, stopped);
    if (stopped.aborted) return ENDED_WELL;
  }
}
