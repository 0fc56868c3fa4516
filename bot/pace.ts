/**
 * Time, as the bot spends it: how it waits, and whether it keeps the manners of a group.
 *
 * In: the pause between two sent texts. Out: the waits that serve.ts is handed; tests hand in their own.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Between two sent texts. */
  readonly pause: () => Promise<void>;
  /** So many ms. */
  readonly wait: (ms: number) => Promise<void>;
  /** Calls back after so many ms, unless what it returns is called first. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** Whether to wait for the rest of a question, and to answer each person and room only so often. */
  readonly mannered: boolean;
}

export interface Seconds {
  readonly least: number;
  readonly most: number;
}

/** In a group of people. The spread keeps the rhythm from looking mechanical. */
export function groupPace({ least, most }: Seconds): Pace {
  return {
    pause: () => sleep(1_000 * (least + Math.random() * (most - least))),
    wait: (ms) => sleep(ms),
    later(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    mannered: true,
  };
}

/** In the terminal, where one person plays with it. */
export const terminalPace: Pace = {
  ...groupPace({ least: 0, most: 0 }),
  pause: async () => undefined,
  mannered: false,
};
