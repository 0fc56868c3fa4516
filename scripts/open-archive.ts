/**
 * Opens an archive for a command, telling on stderr how it goes and what was found.
 *
 * In: the archive's folder. Out: Knowledge; the counts and the first warnings are on the screen.
 */
import { showProgress } from '../bot/progress.js';
import { readEnvFile, readSettings, type Settings, type Variables } from '../bot/settings.js';
import { type Knowledge, lackingFiles, type MeaningChoice, openKnowledge } from '../knowledge/index.js';
import type { Screen } from './command.js';

/** A large archive can have thousands; the first ones show what is wrong with it. */
const WARNINGS_SHOWN = 20;

/**
 * The meaning model is taken from the same settings as the bot's (SEMANTIC_MODEL, EMBEDDING_URL, DATA_DIR), if it is there:
 * nothing is fetched. All its vectors are made before the first question.
 */
export async function openArchive(archive: string, screen: Screen): Promise<Knowledge> {
  const { meaning, zone } = settingsHere();
  const choice = meaning && (await isThere(meaning)) ? meaning : undefined;
  const progress = showProgress({ isTTY: screen.isTTY, write: screen.err }, Date.now);
  const knowledge = await openKnowledge({
    archive,
    zone,
    onProgress: progress.report,
    ...(choice ? { meaning: 'folder' in choice ? { ...choice, fetchMissing: false } : choice } : {}),
  }).finally(progress.end);
  const { files, messages, doubles, threads, skipped, seconds, warnings } = knowledge.summary();
  for (const { file, line, what } of warnings.slice(0, WARNINGS_SHOWN)) screen.err(`${file}:${line}: ${what}\n`);
  if (warnings.length > WARNINGS_SHOWN) screen.err(`... and ${warnings.length - WARNINGS_SHOWN} more warnings\n`);
  const counts = { files, messages, doubles, threads, skipped };
  const told = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  screen.err(`${told.join(', ')} in ${seconds.toFixed(1)} s\n`);
  await knowledge.settled();
  const { ready = 0, fault, model } = knowledge.meaning() ?? {};
  if (model !== undefined) screen.err(`meaning model ${model}, ${ready} vectors\n`);
  if (fault !== undefined) screen.err(`no meaning model: ${fault}\n`);
  return knowledge;
}

/** The settings that the bot would start with here, if these were set too. */
export function settingsHere(also: Variables = {}): Settings {
  return readSettings({ ...readEnvFile('.env'), ...process.env, ...also });
}

/** The default folder is empty until a bot or `npm run model` filled it, which is no fault; a folder that was named is asked. */
async function isThere(meaning: MeaningChoice): Promise<boolean> {
  return !('folder' in meaning) || !meaning.fetchMissing || (await lackingFiles(meaning.folder)).length === 0;
}
