/**
 * The bot's settings, for a command.
 *
 * In: the environment and `.env`, as the bot reads them. Out: the settings; a wrong one is wrong use.
 */
import { readEnvFile, readSettings, type Settings, SettingsError, type Variables } from '../bot/settings.js';
import { WrongUse } from './command.js';

/**
 * @param also set besides, for this command
 * @throws WrongUse naming every variable that is wrong
 */
export function settingsHere(also: Variables = {}): Settings {
  try {
    return readSettings({ ...readEnvFile('.env'), ...process.env, ...also });
  } catch (error) {
    throw error instanceof SettingsError ? new WrongUse(error.message) : error;
  }
}
