/**
 * Messages of two exports that print one person under different names -> which of them are the same message.
 *
 * Pure. It is decided as the loader decides it of two files: a text that nobody types twice in a second is enough, and whom such
 * texts prove to be one person is so for short texts too.
 */
import { bareId, isIdOfName } from '../../people/logins.js';
import { voicesOf } from '../../people/voices.js';
import { compareCopies, foldCopies } from '../doubles.js';
import { kindOfType } from '../formats/chatlab.js';
import { type Entry, entryOf } from '../read.js';
import type { KeptLine } from './day-file.js';
import { type KeptMessage, saidIn } from './kept-message.js';

/**
 * `unmatched` are messages of an export that are none of the `known` by id or name, `isTaken` the places of known ones that others
 * were found to be. Out: of each further double its place among the known.
 */
export function sameUnderOtherNames<One extends KeptLine>(
  known: readonly KeptLine[],
  unmatched: readonly One[],
  isTaken: ReadonlySet<number>,
): ReadonlyMap<One, number> {
  const found = new Map<One, number>();
  // Only what both say is compared: what one of them says twice by itself proves nothing of the other.
  const free = alsoSaidIn(
    unmatched,
    known.map(({ message }, place) => ({ message, place })).filter(({ place }) => !isTaken.has(place)),
  );
  const candidates = alsoSaidIn(
    free,
    unmatched.map(({ message }, place) => ({ message, place })),
  );
  if (candidates.length === 0) return found;
  const entries = [
    ...free.map(({ message, place }) => entryIn('known', place, message)),
    ...candidates.map(({ message, place }) => entryIn('export', place, message)),
  ].sort((a, b) => a.at - b.at);
  const comparison = compareCopies(entries);
  const { together } = comparison.pairs;
  const { groups } = foldCopies(entries, voicesOf(entries), comparison, (key) => together.has(key));
  for (const { entry, copies } of groups) {
    const group = [entry, ...copies];
    const there = group.filter(({ file }) => file === 'known');
    for (const { line } of group.filter(({ file }) => file === 'export')) {
      const one = unmatched[line] as One;
      const at = there.findIndex((copy) => mayBeOne((known[copy.line] as KeptLine).message, one.message));
      const [copy] = at < 0 ? [] : there.splice(at, 1);
      if (copy) found.set(one, copy.line);
    }
  }
  return found;
}

interface Placed {
  readonly message: KeptMessage;
  readonly place: number;
}

/** Those that say what the others say, at most a second apart; mostly there are none. */
function alsoSaidIn(others: readonly Pick<Placed, 'message'>[], some: readonly Placed[]): readonly Placed[] {
  if (others.length === 0) return [];
  const keys = new Set(others.map(({ message }) => keyAt(message, 0)));
  return some.filter(({ message }) => [-1, 0, 1].some((apart) => keys.has(keyAt(message, apart))));
}

function keyAt(message: KeptMessage, apart: number): string {
  return `${message.timestamp + apart}\n${saidIn(message)}`;
}

/** `line` leads back to the message. */
function entryIn(file: string, line: number, message: KeptMessage): Entry {
  const { sender, accountName, groupNickname, timestamp, type } = message;
  const name = groupNickname || accountName || bareId(sender);
  const kind = kindOfType(type);
  return entryOf({ line, at: timestamp * 1000, name, body: saidIn(message), ...(kind ? { kind } : {}) }, { file, room: '' });
}

/** Ids of the platform that differ are two people, or two messages. */
function mayBeOne(one: KeptMessage, other: KeptMessage): boolean {
  const haveSenders = !isIdOfName(one.sender) && !isIdOfName(other.sender) && !isOfLogin(one.sender);
  if (haveSenders && one.sender !== other.sender) return false;
  return one.platformMessageId === undefined || other.platformMessageId === undefined || isOfLogin(one.sender);
}

/** Heard live: its ids are those of the chat. */
function isOfLogin(sender: string): boolean {
  return bareId(sender) !== sender && !isIdOfName(sender);
}
