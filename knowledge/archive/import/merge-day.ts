/**
 * What one export says of a day x what the archive has of it already -> the day with both, each message once.
 *
 * Pure. Two are one message if the platform gave them one id; or else if they are at most a second apart, say the same, and were said
 * by one person, as their ids or names tell, or as the copies of that day do where two exports print different names. Each
 * message there is matched once, so that who said +1 twice in a second has said it twice.
 */
import { isIdOfName } from '../../people/logins.js';
import { type KeptLine, lineOf } from './day-file.js';
import { enriched, isRecalled, type KeptMessage, namesOf, saidIn } from './kept-message.js';
import { sameUnderOtherNames } from './other-names.js';

export interface Incoming extends KeptLine {
  /** Line, row or element of the export. */
  readonly line: number;
}

export interface MergedDay {
  /** By time; the very ones of before where nothing changed. */
  readonly lines: readonly KeptLine[];
  readonly added: number;
  /** Of the export, in its order. */
  readonly doubles: readonly Incoming[];
  readonly isChanged: boolean;
}

/** s */
const APART = 1;

/** `there` is the file that is merged into, `live` what was heard by the bot and is left as it is. */
export function mergeDay(there: readonly KeptLine[], live: readonly KeptLine[], incoming: readonly Incoming[]): MergedDay {
  const fresh = withoutRepeated(incoming);
  const doubles = new Set<Incoming>(fresh.repeated);
  const result = [...there];
  const take = (one: Incoming, place: number): void => {
    doubles.add(one);
    // What was heard live is the bot's own file.
    if (place >= there.length) return;
    const before = result[place] as KeptLine;
    const message = enriched(before.message, one.message);
    if (message !== before.message) result[place] = { message, json: lineOf(message) };
  };
  let added = fresh.messages;
  const known = [...there, ...live];
  if (known.length > 0) {
    const { matched, unmatched } = matches(known, there.length, added);
    for (const [one, place] of matched) take(one, place);
    const isTaken = new Set(matched.values());
    for (const [one, place] of sameUnderOtherNames(known, unmatched, isTaken)) take(one, place);
    added = unmatched.filter((one) => !doubles.has(one));
  }
  return {
    lines: byTime([...result, ...added]),
    added: added.length,
    doubles: incoming.filter((one) => doubles.has(one)),
    isChanged: added.length > 0 || result.some((line, i) => line !== there[i]),
  };
}

/** An export of which a part was put in twice repeats ids. */
function withoutRepeated(incoming: readonly Incoming[]) {
  const ids = new Set<string>();
  const repeated: Incoming[] = [];
  const messages: Incoming[] = [];
  for (const one of incoming) {
    const id = one.message.platformMessageId;
    if (id !== undefined && ids.has(id)) repeated.push(one);
    else messages.push(one);
    if (id !== undefined) ids.add(id);
  }
  return { messages, repeated };
}

function matches(known: readonly KeptLine[], imported: number, incoming: readonly Incoming[]) {
  const byId = new Map<string, number>();
  const bySecond = new Map<string, number[]>();
  known.forEach(({ message }, place) => {
    if (message.platformMessageId !== undefined) byId.set(String(message.platformMessageId), place);
    if (isRecalled(message)) return;
    const key = `${message.timestamp}\n${saidIn(message)}`;
    const places = bySecond.get(key);
    if (places) places.push(place);
    else bySecond.set(key, [place]);
  });
  const matched = new Map<Incoming, number>();
  const isTaken = new Set<number>();
  const note = (one: Incoming, place: number | undefined): boolean => {
    if (place === undefined) return false;
    matched.set(one, place);
    isTaken.add(place);
    return true;
  };
  const byWords = (one: Incoming, seconds: readonly number[]): number | undefined => {
    const said = saidIn(one.message);
    for (const apart of seconds) {
      const places = bySecond.get(`${one.message.timestamp + apart}\n${said}`) ?? [];
      const place = places.find((i) => !isTaken.has(i) && isOnePerson(known[i]?.message, one.message, i >= imported));
      if (place !== undefined) return place;
    }
    return undefined;
  };
  const remaining = (of: readonly Incoming[], find: (one: Incoming) => number | undefined): readonly Incoming[] =>
    of.filter((one) => !note(one, find(one)));
  // Those that are certain first, so that each finds its own.
  const withoutIds = remaining(incoming, ({ message: { platformMessageId: id } }) =>
    id === undefined ? undefined : byId.get(id),
  );
  const later = remaining(withoutIds, (one) => byWords(one, [0]));
  const unmatched = remaining(later, (one) => byWords(one, [-APART, APART]));
  return { matched, unmatched };
}

/** Ids of a live capture are those of its chat, which an export need not have. */
function isOnePerson(known: KeptMessage | undefined, other: KeptMessage, isLive: boolean): boolean {
  if (!known) return false;
  if (!isLive && known.platformMessageId !== undefined && other.platformMessageId !== undefined) return false;
  if (!isLive && !isIdOfName(known.sender) && !isIdOfName(other.sender)) return known.sender === other.sender;
  if (known.sender === other.sender) return true;
  const names = namesOf(known);
  return namesOf(other).some((name) => names.includes(name));
}

/** The sort is stable: within a second what was there comes first, then the order of the export. */
function byTime(lines: readonly KeptLine[]): readonly KeptLine[] {
  const isSorted = lines.every((line, i) => i === 0 || line.message.timestamp >= (lines[i - 1] as KeptLine).message.timestamp);
  return isSorted ? lines : [...lines].sort((a, b) => a.message.timestamp - b.message.timestamp);
}
