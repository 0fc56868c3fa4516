/**
 * What may be seen of some rooms, in numbers.
 */
import type { WallClock } from '../archive/wall-clock.js';
import type { Library } from '../library.js';
import type { Figures, Message } from '../types.js';

/** `admit` says which messages count. One look at each message: a few milliseconds for 100,000. */
export function figuresOf(
  { archive: { messages, people }, threads, threadOf }: Library,
  clock: WallClock,
  admit: (message: Message) => boolean,
): Figures {
  const inThreads = new Uint8Array(threads.length);
  const bySpeakers = new Uint8Array(people.speakers.length);
  let count = 0;
  let first: Message | undefined;
  let last: Message | undefined;
  for (const message of messages) {
    if (!admit(message)) continue;
    count++;
    first ??= message;
    last = message;
    inThreads[threadOf[message.index] as number] = 1;
    bySpeakers[message.speaker] = 1;
  }
  return {
    messages: count,
    threads: countOnes(inThreads),
    speakers: countOnes(bySpeakers),
    ...(first && last ? { firstDate: clock.local(first.at).date, lastDate: clock.local(last.at).date } : {}),
  };
}

function countOnes(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}
