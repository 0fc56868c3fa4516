/**
 * A text of others -> the same without the names of those who want to be forgotten: an ellipsis stands in their place.
 *
 * Masked are `@name` under any of his names, a quotation of his words inside a text (`「名：话」`), and his name alone where it is a
 * name and no common word. Everything else stays as it was said.
 */
import type { Library } from '../library.js';
import { mentionedName } from '../people/mentions.js';
import { EXPORTER, isTelling, ownName, plainName } from '../people/names.js';
import { tidyName } from '../text/clean.js';
import type { Forgotten, MessageKind } from '../types.js';

export type Veil = (text: string, kind: MessageKind) => string;

const ELLIPSIS = '…';
/** A name that texts say so much more often than its bearer is called is a common word, such as 产品 or java. Measured: see DESIGN.md. */
const COMMON = 40;

/** `speakers` are the numbers of those of them who are known to the archive. */
export function veilFor(forgotten: readonly Forgotten[], speakers: ReadonlySet<number>, library: Library): Veil {
  if (forgotten.length === 0) return (text) => text;
  const names = namesOf(forgotten, speakers, library);
  const calls = callsOf(speakers, library);
  const isCommon = (name: string): boolean => {
    const called = library.archive.people.find(name).reduce((sum, id) => sum + (calls.get(id) ?? 0), 0);
    return occurrences(name, library) > called + COMMON;
  };
  const everywhere = anyOf(names.filter((name) => isTelling(plainName(name)) && !isCommon(name)));
  const announced = anyOf(names);
  const isHis = (name: string): boolean => lengthOfName(name, names, speakers, library) === name.length;
  return (text, kind) => {
    let veiled = text;
    if (veiled.includes('「'))
      veiled = veiled.replace(QUOTATION, (whole, name: string) => (isHis(name) ? `「${ELLIPSIS}」` : whole));
    if (/[@＠]/.test(veiled)) veiled = veiledMentions(veiled, (after) => lengthOfName(after, names, speakers, library));
    // What the chat itself tells (X 撤回了一条消息) is about people, so that every name in it is one.
    return veiled.replace(kind === 'system' ? announced : everywhere, ELLIPSIS);
  };
}

const QUOTATION = /「[ ]?([^「」\n：:]{1,60}?)[ ]?[：:][^「」]*」/g;

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
  if (meant !== undefined && speakers.has(meant)) return known?.length ?? mentionedName(after).length;
  // Two people may have one name, and a name may begin with another one.
  return known !== undefined && !/^[\p{L}\p{N}]/u.test(after.slice(known.length)) ? known.length : 0;
}

function veiledMentions(text: string, lengthAt: (after: string) => number): string {
  let veiled = '';
  let at = 0;
  for (let sign = text.search(/[@＠]/); sign >= 0; ) {
    const after = text.slice(sign + 1).split(/[@＠\n]/, 1)[0] ?? '';
    const length = lengthAt(after);
    veiled += text.slice(at, sign + 1) + (length > 0 ? ELLIPSIS : '');
    at = sign + 1 + length;
    const next = text.slice(at).search(/[@＠]/);
    sign = next < 0 ? -1 : at + next;
  }
  return veiled + text.slice(at);
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
