/**
 * Learns the weights of the thread model from gold conversations, and prints what they reach on days they were not learned on.
 *
 * In: an archive and the folder of its threads.jsonl and questions.jsonl. Out: knowledge/threads/weights.json, with a note of how
 * it was made. Deterministic: the same input gives the same file.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyArchive, loadArchive } from '../../knowledge/archive/load.js';
import { wallClock } from '../../knowledge/archive/wall-clock.js';
import { FEATURES } from '../../knowledge/threads/features.js';
import { type Choose, threadFinder } from '../../knowledge/threads/finder.js';
import { bestRow, scoreBy, type ThreadModel } from '../../knowledge/threads/model.js';
import type { Message } from '../../knowledge/types.js';
import { type Command, existingFolder, readArguments, runIfEntry } from '../command.js';
import { addressKey, type Gold, readGold } from '../eval/gold.js';
import { type Linking, linking } from '../eval/linking.js';
import { meanOfDays, type ThreadDay, threadDays } from '../eval/threads.js';
import { fitChoices, likelihood } from './choice-model.js';
import { type Example, examplesOf, type Supervision, supervisionOf } from './thread-examples.js';

const FOLDS = 8;
/** L2 on standardised features; between 5 and 50 the cross-validated figures differ by less than their spread over days. */
const RIDGE = 20;
/** What is merely known not to belong to a conversation says less than what is known to belong to one. */
const OUTSIDE_WEIGHT = 0.5;
const WEIGHTS = join('knowledge', 'threads', 'weights.json');

const command: Command = {
  name: 'train-threads',
  help: `--archive DIR --gold DIR
  --archive DIR    folder of transcripts
  --gold DIR       folder with threads.jsonl (whole days) and questions.jsonl (single conversations) about it`,
  async run(args, screen) {
    const { values } = readArguments(args, { archive: { type: 'string' }, gold: { type: 'string' } });
    const archive = existingFolder(values.archive, '--archive');
    const gold = readGold(existingFolder(values.gold, '--gold'));
    const { messages } = await loadArchive(archive, wallClock('Asia/Shanghai'), emptyArchive(), () => undefined);
    const supervision = supervisionOf(gold, messages);
    const examples = examplesOf(messages, supervision, afterGap);
    screen.err(`${messages.length} messages, ${examples.length} examples\n`);

    const folds = Array.from({ length: FOLDS }, (_, fold) => learn(examples.filter(({ day }) => day % FOLDS !== fold)));
    const figures = report(gold, messages, crossLabels(messages, supervision, folds), heldOut(examples, folds));
    const note = `Made by npm run train-threads on ${gold.days.length} whole days and ${gold.questions.length} single conversations (${examples.length} choices), ridge ${RIDGE}. Cross-validated by day, ${FOLDS} folds: ${figures}`;
    writeFileSync(WEIGHTS, `${JSON.stringify({ note, weights: named(learn(examples)) }, null, 1)}\n`);
    screen.out(`${figures}\n`);
    return 0;
  },
};

/** A plain gap of 20 minutes, for what lies before and between the known days. */
const afterGap: Choose = (_, { message }, { previous, threads }) =>
  previous && message.at - previous.message.at <= 20 * 60_000 ? 0 : threads.length;

function learn(examples: readonly Example[]): Float64Array {
  return fitChoices(
    examples.map(({ rows, right, complete }) => ({
      rows,
      right,
      weight: complete || right.filter(Boolean).length === 1 ? 1 : OUTSIDE_WEIGHT,
    })),
    RIDGE,
  );
}

function named(weights: Float64Array): ThreadModel['weights'] {
  return Object.fromEntries(FEATURES.map((name, i) => [name, Number((weights[i] as number).toPrecision(4))]));
}

/** Threads of the whole archive, every known day (and the days before it) by the weights that were not learned on it. */
function crossLabels(messages: readonly Message[], supervision: Supervision, folds: readonly Float64Array[]): Int32Array {
  const scores = folds.map((weights) => scoreBy({ note: '', weights: named(weights) }));
  // Going backwards, the day that comes next in the room: its history must not know it either.
  const foldOf = new Int32Array(messages.length);
  const upcoming = new Map<string, number>();
  for (const { index, room } of messages.toReversed()) {
    const known = supervision.get(index);
    if (known) upcoming.set(room, known.day % FOLDS);
    foldOf[index] = upcoming.get(room) ?? 0;
  }
  const finder = threadFinder((rows, { message }) =>
    bestRow(rows, scores[foldOf[message.index] as number] as (typeof scores)[number]),
  );
  for (const message of messages) finder.add(message);
  return finder.labels();
}

/** Mean logarithm of the likelihood of what is right on complete days. */
function heldOut(examples: readonly Example[], folds: readonly Float64Array[]): number {
  const complete = examples.filter((example) => example.complete);
  const sum = complete.reduce(
    (total, { rows, right, day }) => total + Math.log(likelihood({ rows, right, weight: 1 }, folds[day % FOLDS] as Float64Array)),
    0,
  );
  return sum / complete.length;
}

function report(gold: Gold, messages: readonly Message[], labels: Int32Array, logLikelihood: number): string {
  const threadOf = new Map<string, string>();
  const members = new Map<string, Message[]>();
  for (const message of messages) {
    const thread = String(labels[message.index]);
    for (const address of [message, ...message.copies]) threadOf.set(addressKey(address), thread);
    members.set(thread, [...(members.get(thread) ?? []), message]);
  }
  const days = threadDays(gold.days, threadOf);
  const { one_to_one, pairwise_F, exact_F } = meanOfDays(days);
  const links: Linking = linking(gold.questions, {
    threadOf: (address) => threadOf.get(addressKey(address)),
    messagesOf: (thread) => members.get(thread) ?? [],
  });
  return [
    `one-to-one ${one_to_one.toFixed(3)} (${spread(days, 'one_to_one')})`,
    `pairwise F ${pairwise_F.toFixed(3)} (${spread(days, 'pairwise_F')})`,
    `exact F ${exact_F.toFixed(3)} (${spread(days, 'exact_F')})`,
    `answers held ${links.held.toFixed(3)}, threads half pure ${links.pure.toFixed(3)}`,
    `log-likelihood ${logLikelihood.toFixed(4)}`,
  ].join('; ');
}

function spread(days: readonly ThreadDay[], figure: keyof ThreadDay['figures']): string {
  const values = days.map((day) => day.figures[figure]).sort((a, b) => a - b);
  return `days ${values.map((value) => value.toFixed(2)).join(' ')}`;
}

await runIfEntry(import.meta.url, command);
