/**
 * `npm run model`: fetches the optional model that lets the bot find what is meant, and not only what is said.
 *
 * In: a folder and mirrors, both with defaults. Out: the folder with the model, each file checked against its SHA-256.
 */
import { resolve } from 'node:path';
import { type FetchProgress, fetchModel, MODEL_MIRRORS, MODEL_NAME } from '../knowledge/index.js';
import { type Command, readOptions, runIfEntry, type Screen, WrongUse } from './command.js';

const OPTIONS = {
  dir: { type: 'string' },
  mirror: { type: 'string', multiple: true },
} as const;

const DEFAULT_DIR = `data/models/${MODEL_NAME}`;
const BAR_CELLS = 24;
/** Off a terminal one line for so many percent is enough. */
const STEP = 25;

export const modelCommand: Command = {
  name: 'model',
  help: `[--dir DIR] [--mirror URL]...

  --dir DIR      where the model goes; ${DEFAULT_DIR} without it
  --mirror URL   address that the files' names are appended to, tried in the order given, instead of
                 ${MODEL_MIRRORS.join('\n                 ')}`,
  async run(args, screen) {
    const values = readOptions(args, OPTIONS);
    if (values.dir === '') throw new WrongUse('--dir is missing');
    const mirrors = values.mirror?.map(webAddress);
    const dir = resolve(values.dir ?? DEFAULT_DIR);
    const progress = showBytes(screen);
    await fetchModel({ dir, onProgress: progress.report, ...(mirrors === undefined ? {} : { mirrors }) }).finally(progress.end);
    screen.out(`The model is in ${dir}\n`);
    return 0;
  },
};

function webAddress(text: string): string {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: '' };
  if (protocol !== 'http:' && protocol !== 'https:') throw new WrongUse(`--mirror: ${text} is not a web address`);
  return text;
}

/** On a terminal one bar that moves and is gone in the end; elsewhere a line for every quarter. */
function showBytes({ isTTY, err }: Screen): { readonly report: (progress: FetchProgress) => void; readonly end: () => void } {
  let shown = -1;
  const report = ({ mirror, done, total }: FetchProgress) => {
    const percent = Math.floor((done / total) * 100);
    const step = isTTY ? percent : percent - (percent % STEP);
    if (step === shown) return;
    shown = step;
    const amount = `${(done / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB from ${mirror}`;
    const full = Math.round((percent / 100) * BAR_CELLS);
    if (isTTY) err(`\r\u001b[K${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${percent}%  ${amount}`);
    else err(`${amount}\n`);
  };
  const end = () => {
    if (isTTY && shown >= 0) err('\r\u001b[K');
  };
  return { report, end };
}

await runIfEntry(import.meta.url, modelCommand);
