/**
 * Shows how far the archive is loaded, if it takes longer than a second.
 *
 * In: LoadProgress, often. Out: on a terminal one bar that moves and is gone in the end; elsewhere one plain line a stage.
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

export function showProgress(
  screen: ProgressScreen,
  clock: () => number,
): { readonly report: (progress: LoadProgress) => void; readonly end: () => void } {
  const start = clock();
  let drawn = 0;
  let stage: LoadProgress['stage'] | undefined;

  const report = (progress: LoadProgress) => {
    const now = clock();
    if (now - start < PATIENCE) return;
    const label = loading[progress.stage];
    if (!screen.isTTY) {
      if (progress.stage !== stage) screen.write(`${label}\n`);
    } else if (progress.stage !== stage || now - drawn >= FRAME) {
      const part = progress.total > 0 ? Math.min(progress.done / progress.total, 1) : 0;
      const full = Math.round(part * BAR_CELLS);
      screen.write(`\r\u001b[K${label} ${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${Math.floor(part * 100)}%`);
      drawn = now;
    }
    stage = progress.stage;
  };
  const end = () => {
    if (screen.isTTY && stage !== undefined) screen.write('\r\u001b[K');
  };
  return { report, end };
}
