/**
 * Learns the ranking models and the confidence from questions with known answers, and prints what they reach in cross-validation.
 *
 * In: archives, each with folders of questions. Out: knowledge/search/*-ranking.json and knowledge/answer/confidence.json, each
 * with a note of how it was made. Deterministic: the same input gives the same files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyArchive, loadArchive } from '../../knowledge/archive/load.js';
import { wallClock } from '../../knowledge/archive/wall-clock.js';
import { buildLibrary } from '../../knowledge/library.js';
import type { TreeModel } from '../../knowledge/search/boosted-trees.js';
import { ALL_FEATURES, LEXICAL_FEATURES } from '../../knowledge/search/features.js';
import { lexiconOf } from '../../knowledge/search/lexicon.js';
import { respeller } from '../../knowledge/search/respeller.js';
import { segmenter } from '../../knowledge/text/segment.js';
import { type Command, existingFolder, readOptions, runIfEntry, WrongUse } from '../command.js';
import { readJsonLines } from '../json-lines.js';
import { foldsOf } from './folds.js';
import { type Judged, type LearnedConfidence, learnConfidence } from './ranking-confidence.js';
import { addressesOf, exampleOf, GOLD_QUESTION, type GoldQuestion } from './ranking-data.js';
import { figuresOf, learnTrees, type Ranked, rankedBy, type Study, scorerOf } from './ranking-trees.js';
import { type Lender, lendMeaning } from './similarities.js';

const FOLDS = 5;
/** Deterministic splits averaged over; one split of 133 questions moves a figure by 0.02. */
const SPLITS = 3;
/** What another archive's questions count against those of the first; measured: 1 costs the first set 0.02 of F1, 0.25 nothing. */
const OTHERS_WEIGHT = 0.25;

const SEARCH = join('knowledge', 'search');
const CONFIDENCE_FILE = join('knowledge', 'answer', 'confidence.json');

export const trainRankingCommand: Command = {
  name: 'train-ranking',
  help: `--archive DIR --gold DIR [--archive DIR --gold DIR]... [--model DIR]

  --archive, --gold   an archive and a folder of questions about it (questions.jsonl, unanswerable.jsonl); may be given several
                      times, also with the same archive. The ranking is learned from the questions of the first archive, the
                      confidence from all; the figures printed are those of the first pair
  --model             folder of the meaning model; with it the second ranking model is learned too`,
  async run(args, screen) {
    const values = readOptions(args, {
      archive: { type: 'string', multiple: true },
      gold: { type: 'string', multiple: true },
      model: { type: 'string' },
    });
    const archives = (values.archive ?? []).map((path) => existingFolder(path, '--archive'));
    const golds = (values.gold ?? []).map((path) => existingFolder(path, '--gold'));
    if (archives.length === 0 || archives.length !== golds.length)
      throw new WrongUse('--archive and --gold are to be given in pairs');
    const modelFolder = values.model === undefined ? undefined : existingFolder(values.model, '--model');
    const questions = golds.map(readQuestions);
    const lender = modelFolder === undefined ? undefined : await lendMeaning(modelFolder, screen);
    const confidence = JSON.parse(readFileSync(CONFIDENCE_FILE, 'utf8')) as Record<string, unknown>;
    for (const side of lender ? (['lexical', 'meaning'] as const) : (['lexical'] as const)) {
      const sets: StudySet[] = [];
      for (const archive of new Set(archives)) {
        const own = questions.filter((_, i) => archives[i] === archive);
        const studied = await studiesOf(archive, own, side === 'meaning' ? lender : undefined);
        sets.push(...studied.map((studies) => ({ archive, studies })));
      }
      screen.err(`${side}: ${sets.reduce((sum, { studies }) => sum + studies.length, 0)} questions\n`);
      const { model, trust, report } = learn(sets, side);
      writeFileSync(join(SEARCH, `${side}-ranking.json`), `${formatModel(model)}\n`);
      confidence[side] = trust;
      screen.out(`${side}\n${report.map((line) => `  ${line}\n`).join('')}`);
    }
    writeFileSync(CONFIDENCE_FILE, `${JSON.stringify(confidence, null, 1)}\n`);
    await lender?.close();
    return 0;
  },
};

interface StudySet {
  readonly archive: string;
  readonly studies: readonly Study[];
}

function readQuestions(gold: string): readonly GoldQuestion[] {
  return ['questions.jsonl', 'unanswerable.jsonl'].flatMap((file) => readJsonLines(join(gold, file), GOLD_QUESTION));
}

async function studiesOf(
  archive: string,
  sets: readonly (readonly GoldQuestion[])[],
  lender: Lender | undefined,
): Promise<readonly (readonly Study[])[]> {
  const library = buildLibrary(
    await loadArchive(archive, wallClock('Asia/Shanghai'), emptyArchive(), () => undefined),
    () => undefined,
  );
  const segment = segmenter({ ...lexiconOf(library.index), stated: [] });
  const respell = respeller(library.index, segment.dictionary);
  const similar = await lender?.forLibrary(library);
  const addresses = addressesOf(library.archive.messages);
  const studied: Study[][] = [];
  for (const questions of sets) {
    const studies: Study[] = [];
    for (const question of questions) {
      const similarities = await similar?.(question.query);
      studies.push({ library, example: exampleOf(question, { library, addresses, segment, respell, similarities }) });
    }
    studied.push(studies);
  }
  return studied;
}

interface Learned {
  readonly model: TreeModel;
  readonly trust: LearnedConfidence['model'];
  readonly report: readonly string[];
}

/**
 * The trees are learned on the first archive alone; the confidence on all, the two classes of a set weighing the same: an archive
 * of a few weeks scores lower throughout than one of years, and must not be silent for that.
 */
function learn(sets: readonly StudySet[], side: 'lexical' | 'meaning'): Learned {
  const columns = side === 'meaning' ? ALL_FEATURES : LEXICAL_FEATURES;
  const first = sets[0]?.studies ?? [];
  const own = sets.filter(({ archive }) => archive === sets[0]?.archive).flatMap(({ studies }) => studies);
  const others = sets.filter(({ archive }) => archive !== sets[0]?.archive).flatMap(({ studies }) => studies);
  const whole = scorerOf(learnTrees(own, columns, ''));
  const judged: Judged[] = [];
  const ranked: Ranked[] = [];
  const sizes = [own, others].map((studies) =>
    [false, true].map((is) => studies.filter((one) => one.example.answerable === is).length),
  );
  const judge = (one: Ranked, question: number, isOwn: boolean): void => {
    const size = sizes[isOwn ? 0 : 1]?.[one.study.example.answerable ? 1 : 0] ?? 1;
    judged.push({ ...one, question, weight: (isOwn ? 1 : OTHERS_WEIGHT) / size, isCounted: question < first.length });
  };
  for (let split = 0; split < SPLITS; split++) {
    const folds = foldsOf(own.length, FOLDS, split);
    for (let fold = 0; fold < FOLDS; fold++) {
      // The confidence is learned on scores by models that did not see the question, or it would trust too much.
      const by = scorerOf(
        learnTrees(
          own.filter((_, i) => folds[i] !== fold),
          columns,
          '',
        ),
      );
      own.forEach((study, i) => {
        if (folds[i] !== fold) return;
        const one = rankedBy(study, by);
        judge(one, i, true);
        if (i < first.length) ranked.push(one);
      });
    }
    others.forEach((study, i) => {
      judge(rankedBy(study, whole), own.length + i, false);
    });
  }
  const { model: trust, report } = learnConfidence(judged);
  const { answerAt1, answerAt3, answerAt10, quotePrecision } = figuresOf(ranked);
  const f = (value: number): string => value.toFixed(3);
  const lines = [
    `cross-validated (${FOLDS} folds, ${SPLITS} splits): answer@1 ${f(answerAt1)}  answer@3 ${f(answerAt3)}  answer@10 ${f(answerAt10)}  quote precision ${f(quotePrecision)}`,
    ...report,
  ];
  const note = `Made by npm run train-ranking on ${sets.map(({ studies }) => studies.length).join(' + ')} questions. ${lines.join('; ').replace(/\s+/g, ' ')}`;
  return { model: learnTrees(own, columns, note), trust, report: lines };
}

/** One tree a line: readable, and small in a diff. */
function formatModel({ note, features, bias, trees }: TreeModel): string {
  const head = JSON.stringify({ note, features, bias }, null, 1).slice(0, -2);
  return `${head},\n "trees": [\n${trees.map((tree) => `  ${JSON.stringify(tree)}`).join(',\n')}\n ]\n}`;
}

await runIfEntry(import.meta.url, trainRankingCommand);
