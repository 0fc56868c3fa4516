/** What makes an archive impossible to open. */

/** The archive cannot be opened at all. The message says what, where and what to do, in one sentence. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}
