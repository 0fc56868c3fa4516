/**
 * What 状态 tells.
 *
 * In: the knowledge, the state, what waits to be sent. Out: a text about the rooms that the asker may read, or about everything.
 */
import type { Figures, Gap, Knowledge, Scope } from '../knowledge/index.js';
import { replies } from './reply/texts.js';
import type { State } from './state/state.js';

/** Gaps that are shown, the latest ones. */
const GAPS_SHOWN = 3;

export interface StatusView {
  /** Undefined: no archive room may be read. */
  readonly scope: Scope | undefined;
  /** For an admin's own eyes: everything. */
  readonly isFull: boolean;
  /** Names of the live rooms in question: the one where it is asked, in a direct chat those of the asker. */
  readonly topics: readonly string[];
  /** Whether it is asked in a room. */
  readonly isRoom: boolean;
}

export type Status = (view: StatusView) => string;

export interface StatusOptions {
  readonly knowledge: Pick<Knowledge, 'figures' | 'summary' | 'meaning'>;
  readonly gaps: () => readonly Gap[];
  readonly state: Pick<State, 'notebook' | 'digests'>;
  /** Replies that wait or are being sent. */
  readonly queue: () => number;
  /** A UTC instant (ms) as people read it. */
  readonly local: (at: number) => string;
  /** Of the program. */
  readonly version: string;
}

const NOTHING: Figures = { messages: 0, threads: 0, speakers: 0 };

export function createStatus({ knowledge, gaps, state, queue, local, version }: StatusOptions): Status {
  return ({ scope, isFull, topics, isRoom }) => {
    const { heardIn } = state.notebook.read();
    const heard = Object.entries(heardIn).flatMap(([topic, at]) => (isFull || topics.includes(topic) ? [at] : []));
    const { files, doubles, warnings, rooms } = knowledge.summary();
    const digest = isRoom ? topics.flatMap((topic) => state.digests.of(topic))[0] : undefined;
    return replies.status({
      figures: scope === undefined ? NOTHING : knowledge.figures(scope),
      meaning: knowledge.meaning(),
      lastHeard: scope === undefined || heard.length === 0 ? undefined : local(Math.max(...heard)),
      gaps: gaps()
        .slice(-GAPS_SHOWN)
        .map(({ from, to }) => ({ from: local(from), to: local(to) })),
      digest,
      version,
      ...(isFull
        ? {
            whole: {
              files,
              doubles,
              warnings: warnings.length,
              rooms: rooms.length,
              queue: queue(),
              digests: state.digests.latest(),
            },
          }
        : {}),
    });
  };
}
