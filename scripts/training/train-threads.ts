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
import { divide } from '../../knowledge/threads/divide.js';
import { FEATURES } from '../../knowledge/threads/features.js';
import { learnLore } from '../../knowledge/threads/lore.js';
import { judgeBy, type ThreadModel } from '../../knowledge/threads/model.js';
import { listener, type Said } from '../../knowledge/threads/said.js';
import { stretchesOf } from '../../knowledge/threads/stretches.js';
import { hearingTalks } from '../../knowledge/threads/talks.js';
import type { Message } from '../../knowledge/types.js';
import { type Command, existingFolder, readArguments, runIfEntry } from '../command.js';
import { addressKey, type Gold, readGold } from '../eval/gold.js';
import { linking } from '../eval/linking.js';
import { meanOfDays, type ThreadDay, threadDays } from '../eval/threads.js';
import { fitChoices, likelihood } from './choice-model.js';
import { type Example, examplesOf, type Supervision, supervisionOf } from './thread-examples.js';

const FOLDS = 8;
/** L2 on standardised features; between 3 and 20 the cross-validated figures are alike. */
const RIDGE = 10;
/**
 * Nats added to the odds of a new thread. A wrong join costs more than a wrong division: it makes two conversations unreadable,
 * and the likelihood of single choices does not know that. Between 0.3 and 0.7 the days are divided alike; the more, the purer are
 * the threads, and the fewer answers they hold.
 */
const EAGERNESS = 0.7;
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
    const lore = learnLore(messages);
    const supervision = supervisionOf(gold, messages);
    const stretches = stretchesOf(messages)
      .filter((stretch) => stretch.some(({ index }) => supervision.has(index)))
      .map(listener(lore));
    const examples = stretches.flatMap((stretch) => examplesOf(stretch, supervision));
    screen.err(`${messages.length} messages, ${examples.length} examples\n`);

    const folds = Array.from({ length: FOLDS }, (_, fold) =>
      fitChoices(
        examples.filter(({ day }) => day % FOLDS !== fold),
        RIDGE,
      ),
    );
    const figures = report(gold, crossThreads(stretches, supervision, folds), heldOut(examples, folds));
    const note = `Made by npm run train-threads on ${gold.days.length} whole days and ${gold.questions.length} single conversations (${examples.length} choices), ridge ${RIDGE}, eagerness ${EAGERNESS}. Cross-validated by day, ${FOLDS} folds: ${figures}`;
    writeFileSync(WEIGHTS, `${JSON.stringify({ note, weights: named(fitChoices(examples, RIDGE)) }, null, 1)}\n`);
    screen.out(`${figures}\n`);
    return 0;
  },
};

function named(weights: Float64Array): ThreadModel['weights'] {
  return Object.fromEntries(
    FEATURES.map((name, i) => [name, Number(((weights[i] as number) + (name === 'new.opens' ? EAGERNESS : 0)).toPrecision(4))]),
  );
}

interface Threads {
  /** By address. */
  readonly threadOf: ReadonlyMap<string, string>;
  readonly members: ReadonlyMap<string, readonly Message[]>;
}

/** Threads around the known days, each found by the weights that were not learned on that day. */
function crossThreads(
  stretches: readonly (readonly Said[])[],
  supervision: Supervision,
  folds: readonly Float64Array[],
): Threads {
  const threadOf = new Map<string, string>();
  const members = new Map<string, Message[]>();
  folds.forEach((weights, fold) => {
    const weigh = hearingTalks(judgeBy({ weights: named(weights) }));
    const isAsked = ({ message }: Said) => (supervision.get(message.index)?.day ?? -1) % FOLDS === fold;
    for (const stretch of stretches.filter((said) => said.some(isAsked))) {
      const places = divide(stretch, weigh);
      stretch.forEach((said, place) => {
        const thread = `${fold} ${stretch[places[place] as number]?.message.index}`;
        members.set(thread, members.get(thread) ?? []);
        members.get(thread)?.push(said.message);
        if (isAsked(said))
          for (const address of [said.message, ...said.message.copies]) threadOf.set(addressKey(address), thread);
      });
    }
  });
  return { threadOf, members };
}

/** Mean logarithm of the likelihood of what is right on complete days. */
function heldOut(examples: readonly Example[], folds: readonly Float64Array[]): number {
  const complete = examples.filter((example) => example.complete);
  const sum = complete.reduce(
    (total, example) => total + Math.log(likelihood(example, folds[example.day % FOLDS] as Float64Array)),
    0,
  );
  return sum / complete.length;
}

function report(gold: Gold, { threadOf, members }: Threads, logLikelihood: number): string {
  const days = threadDays(gold.days, threadOf);
  const { one_to_one, pairwise_F, exact_F } = meanOfDays(days);
  const links = linking(gold.questions, {
    threadOf: (address) => threadOf.get(addressKey(address)),
    messagesOf: (thread) => members.get(thread) ?? [],
  });
  return [
    `one-to-one ${one_to_one.toFixed(3)} (${spread(days, 'one_to_one')})`,
    `pairwise F ${pairwise_F.toFixed(3)} (${spread(days, 'pairwise_F')})`,
    `exact F ${exact_F.toFixed(3)} (${spread(days, 'exact_F')})`,
    `answers held ${links.held.toFixed(3)}, thread on topic ${links.topical.toFixed(3)}, at least half of it ${links.pure.toFixed(3)}`,
    `log-likelihood ${logLikelihood.toFixed(4)}`,
  ].join('; ');
}

function spread(days: readonly ThreadDay[], figure: keyof ThreadDay['figures']): string {
  const values = days.map((day) => day.figures[figure]).sort((a, b) => a - b);
  return `days ${values.map((value) => value.toFixed(2)).join(' ')}`;
}

await runIfEntry(import.meta.url, command);
