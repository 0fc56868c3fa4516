/**
 * Entries of one room -> the same entries in the order in which they were written.
 *
 * Time decides, and within one second the order of the transcript. Clients send the parts of one long post at once, and
 * exports then mix them up; where the parts carry numbers (`1.`, `（2）`), those put them right.
 */
import type { Entry } from './read.js';

// Not a decimal fraction: `1.5` is no first part.
const PART = /^(?:[（(【]\s?(\d{1,2})\s?[)）】]|(\d{1,2})\s?(?:[、．)）]|\.(?!\d)))/;

export function inWrittenOrder(entries: readonly Entry[]): readonly Entry[] {
  // The sort is stable: within one second the order of the transcript stays.
  const ordered = [...entries].sort((a, b) => a.at - b.at);
  for (let from = 0; from < ordered.length; ) {
    const at = ordered[from]?.at;
    let to = from + 1;
    while (ordered[to]?.at === at) to++;
    if (to - from > 1) orderParts(ordered, from, to);
    from = to;
  }
  return ordered;
}

/** Sorts each sender's numbered parts among the places that they take. */
function orderParts(ordered: Entry[], from: number, to: number): void {
  const posts = new Map<string, { readonly place: number; readonly part: number; readonly entry: Entry }[]>();
  for (let place = from; place < to; place++) {
    const entry = ordered[place] as Entry;
    const match = PART.exec(entry.text);
    if (!match) continue;
    const key = `${entry.file}\n${entry.name}`;
    const post = posts.get(key) ?? [];
    post.push({ place, part: Number(match[1] ?? match[2]), entry });
    posts.set(key, post);
  }
  for (const post of posts.values()) {
    const places = post.map(({ place }) => place);
    [...post]
      .sort((a, b) => a.part - b.part)
      .forEach(({ entry }, i) => {
        ordered[places[i] as number] = entry;
      });
  }
}
