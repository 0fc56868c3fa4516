/**
 * The one door to what the group has said. Nothing outside `knowledge/` imports anything deeper.
 *
 * In: a folder of transcripts, then questions. Out: excerpts quoted from it, or nothing found.
 */
import { answer } from './answer/answer.js';
import { CONFIDENCE } from './answer/confidence.js';
import confidenceJson from './answer/confidence.json' with { type: 'json' };
import { quoteOf } from './answer/quote.js';
import { emptyArchive, loadArchive, readDomainWords } from './archive/load.js';
import { wallClock } from './archive/wall-clock.js';
import { buildLibrary, type Library } from './library.js';
import { meaningService } from './meaning-service.js';
import { understandQuestion } from './question/question.js';
import { lexiconOf } from './search/lexicon.js';
import { rankingModels } from './search/models.js';
import { type Respeller, respeller } from './search/respeller.js';
import { type Segmenter, segmenter } from './text/segment.js';
import type {
  Answer,
  LoadProgress,
  LoadSummary,
  MeaningChoice,
  MeaningState,
  Message,
  ThreadAssignment,
  ThreadView,
} from './types.js';

export { ArchiveError } from './archive/errors.js';
export { type FetchProgress, fetchModel, MODEL_MIRRORS } from './semantic/fetch-model.js';
export { lackingFiles, MODEL_NAME } from './semantic/model-files.js';
export type * from './types.js';

export interface KnowledgeOptions {
  /** Folder of transcript files; the room of a file is its first folder below this one. */
  readonly archive: string;
  /** IANA zone of the wall-clock times in transcripts. Default `Asia/Shanghai`. */
  readonly zone?: string;
  /** Called while loading, often; for progress bars. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Absent: questions are answered by words alone. */
  readonly meaning?: MeaningChoice;
  /** Called whenever the meaning model got on, or failed. */
  readonly onMeaning?: (state: MeaningState) => void;
  /** Moment of asking, UTC ms, for words such as 上周. Default: the system's clock. */
  readonly now?: () => number;
}

/** Which archive rooms may be read for a question. */
export interface Scope {
  /** Archive rooms; absent means every room. */
  readonly rooms?: readonly string[];
}

export interface Knowledge {
  /** What the last load found. */
  summary(): LoadSummary;
  /** Answers a question (its first 1,000 characters) from the rooms in scope. Never throws for any text. */
  ask(question: string, scope?: Scope): Promise<Answer>;
  /** The whole thread behind an excerpt, if it lies in scope. */
  thread(key: string, scope?: Scope): ThreadView | undefined;
  /** Every message header of the archive, both copies of a double included, with the thread it fell into; file by file, by line. */
  assignments(): Iterable<ThreadAssignment>;
  /** Reads the archive again; the old index answers until the new one is ready. */
  reload(): Promise<LoadSummary>;
  /** How far the meaning model is; undefined if none was chosen. */
  meaning(): MeaningState | undefined;
  /** Fulfilled when nothing is being made in the background any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Characters: whoever pastes more has asked before, and everybody waits while one question is being answered. */
const READ_OF_QUESTION = 1000;

/** Opens an archive. Faulty files become warnings in {@link Knowledge.summary}; only a missing or unreadable folder throws {@link ArchiveError}. */
export async function openKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const clock = wallClock(options.zone ?? 'Asia/Shanghai');
  const onProgress = options.onProgress ?? (() => undefined);
  let known = emptyArchive();
  const load = async (): Promise<{
    readonly library: Library;
    readonly segment: Segmenter;
    readonly respell: Respeller;
    readonly summary: LoadSummary;
  }> => {
    const begun = performance.now();
    known = await loadArchive(options.archive, clock, known, onProgress);
    const library = buildLibrary(known, onProgress);
    const segment = segmenter({ ...lexiconOf(library.index), stated: await readDomainWords(options.archive) });
    const respell = respeller(library.index, segment.dictionary);
    return { library, segment, respell, summary: summaryOf(library, (performance.now() - begun) / 1000) };
  };
  const models = rankingModels();
  const confidence = CONFIDENCE.parse(confidenceJson);
  const now = options.now ?? Date.now;
  const meaning = options.meaning && meaningService(options.meaning, options.onMeaning ?? (() => undefined));
  let current = await load();
  meaning?.use(current.library);
  let lastReload: Promise<unknown> = Promise.resolve();
  const reloadNow = async (): Promise<LoadSummary> => {
    current = await load();
    meaning?.use(current.library);
    return current.summary;
  };

  const admits = (scope: Scope | undefined): ((message: Message) => boolean) => {
    const rooms = scope?.rooms && new Set(scope.rooms);
    return (message) => rooms === undefined || rooms.has(message.room);
  };

  return {
    summary: () => current.summary,
    async ask(text, scope) {
      const { library, segment, respell, summary } = current;
      const question = understandQuestion(text.slice(0, READ_OF_QUESTION), {
        now: now(),
        clock,
        people: library.archive.people,
        rooms: scope?.rooms ?? summary.rooms,
      });
      const similarities = await meaning?.similarities(question.text, library);
      return answer(question, {
        library,
        clock,
        segment,
        respell,
        models,
        confidence,
        admit: admits(scope),
        ...(similarities ? { similarities } : {}),
      });
    },
    thread(key, scope) {
      const { threads, archive } = current.library;
      const thread = threads[Number(key)];
      // Other texts are numbers too: '' is 0.
      if (!thread || String(thread.id) !== key) return undefined;
      const messages = thread.messages.map((i) => archive.messages[i] as Message).filter(admits(scope));
      if (messages.length === 0) return undefined;
      return {
        room: thread.room,
        people: new Set(messages.map((message) => message.speaker)).size,
        quotes: messages.map((message) => quoteOf(message, clock)),
      };
    },
    assignments: () => assignmentsOf(current.library),
    reload() {
      // One after the other: a reload must not be undone by an older one that took longer.
      const reload = lastReload.then(reloadNow, reloadNow);
      lastReload = reload;
      return reload;
    },
    meaning: () => meaning?.state(),
    settled: async () => meaning?.settled(),
    close: async () => meaning?.close(),
  };

  function summaryOf(library: Library, seconds: number): LoadSummary {
    const { archive, threads } = library;
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
      rooms: [...new Set(archive.messages.map((message) => message.room))].sort(),
      ...(first && last ? { firstDate: clock.local(first.at).date, lastDate: clock.local(last.at).date } : {}),
      warnings: archive.warnings,
    };
  }
}

function assignmentsOf(library: Library): Iterable<ThreadAssignment> {
  const { messages } = library.archive;
  const rows = messages.flatMap((message, i) =>
    [message, ...message.copies].map(({ file, line }): ThreadAssignment => ({ file, line, thread: String(library.threadOf[i]) })),
  );
  return rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}
