/**
 * A text of others -> the same without the names of those who want to be forgotten: an ellipsis stands in their place.
 *
 * Masked are `@name` under any of his names, a quotation of his words inside a text (`「名：话」`), and his name alone where it is a
 * name and no common word. Everything else stays as it was said.
 */
import type { Library } from '../library.js';
import { mentionedName } from '../people/mentions.js';
import { affiliation, EXPORTER, isTelling, ownName, plainName } from '../people/names.js';
import type { People } from '../people/people.js';
import { tidyName } from '../text/clean.js';
import type { Forgotten, MessageKind } from '../types.js';

export type Veil = (text: string, kind: MessageKind) => string;

const ELLIPSIS = '…';
/**
 * A name that texts say more than twice as often as its bearer is called, and in one of so many messages besides, is taken for a
 * common word such as 产品 or java: it is masked behind @ only. In a small archive it may stand a few times. Of the 100 most frequent
 * speakers of a real group one has such a name.
 */
const COMMON = 400;
const FEW = 10;
/** Too short to tell people apart, but as a name it stands for one. */
const SHORT_LATIN = /^[a-z]{3}$/i;

/** `speakers` are the numbers of those of them who are known to the archive. */
export function veilFor(forgotten: readonly Forgotten[], speakers: ReadonlySet<number>, library: Library): Veil {
  if (forgotten.length === 0) return (text) => text;
  const names = namesOf(forgotten, speakers, library);
  const calls = callsOf(speakers, library);
  const { people, messages } = library.archive;
  const isCommon = (name: string): boolean => {
    const called = people.find(name).reduce((sum, id) => sum + (calls.get(id) ?? 0), 0);
    return affiliation(name) === '' && occurrences(name, library) > 2 * called + Math.max(FEW, messages.length / COMMON);
  };
  const telling = names.filter((name) => (isTelling(plainName(name)) || SHORT_LATIN.test(name)) && !isCommon(name));
  const others = namesAround(names, speakers, people);
  const everywhere = anyOf([...others, ...telling]);
  const announced = anyOf([...others, ...names]);
  const isHis = (name: string): boolean => lengthOfName(name, names, speakers, library) === name.length;
  return (text, kind) => {
    let veiled = text;
    if (veiled.includes('「'))
      veiled = veiled.replace(QUOTATION, (whole, name: string) => (isHis(name) ? `「${ELLIPSIS}」` : whole));
    veiled = veiled.replace(CALL, (whole, sign: string, after: string) => {
      const length = lengthOfName(after, names, speakers, library);
      return length > 0 ? sign + ELLIPSIS + after.slice(length) : whole;
    });
    // What the chat itself tells (X 撤回了一条消息) is about people, so that every name in it is one.
    return veiled.replace(kind === 'system' ? announced : everywhere, (name) => (others.has(name) ? name : ELLIPSIS));
  };
}

/** Neither reads a character twice, however long the text is. */
const QUOTATION = /「[ ]?([^「」\n：:]{1,60}?)[ ]?[：:][^「」]*」/g;
const CALL = /([@＠])([^@＠\n]+)/g;

/** Every spelling of their names, the longest first. */
function namesOf(
  forgotten: readonly Forgotten[],
  speakers: ReadonlySet<number>,
  { archive: { people } }: Library,
): readonly string[] {
  const whole = [
    ...forgotten.flatMap((who) => who.names.map(tidyName)),
    ...[...speakers].flatMap((id) => people.speakers[id]?.names ?? []),
  ];
  const isOnlyTheirs = (own: string): boolean => isTelling(own) && people.find(own).every((id) => speakers.has(id));
  const spellings = whole.flatMap((name) => [name, plainName(name), ...[ownName(name)].filter(isOnlyTheirs)]);
  return [...new Set(spellings)].filter((name) => name !== '' && name !== EXPORTER).sort((a, b) => b.length - a.length);
}

/** The names of other people in which one of theirs stands, as 张三 does in 张三丰; the longest first. */
function namesAround(names: readonly string[], speakers: ReadonlySet<number>, people: People): ReadonlySet<string> {
  const theirs = new Set(names);
  const others = people.speakers.filter(({ id }) => !speakers.has(id)).flatMap((speaker) => speaker.names);
  const around = others.filter((other) => !theirs.has(other) && names.some((name) => other.includes(name)));
  return new Set(around.sort((a, b) => b.length - a.length));
}

/** By speaker: messages of others that call him by @. */
function callsOf(speakers: ReadonlySet<number>, { archive }: Library): ReadonlyMap<number, number> {
  const calls = new Map<number, number>();
  for (const { mentions } of archive.messages)
    for (const id of mentions) if (speakers.has(id)) calls.set(id, (calls.get(id) ?? 0) + 1);
  return calls;
}

/** How often a name may stand in the archive: as often as the rarest of its terms. */
function occurrences(name: string, { index }: Library): number {
  const terms = index.table.known(index.spell(name));
  return Math.min(...terms.map((term) => (index.postingStart[term + 1] as number) - (index.postingStart[term] as number)));
}

/** Characters that one of their names takes at the beginning of what follows an @; 0 if nobody of them is meant. */
function lengthOfName(
  after: string,
  names: readonly string[],
  speakers: ReadonlySet<number>,
  { archive: { people } }: Library,
): number {
  const known = names.find((name) => after.startsWith(name));
  const [meant] = people.mentions(`@${after}`);
  if (meant !== undefined && speakers.has(meant)) {
    // Company, post and town behind the name tell who he is, too.
    const isWhole = known !== undefined && !/^[-－—_|]/.test(after.slice(known.length));
    return isWhole ? known.length : mentionedName(after).length;
  }
  // Two people may have one name, and a name may begin with another one.
  return known !== undefined && !/^[\p{L}\p{N}]/u.test(after.slice(known.length)) ? known.length : 0;
}

/** Any of the names; those in letters only as whole words. Nothing if there is none. */
function anyOf(names: readonly string[]): RegExp {
  const patterns = names.map((name) => {
    const before = /^[a-z0-9]/i.test(name) ? '(?<![a-z0-9])' : '';
    const behind = /[a-z0-9]$/i.test(name) ? '(?![a-z0-9])' : '';
    return before + name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') + behind;
  });
  return patterns.length === 0 ? /(?!)/g : new RegExp(patterns.join('|'), 'gi');
}
