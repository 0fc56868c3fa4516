/**
 * Reading the archive again, one reload at a time.
 *
 * In: whoever asks for it, in the chat, by a signal, by a changed file. Out: what the reload found; who asks while one runs
 * gets what that one finds.
 */
import type { LoadSummary } from '../../knowledge/index.js';

/** Rejects, with the old index still in use, if the archive cannot be read. */
export type Reload = () => Promise<LoadSummary>;

export function joinReloads(reload: Reload): Reload {
  let running: Promise<LoadSummary> | undefined;
  return () => {
    running ??= reload().finally(() => {
      running = undefined;
    });
    return running;
  };
}
