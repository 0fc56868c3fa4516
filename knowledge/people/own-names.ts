/**
 * Joins the names that begin with the same own name: `沙莎` and `沙莎-点融网-…`.
 *
 * Not where companies differ, nor where the bare name may be one of several people's.
 */

import { isMadeUp } from './identity.js';
import type { NameSets } from './name-sets.js';
import { affiliation, isTelling, ownName, sameCompany } from './names.js';

/** What so many cards begin with is no own name but a word such as a town or `用户`. */
const MANY = 30;

export function joinByOwnName(sets: NameSets): void {
  const groups = new Map<string, { readonly bare: string[]; readonly cards: string[] }>();
  for (const name of sets.names()) {
    const own = ownName(name);
    if (!isTelling(own) || isMadeUp(name)) continue;
    const group = groups.get(own.toLowerCase()) ?? { bare: [], cards: [] };
    (affiliation(name) === '' ? group.bare : group.cards).push(name);
    groups.set(own.toLowerCase(), group);
  }
  for (const { bare, cards } of groups.values()) {
    if (cards.length > MANY) continue;
    for (const card of cards)
      for (const other of cards)
        if (card !== other && sameCompany(affiliation(card), affiliation(other))) sets.join(card, other, false);
    const people = new Set(cards.map((card) => sets.root(card)));
    const spellings = new Map<string, string>();
    for (const name of bare) {
      // `Summer` and `summer` may be two people if several carry the name.
      const key = people.size > 1 ? ownName(name) : '';
      const first = spellings.get(key);
      if (first === undefined) spellings.set(key, name);
      else sets.join(first, name, false);
    }
    const card = cards[0];
    const name = bare[0];
    if (people.size === 1 && card !== undefined && name !== undefined && !worksElsewhere(sets, name, card))
      sets.join(name, card, false);
  }
}

/** Whether a nickname is known by a card of another company already: then this card is somebody else's. */
function worksElsewhere(sets: NameSets, name: string, card: string): boolean {
  const companies = sets
    .sameAs(name)
    .map(affiliation)
    .filter((company) => company !== '');
  const own = sets
    .sameAs(card)
    .map(affiliation)
    .filter((company) => company !== '');
  return companies.length > 0 && !companies.some((company) => own.some((other) => sameCompany(company, other)));
}
