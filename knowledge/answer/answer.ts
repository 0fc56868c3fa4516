/**
 * A question and a library -> an Answer: candidates found, ranked, quoted.
 */
import type { WallClock } from '../archive/wall-clock.js';
import type { Library } from '../library.js';
import { bestPassages, passageRange, scorePassages } from '../search/candidates.js';
import { weigh } from '../search/query.js';
import type { Segmenter } from '../text/segment.js';
import type { Address, Answer, Excerpt, Message } from '../types.js';
import { quoteOf } from './quote.js';

const EXCERPTS = 10;
const QUOTES = 4;
const CANDIDATES = 100;

export interface Asking {
  readonly library: Library;
  readonly clock: WallClock;
  readonly segment: Segmenter;
  /** True for the messages that the asker may read. */
  readonly admit: (message: Message) => boolean;
}

export function answer(question: string, asking: Asking): Answer {
  const { library, clock, admit } = asking;
  const { index, archive } = library;
  const query = weigh(question, index, asking.segment);
  const scores = scorePassages(index, query);
  const messageAt = (position: number): Message => archive.messages[index.messageAt[position] as number] as Message;
  const candidates = bestPassages(scores, CANDIDATES, (passage) => admit(messageAt(passageRange(index, passage)[0])));
  const weightOf = new Map(query.terms.map(({ term, weight }) => [term, weight]));
  const shown = new Set<number>();
  const excerpts: Excerpt[] = [];
  for (const candidate of candidates) {
    const [from, to] = passageRange(index, candidate.passage);
    const positions = Array.from({ length: to - from }, (_, i) => from + i);
    if (positions.some((position) => shown.has(position))) continue;
    for (const position of positions) shown.add(position);
    const coverage = new Map(
      positions.map((position) => {
        let sum = 0;
        const seen = new Set<number>();
        for (let k = index.termStart[position] as number; k < (index.termStart[position + 1] as number); k++) {
          const term = index.terms[k] as number;
          if (!seen.has(term)) sum += weightOf.get(term) ?? 0;
          seen.add(term);
        }
        return [position, sum / (query.total || 1) + Math.min(60, messageAt(position).text.length) / 300] as const;
      }),
    );
    const chosen = [...positions]
      .sort((a, b) => (coverage.get(b) ?? 0) - (coverage.get(a) ?? 0))
      .slice(0, QUOTES)
      .sort((a, b) => a - b);
    const thread = library.threads[library.threadOf[index.messageAt[from] as number] as number];
    const members = thread?.messages ?? [];
    const quotes = chosen.map((position) => quoteOf(messageAt(position), clock));
    const first = quotes[0];
    if (!first) continue;
    excerpts.push({
      thread: String(thread?.id ?? 0),
      room: messageAt(from).room,
      score: candidate.score,
      confidence: Math.min(1, candidate.score / (query.total || 1) / 1.5),
      from: messageAt(from).at,
      to: messageAt(to - 1).at,
      date: first.date,
      time: first.time,
      people: new Set(members.map((i) => archive.messages[i]?.speaker)).size,
      messages: members.length,
      quotes,
      addresses: members.map((i): Address => ({ file: archive.messages[i]?.file ?? '', line: archive.messages[i]?.line ?? 0 })),
    });
    if (excerpts.length === EXCERPTS) break;
  }
  return { question, answered: (excerpts[0]?.confidence ?? 0) > 0.35, excerpts };
}
