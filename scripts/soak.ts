/**
 * `npm run soak`: what the bot loses, says twice or hoards when it is killed again and again under load.
 *
 * In: how much and how long. Out: a table on stdout; exit code 1 if a message is missing or doubled in the archive, or an
 * answer was sent twice. The sender behaves like WeChat's server: what was not acknowledged is delivered again.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../bot/settings.js';
import { type Command, readArguments, runIfEntry, WrongUse } from './command.js';
import { BOT, PEOPLE, ROOMS } from './soak/crowd.js';
import type { Delivery, Report } from './soak/member.js';
import { type Findings, tableOf } from './soak/table.js';

const OPTIONS = { messages: { type: 'string' }, questions: { type: 'string' }, minutes: { type: 'string' } } as const;
const USUAL = { messages: 100_000, questions: 2_000, minutes: 8 };

/** Messages delivered and not yet acknowledged, at most: a server does not send faster than it is read. */
const ON_THE_WAY = 1_000;
/** Deliveries are looked at so often, ms. */
const BEAT = 50;
const MINUTE = 60_000;
/** After the last delivery, ms: what has no answer then was lost with a process that was killed. */
const LAST_ANSWERS = 60_000;
/** All that people say is said in this part of the time, so that the archive has its size when memory is compared. */
const TALK = 0.25;
const ASKED = ['PETG 打印拉丝怎么调？', '热熔铜螺母的孔留多大？', '无铅锡丝要多少度才熔？', '激光切亚克力怎么不发黄？'];
const WORDS = [
  '喷嘴',
  '热床',
  '耗材',
  '切片',
  '螺丝',
  '皮带',
  '风扇',
  '回抽',
  '首层',
  '支撑',
  '今天',
  '又',
  '换了',
  '试试',
  '可以',
  '不行',
];

export const soakCommand: Command = {
  name: 'soak',
  help: `[--messages N] [--questions N] [--minutes N]

  --messages N   messages of people to be captured; ${USUAL.messages} without it
  --questions N  questions put to the bot; ${USUAL.questions} without it
  --minutes N    how long; ${USUAL.minutes} without it. In each minute the bot is killed once`,
  async run(args, screen) {
    const { values, positionals } = readArguments(args, OPTIONS);
    if (positionals.length > 0) throw new WrongUse(`${positionals[0]} is one argument too many`);
    const number = (name: keyof typeof USUAL) => {
      const given = Number(values[name] ?? USUAL[name]);
      if (!Number.isInteger(given) || given < 1) throw new WrongUse(`--${name} needs a whole number of at least 1`);
      return given;
    };
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
  const begun = Date.now();
  const elapsed = () => Date.now() - begun;
  const duration = minutes * MINUTE;
  const open = new Map<string, Delivery>();
  const asked = new Map<string, number>();
  const answers = new Map<string, number>();
  const waits: number[] = [];
  const memory: { readonly at: number; readonly bytes: number }[] = [];
  const reloads: number[] = [];
  let talked = 0;
  let questioned = 0;
  let kills = 0;
  let child: ChildProcess;
  let ready = false;

  const deliver = (delivery: Delivery) => {
    open.set(delivery.id, delivery);
    const question = questionIn(delivery.text);
    if (question !== undefined) asked.set(question, Date.now());
    if (child.connected) child.send(delivery, () => undefined);
  };
  const hear = (report: Report) => {
    if ('ready' in report) {
      ready = true;
      for (const delivery of open.values()) deliver(delivery);
    } else if ('recorded' in report) open.delete(report.recorded);
    else if ('memory' in report) memory.push({ at: elapsed(), bytes: report.memory });
    else if ('reload' in report) reloads.push(report.reload);
    else {
      const question = questionIn(report.sent);
      if (question === undefined) return;
      answers.set(question, (answers.get(question) ?? 0) + 1);
      waits.push(Date.now() - (asked.get(question) ?? Number.NaN));
    }
  };
  const start = () => {
    ready = false;
    child = fork(fileURLToPath(new URL('soak/member.js', import.meta.url)), [folder]);
    child.on('message', hear);
  };
  const kill = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  const newDelivery = (id: string, text: string): Delivery => {
    const [room, person] = [Math.floor(Math.random() * ROOMS), Math.floor(Math.random() * PEOPLE)];
    return { id, room, person, text, at: Date.now() };
  };
  const deliverWhatIsDue = () => {
    const due = (all: number, part: number) => Math.min(all, Math.ceil((all * elapsed()) / (duration * part)));
    while (ready && questioned < due(questions, 1) && open.size < ON_THE_WAY) {
      questioned += 1;
      deliver(newDelivery(`q${questioned}`, `@${BOT} ${nameOf(questioned)} ${ASKED[questioned % ASKED.length]}`));
    }
    while (ready && talked < due(messages, TALK) && open.size < ON_THE_WAY) {
      talked += 1;
      deliver(newDelivery(`m${talked}`, talk(talked)));
    }
  };

  start();
  for (let minute = 0; minute < minutes; minute += 1) {
    const killAt = minute * MINUTE + Math.random() * MINUTE;
    let killed = false;
    while (elapsed() < (minute + 1) * MINUTE) {
      deliverWhatIsDue();
      if (!killed && elapsed() >= killAt) {
        await kill();
        start();
        killed = true;
        kills += 1;
      }
      await sleep(BEAT);
    }
    say(
      `minute ${minute + 1} of ${minutes}: ${talked} messages, ${questioned} questions, ${answers.size} answers, ${kills} kills`,
    );
  }
  const patience = Date.now() + LAST_ANSWERS;
  const isDone = () => talked === messages && questioned === questions && open.size === 0 && answers.size === questions;
  while (!isDone() && Date.now() < patience) {
    deliverWhatIsDue();
    await sleep(BEAT);
  }
  await kill();

  const times = archivedTimes(join(folder, 'archive'));
  const delivered = [...Array(talked).keys()]
    .map((i) => `m${i + 1}`)
    .concat([...Array(questioned).keys()].map((i) => `q${i + 1}`));
  const quarters = [0, 1, 2, 3].map((quarter) =>
    median(memory.filter(({ at }) => Math.floor((4 * at) / duration) === quarter).map(({ bytes }) => bytes)),
  );
  return {
    ...{ messages: talked, questions: questioned, kills, quarters },
    missing: delivered.filter((id) => !times.has(id)).length,
    doubled: delivered.filter((id) => (times.get(id) ?? 0) > 1).length,
    answered: answers.size,
    sentTwice: [...answers.values()].filter((count) => count > 1).length,
    waits: waits.sort((a, b) => a - b),
    reloads: reloads.sort((a, b) => a - b),
  };
}

const nameOf = (question: number) => `问${String(question).padStart(6, '0')}`;
const questionIn = (text: string) => /问\d{6}/.exec(text)?.[0];

/** Words in changing order, and a number that no other message has. */
function talk(number: number): string {
  const words = Array.from({ length: 4 + (number % 9) }, (_, i) => WORDS[(number * (i + 3) + i * i) % WORDS.length]);
  return `${words.join('')} 第${number}句`;
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
