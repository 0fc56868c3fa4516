/**
 * What members' judgements do to answers: to the questions judged, and to all others, which must not suffer.
 *
 * In: an archive's Knowledge and its gold. Out: figures before and after. The questions are halved; each half is judged once, and
 * the answers to both are measured (crossed over, so every question is once judged and once not). Judged is as a member does who
 * knows the gold: the first right excerpt is found useful once, the first wrong one useless twice.
 */
import type { Answer, Judgement, Knowledge } from '../../knowledge/index.js';
import { runAnswer } from '../run-line.js';
import type { Gold, GoldQuestion, GoldUnanswerable } from './gold.js';
import { answerRank, mean, questionRows } from './questions.js';

/** All in 0..1: as ranked, as shown, and the shares of both kinds of questions that are answered. */
export interface FeedbackFigures {
  readonly 'answer@1': number;
  readonly 'answer@3': number;
  readonly 'answer@10': number;
  readonly 'shown@1': number;
  readonly answerable: number;
  readonly unanswerable: number;
}

export interface FeedbackRow {
  readonly group: 'judged' | 'others';
  readonly when: 'before' | 'after';
  /** Answerable questions. */
  readonly n: number;
  readonly figures: FeedbackFigures;
}

type Answers = ReadonlyMap<string, Answer>;
type Half = Pick<Gold, 'questions' | 'unanswerable'>;

/** Nothing is heeded any more afterwards. `tell` is told how far it is. */
export async function feedbackRows(
  knowledge: Knowledge,
  gold: Half,
  tell: (progress: string) => void,
): Promise<readonly FeedbackRow[]> {
  const halves = [0, 1].map((side) => halfOf(gold, side));
  const before = await askAll(knowledge, gold);
  const after: { readonly judged: Answers; readonly others: Answers }[] = [];
  for (const [side, half] of halves.entries()) {
    tell(`feedback on half ${side + 1} of ${halves.length}`);
    knowledge.heed({ forgotten: [], hidden: [], judgements: judgementsOn(half, before) });
    after.push({ judged: await askAll(knowledge, half), others: await askAll(knowledge, halves[1 - side] as Half) });
  }
  knowledge.heed({ forgotten: [], hidden: [], judgements: [] });
  return (['judged', 'others'] as const).flatMap((group) => [
    { group, when: 'before' as const, n: gold.questions.length, figures: figuresOf(gold, before) },
    {
      group,
      when: 'after' as const,
      n: gold.questions.length,
      figures: figuresOf(gold, new Map(after.flatMap((answers) => [...answers[group]]))),
    },
  ]);
}

function halfOf({ questions, unanswerable }: Half, side: number): Half {
  const isHere = (_: unknown, i: number): boolean => i % 2 === side;
  return { questions: questions.filter(isHere), unanswerable: unanswerable.filter(isHere) };
}

async function askAll(knowledge: Knowledge, { questions, unanswerable }: Half): Promise<Answers> {
  const answers = new Map<string, Answer>();
  for (const { qid, query } of [...questions, ...unanswerable]) answers.set(qid, await knowledge.ask(query));
  return answers;
}

function judgementsOn({ questions, unanswerable }: Half, answers: Answers): readonly Judgement[] {
  const judge = ({ qid, query }: GoldQuestion | GoldUnanswerable, place: number, useful: boolean): readonly Judgement[] => {
    const shown = answers.get(qid)?.excerpts[place];
    return shown ? [{ question: query, marks: shown.quotes.map(({ mark }) => mark), useful }] : [];
  };
  const useless = (question: GoldQuestion | GoldUnanswerable, place: number): readonly Judgement[] =>
    [1, 2].flatMap(() => judge(question, place, false));
  return [
    ...questions.flatMap((question) => {
      const isRight = (answers.get(question.qid)?.excerpts ?? []).map((one) => answerRank(question, [one]) === 0);
      return [...judge(question, isRight.indexOf(true), true), ...useless(question, isRight.indexOf(false))];
    }),
    ...unanswerable.flatMap((question) => useless(question, 0)),
  ];
}

function figuresOf({ questions, unanswerable }: Half, answers: Answers): FeedbackFigures {
  const run = new Map([...answers].map(([qid, answer]) => [qid, runAnswer(answer, 0)]));
  const rows = questionRows(questions, run).filter(({ group }) => group === 'all');
  const of = (view: 'shown' | 'ranked') => rows.find((row) => row.view === view)?.figures;
  const ranked = of('ranked');
  const answered = (asked: readonly { readonly qid: string }[]) =>
    mean(asked.map(({ qid }) => (answers.get(qid)?.answered ? 1 : 0)));
  return {
    'answer@1': ranked?.['answer@1'] ?? 0,
    'answer@3': ranked?.['answer@3'] ?? 0,
    'answer@10': ranked?.['answer@10'] ?? 0,
    'shown@1': of('shown')?.['answer@1'] ?? 0,
    answerable: answered(questions),
    unanswerable: answered(unanswerable),
  };
}
