/**
 * An Answer as one line of a run: the form in which other programs read what the bot would say.
 *
 * In: a question put to Knowledge. Out: plain data, its field names a contract.
 */
import type { Address, Answer, Knowledge, Quote } from '../knowledge/index.js';

export interface RunResult {
  readonly score: number;
  /** How sure the bot is of this result, 0..1. */
  readonly confidence: number;
  readonly quotes: readonly RunQuote[];
  /** Every message of the thread. */
  readonly thread: readonly Address[];
}

/** `file` is relative to the archive; `line` is 1-based, of the message's header; `date` and `time` are wall-clock time. */
export type RunQuote = Pick<Quote, 'file' | 'line' | 'date' | 'time' | 'speaker' | 'text'>;

/** `answered` is what the bot would do in the group; `results` (best first, at most 10) are filled even if it would stay silent. */
export interface RunAnswer {
  readonly answered: boolean;
  /** Time of the question alone, ms. */
  readonly ms: number;
  readonly results: readonly RunResult[];
}

const MOST_RESULTS = 10;

/** Asks, and takes the time. */
export async function timedAnswer(
  knowledge: Knowledge,
  question: string,
): Promise<{ readonly answer: Answer; readonly ms: number }> {
  const begun = performance.now();
  const answer = await knowledge.ask(question);
  return { answer, ms: Math.round((performance.now() - begun) * 1000) / 1000 };
}

export function runAnswer({ answered, excerpts }: Answer, ms: number): RunAnswer {
  const results = excerpts.slice(0, MOST_RESULTS).map(({ score, confidence, quotes, addresses }) => ({
    score,
    confidence,
    quotes: quotes.map(({ file, line, date, time, speaker, text }) => ({ file, line, date, time, speaker, text })),
    thread: addresses.map(({ file, line }) => ({ file, line })),
  }));
  return { answered, ms, results };
}
