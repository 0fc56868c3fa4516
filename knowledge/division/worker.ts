/**
 * A second thread of the processor that helps to find the threads of a large archive while the first one makes its index.
 *
 * In, by message: the talk and a shared counter. Out: first the lore, then this helper's share of the threads.
 */
import { parentPort } from 'node:worker_threads';
import { learnLore, type PackedLore, packLore } from '../threads/lore.js';
import type { FoundThreads } from '../threads/threads.js';
import { findShare } from './shares.js';
import { messagesOf, type Talk } from './talk.js';

export interface Order {
  readonly talk: Talk;
  readonly taken: Int32Array;
}

export type Finding = { readonly lore: PackedLore } | { readonly share: readonly FoundThreads[] };

parentPort?.once('message', ({ talk, taken }: Order) => {
  const messages = messagesOf(talk);
  const lore = learnLore(messages);
  const tell = (finding: Finding): void => parentPort?.postMessage(finding);
  tell({ lore: packLore(lore) });
  tell({ share: findShare(messages, lore, taken) });
});
