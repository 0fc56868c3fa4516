/**
 * One side of the benchmark, in a process of its own: `node side.js SIDE ARCHIVE`, questions as a JSON array on stdin.
 *
 * Out: one JSON line on stdout: seconds until the first question could be asked (packages loaded, archive read, index built),
 * milliseconds of every question, and the most memory the process ever held, in bytes.
 */
import { text } from 'node:stream/consumers';
import type { Engine } from './engine.js';

export type Side = 'qunshi' | 'naive';

export interface SideReport {
  readonly build: number;
  readonly queries: readonly number[];
  readonly memory: number;
}

/** The packages are loaded here, not above: loading them is part of a cold start, and neither side may pay for the other's. */
const OPENERS: Readonly<Record<Side, (archive: string) => Promise<Engine>>> = {
  async qunshi(archive) {
    const { openKnowledge } = await import('../../knowledge/index.js');
    const knowledge = await openKnowledge({ archive });
    return { ask: async (question) => (await knowledge.ask(question)).excerpts.length };
  },
  async naive(archive) {
    const { openBaseline } = await import('./baseline.js');
    return openBaseline(archive);
  },
};

async function measure(side: Side, archive: string, questions: readonly string[]): Promise<SideReport> {
  const begun = performance.now();
  const engine = await OPENERS[side](archive);
  const build = (performance.now() - begun) / 1000;
  const queries: number[] = [];
  for (const question of questions) {
    const asked = performance.now();
    await engine.ask(question);
    queries.push(performance.now() - asked);
  }
  return { build, queries, memory: process.resourceUsage().maxRSS * 1024 };
}

const [side, archive] = process.argv.slice(2);
const report = await measure(side as Side, archive ?? '', JSON.parse(await text(process.stdin)) as readonly string[]);
process.stdout.write(`${JSON.stringify(report)}\n`);
