/**
 * `npm run restore`: a backup becomes the bot's state.
 *
 * In: a file of `npm run backup`, DATA_DIR without a running bot. Out: the state as it was then, the present one beside it.
 */
import { resolve } from 'node:path';
import { restoreState } from '../bot/state/restore.js';
import { type Command, existingFile, onlyFile, runIfEntry } from './command.js';
import { settingsHere } from './settings-here.js';

export const restoreCommand: Command = {
  name: 'restore',
  help: `FILE

  FILE    made by npm run backup

Makes FILE the bot's state, DATA_DIR/qunshi.sqlite. The bot must not run. What was there until now is kept beside it as
qunshi.sqlite.before-restore-TIME. A backup of an older version is brought up to date by the next start of the bot.
Whoever asked to be forgotten after the backup was made is not forgotten any more: tell the group.`,
  async run(args, screen) {
    const file = resolve(existingFile(onlyFile(args), 'FILE'));
    const { version, kept } = restoreState(settingsHere().dataDir, file, Date.now());
    screen.out(`restored, schema version ${version}\n`);
    if (kept !== undefined) screen.out(`what was there is in ${kept}\n`);
    return 0;
  },
};

await runIfEntry(import.meta.url, restoreCommand);
