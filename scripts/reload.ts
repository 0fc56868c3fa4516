/**
 * `npm run reload`: has the running bot read the archive again.
 *
 * In: DATA_DIR, whose lock names the bot. Out: a signal to it; what the reload found stands in its log.
 */
import { holderOf } from '../bot/state/lock.js';
import { type Command, readOptions, runIfEntry } from './command.js';
import { settingsHere } from './settings-here.js';

export const reloadCommand: Command = {
  name: 'reload',
  help: `

Signals the bot that runs on DATA_DIR (SIGUSR2) to read the archive again; it answers meanwhile. Only files that changed are
read. What it found stands in its log. Exit code 1 if no bot runs on DATA_DIR.`,
  async run(args, screen) {
    readOptions(args, {});
    const { dataDir } = settingsHere();
    const holder = holderOf(dataDir);
    if (holder === undefined || holder === 0) {
      screen.err(`reload: no bot runs on ${dataDir}${holder === 0 ? ' yet' : ''}; start it with npm start\n`);
      return 1;
    }
    process.kill(holder, 'SIGUSR2');
    screen.out(`process ${holder} was told to read the archive again\n`);
    return 0;
  },
};

await runIfEntry(import.meta.url, reloadCommand);
