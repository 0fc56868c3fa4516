/**
 * Questions ranked by models that did not see them -> when to answer, and how sure to be.
 *
 * Everything printed is cross-validated: the regressions that judge a question were learned without it.
 */
import { type ConfidenceModel, groupSigns, predict, questionSigns, type Signs } from '../../knowledge/answer/confidence.js';
import { foldsOf } from './folds.js';
import { fitLogistic, type Regression } from './logistic.js';
import { answers, mean, type Ranked, SHOWN } from './ranking-trees.js';

/** What the confidence is learned from: one ranking of one question. */
export interface Judged extends Ranked {
  /** Dense number of the question: its rankings stay in one fold. */
  readonly question: number;
  /** What it counts for; the two classes of a set weigh the same. */
  readonly weight: number;
  /** Whether it belongs to the archive that the figures are about. */
  readonly isCounted: boolean;
}

export interface LearnedConfidence {
  readonly model: ConfidenceModel;
  readonly report: readonly string[];
}

const FOLDS = 5;
const RIDGE = 0.02;
/** Share of the near misses and later events (unanswerable, but of the archive's own trade) that may be answered. */
const MOST_WRONG = 0.28;
const NEAR_MISS = new Set(['near', 'after']);
/** Of what is said without being asked, so much has to be right. */
const UNASKED_PRECISION = 0.95;

export function learnConfidence(judged: readonly Judged[]): LearnedConfidence {
  // Small talk is told by its words; to learn it as well would only make questions with few words suspicious.
  const signs = judged.map(({ study, scores, groups }) =>
    questionSigns(study.example.question.query, study.example.query, study.example.rows, scores, groups),
  );
  const isTalk = signs.map((one) => one.smallTalk === 1);
  const labels = judged.map(({ study }) => (study.example.answerable ? 1 : 0));
  const folds = foldsOf(Math.max(...judged.map(({ question }) => question)) + 1, FOLDS, 0);
  const foldAt = (i: number): number => folds[judged[i]?.question ?? 0] as number;
  const everyone = judged.map((_, i) => i).filter((i) => !isTalk[i]);
  const fitQuestions = (among: readonly number[]) =>
    fitLogistic(
      among.map((i) => withoutTalk(signs[i] as Signs)),
      among.map((i) => labels[i] as number),
      RIDGE,
      among.map((i) => judged[i]?.weight ?? 0),
    );
  const question = withTalk(fitQuestions(everyone));
  const byFold = Array.from({ length: FOLDS }, (_, f) => withTalk(fitQuestions(everyone.filter((i) => foldAt(i) !== f))));
  const sure = signs.map((one, i) => predict(byFold[foldAt(i)] ?? question, one));

  const rows = judged.flatMap(({ study, groups, weight }, i) =>
    groups.slice(0, SHOWN).map((group, rank) => ({
      i,
      rank,
      weight,
      signs: groupSigns(groups, rank, sure[i] as number),
      label: answers(study, group) ? 1 : 0,
    })),
  );
  const fitGroups = (among: typeof rows) =>
    fitLogistic(
      among.map((row) => row.signs),
      among.map((row) => row.label),
      RIDGE,
      among.map((row) => row.weight),
    );
  const group = fitGroups(rows);
  const groupsByFold = Array.from({ length: FOLDS }, (_, f) => fitGroups(rows.filter(({ i }) => foldAt(i) !== f)));
  const firsts = rows
    .filter(({ i, rank }) => rank === 0 && judged[i]?.isCounted)
    .map(({ i, signs: own, label }) => ({ i, label, confidence: predict(groupsByFold[foldAt(i)] ?? group, own) }));

  const counted = judged.map((_, i) => i).filter((i) => judged[i]?.isCounted);
  const threshold = bestThreshold(
    counted.map((i) => sure[i] as number),
    counted.map((i) => labels[i] as number),
    counted.map((i) => labels[i] === 0 && NEAR_MISS.has(styleOf(judged[i] as Judged))),
  );
  const unasked = unaskedThreshold(firsts);
  const f = (value: number): string => value.toFixed(3);
  const styles = [...new Set(counted.filter((i) => labels[i] === 0).map((i) => styleOf(judged[i] as Judged)))].map((style) => {
    const own = counted.filter((i) => labels[i] === 0 && styleOf(judged[i] as Judged) === style);
    return `${style} ${mean(own.map((i) => ((sure[i] as number) >= threshold.at ? 1 : 0))).toFixed(2)}`;
  });
  const others = judged.map((_, i) => i).filter((i) => !judged[i]?.isCounted);
  const answered = (label: number): number =>
    mean(others.filter((i) => labels[i] === label).map((i) => ((sure[i] as number) >= threshold.at ? 1 : 0)));
  return {
    model: { group, question, threshold: threshold.at, unasked: unasked.at },
    report: [
      `answerability at ${f(threshold.at)}: F1 ${f(threshold.f1)}  recall ${f(threshold.recall)}  unanswerable answered ${f(threshold.falseShare)} (${styles.join('  ')})`,
      ...(others.length > 0
        ? [`other archives at that threshold: answered ${f(answered(1))} of the answerable, ${f(answered(0))} of the others`]
        : []),
      `unasked at ${f(unasked.at)}: precision ${f(unasked.precision)}, given to ${f(unasked.share)} of the questions`,
    ],
  };
}

const styleOf = ({ study }: Judged): string => study.example.question.style;

function withoutTalk({ smallTalk: _, ...signs }: Signs): Signs {
  return signs;
}

/** Talk with the bot itself has no answer in an archive, whatever else speaks for it. */
function withTalk({ bias, weights }: Regression): Regression {
  return { bias, weights: { ...weights, smallTalk: -10 } };
}

interface Threshold {
  readonly at: number;
  readonly f1: number;
  readonly recall: number;
  readonly falseShare: number;
}

/**
 * The threshold of the best F1 among those that let few near misses through: a wrong answer in a group of professionals is
 * dearer than a silence, and F1 is flat around its top.
 */
function bestThreshold(sure: readonly number[], labels: readonly number[], isNearMiss: readonly boolean[]): Threshold {
  const tried: (Threshold & { readonly nearMisses: number })[] = [];
  const sizeOf = (test: (i: number) => boolean): number => Math.max(1, labels.filter((_, i) => test(i)).length);
  for (let at = 0.2; at < 0.95; at += 0.01) {
    const answered = (test: (i: number) => boolean): number => sure.filter((value, i) => value >= at && test(i)).length;
    const [hit, wrong] = [1, 0].map((label) => answered((i) => labels[i] === label)) as [number, number];
    const positives = sizeOf((i) => labels[i] === 1);
    tried.push({
      at: Number(at.toFixed(2)),
      f1: (2 * hit) / (hit + wrong + positives),
      recall: hit / positives,
      falseShare: wrong / sizeOf((i) => labels[i] === 0),
      nearMisses: answered((i) => isNearMiss[i] === true) / sizeOf((i) => isNearMiss[i] === true),
    });
  }
  const careful = tried.filter(({ nearMisses }) => nearMisses <= MOST_WRONG);
  return careful.reduce((best, one) => (one.f1 > best.f1 ? one : best), careful.at(-1) as Threshold);
}

/** The lowest confidence of a first excerpt from which on all more confident ones together are precise enough. */
function unaskedThreshold(firsts: readonly { readonly label: number; readonly confidence: number }[]): {
  readonly at: number;
  readonly precision: number;
  readonly share: number;
} {
  const sorted = [...firsts].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let found = { at: 1, precision: 1, share: 0 };
  sorted.forEach(({ label, confidence }, i) => {
    right += label;
    const precision = right / (i + 1);
    if (precision >= UNASKED_PRECISION) found = { at: Number(confidence.toFixed(3)), precision, share: (i + 1) / sorted.length };
  });
  return found;
}
