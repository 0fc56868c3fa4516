/** What a benchmark needs to know of a side: it answers a question with some number of results. */
export interface Engine {
  readonly ask: (question: string) => Promise<number>;
}
