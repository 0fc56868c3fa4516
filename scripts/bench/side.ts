/**
 * One side of the benchmark, in a process of its own: `node side.js SIDE ARCHIVE [SNAPSHOT]`, questions as a JSON array on stdin.
 * The archive is a copy that is changed where reloads are measured; the snapshot's folder is left filled for the side `warm`.
 *
 * Out: one JSON line on stdout, a {@link SideReport}.
 */
import { text } from 'node:stream/consumers';
import { addMessage, daysToChange } from './edit.js';
import type { Engine } from './engine.js';

/** `cold` and `warm` are this project without and with a snapshot. */
export type Side = 'cold' | 'warm' | 'naive';

export interface SideReport {
  /** Seconds until the first question could be asked: packages loaded, archive read, index built. */
  readonly build: number;
  /** ms of every question. */
  readonly queries: readonly number[];
  /** Seconds of reloads after one message was added to the last day, and to one in the middle. */
  readonly reloads: { readonly last: readonly number[]; readonly middle: readonly number[] };
  /** The most memory the process ever held, bytes. */
  readonly memory: number;
}

const RELOADS = 4;

/** The packages are loaded here, not above: loading them is part of a start, and no side may pay for the other's. */
async function openQunshi(archive: string, snapshot: string): Promise<Engine> {
  const { openKnowledge } = await import('../../knowledge/index.js');
  const knowledge = await openKnowledge({ archive, snapshot });
  return {
    ask: async (question) => (await knowledge.ask(question)).excerpts.length,
    async reload() {
      await knowledge.settled();
      const begun = performance.now();
      await knowledge.reload();
      return (performance.now() - begun) / 1000;
    },
    close: knowledge.close,
  };
}

async function openNaive(archive: string): Promise<Engine> {
  const { openBaseline } = await import('./baseline.js');
  return openBaseline(archive);
}

async function measure(side: Side, archive: string, snapshot: string, questions: readonly string[]): Promise<SideReport> {
  const begun = performance.now();
  const engine = await (side === 'naive' ? openNaive(archive) : openQunshi(archive, snapshot));
  const build = (performance.now() - begun) / 1000;
  const queries: number[] = [];
  for (const question of questions) {
    const asked = performance.now();
    await engine.ask(question);
    queries.push(performance.now() - asked);
  }
  const reloads = { last: [] as number[], middle: [] as number[] };
  if (side === 'cold') {
    const days = daysToChange(archive);
    for (let turn = 0; turn < RELOADS; turn++) {
      for (const day of ['last', 'middle'] as const) {
        addMessage(days[day], turn);
        reloads[day].push((await engine.reload?.()) ?? Number.NaN);
      }
    }
  }
  await engine.close?.();
  return { build, queries, reloads, memory: process.resourceUsage().maxRSS * 1024 };
}

const [side, archive, snapshot] = process.argv.slice(2);
const questions = JSON.parse(await text(process.stdin)) as readonly string[];
process.stdout.write(`${JSON.stringify(await measure(side as Side, archive ?? '', snapshot ?? '', questions))}\n`);
