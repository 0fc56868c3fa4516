/**
 * Texts -> vectors that are close where the texts mean the same: what a model has to offer, wherever it runs.
 *
 * In: texts. Out: one vector a text, of length 1, so that a dot product is a cosine; or an EmbedderError.
 */

/** A question and the text that answers it are not embedded alike: models expect an instruction before the question. */
export type TextRole = 'query' | 'passage';

export interface Embedder {
  /** Names the model and how texts are prepared for it: vectors of one id may be compared, and are cached under it. */
  readonly id: string;
  /** Length of every vector. A remote model has to be asked for it, so it fails as {@link embed} does. */
  dimensions(): Promise<number>;
  /**
   * One vector a text, in their order, L2-normalised; undefined for a text that this model refuses and always will. A query
   * is not kept waiting by passages.
   *
   * @throws EmbedderError
   */
  embed(texts: readonly string[], as: TextRole): Promise<readonly (Float32Array | undefined)[]>;
  /** Whatever is still being embedded is given up: its promise is rejected. */
  close(): Promise<void>;
}

/** Why there are no vectors, in one sentence. */
export class EmbedderError extends Error {
  override readonly name = 'EmbedderError';
}

/**
 * Characters of a text that are read, for the local model reads 512 tokens, and a Chinese character is one. Servers with the
 * same limit refuse a longer text, so it holds for all.
 */
export const MOST_CHARACTERS = 500;

/**
 * The vector with length 1.
 *
 * @throws EmbedderError if it has no direction
 */
export function normalised(vector: ArrayLike<number>): Float32Array {
  const unit = Float32Array.from(vector);
  const length = Math.sqrt(unit.reduce((sum, x) => sum + x * x, 0));
  if (!(length > 0 && Number.isFinite(length))) throw new EmbedderError('the model gave a vector without a direction');
  return unit.map((x) => x / length);
}
