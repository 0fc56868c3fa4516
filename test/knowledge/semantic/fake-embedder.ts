/**
 * An Embedder that counts characters, so that texts with the same characters mean the same; it notes what it was asked, and
 * fails or waits when told to.
 */
import { type Embedder, EmbedderError, normalised, type TextRole } from '../../../knowledge/semantic/embedder.js';

export interface FakeEmbedder extends Embedder {
  /** Every text embedded as a passage, in order. */
  readonly passages: string[];
  /** From now on every call fails with this sentence; undefined: none does. */
  fail(sentence: string | undefined): void;
  /** Called before passages are embedded, and awaited. */
  before(action: () => Promise<void> | void): void;
}

export const DIMENSIONS = 24;

export function countsOf(text: string): Float32Array {
  const counts = new Float32Array(DIMENSIONS);
  for (const character of text) {
    const place = (character.codePointAt(0) ?? 0) % DIMENSIONS;
    counts[place] = (counts[place] as number) + 1;
  }
  return normalised(counts);
}

export function fakeEmbedder(id = 'fake', refused: readonly string[] = []): FakeEmbedder {
  const passages: string[] = [];
  let fault: string | undefined;
  let action: () => Promise<void> | void = () => undefined;
  const check = () => {
    if (fault !== undefined) throw new EmbedderError(fault);
  };
  return {
    id,
    passages,
    fail: (sentence) => {
      fault = sentence;
    },
    before: (next) => {
      action = next;
    },
    async dimensions() {
      check();
      return DIMENSIONS;
    },
    async embed(texts: readonly string[], as: TextRole) {
      if (as === 'passage') await action();
      check();
      if (as === 'passage') passages.push(...texts);
      return texts.map((text) => (refused.includes(text) ? undefined : countsOf(text)));
    },
    async close() {
      fault = 'closed';
    },
  };
}
