/**
 * Learns @names that nobody prints from who answers them: the group card is what others type, the transcript prints
 * the nickname.
 *
 * In: the entries of each room in time order, with those that call somebody. Out: names joined in the sets.
 */
import type { Entry } from '../archive/read.js';
import { isMadeUp } from './identity.js';
import { MENTION, mentionedName } from './mentions.js';
import type { NameSets } from './name-sets.js';
import { affiliation, isTelling, ownName, plainName, sameCompany } from './names.js';
import type { RoomTalk } from './people.js';

/** Time (ms) within which somebody mentioned may answer. */
const REPLY = 10 * 60_000;
/** Different speakers after the mention who may be the one. */
const SPEAKERS = 3;
/** An answerer is believed from this many answers on ... */
const ENOUGH = 3;
/** ... and from this many if the names themselves speak against it. Read off the 130 names learned from 364 files. */
const ENOUGH_AGAINST = 8;
/** Share of the mentions that he answered, how many times more often than anybody's, and than the next one's. */
const SHARE = 0.5;
const LIFT = 10;
const AHEAD = 2;

/** An entry, by its place among others, and the names that it calls with @. */
export interface Call {
  readonly at: number;
  readonly names: readonly string[];
}

export function callsIn(entries: readonly Entry[]): readonly Call[] {
  const calls: Call[] = [];
  entries.forEach(({ text }, at) => {
    if (!text.includes('@')) return;
    const names = [...text.matchAll(MENTION)].map((match) => mentionedName(match[1] ?? '')).filter((name) => name !== '');
    if (names.length > 0) calls.push({ at, names });
  });
  return calls;
}

export function joinByReplies(rooms: readonly RoomTalk[], nameOf: (entry: Entry) => string, sets: NameSets): void {
  const asked = new Map<string, number>();
  const answered = new Map<string, Map<string, number>>();
  const telling = new Map<string, boolean>();
  const isTold = (name: string): boolean => {
    let told = telling.get(name);
    if (told === undefined) {
      told = !sets.has(name) && isTelling(ownName(name));
      telling.set(name, told);
    }
    return told;
  };
  for (const { entries, calls } of rooms) {
    for (const { at, names } of calls) {
      for (const name of names) {
        if (!isTold(name)) continue;
        asked.set(name, (asked.get(name) ?? 0) + 1);
        const counts = answered.get(name) ?? new Map<string, number>();
        for (const speaker of speakersAfter(entries, at, nameOf)) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
        answered.set(name, counts);
      }
    }
  }
  // Who talks all the time follows every mention by chance: what counts is how much more often he follows this name.
  const chance = new Map<string, number>();
  let all = 0;
  for (const [name, counts] of answered) {
    all += asked.get(name) ?? 0;
    for (const [speaker, n] of counts) chance.set(speaker, (chance.get(speaker) ?? 0) + n);
  }
  const learned: { readonly name: string; readonly speaker: string; readonly answers: number }[] = [];
  for (const [name, counts] of answered) {
    const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
    if (!first || isMadeUp(first[0])) continue;
    const [speaker, answers] = first;
    const share = answers / (asked.get(name) ?? answers);
    const lift = share / ((chance.get(speaker) ?? 0) / all);
    if (answers >= ENOUGH && share >= SHARE && lift >= LIFT && answers >= AHEAD * (second?.[1] ?? 0))
      learned.push({ name, speaker, answers });
  }
  const printed = ownNames(sets);
  // The surest first, so that a person's better known cards can vouch for the others.
  for (const { name, speaker, answers } of learned.sort((a, b) => b.answers - a.answers)) {
    if (answers >= ENOUGH_AGAINST || !speaksAgainst(name, sets.sameAs(speaker), printed)) sets.join(speaker, name, false);
  }
}

function speakersAfter(entries: readonly Entry[], i: number, nameOf: (entry: Entry) => string): ReadonlySet<string> {
  const entry = entries[i] as Entry;
  const asker = nameOf(entry);
  const heard = new Set<string>();
  for (let j = i + 1; j < entries.length && heard.size < SPEAKERS; j++) {
    const reply = entries[j] as Entry;
    if (reply.at - entry.at > REPLY) break;
    const speaker = nameOf(reply);
    if (speaker !== asker) heard.add(speaker);
  }
  return heard;
}

function ownNames(sets: NameSets): ReadonlySet<string> {
  return new Set([...sets.names()].map((name) => ownName(name).toLowerCase()));
}

/** Whether nothing in the names agrees, and either somebody else prints this own name or the companies differ. */
function speaksAgainst(name: string, names: readonly string[], printed: ReadonlySet<string>): boolean {
  const own = ownName(name).toLowerCase();
  const company = affiliation(name);
  const agrees = names.some((other) => {
    const otherOwn = ownName(other).toLowerCase();
    return (
      plainName(other).toLowerCase().includes(own) ||
      (isTelling(otherOwn) && plainName(name).toLowerCase().includes(otherOwn)) ||
      (company !== '' && sameCompany(company, affiliation(other)))
    );
  });
  if (agrees) return false;
  return printed.has(own) || (company !== '' && names.some((other) => affiliation(other) !== ''));
}
