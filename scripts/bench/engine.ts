/** What a benchmark needs to know of a side: it answers a question with some number of results, and may be able to do more. */
export interface Engine {
  readonly ask: (question: string) => Promise<number>;
  /** Seconds that reading the archive again took. */
  readonly reload?: () => Promise<number>;
  readonly close?: () => Promise<void>;
}
