/**
 * Learns the ranking models and the confidence from gold questions, and prints what they reach in cross-validation.
 *
 * In: one archive with its gold folder, or several pairs. Out: knowledge/search/*-ranking.json and knowledge/answer/confidence.json,
 * each with a note of how it was made. Deterministic: the same input gives the same files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseQuotes } from '../../knowledge/answer/choose.js';
import { groupSigns, predict, questionSigns } from '../../knowledge/answer/confidence.js';
import { emptyArchive, loadArchive } from '../../knowledge/archive/load.js';
import { wallClock } from '../../knowledge/archive/wall-clock.js';
import { buildLibrary, type Library } from '../../knowledge/library.js';
import { type Scorer, scorer, type TreeModel } from '../../knowledge/search/boosted-trees.js';
import { ALL_FEATURES, LEXICAL_FEATURES } from '../../knowledge/search/features.js';
import { lexiconOf } from '../../knowledge/search/lexicon.js';
import { type Group, groupCandidates } from '../../knowledge/search/rank.js';
import { respeller } from '../../knowledge/search/respeller.js';
import { segmenter } from '../../knowledge/text/segment.js';
import type { Message } from '../../knowledge/types.js';
import { type Command, existingFolder, readArguments, runIfEntry, WrongUse } from '../command.js';
import { readJsonLines } from '../json-lines.js';
import { trainTrees } from './boosting.js';
import { fitLogistic, type Regression } from './logistic.js';
import { addressesOf, type Example, exampleOf, GOLD_QUESTION, type GoldQuestion } from './ranking-data.js';
import { type Lender, lendMeaning } from './similarities.js';

const FOLDS = 5;
/** Deterministic splits averaged over; one split of 133 questions moves a figure by 0.02. */
const SPLITS = 3;
/** One negative in so many is kept, with so many times the weight: the rest says nothing new. */
const KEEP_NEGATIVES = 4;
const BOOSTING = { trees: 150, rate: 0.05, ridge: 5, leastWeight: 1 };
const RIDGE = 0.02;
/** F1 that may be given for fewer wrong answers. */
const GIVEN_AWAY = 0.01;
/** What another archive's questions count against those of the first; measured: 1 costs the first set 0.02 of F1, 0.25 nothing. */
const OTHERS_WEIGHT = 0.25;
const GROUPS = 20;
const SHOWN = 10;

interface Study {
  readonly library: Library;
  readonly example: Example;
}

export const trainRankingCommand: Command = {
  name: 'train-ranking',
  help: `--archive DIR --gold DIR [--archive DIR --gold DIR]... [--model DIR]
  --archive, --gold   an archive and the folder of its questions.jsonl and unanswerable.jsonl; may be given several times,
                      the figures printed are those of the first pair
  --model             folder of the meaning model; with it the second ranking model is learned too`,
  async run(args, screen) {
    const { values, positionals } = readArguments(args, {
      archive: { type: 'string', multiple: true },
      gold: { type: 'string', multiple: true },
      model: { type: 'string' },
    });
    if (positionals.length > 0) throw new WrongUse(`${positionals[0]} is one argument too many`);
    const archives = (values.archive ?? []).map((path) => existingFolder(path, '--archive'));
    const golds = (values.gold ?? []).map((path) => existingFolder(path, '--gold'));
    if (archives.length === 0 || archives.length !== golds.length)
      throw new WrongUse('--archive and --gold are to be given in pairs');
    const modelFolder = values.model === undefined ? undefined : existingFolder(values.model, '--model');
    const questions = golds.map(readQuestions);
    const lender = modelFolder === undefined ? undefined : await lendMeaning(modelFolder, screen);
    const confidence = JSON.parse(readFileSync(CONFIDENCE_FILE, 'utf8')) as Record<string, unknown>;
    for (const side of lender ? (['lexical', 'meaning'] as const) : (['lexical'] as const)) {
      const studies: Study[][] = [];
      for (const [i, archive] of archives.entries())
        studies.push(await studiesOf(archive, questions[i] ?? [], side === 'meaning' ? lender : undefined));
      screen.err(
        `${side}: ${studies.flat().length} questions, ${studies.flat().reduce((sum, { example }) => sum + example.grades.length, 0)} rows\n`,
      );
      const { model, trust, report } = learn(studies, side);
      writeFileSync(join(SEARCH, `${side}-ranking.json`), `${formatModel(model)}\n`);
      confidence[side] = trust;
      screen.out(`${side}\n${report}\n`);
    }
    writeFileSync(CONFIDENCE_FILE, `${JSON.stringify(confidence, null, 1)}\n`);
    await lender?.close();
    return 0;
  },
};

const SEARCH = join('knowledge', 'search');
const CONFIDENCE_FILE = join('knowledge', 'answer', 'confidence.json');

function readQuestions(gold: string): readonly GoldQuestion[] {
  return ['questions.jsonl', 'unanswerable.jsonl'].flatMap((file) => readJsonLines(join(gold, file), GOLD_QUESTION));
}

async function studiesOf(archive: string, questions: readonly GoldQuestion[], lender: Lender | undefined): Promise<Study[]> {
  const library = buildLibrary(
    await loadArchive(archive, wallClock('Asia/Shanghai'), emptyArchive(), () => undefined),
    () => undefined,
  );
  const segment = segmenter({ ...lexiconOf(library.index), stated: [] });
  const respell = respeller(library.index, segment.dictionary);
  const similar = await lender?.forLibrary(library);
  const addresses = addressesOf(library.archive.messages);
  const studies: Study[] = [];
  for (const question of questions) {
    const similarities = await similar?.(question.query);
    studies.push({ library, example: exampleOf(question, { library, addresses, segment, respell, similarities }) });
  }
  return studies;
}

interface Threshold {
  readonly at: number;
  readonly f1: number;
  readonly recall: number;
  readonly falseShare: number;
}

interface Learned {
  readonly model: TreeModel;
  readonly trust: {
    readonly group: Regression;
    readonly question: Regression;
    readonly threshold: number;
  };
  readonly report: string;
}

/**
 * The trees are learned on the first set alone; the confidence on all, the two classes of a set weighing the same:
 * an archive of a few weeks scores lower throughout than one of years, and must not be silent for that.
 */
function learn(sets: readonly (readonly Study[])[], side: 'lexical' | 'meaning'): Learned {
  const first = sets[0] ?? [];
  const others = sets.slice(1).flat();
  const columns = side === 'meaning' ? ALL_FEATURES : LEXICAL_FEATURES;
  const whole = scorer(train(first, columns, ''), ALL_FEATURES);
  const groupsOf = ({ library, example }: Study, by: Scorer): readonly Group[] =>
    groupCandidates(library, example.rows, by.score(example.rows.values), GROUPS);
  // Scores of every question by models that did not see it; the confidence is learned on these, or it would trust too much.
  const unseen: { index: number; study: Study; groups: readonly Group[] }[] = [];
  const figures = { one: 0, three: 0, ten: 0, precision: 0, n: 0 };
  for (let split = 0; split < SPLITS; split++) {
    const fold = assignFolds(first.length, split);
    for (let f = 0; f < FOLDS; f++) {
      const score = scorer(
        train(
          first.filter((_, i) => fold[i] !== f),
          columns,
          '',
        ),
        ALL_FEATURES,
      );
      first.forEach((study, i) => {
        if (fold[i] !== f) return;
        const groups = groupsOf(study, score);
        unseen.push({ index: i, study, groups });
        if (study.example.answerable) addFigures(figures, study, groups);
      });
    }
    others.forEach((study, i) => {
      unseen.push({ index: first.length + i, study, groups: groupsOf(study, whole) });
    });
  }
  const questionRows = unseen.map(({ study, groups }) =>
    questionSigns(study.example.question.query, study.example.query, study.example.rows, groups),
  );
  const questionLabels = unseen.map(({ study }) => (study.example.answerable ? 1 : 0));
  const setOf = new Map(sets.flatMap((set, i) => set.map((study) => [study, i] as const)));
  const classOf = unseen.map(({ study }) => `${setOf.get(study)} ${study.example.answerable}`);
  const classSizes = new Map<string, number>();
  for (const one of classOf) classSizes.set(one, (classSizes.get(one) ?? 0) + 1);
  const weights = classOf.map((one) => (one.startsWith('0') ? 1 : OTHERS_WEIGHT) / (classSizes.get(one) as number));
  const groupRows: (readonly number[])[] = [];
  const groupLabels: number[] = [];
  for (const { study, groups } of unseen) {
    groups.slice(0, SHOWN).forEach((group, rank) => {
      groupRows.push(groupSigns(groups, rank));
      groupLabels.push(hits(study, group) ? 1 : 0);
    });
  }
  const sure = crossPredict(
    questionRows,
    questionLabels,
    weights,
    unseen.map(({ index }) => index),
  );
  const isFirst = unseen.map(({ study }) => setOf.get(study) === 0);
  const ofFirst = <T>(list: readonly T[]): readonly T[] => list.filter((_, i) => isFirst[i]);
  const threshold = bestThreshold(ofFirst(sure), ofFirst(questionLabels));
  const { one, three, ten, precision, n } = figures;
  const f = (value: number): string => value.toFixed(3);
  const report = [
    `  cross-validated (${FOLDS} folds, ${SPLITS} splits): answer@1 ${f(one / n)}  answer@3 ${f(three / n)}  answer@10 ${f(ten / n)}  quote precision ${f(precision / n)}`,
    `  answerability at ${f(threshold.at)}: F1 ${f(threshold.f1)}  recall ${f(threshold.recall)}  unanswerable answered ${f(threshold.falseShare)}`,
    ...stylesAnswered(
      ofFirst(unseen).map(({ study }) => study.example),
      ofFirst(sure),
      threshold.at,
    ),
    ...(others.length > 0
      ? [
          `  the other sets at that threshold: answered ${f(share(unseen.flatMap(({ study }, i) => (!isFirst[i] && study.example.answerable ? [(sure[i] as number) >= threshold.at ? 1 : 0] : []))))} of the answerable, ${f(share(unseen.flatMap(({ study }, i) => (!isFirst[i] && !study.example.answerable ? [(sure[i] as number) >= threshold.at ? 1 : 0] : []))))} of the others`,
        ]
      : []),
  ].join('\n');
  const note = `Made by npm run train-ranking on ${sets.map((set) => set.length).join(' + ')} questions. ${report.replace(/\s+/g, ' ').trim()}`;
  return {
    model: train(first, columns, note),
    trust: {
      group: fitLogistic(groupRows, groupLabels, RIDGE),
      question: fitLogistic(questionRows, questionLabels, RIDGE, weights),
      threshold: threshold.at,
    },
    report,
  };
}

function train(studies: readonly Study[], columns: readonly string[], note: string): TreeModel {
  const from = columns.map((name) => ALL_FEATURES.indexOf(name));
  const values: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  for (const { example } of studies) {
    const positives = example.grades.reduce((sum, grade) => sum + (grade >= 2 ? 1 : 0), 0);
    if (positives === 0) continue;
    const negatives = example.grades.length - positives;
    example.grades.forEach((grade, row) => {
      if (grade < 2 && row % KEEP_NEGATIVES !== 0) return;
      for (const column of from) values.push(example.rows.values[row * ALL_FEATURES.length + column] as number);
      labels.push(grade >= 2 ? 1 : 0);
      // A question counts by the root of its answers, one that answers by itself twice, all that do not answer together three times.
      weights.push(
        grade >= 2 ? (grade >= 3 ? 2 : 1) / Math.sqrt(positives) : (3 * KEEP_NEGATIVES * Math.sqrt(positives)) / negatives,
      );
    });
  }
  return trainTrees(
    { values: Float32Array.from(values), columns, labels: Uint8Array.from(labels), weights: Float32Array.from(weights) },
    BOOSTING,
    note,
  );
}

function hits({ library, example }: Study, group: Group): boolean {
  return quotesOf(library, group).some((message) => (example.gradeOf.get(message) ?? 0) >= 2);
}

function quotesOf(library: Library, group: Group): readonly number[] {
  const messageAt = (position: number): Message =>
    library.archive.messages[library.index.messageAt[position] as number] as Message;
  return chooseQuotes(group, messageAt).map((position) => library.index.messageAt[position] as number);
}

function addFigures(
  figures: { one: number; three: number; ten: number; precision: number; n: number },
  study: Study,
  groups: readonly Group[],
): void {
  const rank = groups.slice(0, SHOWN).findIndex((group) => hits(study, group));
  figures.n++;
  if (rank === 0) figures.one++;
  if (rank >= 0 && rank < 3) figures.three++;
  if (rank >= 0) figures.ten++;
  const quotes = groups[0] ? quotesOf(study.library, groups[0]) : [];
  if (quotes.length > 0)
    figures.precision += quotes.filter((message) => study.example.thread.has(message)).length / quotes.length;
}

/** Predictions by regressions that did not see the row's question (`question[i]`). */
function crossPredict(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  question: readonly number[],
): readonly number[] {
  const fold = assignFolds(Math.max(...question) + 1, SPLITS);
  const predictions = new Array<number>(rows.length).fill(0);
  for (let f = 0; f < FOLDS; f++) {
    const inFold = (i: number): boolean => fold[question[i] as number] === f;
    const regression = fitLogistic(
      rows.filter((_, i) => !inFold(i)),
      labels.filter((_, i) => !inFold(i)),
      RIDGE,
      weights.filter((_, i) => !inFold(i)),
    );
    rows.forEach((row, i) => {
      if (inFold(i)) predictions[i] = predict(regression, row);
    });
  }
  return predictions;
}

/**
 * The highest threshold that costs at most {@link GIVEN_AWAY} of the best F1: a wrong answer in a group of professionals is
 * dearer than a silence, and F1 is flat around its top.
 */
function bestThreshold(sure: readonly number[], labels: readonly number[]): Threshold {
  const tried: Threshold[] = [];
  for (let at = 0.3; at < 0.95; at += 0.01) {
    let [hit, wrong, missed, negatives] = [0, 0, 0, 0];
    sure.forEach((value, i) => {
      if (labels[i] === 1) value >= at ? hit++ : missed++;
      else {
        negatives++;
        if (value >= at) wrong++;
      }
    });
    const f1 = (2 * hit) / Math.max(1, 2 * hit + wrong + missed);
    tried.push({
      at: Number(at.toFixed(2)),
      f1,
      recall: hit / Math.max(1, hit + missed),
      falseShare: wrong / Math.max(1, negatives),
    });
  }
  const best = Math.max(...tried.map(({ f1 }) => f1));
  return tried.findLast(({ f1 }) => f1 >= best - GIVEN_AWAY) as Threshold;
}

function share(list: readonly number[]): number {
  return list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length);
}

function stylesAnswered(examples: readonly Example[], sure: readonly number[], at: number): readonly string[] {
  const styles = new Map<string, number[]>();
  examples.forEach((example, i) => {
    if (example.answerable) return;
    styles.set(example.question.style, [...(styles.get(example.question.style) ?? []), (sure[i] as number) >= at ? 1 : 0]);
  });
  return [`  unanswerable by style: ${[...styles].map(([style, list]) => `${style} ${share(list).toFixed(2)}`).join('  ')}`];
}

/** Balanced folds by a linear congruential generator (Numerical Recipes, 7.1); the same for the same arguments. */
function assignFolds(count: number, split: number): readonly number[] {
  let state = split + 1;
  const order = Array.from({ length: count }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return { i, key: state };
  }).sort((a, b) => a.key - b.key);
  const folds = new Array<number>(count).fill(0);
  order.forEach(({ i }, place) => {
    folds[i] = place % FOLDS;
  });
  return folds;
}

/** One tree a line: readable, and small in a diff. */
function formatModel({ note, features, bias, trees }: TreeModel): string {
  const head = JSON.stringify({ note, features, bias }, null, 1).slice(0, -2);
  return `${head},\n "trees": [\n${trees.map((tree) => `  ${JSON.stringify(tree)}`).join(',\n')}\n ]\n}`;
}

await runIfEntry(import.meta.url, trainRankingCommand);
