/**
 * A circuit breaker: keeps questions from waiting, one after the other, for something that is known to be out of order.
 *
 * In: calls that may fail. Out: what they give; after a few failures in a row, for a while, a refusal at once. Then one call
 * is let through as a probe, and decides.
 */
import { EmbedderError } from './embedder.js';

export interface CircuitOptions {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open, ms. */
  readonly rest: number;
  /** Ms, from any beginning. */
  readonly clock: () => number;
}

/** @returns a function that runs a call, or throws an EmbedderError with the last failure's words instead of running it */
export function createCircuit({ failures, rest, clock }: CircuitOptions): <T>(call: () => Promise<T>) => Promise<T> {
  let failed = 0;
  let lastFault = '';
  let restsUntil = 0;
  let isProbing = false;
  return async (call) => {
    const isProbe = failed >= failures;
    if (isProbe && (isProbing || clock() < restsUntil)) throw new EmbedderError(`${lastFault}; not tried again yet`);
    isProbing = isProbe;
    try {
      const result = await call();
      failed = 0;
      return result;
    } catch (error) {
      failed += 1;
      lastFault = (error as Error).message;
      restsUntil = clock() + rest;
      throw error;
    } finally {
      if (isProbe) isProbing = false;
    }
  };
}
