/**
 * What may be seen of some rooms, in numbers.
 */
import type { WallClock } from '../archive/wall-clock.js';
import type { Library } from '../library.js';
import type { Figures, Message } from '../types.js';

/** `admit` says which messages count. One look at each message: some milliseconds for 100,000. */
export function figuresOf({ archive, threadOf }: Library, clock: WallClock, admit: (message: Message) => boolean): Figures {
  const counted = archive.messages.filter(admit);
  const first = counted[0];
  const last = counted.at(-1);
  return {
    messages: counted.length,
    threads: new Set(counted.map(({ index }) => threadOf[index])).size,
    speakers: new Set(counted.map(({ speaker }) => speaker)).size,
    ...(first && last ? { firstDate: clock.local(first.at).date, lastDate: clock.local(last.at).date } : {}),
  };
}
