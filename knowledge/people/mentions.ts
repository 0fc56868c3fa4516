/**
 * `@name` in a text -> whom it stands for.
 *
 * In: names and the speakers that carry them. Out: a function from a text to the speakers mentioned in it.
 */
import { isMadeUp } from './identity.js';
import { isTelling, ownName, plainName } from './names.js';

/** An @ and what may be a name after it; the phone ends a name with U+2005. */
export const MENTION = /@([^\s@\u2005\u2006][^@\n\u2005\u2006]{0,40})/g;

/** The text after @ up to where the phone ended the name (a lost U+2005 is printed as `?` or a space). */
export function mentionedName(after: string): string {
  return /^[^?？,，。!！:：\s]*/.exec(after)?.[0] ?? '';
}

const NO_ONE: readonly number[] = [];

/** The longest known name that the text after @ begins with, else the one speaker with that own name. */
export function mentionReader(speakerOf: ReadonlyMap<string, number>): (text: string) => readonly number[] {
  // By their first two characters, so that few names are compared.
  const byStart = new Map<string, { readonly name: string; readonly speaker: number }[]>();
  const byOwn = new Map<string, Set<number>>();
  for (const [name, speaker] of speakerOf) {
    if (isMadeUp(name)) continue;
    for (const spelling of new Set([name, plainName(name)])) {
      if (spelling.length < 2) continue;
      const start = spelling.slice(0, 2);
      const list = byStart.get(start);
      if (list) list.push({ name: spelling, speaker });
      else byStart.set(start, [{ name: spelling, speaker }]);
    }
    const own = ownName(name);
    if (isTelling(own)) byOwn.set(own, (byOwn.get(own) ?? new Set()).add(speaker));
  }
  for (const list of byStart.values()) list.sort((a, b) => b.name.length - a.name.length);

  const mentioned = (after: string): number | undefined => {
    const known = byStart.get(after.slice(0, 2))?.find((candidate) => after.startsWith(candidate.name));
    if (known) return known.speaker;
    const people = byOwn.get(ownName(mentionedName(after)));
    return people?.size === 1 ? [...people][0] : undefined;
  };
  return (text) => {
    if (!text.includes('@')) return NO_ONE;
    const found = new Set<number>();
    for (const match of text.matchAll(MENTION)) {
      const speaker = mentioned(match[1] ?? '');
      if (speaker !== undefined) found.add(speaker);
    }
    return [...found];
  };
}
