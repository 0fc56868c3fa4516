/**
 * A whole Thread as WeChat bubbles, to be read from the beginning.
 *
 * In: the thread, and the number its excerpt carried in the answer. Out: pages of at most 600 characters, split between
 * messages (only a message longer than a page is split itself), which together hold every word of the thread.
 */
import type { Quote, ThreadView } from '../../knowledge/index.js';
import { BUBBLE_LENGTH, quoteText, shownName, timeOfQuote } from './bubble.js';
import { split } from './clip.js';
import { replies } from './texts.js';

/** Bubbles sent at once; more would flood the group. */
export const PAGES_AT_ONCE = 3;

/** Room kept free on every page for its head and foot. */
const HEAD_AND_FOOT = 80;
const BODY_LENGTH = BUBBLE_LENGTH - HEAD_AND_FOOT;

/** Part of a page: some lines, and whether a message begins with them (a long one goes on over several pages). */
interface Block {
  readonly text: string;
  readonly begins: boolean;
}

/**
 * At most {@link PAGES_AT_ONCE} bubbles, from page `from` on (0-based), and how many pages there are in all.
 * The last bubble says how to go on, or that the thread ends.
 */
export function threadBubbles(
  view: ThreadView,
  number: number,
  from = 0,
): { readonly bubbles: readonly string[]; readonly pages: number } {
  const pages = pack(blocks(view.quotes));
  const [first] = view.quotes;
  const when = first === undefined ? '' : `${first.date} ${first.time.slice(0, 5)}`;
  const to = Math.min(from + PAGES_AT_ONCE, pages.length);
  const bubbles = pages.slice(from, to).map((page, i) => {
    const index = from + i;
    const head =
      index === 0
        ? replies.excerptHead(number, when, view.people, view.quotes.length, 0)
        : replies.pageHead(number, index + 1, pages.length);
    const foot = index < to - 1 ? [] : [footer(pages.slice(to))];
    return [head, ...page.map((block) => block.text), ...foot].join('\n');
  });
  return { bubbles, pages: pages.length };
}

function footer(rest: readonly (readonly Block[])[]): string {
  if (rest.length === 0) return replies.threadEnd;
  const messages = rest.flat().filter((block) => block.begins).length;
  return messages === 0 ? replies.restOfMessage : replies.moreMessages(messages);
}

function blocks(quotes: readonly Quote[]): readonly Block[] {
  let date = quotes[0]?.date ?? '';
  return quotes.flatMap((quote) => {
    const day = quote.date === date ? '' : `${replies.day(quote.date)}\n`;
    date = quote.date;
    const line = replies.quote(shownName(quote.speaker), timeOfQuote(quote, date), indented(quoteText(quote)));
    return split(day + line, BODY_LENGTH).map((text, i) => ({ text, begins: i === 0 }));
  });
}

/** Further lines of a message stand in: else one could be written that looks like a quote of somebody else. */
function indented(text: string): string {
  return text.replaceAll('\n', '\n\u3000');
}

function pack(all: readonly Block[]): readonly (readonly Block[])[] {
  const pages: Block[][] = [];
  let length = 0;
  for (const block of all) {
    const page = pages.at(-1);
    if (page === undefined || length + 1 + block.text.length > BODY_LENGTH) {
      pages.push([block]);
      length = block.text.length;
    } else {
      page.push(block);
      length += 1 + block.text.length;
    }
  }
  return pages;
}
