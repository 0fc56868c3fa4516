/**
 * `npm run backup`: a copy of what the bot must not forget, also while it runs.
 *
 * In: DATA_DIR, a file that does not exist. Out: the file, checked.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { backUp, checkState } from '../bot/state/backup.js';
import { openForReading } from '../bot/state/database.js';
import { stateFile } from '../bot/state/open.js';
import { type Command, onlyFile, runIfEntry } from './command.js';
import { settingsHere } from './settings-here.js';

export const backupCommand: Command = {
  name: 'backup',
  help: `FILE

  FILE    where the copy goes; must not exist yet

Copies the bot's state, DATA_DIR/qunshi.sqlite: admins, settings of rooms, who wants to be forgotten, what is hidden, feedback,
subscriptions, digests posted, the log of what admins did. The bot may run meanwhile. Put it back with npm run restore.

Back up besides:  the archive (ARCHIVE), which also holds what the bot has heard, and .env
Not needed:       DATA_DIR/snapshot, vectors, models, which are made or fetched again
Never copy:       DATA_DIR/wechat.memory-card.json. It is the login: whoever has it is the bot, and after the next
                  login it is worth nothing`,
  async run(args, screen) {
    const file = resolve(onlyFile(args));
    const database = openForReading(stateFile(settingsHere().dataDir));
    try {
      backUp(database, file);
    } finally {
      database.close();
    }
    screen.out(`${file}: ${statSync(file).size} bytes, schema version ${checkState(file)}\n`);
    return 0;
  },
};

await runIfEntry(import.meta.url, backupCommand);
