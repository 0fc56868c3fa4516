/**
 * Holdings <-> plain data and typed arrays, so that a process can begin where another one ended.
 *
 * Entries are stored column by column, and everything that is computed from them by their numbers. Out, read again: holdings
 * that answer as those did that were stored. Terms that no message holds any more are left out, so that a word that was taken
 * back is not kept.
 */
import { type Group, kindOfGroup } from '../archive/doubles.js';
import type { LoadedArchive } from '../archive/load.js';
import type { Entry, FileEntries } from '../archive/read.js';
import { type Holdings, withLanguage } from '../holdings.js';
import { numberThreads, speller } from '../library.js';
import { peopleOf } from '../people/people.js';
import { languageOf } from '../search/language.js';
import { type PassageIndex, withLookups } from '../search/passage-index.js';
import { termTable } from '../search/term-table.js';
import { type PackedLore, packLore, unpackLore } from '../threads/lore.js';
import type { Message, MessageKind, Speaker, Warning } from '../types.js';
import type { Arrays } from './sections.js';

/** What of an entry few have. */
type Rest = Pick<Entry, 'alsoKnownAs' | 'sender' | 'quoted' | 'id' | 'replyTo'>;

interface Plain {
  readonly files: readonly (Omit<FileEntries, 'entries'> & { readonly count: number })[];
  readonly warnings: readonly Warning[];
  readonly aliases: readonly (readonly string[])[];
  readonly names: readonly string[];
  readonly kinds: readonly MessageKind[];
  readonly texts: readonly string[];
  readonly rest: readonly (readonly [entry: number, Rest])[];
  readonly doubles: number;
  readonly speakers: readonly Speaker[];
  readonly speakerOf: readonly (readonly [name: string, speaker: number])[];
  readonly words: readonly string[];
  readonly lore: Pick<PackedLore, 'id' | 'words' | 'unknownRarity'>;
  readonly learnedFrom: number;
  readonly foundBy: string;
  readonly learnedWords: readonly (readonly [word: string, count: number])[];
  readonly statedWords: readonly string[];
  readonly dictionary: readonly string[];
}

/** Of the index, by name: all that is numbers. */
const INDEX = [
  'messageAt',
  'positionOf',
  'terms',
  'termStart',
  'postings',
  'postingStart',
  'sittingAt',
  'sittingStart',
  'passageStart',
  'sittingOfPassage',
  'asks',
] as const;

export function contentsOf({ library, language }: Holdings): { readonly plain: Plain; readonly arrays: Arrays } {
  const { archive, found, learned } = library;
  const entries = archive.files.flatMap((file) => file.entries);
  const numberOf = new Map(entries.map((entry, i) => [entry, i]));
  const names = [...new Set(entries.map((entry) => entry.name))];
  const nameNumbers = new Map(names.map((name, i) => [name, i]));
  const kinds = [...new Set(entries.map((entry) => entry.kind))];
  const { index, codes, words } = compacted(library.index);
  const lore = packLore(learned.lore);
  const plain: Plain = {
    files: archive.files.map(({ entries, ...file }) => ({ ...file, count: entries.length })),
    warnings: archive.warnings,
    aliases: archive.stated,
    names,
    kinds,
    texts: entries.map((entry) => entry.text),
    rest: entries.flatMap((entry, i) => restOf(entry, i)),
    doubles: archive.doubles,
    speakers: archive.people.speakers,
    speakerOf: [...archive.people.speakerOf],
    words,
    lore: { id: lore.id, words: lore.words, unknownRarity: lore.unknownRarity },
    learnedFrom: learned.messages,
    foundBy: found.by,
    learnedWords: language.learned,
    statedWords: language.stated,
    dictionary: language.segment.general,
  };
  const arrays: Arrays = {
    at: Float64Array.from(entries, (entry) => entry.at),
    line: Int32Array.from(entries, (entry) => entry.line),
    name: Int32Array.from(entries, (entry) => nameNumbers.get(entry.name) as number),
    kind: Uint8Array.from(entries, (entry) => kinds.indexOf(entry.kind)),
    leaders: Int32Array.from(archive.groups, ({ entry }) => numberOf.get(entry) as number),
    copies: pairs(archive.groups, ({ copies }) => copies.map((copy) => numberOf.get(copy) as number)),
    speakers: Int32Array.from(archive.messages, (message) => message.speaker),
    replyTo: Int32Array.from(archive.messages, (message) => message.replyTo ?? -1),
    mentions: pairs(archive.messages, (message) => message.mentions),
    codes,
    lorePairs: lore.pairs,
    loreRarity: lore.rarity,
    loreOpening: lore.opening,
    labels: found.labels,
    prints: found.prints,
    sizes: found.sizes,
    places: found.places,
    ...Object.fromEntries(INDEX.map((name) => [name, index[name]])),
  };
  return { plain, arrays };
}

const NOBODY: readonly never[] = [];

function restOf({ alsoKnownAs, sender, quoted, id, replyTo }: Entry, number: number): readonly (readonly [number, Rest])[] {
  if (alsoKnownAs.length === 0 && sender === undefined && quoted === undefined && id === undefined && replyTo === undefined)
    return NOBODY;
  return [[number, { alsoKnownAs, ...defined({ sender, quoted, id, replyTo }) }]];
}

/** JSON leaves out what is undefined, and so does this: an absent property stays absent. */
function defined<Part extends object>(part: Part): { [Key in keyof Part]?: NonNullable<Part[Key]> } {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Part]?: NonNullable<Part[Key]>;
  };
}

/** What few rows have several of, as pairs of row and value. */
function pairs<Row>(rows: readonly Row[], valuesOf: (row: Row) => readonly number[]): Int32Array {
  const found: number[] = [];
  rows.forEach((row, i) => {
    for (const value of valuesOf(row)) found.push(i, value);
  });
  return Int32Array.from(found);
}

function byRow(pairs: Int32Array): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < pairs.length; i += 2) {
    const [row, value] = [pairs[i] as number, pairs[i + 1] as number];
    const values = rows.get(row);
    if (values) values.push(value);
    else rows.set(row, [value]);
  }
  return rows;
}

/** The index without terms that no message holds; of the others the codes of bigrams by number, and the words in order. */
function compacted(index: PassageIndex): {
  readonly index: PassageIndex;
  readonly codes: Float64Array;
  readonly words: readonly string[];
} {
  const { table, postingStart } = index;
  const isHeld = (term: number): boolean => postingStart[term + 1] !== postingStart[term];
  const numbers = new Int32Array(table.size()).fill(-1);
  const kept: number[] = [];
  for (let term = 0; term < numbers.length; term++) {
    if (!isHeld(term)) continue;
    numbers[term] = kept.length;
    kept.push(term);
  }
  const codes = Float64Array.from(kept, table.codeOf);
  const words = [...table.words()]
    .filter(([, term]) => isHeld(term))
    .sort((a, b) => a[1] - b[1])
    .map(([word]) => word);
  if (kept.length === numbers.length) return { index, codes, words };
  const starts = Int32Array.from([...kept.map((term) => postingStart[term] as number), index.postings.length]);
  return { index: { ...index, terms: index.terms.map((term) => numbers[term] as number), postingStart: starts }, codes, words };
}

/** @throws if `plain` and `arrays` are of another form */
export function holdingsFrom(plain: Plain, arrays: Arrays): Holdings {
  const ints = (name: string): Int32Array => {
    const array = arrays[name];
    if (!(array instanceof Int32Array)) throw new TypeError(`no numbers ${name}`);
    return array;
  };
  const files = filesFrom(plain, arrays, ints);
  const archive = archiveFrom(plain, files, ints);
  const rest = plain.words[Symbol.iterator]();
  const table = termTable(
    Array.from(arrays.codes as Float64Array, (code) => (code === 0 ? (rest.next().value as string) : code)),
  );
  const numbers = Object.fromEntries(INDEX.map((name) => [name, arrays[name]])) as Pick<PassageIndex, (typeof INDEX)[number]>;
  const index = withLookups({ ...numbers, table, spell: speller() });
  const lore = unpackLore({
    ...plain.lore,
    pairs: ints('lorePairs'),
    rarity: arrays.loreRarity as Float32Array,
    opening: arrays.loreOpening as Float32Array,
  });
  const found = {
    by: plain.foundBy,
    labels: ints('labels'),
    prints: arrays.prints as Float64Array,
    sizes: ints('sizes'),
    places: ints('places'),
  };
  const library = {
    archive,
    index,
    learned: { lore, messages: plain.learnedFrom },
    found,
    ...numberThreads(archive.messages, found.labels),
  };
  return withLanguage(library, languageOf(index, plain.statedWords, { learned: plain.learnedWords, general: plain.dictionary }));
}

function filesFrom(plain: Plain, arrays: Arrays, ints: (name: string) => Int32Array): readonly FileEntries[] {
  const [lines, names] = [ints('line'), ints('name')];
  const [at, kinds] = [arrays.at as Float64Array, arrays.kind as Uint8Array];
  const rest = new Map(plain.rest);
  let i = 0;
  return plain.files.map(({ count, ...file }) => {
    const entries: Entry[] = [];
    for (const end = i + count; i < end; i++) {
      entries.push({
        file: file.found.file,
        line: lines[i] as number,
        room: file.found.room,
        at: at[i] as number,
        name: plain.names[names[i] as number] as string,
        alsoKnownAs: NOBODY,
        text: plain.texts[i] as string,
        kind: plain.kinds[kinds[i] as number] as MessageKind,
        ...rest.get(i),
      });
    }
    return { ...file, entries };
  });
}

function archiveFrom(plain: Plain, files: readonly FileEntries[], ints: (name: string) => Int32Array): LoadedArchive {
  const entries = files.flatMap((file) => file.entries);
  const [leaders, speakers, replyTo] = [ints('leaders'), ints('speakers'), ints('replyTo')];
  const [copies, mentions] = [byRow(ints('copies')), byRow(ints('mentions'))];
  const groups: Pick<Group, 'entry' | 'copies'>[] = [];
  const messages: Message[] = [];
  for (let index = 0; index < leaders.length; index++) {
    const entry = entries[leaders[index] as number] as Entry;
    const group = { entry, copies: (copies.get(index) ?? NOBODY).map((copy) => entries[copy] as Entry) };
    const replied = replyTo[index] as number;
    groups.push(group);
    messages.push({
      index,
      room: entry.room,
      file: entry.file,
      line: entry.line,
      copies: group.copies.map(({ file, line }) => ({ file, line })),
      at: entry.at,
      speaker: speakers[index] as number,
      name: entry.name,
      text: entry.text,
      kind: kindOfGroup(group),
      ...(entry.quoted ? { quoted: entry.quoted } : {}),
      ...(replied < 0 ? {} : { replyTo: replied }),
      mentions: mentions.get(index) ?? NOBODY,
    });
  }
  return {
    messages,
    groups,
    people: peopleOf(plain.speakers, new Map(plain.speakerOf)),
    doubles: plain.doubles,
    // The spans are not kept: the first reload puts them together again.
    rooms: new Map(),
    files,
    warnings: plain.warnings,
    stated: plain.aliases,
  };
}
