/**
 * The one door to what the group has said. Nothing outside `knowledge/` imports anything deeper.
 *
 * In: a folder of transcripts, then questions. Out: excerpts quoted from it, or nothing found.
 */
import type { Answer, LoadProgress, LoadSummary, ThreadAssignment, ThreadView } from './types.js';

export type * from './types.js';

export interface KnowledgeOptions {
  /** Folder of transcript files; the room of a file is its first folder below this one. */
  readonly archive: string;
  /** IANA zone of the wall-clock times in transcripts. Default `Asia/Shanghai`. */
  readonly zone?: string;
  /** Called while loading, often; for progress bars. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** Which archive rooms may be read for a question. */
export interface Scope {
  /** Archive rooms; absent means every room. */
  readonly rooms?: readonly string[];
}

export interface Knowledge {
  /** What the last load found. */
  summary(): LoadSummary;
  /** Answers a question from the rooms in scope. Never throws for any text. */
  ask(question: string, scope?: Scope): Promise<Answer>;
  /** The whole thread behind an excerpt, if it lies in scope. */
  thread(key: string, scope?: Scope): ThreadView | undefined;
  /** Every message header of the archive, both copies of a double included, with the thread it fell into; file by file, by line. */
  assignments(): Iterable<ThreadAssignment>;
  /** Reads the archive again; the old index answers until the new one is ready. */
  reload(): Promise<LoadSummary>;
  close(): Promise<void>;
}

/** Opens an archive. Faulty files become warnings in {@link Knowledge.summary}; only a missing or unreadable folder throws {@link ArchiveError}. */
export async function openKnowledge(_options: KnowledgeOptions): Promise<Knowledge> {
  throw new Error('under construction');
}

/** The archive cannot be opened at all. The message says what, where and what to do, in one sentence. */
export class ArchiveError extends Error {}
