/**
 * What the local model's thread and its owner say to each other. The owner sends `readonly string[]`, one batch at a time, and
 * the thread replies to each; its first reply, unasked, tells that the model is loaded.
 */

export interface WorkerSetup {
  readonly modelDir: string;
  /** Shared memory; its first number is BUSY from a question until just before the reply, and in the beginning. */
  readonly state: Int32Array;
}

export type WorkerReply = { readonly dimensions: number } | { readonly vectors: Float32Array } | { readonly fault: string };

export const IDLE = 0;
export const BUSY = 1;
