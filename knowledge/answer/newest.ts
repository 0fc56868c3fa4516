/**
 * A question that only filters (来自:名字 上周) -> the newest messages that the filters let through, thread by thread.
 */
import type { Discussions, Group } from '../search/rank.js';

/** Messages of one thread that are taken. */
const PER_GROUP = 4;

/** At most `limit` groups, newest first. `admit` judges positions. */
export function newestGroups(
  { index, threadOf }: Discussions,
  admit: (position: number) => boolean,
  limit: number,
): readonly Group[] {
  const byThread = new Map<number, number[]>();
  for (let message = index.positionOf.length - 1; message >= 0; message--) {
    const position = index.positionOf[message] as number;
    if (position < 0) continue;
    const thread = threadOf[message] as number;
    const list = byThread.get(thread);
    if ((list && list.length >= PER_GROUP) || (!list && byThread.size === limit) || !admit(position)) continue;
    if (list) list.push(position);
    else byThread.set(thread, [position]);
  }
  return [...byThread.values()].map((positions) => ({
    members: positions.map((position) => ({ position, probability: 1 })),
    askedAt: -1,
    score: 1,
  }));
}
