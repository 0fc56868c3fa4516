/**
 * How near each text of the archive is to a question in meaning.
 *
 * In: an Embedder, and the texts, again whenever they change. Out: one cosine a text. The vectors are made in the background
 * and kept on disk; whatever fails, a question only goes without them, and the next one gives it another try.
 */
import type { Embedder } from './embedder.js';
import { type KeyedVector, openVectorCache, type VectorCache } from './vector-cache.js';
import { createVectors, keyOf, pack, type Vectors } from './vectors.js';

export interface MeaningOptions {
  /** From here on it belongs to the Meaning, which closes it. */
  readonly embedder: Embedder;
  /** Folder for the vectors; made if need be. */
  readonly cacheDir: string;
  /** Called after every few hundred texts, and once when all are done. */
  readonly onProgress?: (progress: MeaningProgress) => void;
}

/** Texts that have their vector, of those that can have one: a blank text means nothing. */
export interface MeaningProgress {
  readonly ready: number;
  readonly total: number;
}

export interface MeaningStatus extends MeaningProgress {
  /** Embedder.id. */
  readonly model: string;
  /** What went wrong last, in one sentence, until it goes well again. */
  readonly fault?: string;
}

export interface Meaning {
  /**
   * States the texts, in the caller's order; {@link similarities} goes by them at once. Fulfilled when all have vectors, or
   * it failed (see {@link status}), or a later call has taken over; never rejected. Texts that stay the same string at the
   * same position cost next to nothing. The array is kept and must not change.
   */
  update(texts: readonly string[]): Promise<void>;
  /**
   * Cosine (-1..1) of the question and each text of the last update before this call; NaN where there is no vector yet.
   * Undefined if there is no vector at all or the question could not be embedded. Never rejected.
   */
  similarities(question: string): Promise<Float32Array | undefined>;
  status(): MeaningStatus;
  /** Stops the work in the background and closes the embedder. */
  close(): Promise<void>;
}

/** The texts as stated, and the slot that holds each one's vector; -1 for a blank text. */
interface Units {
  readonly texts: readonly string[];
  readonly slots: Int32Array;
  readonly vectors: Vectors;
}

/** Texts embedded and stored at a time: what a crash or a superseding update costs at most. */
const PORTION = 256;
/** Reading the whole cache takes as long as embedding about this many texts. */
const WORTH_READING = 64;
/** Texts that can be added before all vectors have to be moved, which takes about 20 ms. */
const ROOM_TO_GROW = 256;

export function openMeaning({ embedder, cacheDir, onProgress = () => undefined }: MeaningOptions): Meaning {
  let units: Units = { texts: [], slots: new Int32Array(0), vectors: createVectors(0) };
  let cache: VectorCache | undefined;
  let cacheFault: string | undefined;
  let embedderFault: string | undefined;
  /** Texts that the embedder will not take; asking again each time would be rude and may cost money. */
  const refused = new Set<string>();
  let queued = 0;
  let lastFill: Promise<void> = Promise.resolve();
  let isClosed = false;

  /** One at a time: a later one finds what an earlier one has made. */
  const fill = (): Promise<void> => {
    const wanted = units;
    queued += 1;
    lastFill = lastFill.then(async () => {
      try {
        if (missingIn(wanted).length > 0) await makeVectors(wanted);
      } catch (error) {
        if (!isClosed) embedderFault = sentenceOf(error);
      }
      queued -= 1;
      if (isWanted(wanted)) onProgress(progressOf(wanted));
    });
    return lastFill;
  };

  const missingIn = (some: Units) => unfilledTexts(some).filter((text) => !refused.has(text));

  const isWanted = (some: Units) => some === units && !isClosed;

  const makeVectors = async (wanted: Units) => {
    await readCache(wanted, await embedder.dimensions());
    embedderFault = undefined;
    const missing = missingIn(wanted);
    for (let start = 0; start < missing.length && isWanted(wanted); start += PORTION) {
      onProgress(progressOf(wanted));
      const texts = missing.slice(start, start + PORTION);
      const vectors = await embedder.embed(texts, 'passage');
      const made = texts.flatMap((text, i): readonly KeyedVector[] => {
        const vector = vectors[i];
        if (vector !== undefined) return [{ key: keyOf(text), vector: pack(vector) }];
        refused.add(text);
        return [];
      });
      // Into what is wanted by now: an update during the work may have begun new storage.
      for (const { key, vector } of made) putWanted(key, vector);
      await cache?.append(made).catch(loseCache);
    }
  };

  const putWanted: Parameters<VectorCache['read']>[0] = (key, vector) => {
    const slot = units.vectors.slotOf(key);
    if (slot !== -1 && !units.vectors.isFilled(slot)) units.vectors.put(slot, vector);
  };

  const readCache = async (wanted: Units, dimensions: number) => {
    const isOpen = cache !== undefined;
    if (cacheFault !== undefined || (isOpen && missingIn(wanted).length <= WORTH_READING)) return;
    try {
      cache ??= await openVectorCache(cacheDir, embedder.id, dimensions);
      await cache.read(putWanted);
    } catch (error) {
      await loseCache(error);
    }
  };

  /** A full or read-only disk costs the cache, not the answers. */
  const loseCache = async (error: unknown) => {
    cacheFault = `vectors cannot be kept in ${cacheDir}: ${sentenceOf(error)}`;
    await cache?.close().catch(() => undefined);
    cache = undefined;
  };

  return {
    update(texts) {
      units = unitsOf(texts, units);
      return fill();
    },
    async similarities(question) {
      const { slots, vectors } = units;
      const tryAgain = () => {
        if (queued === 0 && !isClosed && missingIn(units).length > 0) void fill();
      };
      if (isClosed || question.trim() === '') return undefined;
      const isEmpty = !slots.some((slot) => slot !== -1 && vectors.isFilled(slot));
      if (isEmpty) {
        tryAgain();
        return undefined;
      }
      try {
        const [query] = await embedder.embed([question], 'query');
        embedderFault = undefined;
        tryAgain();
        const bySlot = query && vectors.cosines(query);
        return bySlot && Float32Array.from(slots, (slot) => bySlot[slot] ?? Number.NaN);
      } catch (error) {
        if (!isClosed) embedderFault = sentenceOf(error);
        return undefined;
      }
    },
    status() {
      const fault = embedderFault ?? cacheFault;
      return { model: embedder.id, ...progressOf(units), ...(fault === undefined ? {} : { fault }) };
    },
    async close() {
      isClosed = true;
      await embedder.close();
      await lastFill;
      await cache?.close();
    },
  };
}

/**
 * Keeps the vectors of texts that are still there; in the same storage, unless that is full or a third of it is waste. A text
 * that has moved as its neighbours have is not looked up again: one more message in a large group has to be cheap.
 */
function unitsOf(texts: readonly string[], before: Units): Units {
  const slots = new Int32Array(texts.length).fill(-1);
  /** By position. */
  const newKeys = new Map<number, number>();
  const isUsed = new Uint8Array(before.vectors.count());
  let unknown = 0;
  const placeBefore = alignedWith(before.texts);
  texts.forEach((text, i) => {
    if (text.trim() === '') return;
    const place = placeBefore(text, i);
    let slot = before.slots[place] ?? -1;
    if (place < 0) {
      const key = keyOf(text);
      newKeys.set(i, key);
      slot = before.vectors.slotOf(key);
    }
    slots[i] = slot;
    if (slot === -1) unknown += 1;
    else isUsed[slot] = 1;
  });
  const { vectors } = before;
  const waste = isUsed.reduce((sum, used) => sum - used, isUsed.length);
  if (unknown <= vectors.capacity - vectors.count() && waste <= vectors.count() / 3) {
    for (const [i, key] of newKeys) slots[i] = vectors.take(key);
    return { texts, slots, vectors };
  }
  const keys = Float64Array.from(slots, (slot, i) => newKeys.get(i) ?? (slot === -1 ? Number.NaN : vectors.keyAt(slot)));
  const moved = storageFor(keys, vectors);
  return { texts, slots: Int32Array.from(keys, (key) => (Number.isNaN(key) ? -1 : moved.slotOf(key))), vectors: moved };
}

/** Texts that may have been added at one place. */
const REACH = 16;

/**
 * Where texts stood before, asked from the first to the last; -1 if it is not seen at once. Texts that were added shift those
 * behind them, so each is first looked for as far away as the one before it was.
 */
function alignedWith(before: readonly string[]): (text: string, i: number) => number {
  let shift = 0;
  return (text, i) => {
    for (let more = 0; more <= REACH; more++) {
      if (before[i - shift - more] !== text) continue;
      shift += more;
      return i - shift;
    }
    return -1;
  };
}

/** New storage for these keys (NaN for none), with the vectors they have so far. */
function storageFor(keys: Float64Array, before: Vectors): Vectors {
  const distinct = new Set(keys);
  distinct.delete(Number.NaN);
  const vectors = createVectors(distinct.size + ROOM_TO_GROW);
  for (const key of distinct) {
    const slot = vectors.take(key);
    const old = before.slotOf(key);
    if (old !== -1 && before.isFilled(old)) vectors.put(slot, before.get(old));
  }
  return vectors;
}

/** Each text without a vector once, in the caller's order. */
function unfilledTexts({ texts, slots, vectors }: Units): readonly string[] {
  const missing = new Set<string>();
  slots.forEach((slot, i) => {
    if (slot !== -1 && !vectors.isFilled(slot)) missing.add(texts[i] as string);
  });
  return [...missing];
}

function progressOf({ slots, vectors }: Units): MeaningProgress {
  let ready = 0;
  let total = 0;
  for (const slot of slots) {
    if (slot === -1) continue;
    total += 1;
    if (vectors.isFilled(slot)) ready += 1;
  }
  return { ready, total };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
