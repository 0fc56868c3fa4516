/**
 * An archive, kept: loaded at the start, loaded again on demand, grown by live messages, and stored for the next start.
 *
 * In: the archive's folder, and messages as they are said. Out: at every moment the holdings to answer from. Everything that
 * changes them goes one after the other; questions are answered from what is held meanwhile.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openRecorder } from './archive/live/recorder.js';
import { emptyArchive, loadArchive, withFiles } from './archive/load.js';
import type { FileEntries } from './archive/read.js';
import { addAlias, addWord, aliasFault, readDomainWords, wordFault } from './archive/stated.js';
import type { WallClock } from './archive/wall-clock.js';
import { startHelper } from './division/together.js';
import { type Differences, differencesOf, firstHoldings, type Holdings, holdingsOf, summaryOf } from './holdings.js';
import { hasDrifted } from './library.js';
import type { Vocabulary } from './search/vocabulary.js';
import { snapshotStore } from './snapshot/store.js';
import type { Addition, AdditionFault, Gap, LiveMessage, LoadProgress, LoadSummary } from './types.js';

export interface KeepingOptions {
  readonly archive: string;
  readonly clock: WallClock;
  readonly now: () => number;
  readonly onProgress: (progress: LoadProgress) => void;
  /** Folder of the snapshot, if one is wanted. */
  readonly snapshot?: string;
  readonly onSnapshotFault: (fault: string) => void;
  /** Takes the holdings whenever they have other messages than before. */
  readonly onChange: (held: Holdings) => void;
}

export interface Keeping {
  held(): Holdings;
  /** What is held, with what was recorded before the call unless that has to be put off. */
  latest(): Promise<Holdings>;
  summary(): LoadSummary;
  reload(): Promise<LoadSummary>;
  /** As those of the door. */
  addAlias(a: string, b: string): Promise<Addition>;
  addWord(word: string): Promise<Addition>;
  record(message: LiveMessage): Promise<void>;
  recall(room: string, id: string): Promise<void>;
  noteGap(gap: Gap): Promise<void>;
  gaps(): readonly Gap[];
  flush(): Promise<void>;
  /** Fulfilled when the snapshot is written, if one is due. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Messages from which on learning from all of them takes longer than anybody should wait, and a helper saves time. */
const WORTH_HELPING = 20_000;
/** ms from a live message until it is taken in, so that many are taken in together; a question does not wait for it. */
const TAKE_IN_AFTER = 1000;
/** ms that a question waits for it without a thought. Where it takes longer, it takes at most one part in so many of the time ... */
const CHEAP = 50;
const PART_OF_TIME = 10;
/** ... but is not put off longer than this (ms). */
const LONGEST_WAIT = 1500;
/** ms after a load in which questions come first: storing 90,000 messages keeps them waiting for 0.2 s. */
const BEFORE_STORING = 5000;
const BEFORE_PREPARING = 2000;
/** ms between two slices of preparing. */
const BETWEEN_SLICES = 20;

/** Throws ArchiveError if the folder is missing or cannot be read. */
export async function keepArchive(options: KeepingOptions): Promise<Keeping> {
  const { archive: root, clock, onProgress } = options;
  const store = options.snapshot === undefined ? undefined : snapshotStore(options.snapshot, root, clock.zone);
  const closing = new AbortController();

  const load = async (before: Holdings | undefined): Promise<Holdings> => {
    const archive = await loadArchive(root, clock, before?.library.archive ?? emptyArchive(), onProgress);
    const words = await readDomainWords(root);
    if (before || archive.messages.length < WORTH_HELPING) return holdingsOf(archive, words, onProgress, before);
    const helper = startHelper();
    try {
      return await firstHoldings(archive, words, onProgress, helper);
    } finally {
      helper.dismiss();
    }
  };

  const begun = performance.now();
  const stored = await store?.read();
  let held = await load(stored);
  let summary = summaryOf(held, clock, (performance.now() - begun) / 1000, differencesOf(held.library.archive, []));
  /** Files written to since they were taken in. */
  const written = new Map<string, FileEntries>();
  let takenIn = { at: Number.NEGATIVE_INFINITY, ms: 0 };
  let timer: NodeJS.Timeout | undefined;
  let reloads = 0;

  const hold = (next: Holdings, seconds: number, differences: Differences): void => {
    const isOther = next.library.archive.messages !== held.library.archive.messages;
    const isOtherLanguage = next.language !== held.language;
    held = next;
    summary = summaryOf(held, clock, seconds, differences);
    if (!isOther && !isOtherLanguage) return;
    isStored = false;
    options.onChange(held);
    if (isOtherLanguage) prepare(held.language.vocabulary);
  };

  // === Live messages

  /** What a small archive as a whole teaches is learned anew when nobody waits for it; of a large one only a reload learns. */
  const takeIn = (mayLearn: boolean): void => {
    if (written.size === 0 && !(mayLearn && hasDrifted(held.library.learned, held.library.archive.messages))) return;
    const since = performance.now();
    const archive = withFiles(held.library.archive, [...written.values()]);
    written.clear();
    hold(
      holdingsOf(archive, held.language.stated, () => undefined, held, mayLearn),
      summary.seconds,
      summary,
    );
    takenIn = { at: performance.now(), ms: performance.now() - since };
  };
  const files = (): readonly FileEntries[] => {
    const known = held.library.archive.files;
    if (written.size === 0) return known;
    const before = new Set(known.map(({ found }) => found.file));
    const added = [...written.values()].filter(({ found }) => !before.has(found.file));
    return [...known.map((file) => written.get(file.found.file) ?? file), ...added];
  };
  const recorder = await openRecorder({
    root,
    clock,
    login: randomBytes(4).toString('hex'),
    now: options.now,
    files,
    onWritten(file) {
      written.set(file.found.file, file);
      timer ??= setTimeout(() => {
        timer = undefined;
        takeIn(held.library.archive.messages.length < WORTH_HELPING);
      }, TAKE_IN_AFTER).unref();
    },
  });

  // === On demand

  const reload = async (): Promise<LoadSummary> => {
    reloads++;
    try {
      return await recorder.exclusive(async () => {
        const since = performance.now();
        takeIn(false);
        const next = await load(held);
        hold(next, (performance.now() - since) / 1000, differencesOf(next.library.archive, held.library.archive.files));
        storeSoon();
        return summary;
      });
    } finally {
      reloads--;
    }
  };
  const add = async (fault: AdditionFault | undefined, write: () => Promise<boolean>): Promise<Addition> => {
    if (fault !== undefined) return { outcome: 'refused', because: fault };
    const isNew = await recorder.exclusive(write);
    return isNew ? { outcome: 'added', summary: await reload() } : { outcome: 'known' };
  };

  // === The snapshot

  let isStored = stored !== undefined && held.library.archive.messages === stored.library.archive.messages;
  let storing: Promise<void> = Promise.resolve();
  let storeTimer: NodeJS.Timeout | undefined;
  let recalls = 0;
  const storeNow = (): Promise<void> => {
    clearTimeout(storeTimer);
    storeTimer = undefined;
    // What is being taken back must not be stored once more.
    if (store && !isStored && recalls === 0) {
      isStored = true;
      storing = store.write(held).then((fault) => {
        if (fault !== undefined) options.onSnapshotFault(fault);
      });
    }
    return storing;
  };
  const storeSoon = (): void => {
    if (store && !isStored) storeTimer ??= setTimeout(storeNow, BEFORE_STORING).unref();
  };

  // === Quiet moments

  /** Makes what the first question would have to wait for. */
  const prepare = (vocabulary: Vocabulary): void => {
    const quiet = { ref: false, signal: closing.signal };
    const makeAll = async () => {
      await pause(BEFORE_PREPARING, undefined, quiet);
      held.library.index.characters();
      held.library.index.counter();
      await vocabulary.prepare(() => pause(BETWEEN_SLICES, undefined, quiet));
    };
    makeAll().catch(() => undefined);
  };

  options.onChange(held);
  storeSoon();
  prepare(held.language.vocabulary);

  return {
    held: () => held,
    async latest() {
      if (reloads === 0) await recorder.written();
      const wait = takenIn.ms <= CHEAP ? 0 : Math.min(LONGEST_WAIT, PART_OF_TIME * takenIn.ms);
      if (performance.now() - takenIn.at >= wait) takeIn(false);
      return held;
    },
    summary: () => summary,
    reload,
    addAlias: (a, b) => add(aliasFault(a, b), () => addAlias(root, a, b)),
    addWord: (word) => add(wordFault(word), () => addWord(root, word)),
    record: recorder.record,
    async recall(room, id) {
      recalls++;
      try {
        isStored = false;
        await store?.forget();
        await recorder.recall(room, id);
        takeIn(false);
      } finally {
        recalls--;
        storeSoon();
      }
    },
    noteGap: recorder.noteGap,
    gaps: recorder.gaps,
    flush: recorder.flush,
    settled: storeNow,
    async close() {
      closing.abort();
      clearTimeout(timer);
      await recorder.flush();
      takeIn(false);
      await storeNow();
    },
  };
}
