/**
 * Finds lore and threads of a large archive with a helper beside: on two processors a first start takes two thirds of the time.
 *
 * In: the messages, and what is to be done here meanwhile. Out: the lore and all threads, the same as without a helper; if the
 * helper fails, everything is found here.
 */
import { Worker } from 'node:worker_threads';
import { type Lore, learnLore, unpackLore } from '../threads/lore.js';
import { type FoundThreads, findThreads } from '../threads/threads.js';
import type { Message } from '../types.js';
import { findShare, together } from './shares.js';
import { talkOf } from './talk.js';
import type { Finding, Order } from './worker.js';

export interface Helper {
  /** `meanwhile` is done before this side finds its share of the threads. */
  divide(messages: readonly Message[], meanwhile: () => void): Promise<{ readonly lore: Lore; readonly found: FoundThreads }>;
  dismiss(): void;
}

/** `program` is the compiled worker. */
export function startHelper(program = new URL('./worker.js', import.meta.url)): Helper {
  const worker = new Worker(program, { execArgv: [] });
  const findings: Finding[] = [];
  let isGone = false;
  let wake = (): void => undefined;
  worker.on('message', (finding: Finding) => {
    findings.push(finding);
    wake();
  });
  const end = (): void => {
    isGone = true;
    wake();
  };
  worker.on('error', end);
  worker.on('exit', end);
  /** The next finding; undefined if there will be none. */
  const next = async (): Promise<Finding | undefined> => {
    while (findings.length === 0 && !isGone) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return findings.shift();
  };

  return {
    async divide(messages, meanwhile) {
      const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      const order: Order = { talk: talkOf(messages), taken };
      worker.postMessage(order);
      meanwhile();
      const first = await next();
      const lore = first && 'lore' in first ? unpackLore(first.lore) : learnLore(messages);
      const own = findShare(messages, lore, taken);
      const last = await next();
      const helped = last && 'share' in last ? last.share : [];
      return { lore, found: findThreads(messages, lore, together([...own, ...helped])) };
    },
    dismiss() {
      void worker.terminate();
    },
  };
}
