/**
 * Stands for WeChat's server, and for the phones behind it: hands the bot what two hundred people say, again if it was not
 * acknowledged, and hears what it answers.
 *
 * In: the working folder, and how much is to be said in which time. Out: a bot process that may be killed, and what came of it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BOT, PEOPLE, ROOMS } from './crowd.js';
import type { Delivery, Report } from './member.js';

export interface Load {
  readonly messages: number;
  readonly questions: number;
  /** ms */
  readonly duration: number;
}

export interface Heard {
  /** Messages and questions delivered until now. */
  readonly talked: number;
  readonly questioned: number;
  /** Questions that got an answer, and those that got it twice. */
  readonly answered: number;
  readonly sentTwice: number;
  /** From the (last) delivery of a question to its answer sent, and how long reloads took, ms. */
  readonly waits: readonly number[];
  readonly reloads: readonly number[];
  /** Resident memory, by ms since the start. */
  readonly memory: readonly { readonly at: number; readonly bytes: number }[];
}

export interface Server {
  /** Hands over what is due by now, as far as the bot keeps up. */
  deliverWhatIsDue(): void;
  /** A new process takes the place of the one that is killed. */
  killAndStart(): Promise<void>;
  isDone(): boolean;
  heard(): Heard;
  end(): Promise<void>;
}

/** Messages delivered and not yet acknowledged, at most: a server does not send faster than it is read. */
const ON_THE_WAY = 1_000;
/** All that people say is said in this part of the time, so that the archive has its size when memory is compared. */
const TALK = 0.25;
const ASKED = ['PETG 打印拉丝怎么调？', '热熔铜螺母的孔留多大？', '无铅锡丝要多少度才熔？', '激光切亚克力怎么不发黄？'];
const WORDS = '喷嘴 热床 耗材 切片 螺丝 皮带 风扇 回抽 首层 支撑 今天 又 换了 试试 可以 不行'.split(' ');

export function startServer(folder: string, { messages, questions, duration }: Load): Server {
  const begun = Date.now();
  const open = new Map<string, Delivery>();
  const asked = new Map<string, number>();
  const answers = new Map<string, number>();
  const waits: number[] = [];
  const reloads: number[] = [];
  const memory: { readonly at: number; readonly bytes: number }[] = [];
  let [talked, questioned] = [0, 0];
  let ready = false;
  let child: ChildProcess;

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
    else if ('memory' in report) memory.push({ at: Date.now() - begun, bytes: report.memory });
    else if ('reload' in report) reloads.push(report.reload);
    else {
      const question = questionIn(report.sent);
      if (question === undefined) return;
      answers.set(question, (answers.get(question) ?? 0) + 1);
      waits.push(Date.now() - (asked.get(question) ?? Number.NaN));
    }
  };
  const start = (): ChildProcess => {
    ready = false;
    return fork(fileURLToPath(new URL('member.js', import.meta.url)), [folder]).on('message', hear);
  };
  const kill = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  child = start();

  return {
    deliverWhatIsDue() {
      const due = (all: number, part: number) => Math.min(all, Math.ceil((all * (Date.now() - begun)) / (duration * part)));
      while (ready && questioned < due(questions, 1) && open.size < ON_THE_WAY) {
        questioned += 1;
        deliver(somewhere(`q${questioned}`, `@${BOT} ${nameOf(questioned)} ${ASKED[questioned % ASKED.length]}`));
      }
      while (ready && talked < due(messages, TALK) && open.size < ON_THE_WAY) {
        talked += 1;
        deliver(somewhere(`m${talked}`, talk(talked)));
      }
    },
    async killAndStart() {
      await kill();
      child = start();
    },
    isDone: () => talked === messages && questioned === questions && open.size === 0 && answers.size === questions,
    heard: () => ({
      ...{ talked, questioned, waits, reloads, memory },
      answered: answers.size,
      sentTwice: [...answers.values()].filter((count) => count > 1).length,
    }),
    end: kill,
  };
}

const nameOf = (question: number) => `问${String(question).padStart(6, '0')}`;
const questionIn = (text: string) => /问\d{6}/.exec(text)?.[0];

function somewhere(id: string, text: string): Delivery {
  const [room, person] = [Math.floor(Math.random() * ROOMS), Math.floor(Math.random() * PEOPLE)];
  return { id, room, person, text, at: Date.now() };
}

/** Words in changing order, and a number that no other message has. */
function talk(number: number): string {
  const words = Array.from({ length: 4 + (number % 9) }, (_, i) => WORDS[(number * (i + 3) + i * i) % WORDS.length]);
  return `${words.join('')} 第${number}句`;
}
