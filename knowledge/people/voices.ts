/**
 * Entries of one span -> its voices: who speaks in which file under which names, how often and from when to when.
 *
 * Most of what tells people apart is the same for all that one sender says in one file; a voice says it once, so that the whole
 * archive's people can be learned anew at every reload.
 */
import type { Entry } from '../archive/read.js';
import { EXPORTER } from './names.js';

export interface Voice {
  /** Its first entry; all others have the same file, sender and names. */
  readonly entry: Entry;
  readonly messages: number;
  /** Instant of its last entry. */
  readonly until: number;
}

/** The voice of each entry. `entries` in time order. Every message of `我` is a voice: each may be somebody else's. */
export function voicesOf(entries: readonly Entry[]): readonly Voice[] {
  const voices = new Map<Entry | string, { readonly entry: Entry; messages: number; until: number }>();
  return entries.map((entry) => {
    const { file, name, sender, alsoKnownAs } = entry;
    const key = isExporter(entry) ? entry : [file, name, sender ?? '', ...alsoKnownAs].join('\n');
    const voice = voices.get(key) ?? { entry, messages: 0, until: entry.at };
    voice.messages++;
    voice.until = entry.at;
    voices.set(key, voice);
    return voice;
  });
}

/** Whether an entry is printed as said by whoever made the export, and nothing in it tells who that is. */
export function isExporter({ name, sender }: Entry): boolean {
  return name === EXPORTER && sender === undefined;
}
