/**
 * Where the tests find data too large or too personal to be part of the project: a folder named `shared` beside it.
 *
 * Out: its paths, or nothing where that folder is missing, as in a plain clone; such tests are then skipped.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Shared {
  /** Transcripts of two rooms, by day. */
  readonly archive: string;
  /** questions.jsonl, unanswerable.jsonl and threads.jsonl, about `archive`. */
  readonly gold: string;
  /** One day of one room. */
  readonly seed: string;
  readonly models: string;
}

export function sharedData(): Shared | undefined {
  const folder = fileURLToPath(new URL('../../shared', import.meta.url));
  const shared = { archive: `${folder}/archive`, gold: `${folder}/gold`, seed: `${folder}/seed`, models: `${folder}/models` };
  return existsSync(shared.archive) && existsSync(shared.gold) && existsSync(shared.seed) ? shared : undefined;
}
