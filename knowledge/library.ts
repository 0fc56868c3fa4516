/**
 * Everything that is known at one moment, ready to be asked: messages, threads and their index. Never changed; a reload
 * makes a new one.
 */
import type { LoadedArchive } from './archive/load.js';
import { indexPassages, type PassageIndex } from './search/passage-index.js';
import { findSittings } from './search/sittings.js';
import { fold } from './text/fold.js';
import { simplifier } from './text/variants.js';
import { learnLore } from './threads/lore.js';
import { findThreads } from './threads/threads.js';
import type { LoadProgress, Thread } from './types.js';

export interface Library {
  readonly archive: LoadedArchive;
  /** Thread of every message, by message index. */
  readonly threadOf: Int32Array;
  readonly threads: readonly Thread[];
  readonly index: PassageIndex;
}

export function buildLibrary(archive: LoadedArchive, onProgress: (progress: LoadProgress) => void): Library {
  onProgress({ stage: 'threads', done: 0, total: 1 });
  const { labels } = findThreads(archive.messages, learnLore(archive.messages));
  const { threads, threadOf } = numberThreads(archive, labels);
  onProgress({ stage: 'index', done: 0, total: 1 });
  const simplify = simplifier();
  const index = indexPassages(archive.messages, findSittings(archive.messages), (text) => simplify(fold(text)));
  onProgress({ stage: 'index', done: 1, total: 1 });
  return { archive, threadOf, threads, index };
}

function numberThreads(
  archive: LoadedArchive,
  labels: Int32Array,
): { readonly threads: readonly Thread[]; readonly threadOf: Int32Array } {
  const numbers = new Map<number, number>();
  const members: number[][] = [];
  const threadOf = new Int32Array(archive.messages.length);
  archive.messages.forEach((message, i) => {
    const label = labels[i] as number;
    let thread = numbers.get(label);
    if (thread === undefined) {
      thread = members.length;
      numbers.set(label, thread);
      members.push([]);
    }
    threadOf[i] = thread;
    members[thread]?.push(message.index);
  });
  const threads = members.map(
    (messages, id): Thread => ({ id, room: archive.messages[messages[0] as number]?.room ?? '', messages }),
  );
  return { threads, threadOf };
}
