/**
 * The meaning model as the library uses it: opened in the background, fetched once if need be, and never in the way.
 *
 * In: where the model is, then each library. Out: cosines with a question, or undefined as long as there are none; whatever
 * goes wrong becomes one sentence in the status.
 */
import { meaningTexts, type ReadTexts, type Similarities, similaritiesOf } from './answer/similarities.js';
import type { Library } from './library.js';
import type { Embedder } from './semantic/embedder.js';
import { type FetchProgress, fetchModel } from './semantic/fetch-model.js';
import { openLocalEmbedder } from './semantic/local-embedder.js';
import { type Meaning, openMeaning } from './semantic/meaning.js';
import { createRemoteEmbedder } from './semantic/remote-embedder.js';
import type { MeaningChoice, MeaningState } from './types.js';

export interface MeaningService {
  /** Makes the vectors of a library in the background; an earlier library's are no longer wanted. */
  use(library: Library): void;
  /** Cosines with a question for the library in use; undefined if this one has none (yet). */
  similarities(question: string, library: Library): Promise<Similarities | undefined>;
  state(): MeaningState;
  /** Fulfilled when all vectors of the library in use are made, or it is clear that they will not be. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export function meaningService(choice: MeaningChoice, onProgress: (state: MeaningState) => void): MeaningService {
  let meaning: Meaning | undefined;
  let fetching: FetchProgress | undefined;
  let fault: string | undefined;
  let read: ReadTexts | undefined;
  let work: Promise<void> = Promise.resolve();
  let isClosed = false;

  const state = (): MeaningState => {
    const known = meaning?.status();
    const reason = known?.fault ?? fault;
    return {
      ready: known?.ready ?? 0,
      total: known?.total ?? 0,
      ...(known ? { model: known.model } : {}),
      ...(fetching ? { fetching: { done: fetching.done, total: fetching.total } } : {}),
      ...(reason === undefined ? {} : { fault: reason }),
    };
  };
  const report = (): void => {
    if (!isClosed) onProgress(state());
  };
  const opened = open().then(
    async (embedder) => {
      // Nobody else would close what was opened after the end.
      if (isClosed) return embedder.close();
      meaning = openMeaning({ embedder, cacheDir: choice.cache, onProgress: report });
    },
    (error: unknown) => {
      fault = error instanceof Error ? error.message : String(error);
      fetching = undefined;
      report();
    },
  );

  async function open(): Promise<Embedder> {
    if ('url' in choice) return createRemoteEmbedder(choice);
    if (!choice.fetchMissing) return openLocalEmbedder(choice.folder);
    await fetchModel({
      dir: choice.folder,
      onProgress: (progress) => {
        fetching = progress;
        report();
      },
    });
    fetching = undefined;
    return openLocalEmbedder(choice.folder);
  }

  return {
    use(library) {
      work = opened.then(() => {
        // Only what changed is read again: in a live group this happens at every message.
        if (!meaning) return;
        read = { library, texts: meaningTexts(library, read) };
        return meaning.update(read.texts);
      });
    },
    async similarities(question, library) {
      return meaning && similaritiesOf(question, meaning, library);
    },
    state,
    settled: () => work,
    async close() {
      isClosed = true;
      await meaning?.close();
    },
  };
}
