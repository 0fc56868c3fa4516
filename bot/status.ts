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
  /** The live room's name; absent in a direct chat. */
  readonly topic?: string;
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
  return ({ scope, isFull, topic }) => {
    const { lastHeard } = state.notebook.read();
    const { files, doubles, warnings, rooms } = knowledge.summary();
    const digest = topic === undefined ? undefined : state.digests.of(topic)[0];
    return replies.status({
      figures: scope === undefined ? NOTHING : knowledge.figures(scope),
      meaning: knowledge.meaning(),
      lastHeard: lastHeard === undefined ? undefined : local(lastHeard),
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
