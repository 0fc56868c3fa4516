/**
 * Sees when somebody changes the files of the archive (WATCH=1).
 *
 * In: the archive's folder. Out: a call when its files have been left alone for a moment after a change.
 */
import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import type { Logger } from 'pino';
import { reasonOf } from './reason.js';

/** An export of a hundred files is one change: so long nothing may have changed, ms. */
const QUIET = 2_000;

export interface WatchOptions {
  readonly archive: string;
  readonly onChange: () => void;
  readonly log: Logger;
}

export interface Watch {
  /** Fulfilled when changes from now on are seen. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export function watchArchive({ archive, onChange, log }: WatchOptions): Watch {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(archive, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => isOwn(relative(archive, path)),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET);
  });
  watcher.on('error', (error) => log.warn({ reason: reasonOf(error) }, 'WATCH: some changes of the archive may go unseen'));
  return {
    ready: new Promise((resolve) => watcher.once('ready', resolve)),
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

/** What the bot itself writes down: `ROOM/live/`, and the gaps beside the rooms. It knows that already. */
function isOwn(path: string): boolean {
  const [, folder] = path.split(sep);
  return folder === 'live' || path === 'gaps.jsonl';
}
