/**
 * Learns group cards from quotations: 「card：text」 names the sender of a text that stands in the transcript under his
 * nickname.
 *
 * In: the entries that quote or are quoted, each room's in time order. Out: names joined in the sets.
 */
import type { Entry } from '../archive/read.js';
import { type Quotations, quotationKey } from '../archive/reply-links.js';
import type { NameSets } from './name-sets.js';
import { EXPORTER } from './names.js';

/** A shorter text may have been said by somebody else as well, perhaps where no transcript has it (characters). */
const TELLING = 8;

export function joinByQuotations({ entries, keyOf }: Quotations, nameOf: (entry: Entry) => string, sets: NameSets): void {
  const said = new Map<string, string[]>();
  for (const entry of entries) {
    const { quoted, room } = entry;
    if (quoted && quoted.name !== EXPORTER && quoted.name !== '' && quoted.text.length >= TELLING) {
      const names = said.get(quotationKey(room, quoted.text)) ?? [];
      const [name] = names;
      const one = new Set(names.map((other) => sets.root(other))).size === 1;
      if (name !== undefined && one) sets.join(name, quoted.name, false);
    }
    const key = keyOf.get(entry);
    if (key === undefined) continue;
    const names = said.get(key);
    if (names) names.push(nameOf(entry));
    else said.set(key, [nameOf(entry)]);
  }
}
