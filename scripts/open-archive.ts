/**
 * Opens an archive for a command, telling on stderr how it goes and what was found.
 *
 * In: the archive's folder. Out: Knowledge; the counts and the first warnings are on the screen.
 */
import { showProgress } from '../bot/progress.js';
import { type Knowledge, openKnowledge } from '../knowledge/index.js';
import type { Screen } from './command.js';

/** A large archive can have thousands; the first ones show what is wrong with it. */
const WARNINGS_SHOWN = 20;

export async function openArchive(archive: string, screen: Screen): Promise<Knowledge> {
  const progress = showProgress({ isTTY: screen.isTTY, write: screen.err }, Date.now);
  const knowledge = await openKnowledge({ archive, onProgress: progress.report }).finally(progress.end);
  const { files, messages, doubles, threads, skipped, seconds, warnings } = knowledge.summary();
  for (const { file, line, what } of warnings.slice(0, WARNINGS_SHOWN)) screen.err(`${file}:${line}: ${what}\n`);
  if (warnings.length > WARNINGS_SHOWN) screen.err(`... and ${warnings.length - WARNINGS_SHOWN} more warnings\n`);
  const counts = { files, messages, doubles, threads, skipped };
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  screen.err(`${told.join(', ')} in ${seconds.toFixed(1)} s\n`);
  return knowledge;
}
