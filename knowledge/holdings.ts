/**
 * What a process holds of an archive at one moment: the library, its language and what a load found.
 *
 * In: a loaded archive, the words an admin stated, and what was held before. Out: the new holdings; whatever of the earlier ones
 * still holds is taken over.
 */
import type { LoadedArchive } from './archive/load.js';
import type { FileEntries } from './archive/read.js';
import type { WallClock } from './archive/wall-clock.js';
import type { Helper } from './division/together.js';
import { buildLibrary, hasDrifted, type Library, numberThreads, speller } from './library.js';
import { type Language, languageOf } from './search/language.js';
import { indexPassages } from './search/passage-index.js';
import { type Respeller, respeller } from './search/respeller.js';
import { findSittings } from './search/sittings.js';
import type { LoadProgress, LoadSummary } from './types.js';

export interface Holdings {
  readonly library: Library;
  readonly language: Language;
  readonly respell: Respeller;
}

/** `mayLearn` as in {@link buildLibrary}. */
export function holdingsOf(
  archive: LoadedArchive,
  stated: readonly string[],
  onProgress: (progress: LoadProgress) => void,
  before?: Holdings,
  mayLearn = true,
): Holdings {
  const { messages } = archive;
  const library =
    before && messages === before.library.archive.messages && !(mayLearn && hasDrifted(before.library.learned, messages))
      ? { ...before.library, archive }
      : buildLibrary(archive, onProgress, before?.library, mayLearn);
  return withLanguage(library, spokenIn(library, stated, before));
}

/** The same for an archive of which nothing was held before, with a helper that finds threads beside. */
export async function firstHoldings(
  archive: LoadedArchive,
  stated: readonly string[],
  onProgress: (progress: LoadProgress) => void,
  helper: Helper,
): Promise<Holdings> {
  const { messages } = archive;
  let index: Library['index'] | undefined;
  let language: Language | undefined;
  onProgress({ stage: 'threads', done: 0, total: 1 });
  const { lore, found } = await helper.divide(messages, () => {
    index = indexPassages(messages, findSittings(messages), speller());
    language = languageOf(index, stated);
  });
  onProgress({ stage: 'index', done: 1, total: 1 });
  const learned = { lore, messages: messages.length };
  const library: Library = {
    archive,
    index: index as Library['index'],
    learned,
    found,
    ...numberThreads(messages, found.labels),
  };
  return withLanguage(library, language as Language);
}

export function withLanguage(library: Library, language: Language): Holdings {
  return { library, language, respell: respeller(library.index, language.segment.dictionary, language.vocabulary) };
}

function spokenIn(library: Library, stated: readonly string[], before: Holdings | undefined): Language {
  if (!before || before.library.learned !== library.learned) return languageOf(library.index, stated);
  const { language } = before;
  if (stated.length === language.stated.length && stated.every((word, i) => word === language.stated[i])) return language;
  return languageOf(library.index, stated, { learned: language.learned, general: language.segment.general });
}

/** `seconds` is how long the load took, `differences` what it found to be another than before. */
export function summaryOf(
  { library: { archive, threads } }: Holdings,
  clock: WallClock,
  seconds: number,
  { added, changed, removed }: Differences,
): LoadSummary {
  const first = archive.messages[0];
  const last = archive.messages.at(-1);
  return {
    files: archive.files.length,
    messages: archive.messages.length,
    doubles: archive.doubles,
    threads: threads.length,
    speakers: archive.people.speakers.length,
    skipped: archive.files.filter((file) => file.skipped).length,
    seconds,
    rooms: [...new Set(threads.map((thread) => thread.room))].sort(),
    ...(first && last ? { firstDate: clock.local(first.at).date, lastDate: clock.local(last.at).date } : {}),
    warnings: archive.warnings,
    added,
    changed,
    removed,
  };
}

/** How the files of an archive differ from those held before. */
export type Differences = Pick<LoadSummary, 'added' | 'changed' | 'removed'>;

export function differencesOf({ files }: LoadedArchive, before: readonly FileEntries[]): Differences {
  const prints = new Map(before.map(({ found }) => [found.file, found.fingerprint]));
  const known = files.filter(({ found }) => prints.has(found.file));
  return {
    added: files.length - known.length,
    changed: known.filter(({ found }) => prints.get(found.file) !== found.fingerprint).length,
    removed: before.length - known.length,
  };
}
