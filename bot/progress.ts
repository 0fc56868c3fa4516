/**
 * Shows how far long work is, such as loading the archive, if it takes longer than a second.
 *
 * In: what is being done and how much of it is, often. Out: on a terminal one bar that moves and is gone in the end; elsewhere one plain line a stage.
 */
import type { LoadProgress } from '../knowledge/index.js';
import { loading } from './reply/texts.js';

export interface ProgressScreen {
  readonly isTTY: boolean;
  write(text: string): void;
}

const PATIENCE = 1_000;
const BAR_CELLS = 24;
/** A bar need not move more often than the eye sees, ms. */
const FRAME = 80;

interface Progress {
  readonly report: (label: string, done: number, total: number) => void;
  readonly end: () => void;
}

export function showProgress(
  screen: ProgressScreen,
  clock: () => number,
): { readonly report: (progress: LoadProgress) => void; readonly end: () => void } {
  const bar = progressBar(screen, clock);
  return { report: ({ stage, done, total }) => bar.report(loading[stage], done, total), end: bar.end };
}

/** `label` says what is being done; `done` and `total` are in any unit. */
export function progressBar(screen: ProgressScreen, clock: () => number): Progress {
  const start = clock();
  let drawn = 0;
  let shown: string | undefined;
  let hasEnded = false;

  const report = (label: string, done: number, total: number) => {
    const now = clock();
    // The archive is loaded again while the bot talks, and then the screen is not ours.
    if (hasEnded || now - start < PATIENCE) return;
    if (!screen.isTTY) {
      if (label !== shown) screen.write(`${label}\n`);
    } else if (label !== shown || now - drawn >= FRAME) {
      const part = total > 0 ? Math.min(done / total, 1) : 0;
      const full = Math.round(part * BAR_CELLS);
      screen.write(`\r\u001b[K${label} ${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${Math.floor(part * 100)}%`);
      drawn = now;
    }
    shown = label;
  };
  const end = () => {
    hasEnded = true;
    if (screen.isTTY && shown !== undefined) screen.write('\r\u001b[K');
  };
  return { report, end };
}
