/**
 * The name at the beginning of a text -> who or what carries it.
 *
 * Names hold spaces and dashes, so where one ends cannot be told from the text alone: the longest beginning that is
 * somebody's whole name wins; else the first word counts.
 */
import { EXPORTER, isTelling, ownName, plainName } from '../people/names.js';
import type { People } from '../people/people.js';
import { fold } from '../text/fold.js';

export interface Named<T> {
  readonly who: readonly T[];
  /** Characters of the text that the name takes. */
  readonly length: number;
}

export interface NameReader {
  /** `来自:`: a whole name, else an own name, else a part of names. Undefined if nobody is meant. */
  readonly speaker: (text: string) => Named<number> | undefined;
  /** `@`: a whole name or an own name; a part of one is not enough, for people write @ for many things. */
  readonly mentioned: (text: string) => Named<number> | undefined;
  /** `群:`: a room's whole name, else a part of it. */
  readonly room: (text: string) => Named<string> | undefined;
}

/** Company, post and town of a group card behind the nickname, with a space before the first dash: no excluded word. */
const REST_OF_CARD = /^ [-－](?=[^\s-]*[\u3400-\u9fff])[^\s-]+-\S+/;

export function nameReader(people: Pick<People, 'speakers' | 'find'>, rooms: readonly string[]): NameReader {
  let carriers: ReadonlyMap<string, readonly number[]> | undefined;
  const wholeName = (text: string): Named<number> | undefined => {
    carriers ??= carriersOfNames(people);
    const known = carriers;
    return longestWhole(text, (name) => known.get(spelled(plainName(name))) ?? []);
  };
  const find = (word: string): readonly number[] => (plainName(word) === '' || word === EXPORTER ? [] : people.find(word));

  return {
    speaker(text) {
      const word = firstWord(text);
      return wholeName(text) ?? named(find(word), word);
    },
    mentioned(text) {
      const word = firstWord(text);
      const own = ownName(word);
      const carriesIt = (id: number) => people.speakers[id]?.names.some((name) => ownName(name) === own) ?? false;
      const found = wholeName(text) ?? (isTelling(own) ? named(find(word).filter(carriesIt), word) : undefined);
      const card = found && REST_OF_CARD.exec(text.slice(found.length));
      return card ? { ...found, length: found.length + card[0].length } : found;
    },
    room(text) {
      const word = firstWord(text);
      const part = spelled(word);
      return (
        longestWhole(text, (name) => rooms.filter((room) => spelled(room) === spelled(name))) ??
        named(part === '' ? [] : rooms.filter((room) => spelled(room).includes(part)), word)
      );
    },
  };
}

function named<T>(who: readonly T[], word: string): Named<T> | undefined {
  return who.length > 0 ? { who, length: word.length } : undefined;
}

/** Speakers by every name they carried; `我`, which everybody is to himself, names nobody. */
function carriersOfNames(people: Pick<People, 'speakers' | 'find'>): ReadonlyMap<string, readonly number[]> {
  const carriers = new Map<string, number[]>();
  for (const { id, names } of people.speakers) {
    for (const name of names) {
      const key = spelled(plainName(name));
      if (key === EXPORTER) continue;
      const ids = carriers.get(key);
      if (ids) ids.push(id);
      else carriers.set(key, [id]);
    }
  }
  return carriers;
}

/** Where a name may end. */
const END = /[\s，、。；！？,;!?]|$/g;

/** Words in the longest name that is tried. */
const MOST_PARTS = 8;

function longestWhole<T>(text: string, carriersOf: (name: string) => readonly T[]): Named<T> | undefined {
  const ends: number[] = [];
  for (const match of text.matchAll(END)) if (ends.unshift(match.index) === MOST_PARTS) break;
  for (const end of ends) {
    const name = text.slice(0, end);
    const who = spelled(name) === '' ? [] : carriersOf(name);
    if (who.length > 0) return { who: [...new Set(who)], length: end };
  }
  return undefined;
}

function firstWord(text: string): string {
  return text.slice(0, text.search(END));
}

/** Equal for names that differ in case, width or white space only: `@` writes a space where the printed name has none. */
function spelled(name: string): string {
  return fold(name).replace(/\s+/g, '');
}
