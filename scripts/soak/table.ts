/**
 * What a soak found, as text.
 *
 * In: counts, times in ms, memory in bytes. Out: a table with one line for each thing that must hold.
 */
import type { Heard } from './server.js';

/** What the server heard, its times ascending; and what is in the archive. */
export interface Findings extends Pick<Heard, 'answered' | 'sentTwice' | 'waits' | 'reloads'> {
  readonly messages: number;
  readonly questions: number;
  readonly kills: number;
  /** Delivered, but not in the archive; and there more than once. */
  readonly missing: number;
  readonly doubled: number;
  /** Median resident memory in each quarter of the time. */
  readonly quarters: readonly number[];
}

export function tableOf(found: Findings): string {
  const { quarters, waits, reloads } = found;
  const [, second = Number.NaN, , last = Number.NaN] = quarters;
  const change = (100 * (last - second)) / second;
  const rows: readonly (readonly [string, string])[] = [
    ['captured messages delivered', `${found.messages} and ${found.questions} questions, over ${found.kills} kills`],
    ['missing in the archive', `${found.missing}`],
    ['twice in the archive', `${found.doubled}`],
    ['questions answered', `${found.answered} of ${found.questions} (the others were lost with a process)`],
    ['answers sent twice', `${found.sentTwice}`],
    ['time to answer, ms', `p50 ${part(waits, 0.5)}, p95 ${part(waits, 0.95)}, longest ${part(waits, 1)}`],
    ['reload, ms', `p50 ${part(reloads, 0.5)}, longest ${part(reloads, 1)} (${reloads.length} reloads)`],
    [
      'memory by quarter, MB',
      `${quarters.map((bytes) => Math.round(bytes / 1e6)).join(', ')}; last against second ${change.toFixed(0)} %`,
    ],
  ];
  return `${rows.map(([what, figure]) => `${what.padEnd(30)}${figure}`).join('\n')}\n`;
}

function part(ascending: readonly number[], share: number): string {
  return Math.round(ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN).toString();
}
