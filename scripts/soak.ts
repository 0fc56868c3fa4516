/**
 * `npm run soak`: what the bot loses, says twice or hoards when it is killed again and again under load.
 *
 * In: how much and how long. Out: a table on stdout; exit code 1 if a message is missing or doubled in the archive, or an
 * answer was sent twice. The sender behaves like WeChat's server: what was not acknowledged is delivered again.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../bot/settings.js';
import { type Command, readOptions, runIfEntry, wholeNumber } from './command.js';
import { startServer } from './soak/server.js';
import { type Findings, tableOf } from './soak/table.js';

const OPTIONS = { messages: { type: 'string' }, questions: { type: 'string' }, minutes: { type: 'string' } } as const;
const USUAL = { messages: 100_000, questions: 2_000, minutes: 8 };

/** Deliveries are looked at so often, ms. */
const BEAT = 50;
const MINUTE = 60_000;
/** After the last delivery, ms: what has no answer then was lost with a process that was killed. */
const LAST_ANSWERS = 60_000;

export const soakCommand: Command = {
  name: 'soak',
  help: `[--messages N] [--questions N] [--minutes N]

  --messages N   messages of people to be captured; ${USUAL.messages} without it
  --questions N  questions put to the bot; ${USUAL.questions} without it
  --minutes N    how long; ${USUAL.minutes} without it. In each minute the bot is killed once`,
  async run(args, screen) {
    const values = readOptions(args, OPTIONS);
    const number = (name: keyof typeof USUAL) => wholeNumber(values[name] ?? String(USUAL[name]), `--${name}`);
    const size = { messages: number('messages'), questions: number('questions'), minutes: number('minutes') };
    const folder = mkdtempSync(join(tmpdir(), 'qunshi-soak-'));
    try {
      cpSync(readSettings({}).archive, join(folder, 'archive'), { recursive: true });
      const findings = await soak(folder, size, (line) => screen.err(`${line}\n`));
      screen.out(tableOf(findings));
      return findings.missing + findings.doubled + findings.sentTwice === 0 ? 0 : 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Size = typeof USUAL;

async function soak(folder: string, { messages, questions, minutes }: Size, say: (line: string) => void): Promise<Findings> {
  const duration = minutes * MINUTE;
  const begun = Date.now();
  const server = startServer(folder, { messages, questions, duration });
  let kills = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    const killAt = minute * MINUTE + Math.random() * MINUTE;
    let killed = false;
    while (Date.now() - begun < (minute + 1) * MINUTE) {
      server.deliverWhatIsDue();
      if (!killed && Date.now() - begun >= killAt) {
        await server.killAndStart();
        killed = true;
        kills += 1;
      }
      await sleep(BEAT);
    }
    const { talked, questioned, answered } = server.heard();
    say(`minute ${minute + 1} of ${minutes}: ${talked} messages, ${questioned} questions, ${answered} answers, ${kills} kills`);
  }
  const patience = Date.now() + LAST_ANSWERS;
  while (!server.isDone() && Date.now() < patience) {
    server.deliverWhatIsDue();
    await sleep(BEAT);
  }
  await server.end();

  const { talked, questioned, answered, sentTwice, waits, reloads, memory } = server.heard();
  const times = archivedTimes(join(folder, 'archive'));
  const delivered = [...numbered('m', talked), ...numbered('q', questioned)];
  const quarters = [0, 1, 2, 3].map((quarter) =>
    median(memory.filter(({ at }) => Math.floor((4 * at) / duration) === quarter).map(({ bytes }) => bytes)),
  );
  return {
    ...{ messages: talked, questions: questioned, answered, sentTwice, kills, quarters },
    missing: delivered.filter((id) => !times.has(id)).length,
    doubled: delivered.filter((id) => (times.get(id) ?? 0) > 1).length,
    waits: [...waits].sort((a, b) => a - b),
    reloads: [...reloads].sort((a, b) => a - b),
  };
}

function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** How often each id stands in the recorded files. */
function archivedTimes(archive: string): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const file of readdirSync(archive, { recursive: true, encoding: 'utf8' })) {
    if (!/^群\d.*\.jsonl$/.test(file)) continue;
    for (const [, id = ''] of readFileSync(join(archive, file), 'utf8').matchAll(/"platformMessageId":"([mq]\d+)"/g)) {
      times.set(id, (times.get(id) ?? 0) + 1);
    }
  }
  return times;
}

await runIfEntry(import.meta.url, soakCommand);
