/**
 * How well answerable questions are answered.
 *
 * In: gold questions and what was answered. Out: mean figures, for all questions and by style, in two views: as shown (a
 * question met with silence found nothing) and as ranked (silence or not).
 */
import { ANSWERS, addressKey, type GoldAddress, type GoldQuestion } from './gold.js';

/** What counts of an answer. */
export interface Judged {
  readonly answered: boolean;
  readonly results: readonly { readonly quotes: readonly GoldAddress[] }[];
}

/** All in 0..1. */
export interface QuestionFigures {
  /** Share of questions with an answering message (grade >= 2) quoted by the first result, by one of the first 3, of the first 10. */
  readonly 'answer@1': number;
  readonly 'answer@3': number;
  readonly 'answer@10': number;
  /** Mean of 1 / rank of the first result that quotes an answering message. */
  readonly 'mrr@10': number;
  /** Share of the first result's quotes that are graded or belong to the gold thread. */
  readonly quote_precision: number;
}

export interface QuestionRow {
  readonly view: 'shown' | 'ranked';
  /** `all`, or a style. */
  readonly group: string;
  readonly n: number;
  readonly figures: QuestionFigures;
}

const RESULTS = 10;
/** As many quotes of a result as a reader sees in the chat. */
const QUOTES = 4;

export function questionRows(gold: readonly GoldQuestion[], run: ReadonlyMap<string, Judged>): readonly QuestionRow[] {
  const groups = ['all', ...new Set(gold.map(({ style }) => style))].sort();
  return (['shown', 'ranked'] as const).flatMap((view) => {
    const judged = gold.map((question) => {
      const answer = run.get(question.qid);
      const silent = view === 'shown' && answer?.answered !== true;
      return { style: question.style, figures: judge(question, silent ? [] : (answer?.results ?? [])) };
    });
    return groups.map((group) => {
      const members = judged.filter(({ style }) => group === 'all' || style === group).map(({ figures }) => figures);
      return { view, group, n: members.length, figures: meanFigures(members) };
    });
  });
}

/** 0-based place of the first result that quotes an answering message; undefined if none of the first 10 does. */
export function answerRank(question: GoldQuestion, results: Judged['results']): number | undefined {
  const answering = new Set(question.answers.filter(({ grade }) => grade >= ANSWERS).map(addressKey));
  const rank = results.slice(0, RESULTS).findIndex((result) => shownQuotes(result).some((quote) => answering.has(quote)));
  return rank === -1 ? undefined : rank;
}

function judge(question: GoldQuestion, results: Judged['results']): QuestionFigures {
  const rank = answerRank(question, results);
  const within = (depth: number) => (rank !== undefined && rank < depth ? 1 : 0);
  const topical = new Set([...question.thread, ...question.answers].map(addressKey));
  return {
    'answer@1': within(1),
    'answer@3': within(3),
    'answer@10': within(10),
    'mrr@10': rank === undefined ? 0 : 1 / (rank + 1),
    quote_precision: mean((results[0] ? shownQuotes(results[0]) : []).map((quote) => (topical.has(quote) ? 1 : 0))),
  };
}

function shownQuotes({ quotes }: Judged['results'][number]): readonly string[] {
  return quotes.slice(0, QUOTES).map(addressKey);
}

function meanFigures(rows: readonly QuestionFigures[]): QuestionFigures {
  const of = (name: keyof QuestionFigures) => mean(rows.map((row) => row[name]));
  return {
    'answer@1': of('answer@1'),
    'answer@3': of('answer@3'),
    'answer@10': of('answer@10'),
    'mrr@10': of('mrr@10'),
    quote_precision: of('quote_precision'),
  };
}

/** 0 for no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
