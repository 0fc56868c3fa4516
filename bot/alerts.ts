/**
 * Tells the operator what needs a person.
 *
 * In: what happened, in a sentence. Out: a line in the log at level error and, if an address is set, a POST there with
 * `{ "alert", "text", "at" }`. The same alert is not repeated within half an hour, and none ever fails.
 */
import type { Logger } from 'pino';
import { reasonOf } from './reason.js';
import { createRecent } from './recent.js';

export type Alert =
  | 'QR code needed'
  | 'online but silent'
  | 'repeated restarts'
  | 'not restarted'
  | 'two rooms of one name'
  | 'sending restricted'
  | 'daily cap reached'
  | 'digest room not found'
  | 'digest unsure'
  | 'digest not sent'
  | 'state not written';

export interface AlertsOptions {
  readonly webhook?: string;
  readonly post: typeof fetch;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly log: Logger;
}

const REPEATED_AFTER = 30 * 60_000;
const PATIENCE = 10_000;

/** Fulfilled when it is delivered or given up; nobody has to wait for it. */
export type Raise = (alert: Alert, text: string) => Promise<void>;

export function createAlerts({ webhook, post, clock, log }: AlertsOptions): Raise {
  const raised = createRecent<true>({ capacity: 100, lifetime: REPEATED_AFTER, clock });
  return async (alert, text) => {
    if (raised.get(alert)) return;
    raised.put(alert, true);
    log.error({ alert }, text);
    if (webhook === undefined) return;
    try {
      const body = JSON.stringify({ alert, text, at: new Date(clock()).toISOString() });
      const headers = { 'content-type': 'application/json' };
      const { ok, status } = await post(webhook, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) });
      if (!ok) log.warn({ alert, status }, 'ALERT_WEBHOOK did not take the alert');
    } catch (error) {
      log.warn({ alert, reason: reasonOf(error) }, 'ALERT_WEBHOOK cannot be reached');
    }
  };
}
