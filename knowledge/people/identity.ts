/**
 * Entry -> the name under which its sender is known in the whole archive.
 *
 * A printed name is that, with two exceptions. `我` is whoever exported the day: the other copy of the message tells who,
 * or the archive does where all days that tell agree. And where the platform shows that two people carry one name, each
 * has his own. Names made up here hold a line break, which no printed name does.
 */
import type { Entry } from '../archive/read.js';
import { loginOf } from './logins.js';
import { EXPORTER } from './names.js';
import { isExporter, type Voice } from './voices.js';

/** Messages of `我` with a copy under another name from which on they tell who exports. */
const TELLING_COPIES = 3;

export function isMadeUp(name: string): boolean {
  return name.includes('\n');
}

export interface Identities {
  readonly nameOf: (entry: Entry) => string;
  /** The other names that the transcript itself gives this sender. */
  readonly otherNamesOf: (entry: Entry) => readonly string[];
}

/** `exporter` is who `我` is wherever no copy tells; undefined if nobody stated it. */
export function identities(
  voices: readonly Voice[],
  merged: ReadonlySet<string>,
  exporters: ReadonlyMap<Entry, string>,
  exporter: string | undefined,
): Identities {
  const exporterOf = fileExporters(voices, merged, exporters);
  const shared = sharedNames(voices);
  const own = (name: string, entry: Entry): string =>
    entry.sender !== undefined && shared.has(name) ? `${name}\n${entry.room}\n${entry.sender}` : name;
  return {
    nameOf(entry) {
      if (!isExporter(entry)) return own(entry.name, entry);
      return exporters.get(entry) ?? exporter ?? exporterOf(entry.file) ?? `${EXPORTER}\n${entry.file}`;
    },
    otherNamesOf: (entry) => entry.alsoKnownAs.map((name) => own(name, entry)),
  };
}

/**
 * Who is `我` in a file where the message itself does not tell: the one whom most copies in that file name; else, if of
 * all who ever exported only one is never printed by name in a transcript that has `我`, he.
 */
function fileExporters(
  voices: readonly Voice[],
  merged: ReadonlySet<string>,
  exporters: ReadonlyMap<Entry, string>,
): (file: string) => string | undefined {
  const byFile = new Map<string, Map<string, number>>();
  const copies = new Map<string, number>();
  for (const [entry, name] of exporters) {
    const counts = byFile.get(entry.file) ?? new Map<string, number>();
    counts.set(name, (counts.get(name) ?? 0) + 1);
    byFile.set(entry.file, counts);
    copies.set(name, (copies.get(name) ?? 0) + 1);
  }
  const candidates = new Set([...copies].filter(([, n]) => n >= TELLING_COPIES).map(([name]) => name));
  if (candidates.size > 0) {
    const exported = new Set(voices.filter(({ entry }) => entry.name === EXPORTER).map(({ entry }) => entry.file));
    for (const { entry } of voices) if (exported.has(entry.file) && !merged.has(entry.file)) candidates.delete(entry.name);
  }
  const everywhere = candidates.size === 1 ? [...candidates][0] : undefined;
  return (file) => {
    const here = [...(byFile.get(file) ?? [])].sort((a, b) => b[1] - a[1])[0];
    return here?.[0] ?? everywhere;
  };
}

/** Whether an id means the same person wherever it is compared: ids of one login are only compared with each other. */
function isLasting(id: string): boolean {
  return !id.startsWith('@') || loginOf(id) !== undefined;
}

interface Claim {
  readonly name: string;
  readonly from: number;
  to: number;
}

/**
 * Names that two senders carry. Web WeChat's ids, which begin with @, are new at each login: two of them are two people
 * only if their times in one file overlap.
 */
function sharedNames(voices: readonly Voice[]): ReadonlySet<string> {
  const claims = new Map<string, Map<string, Claim>>();
  for (const { entry, until } of voices) {
    const { room, file, sender, name, alsoKnownAs, at } = entry;
    if (sender === undefined) continue;
    for (const claimed of [name, ...alsoKnownAs]) {
      const login = loginOf(sender);
      const place = login === undefined ? (sender.startsWith('@') ? file : room) : `${room}\n${login}`;
      const key: string = `${place}\n${claimed}`;
      const senders: Map<string, Claim> = claims.get(key) ?? new Map<string, Claim>();
      const claim = senders.get(sender);
      if (claim) claim.to = Math.max(claim.to, until);
      else senders.set(sender, { name: claimed, from: at, to: until });
      claims.set(key, senders);
    }
  }
  const shared = new Set<string>();
  for (const senders of claims.values()) {
    if (senders.size < 2) continue;
    // Voices come in time order, and so do first claims.
    const ordered = [...senders];
    const two = ordered.some(([id, claim], i) => i > 0 && (isLasting(id) || claim.from <= (ordered[i - 1]?.[1].to ?? 0)));
    if (two) for (const { name } of senders.values()) shared.add(name);
  }
  return shared;
}
