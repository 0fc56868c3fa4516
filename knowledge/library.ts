/**
 * Everything that is known at one moment, ready to be asked: messages, threads and their index. Never changed; a reload
 * makes a new one, out of the earlier one wherever that still holds.
 */
import type { LoadedArchive } from './archive/load.js';
import { indexPassages, type PassageIndex } from './search/passage-index.js';
import { findSittings } from './search/sittings.js';
import { fold } from './text/fold.js';
import { simplifier } from './text/variants.js';
import { type Lore, learnLore } from './threads/lore.js';
import { type FoundThreads, findThreads } from './threads/threads.js';
import type { LoadProgress, Message, Thread } from './types.js';

export interface Library {
  readonly archive: LoadedArchive;
  /** Thread of every message, by message index. */
  readonly threadOf: Int32Array;
  readonly threads: readonly Thread[];
  readonly index: PassageIndex;
  readonly learned: Learned;
  /** The threads as they were found, to be taken over where nothing changes. */
  readonly found: FoundThreads;
}

/** What the archive as a whole teaches. It outlives reloads until the archive has become another one. */
export interface Learned {
  readonly lore: Lore;
  /** Messages it was learned from. */
  readonly messages: number;
}

/** Share by which an archive may grow or shrink before what it teaches is learned anew. */
const DRIFT = 0.1;

/** How texts are spelt before they are compared. */
export function speller(): (text: string) => string {
  const simplify = simplifier();
  return (text) => simplify(fold(text));
}

/** Without `mayLearn`, what was learned before is kept however much the archive has grown: learning takes time. */
export function buildLibrary(
  archive: LoadedArchive,
  onProgress: (progress: LoadProgress) => void,
  before?: Library,
  mayLearn = true,
): Library {
  const { messages } = archive;
  onProgress({ stage: 'threads', done: 0, total: 1 });
  const learned = before && !(mayLearn && hasDrifted(before.learned, messages)) ? before.learned : learn(messages);
  const earlier = before && {
    messages: before.archive.messages,
    index: before.index,
    origin: originsOf(archive, before.archive),
  };
  const found = findThreads(messages, learned.lore, before?.found, earlier);
  onProgress({ stage: 'index', done: 0, total: 1 });
  const index = indexPassages(messages, findSittings(messages), before?.index.spell ?? speller(), earlier);
  onProgress({ stage: 'index', done: 1, total: 1 });
  return { archive, index, learned, found, ...numberThreads(messages, found.labels) };
}

function learn(messages: readonly Message[]): Learned {
  return { lore: learnLore(messages), messages: messages.length };
}

/** Whether an archive has become another one than that from which this was learned. */
export function hasDrifted(learned: Learned, messages: readonly Message[]): boolean {
  return Math.abs(messages.length - learned.messages) > DRIFT * learned.messages;
}

/** Where each message stood before, by its first copy; -1 for what is new or was read again. Both in time order. */
function originsOf({ groups, messages }: LoadedArchive, { groups: earlier, messages: known }: LoadedArchive): Int32Array {
  const origin = new Int32Array(groups.length).fill(-1);
  // A copy that was found since may make it another kind.
  const isSame = (i: number, j: number): boolean =>
    groups[i]?.entry === earlier[j]?.entry && messages[i]?.kind === known[j]?.kind;
  let begin = 0;
  while (begin < groups.length && isSame(begin, begin)) {
    origin[begin] = begin;
    begin++;
  }
  let [end, earlierEnd] = [groups.length, earlier.length];
  while (end > begin && earlierEnd > begin && isSame(end - 1, earlierEnd - 1)) origin[--end] = --earlierEnd;
  const between = new Map(earlier.slice(begin, earlierEnd).map(({ entry }, i) => [entry, begin + i]));
  for (let i = begin; i < end; i++) {
    const j = between.get((groups[i] as LoadedArchive['groups'][number]).entry);
    if (j !== undefined && isSame(i, j)) origin[i] = j;
  }
  return origin;
}

/** `labels` by message index: the index of the first message of its thread. */
export function numberThreads(messages: readonly Message[], labels: Int32Array): Pick<Library, 'threads' | 'threadOf'> {
  const numbers = new Int32Array(messages.length).fill(-1);
  const threads: { readonly id: number; readonly room: string; readonly messages: number[] }[] = [];
  const threadOf = new Int32Array(messages.length);
  for (let i = 0; i < messages.length; i++) {
    const label = labels[i] as number;
    if (numbers[label] === -1) {
      numbers[label] = threads.length;
      threads.push({ id: threads.length, room: (messages[i] as Message).room, messages: [] });
    }
    const thread = numbers[label] as number;
    threadOf[i] = thread;
    threads[thread]?.messages.push(i);
  }
  return { threads, threadOf };
}
