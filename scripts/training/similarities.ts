/**
 * Lends the trainer what the meaning model says of a question, exactly as the program would see it.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meaningTexts, type Similarities, similaritiesOf } from '../../knowledge/answer/similarities.js';
import type { Library } from '../../knowledge/library.js';
import { openLocalEmbedder } from '../../knowledge/semantic/local-embedder.js';
import { openMeaning } from '../../knowledge/semantic/meaning.js';
import type { Screen } from '../command.js';

export interface Lender {
  /** Makes the vectors of a library (minutes, the first time) and lends its cosines; one library at a time. */
  readonly forLibrary: (library: Library) => Promise<(question: string) => Promise<Similarities | undefined>>;
  readonly close: () => Promise<void>;
}

/** `model` is the folder of the local model. Vectors are kept in the system's temporary folder, for the next training. */
export async function lendMeaning(model: string, screen: Screen): Promise<Lender> {
  const meaning = openMeaning({
    embedder: await openLocalEmbedder(model),
    cacheDir: join(tmpdir(), 'qunshi-training-vectors'),
    onProgress: ({ ready, total }) => screen.err(`\rvectors ${ready} of ${total} `),
  });
  return {
    async forLibrary(library) {
      await meaning.update(meaningTexts(library));
      screen.err('\n');
      return (question) => similaritiesOf(question, meaning, library);
    },
    close: () => meaning.close(),
  };
}
