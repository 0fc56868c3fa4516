/**
 * The one door to what the group has said. Nothing outside `knowledge/` imports anything deeper.
 *
 * In: a folder of transcripts, then questions. Out: excerpts quoted from it, or nothing found.
 */
import { answer } from './answer/answer.js';
import { CONFIDENCE } from './answer/confidence.js';
import confidenceJson from './answer/confidence.json' with { type: 'json' };
import { quoteOf } from './answer/quote.js';
import { wallClock } from './archive/wall-clock.js';
import { keepArchive } from './keeping.js';
import type { Library } from './library.js';
import { meaningService } from './meaning-service.js';
import { understandQuestion } from './question/question.js';
import { rankingModels } from './search/models.js';
import { keyOfThread, threadOfKey } from './thread-keys.js';
import type {
  Answer,
  Gap,
  LiveMessage,
  LoadProgress,
  LoadSummary,
  MeaningChoice,
  MeaningState,
  Message,
  ThreadAssignment,
  ThreadView,
} from './types.js';

export { ArchiveError } from './archive/errors.js';
export {
  type ExportedRoom,
  exportFormats,
  exportRoom,
  type ImportOptions,
  type ImportReport,
  importExport,
  type StagedImport,
} from './archive/exchange.js';
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
  /**
   * Folder for a snapshot of what was loaded, from which the next start begins. It is this program's own, holds the archive's
   * words and is made if need be. Absent: every start reads the whole archive.
   */
  readonly snapshot?: string;
  /** Called with a sentence when the snapshot could not be written. */
  readonly onSnapshotFault?: (fault: string) => void;
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
  /**
   * Takes a message into the archive, exactly once by room and id, also when it was recorded before a restart. The next question
   * finds it, and need not wait for this promise; if the archive is so large that taking in takes long, a question does within
   * two seconds. Fulfilled when it is written, and so safe from a crash of the program. Never rejects for any text; rejects only
   * when the disk refuses, and then it may be recorded again.
   */
  record(message: LiveMessage): Promise<void>;
  /**
   * A message was taken back: fulfilled when it is gone from the index, and its text from the recorded file and the snapshot.
   * Of a message that was not recorded (yet) the id is remembered until the process ends.
   */
  recall(room: string, id: string): Promise<void>;
  /** Notes that nothing was heard in any room in a time, UTC ms. */
  noteGap(from: number, to: number): Promise<void>;
  /** The gaps noted so far, by their beginning. */
  gaps(): readonly Gap[];
  /** Fulfilled when everything recorded so far is on the disk; by itself that takes a second at most. */
  flush(): Promise<void>;
  /** How far the meaning model is; undefined if none was chosen. */
  meaning(): MeaningState | undefined;
  /** Fulfilled when nothing is being made in the background any more. */
  settled(): Promise<void>;
  /** Writes what is not yet on the disk. */
  close(): Promise<void>;
}

/** Characters: whoever pastes more has asked before, and everybody waits while one question is being answered. */
const READ_OF_QUESTION = 1000;

/** Opens an archive. Faulty files become warnings in {@link Knowledge.summary}; only a missing or unreadable folder throws {@link ArchiveError}. */
export async function openKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const clock = wallClock(options.zone ?? 'Asia/Shanghai');
  const models = rankingModels();
  const confidence = CONFIDENCE.parse(confidenceJson);
  const now = options.now ?? Date.now;
  const meaning = options.meaning && meaningService(options.meaning, options.onMeaning ?? (() => undefined));
  const kept = await keepArchive({
    archive: options.archive,
    clock,
    now,
    onProgress: options.onProgress ?? (() => undefined),
    ...(options.snapshot === undefined ? {} : { snapshot: options.snapshot }),
    onSnapshotFault: options.onSnapshotFault ?? (() => undefined),
    onChange: ({ library }) => meaning?.use(library),
  });

  const admits = (scope: Scope | undefined): ((message: Message) => boolean) => {
    const rooms = scope?.rooms && new Set(scope.rooms);
    return (message) => message.kind !== 'bot' && (rooms === undefined || rooms.has(message.room));
  };

  return {
    summary: kept.summary,
    async ask(text, scope) {
      const { library, language, respell } = await kept.latest();
      const question = understandQuestion(text.slice(0, READ_OF_QUESTION), {
        now: now(),
        clock,
        people: library.archive.people,
        rooms: scope?.rooms ?? kept.summary().rooms,
      });
      const similarities = await meaning?.similarities(question.text, library);
      return answer(question, {
        library,
        clock,
        segment: language.segment,
        respell,
        models,
        confidence,
        admit: admits(scope),
        ...(similarities ? { similarities } : {}),
      });
    },
    thread(key, scope) {
      const { library } = kept.held();
      const thread = threadOfKey(library, key);
      if (!thread) return undefined;
      const messages = thread.messages.map((i) => library.archive.messages[i] as Message).filter(admits(scope));
      if (messages.length === 0) return undefined;
      return {
        room: thread.room,
        people: new Set(messages.map((message) => message.speaker)).size,
        quotes: messages.map((message) => quoteOf(message, clock)),
      };
    },
    assignments: () => assignmentsOf(kept.held().library),
    reload: kept.reload,
    record: kept.record,
    recall: kept.recall,
    noteGap: (from, to) => kept.noteGap({ from, to }),
    gaps: kept.gaps,
    flush: kept.flush,
    meaning: () => meaning?.state(),
    async settled() {
      await kept.settled();
      await meaning?.settled();
    },
    async close() {
      await kept.close();
      await meaning?.close();
    },
  };
}

function assignmentsOf(library: Library): Iterable<ThreadAssignment> {
  const keys = library.threads.map((thread) => keyOfThread(library, thread));
  const rows = library.archive.messages.flatMap((message, i) => {
    const thread = keys[library.threadOf[i] as number] as string;
    return [message, ...message.copies].map(({ file, line }): ThreadAssignment => ({ file, line, thread }));
  });
  return rows.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}
