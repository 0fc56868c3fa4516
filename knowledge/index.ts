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
import { digestOf } from './digest/digest.js';
import { isAnsweredSince, type PutQuestion } from './digest/unanswered.js';
import { dateOfWindow, type Window, windowOf } from './digest/window.js';
import { discretionKeeper } from './guidance/discretion.js';
import { figuresOf } from './guidance/figures.js';
import { keepArchive } from './keeping.js';
import type { Library } from './library.js';
import { meaningService } from './meaning-service.js';
import { understandQuestion } from './question/question.js';
import { rankingModels } from './search/models.js';
import { keyOfThread, messagesOfMark, threadOfKey } from './thread-keys.js';
import type {
  Addition,
  Answer,
  Digest,
  Figures,
  Gap,
  Guidance,
  KnownPerson,
  LiveMessage,
  LivePerson,
  LoadProgress,
  LoadSummary,
  MeaningChoice,
  MeaningState,
  Message,
  Quote,
  ThreadAssignment,
  ThreadView,
} from './types.js';

export { mask as masked } from './answer/mask.js';
export { ArchiveError } from './archive/errors.js';
export type { ExportedRoom, ImportOptions, ImportReport, StagedImport } from './archive/exchange.js';
export type { PutQuestion } from './digest/unanswered.js';
export type { Window } from './digest/window.js';
export { addDays } from './digest/window.js';
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
  /** What people asked for before, see {@link Knowledge.heed}. Default: nothing. */
  readonly guidance?: Guidance;
}

/** Which messages may be read for a question. */
export interface Scope {
  /** Archive rooms; absent means every room. */
  readonly rooms?: readonly string[];
  /** UTC ms: only what was said from then on. */
  readonly since?: number;
}

/** Which window of which rooms a digest is about; see {@link digestWindow} for the window of a date. */
export interface DigestRequest {
  /** Archive rooms that the group reads; together they are one room of the digest. */
  readonly rooms: readonly string[];
  /** UTC ms: only what was said from then on, as in {@link Scope}. */
  readonly since?: number;
  /** What the group is called. Default: the first of the rooms. */
  readonly name?: string;
  /** UTC ms; `to` is the first instant after the window. */
  readonly from: number;
  readonly to: number;
  /** Days that the window holds: with 7 the words that rose are told too. */
  readonly days: number;
}

export interface Knowledge {
  /** What the last load found. Counts everything, whatever guidance says. */
  summary(): LoadSummary;
  /** Answers a question (its first 1,000 characters) from the rooms in scope. Never throws for any text. */
  ask(question: string, scope?: Scope): Promise<Answer>;
  /** The whole thread behind an excerpt, if it lies in scope. */
  thread(key: string, scope?: Scope): ThreadView | undefined;
  /** What a window held. It is empty, not absent, where nothing was said. */
  digest(request: DigestRequest): Digest;
  /** Whether somebody in these rooms answered a question that was put to the bot, as far as can be told from his words. */
  isAnsweredSince(put: PutQuestion, rooms: readonly string[]): boolean;
  /**
   * From now on, whatever is loaded or said later: what `guidance` keeps from others is in no answer, thread, figure or digest, and
   * what it says of earlier answers moves excerpts up and down. It takes the place of what was heeded before.
   */
  heed(guidance: Guidance): void;
  /** What the scope holds, in numbers, without what guidance keeps from others. Some milliseconds the first time. */
  figures(scope?: Scope): Figures;
  /**
   * Whom of these rooms somebody means by his names and the chat's ids, whatever guidance says: exactly the messages there that
   * {@link heed} keeps from others when he is forgotten. Undefined if he said nothing there.
   */
  whoIs(person: LivePerson): Promise<KnownPerson | undefined>;
  /** The messages that marks name, though an admin or their asker wants them shown no more; never those of who is forgotten. */
  marked(marks: readonly string[], scope?: Scope): readonly Quote[];
  /** Every message header of the archive, both copies of a double included, with the thread it fell into; file by file, by line. */
  assignments(): Iterable<ThreadAssignment>;
  /** Reads the archive again; the old index answers until the new one is ready. */
  reload(): Promise<LoadSummary>;
  /**
   * States in the archive's `aliases.txt` that two names are one person's, and loads the archive again.
   *
   * @throws ArchiveError, in one sentence, if the file cannot be read or written
   */
  addAlias(a: string, b: string): Promise<Addition>;
  /** Adds a word of the trade to the archive's `words.txt`; otherwise as {@link addAlias}. */
  addWord(word: string): Promise<Addition>;
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

/**
 * The window of a date in an IANA zone: from 05:00 local time to 05:00 `days` later, whatever daylight saving does between.
 *
 * @throws RangeError in one sentence if the zone is unknown or `date` no day of the calendar, YYYY-MM-DD
 */
export function digestWindow(zone: string, date: string, days = 1): Window {
  return windowOf(wallClock(zone), date, days);
}

/** The date (YYYY-MM-DD) whose window holds an instant: before 05:00 it is still that of yesterday. */
export function digestDate(zone: string, at: number): string {
  return dateOfWindow(wallClock(zone), at);
}

/** Exports of other tools, in and out. Read only where it is asked for: an answer has no use for the packages behind it. */
export const exchange = () => import('./archive/exchange.js');

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

  const { heed, discretion } = discretionKeeper(options.guidance ?? { forgotten: [], hidden: [], judgements: [] });
  const admits = (library: Library, scope: Scope | undefined): ((message: Message) => boolean) => {
    const { mayShow } = discretion(library);
    const rooms = scope?.rooms && new Set(scope.rooms);
    const since = scope?.since ?? Number.NEGATIVE_INFINITY;
    return (message) => mayShow(message) && message.at >= since && (rooms === undefined || rooms.has(message.room));
  };

  return {
    summary: kept.summary,
    async ask(text, scope) {
      const { library, language, respell } = await kept.latest();
      const question = understandQuestion(text.slice(0, READ_OF_QUESTION), {
        now: now(),
        clock,
        people: discretion(library).people,
        rooms: scope?.rooms ?? kept.summary().rooms,
      });
      const similarities = await meaning?.similarities(question.text, library);
      return answer(question, {
        library,
        clock,
        veil: discretion(library).veil,
        opinions: discretion(library).opinions,
        segment: language.segment,
        respell,
        models,
        confidence,
        admit: admits(library, scope),
        ...(similarities ? { similarities } : {}),
      });
    },
    thread(key, scope) {
      const { library } = kept.held();
      const thread = threadOfKey(library, key);
      if (!thread) return undefined;
      const messages = thread.messages.map((i) => library.archive.messages[i] as Message).filter(admits(library, scope));
      if (messages.length === 0) return undefined;
      const showing = { clock, veil: discretion(library).veil };
      return {
        room: thread.room,
        people: new Set(messages.map((message) => message.speaker)).size,
        quotes: messages.map((message) => quoteOf(message, showing)),
      };
    },
    digest({ rooms, since, name, from, to, days }) {
      const { library, language } = kept.held();
      const held = { rooms: new Set(rooms), admit: admits(library, { rooms, ...(since === undefined ? {} : { since }) }) };
      const showing = { clock, veil: discretion(library).veil };
      return digestOf({ from, to }, { library, showing, segment: language.segment, held, room: name ?? rooms[0] ?? '', days });
    },
    isAnsweredSince: (put, rooms) => isAnsweredSince(put, kept.held().library, new Set(rooms)),
    heed,
    figures(scope) {
      const { library } = kept.held();
      return figuresOf(library, clock, admits(library, scope));
    },
    whoIs: async (person) => discretion((await kept.latest()).library).whoIs(person),
    marked(marks, scope) {
      const { library } = kept.held();
      const { isForgotten, veil } = discretion(library);
      const isThere = ({ room }: Message) => scope?.rooms === undefined || scope.rooms.includes(room);
      const messages = marks.flatMap((mark) => messagesOfMark(library, mark));
      return messages.filter((one) => isThere(one) && !isForgotten(one)).map((one) => quoteOf(one, { clock, veil }));
    },
    assignments: () => assignmentsOf(kept.held().library),
    reload: kept.reload,
    addAlias: kept.addAlias,
    addWord: kept.addWord,
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
