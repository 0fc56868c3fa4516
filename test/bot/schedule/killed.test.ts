/** A bot is killed between every two steps of posting a digest, and started again: the room has the digest once. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { pastPostings } from '../../../bot/schedule/postings.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DIST = new URL('../../../dist/bot/', import.meta.url).href;
/** 09:00:30 in Shanghai. */
const NOW = Date.parse('2026-11-26T01:00:30Z');
const DAY = 24 * 3_600_000;

/**
 * Posts what is due once, as a bot does every minute, with the real state. The room is a file that the server writes to; the
 * process dies at the step that it is told.
 */
const CHILD = `
import { appendFileSync } from 'node:fs';
const [dist, folder, now, postings, dieAt] = process.argv.slice(1);
const load = (path) => import(dist + path);
const { openState } = await load('state/open.js');
const { createOutbox } = await load('chat/outbox.js');
const { createPoster } = await load('schedule/poster.js');
const { due } = await load('schedule/windows.js');
const step = (name) => { if (name === dieAt) process.kill(process.pid, 'SIGKILL'); };
const log = { info() {}, warn() {}, error() {} };
const state = openState({ dataDir: folder, onFault() {} });
const clock = () => Number(now);
const marks = {
  ...state.digests,
  replace(before, mark) {
    step('before ' + mark.step);
    const done = state.digests.replace(before, mark);
    step('after ' + mark.step);
    return done;
  },
};
const outbox = createOutbox({
  async send(to, content) {
    step('before the server has it');
    appendFileSync(folder + '/room.txt', content + '\\n');
    step('before the server has said so');
  },
  pause: async () => {}, wait: async () => {}, spend: () => true, clock, log,
});
const alert = async (name) => appendFileSync(folder + '/alerts.txt', name + '\\n');
const make = async (room, { date, days }) => {
  step('before it is made');
  const text = date + '/' + days;
  await null;
  step('once it is made');
  return { contents: [text], digest: { topics: [] } };
};
const poster = createPoster({ marks, post: outbox.post, make, onPosted() {}, clock, alert, log });
const room = { id: '@@1', topic: '读书群' };
step('before it looks');
await poster.settle(room);
await poster.post(room, due(clock(), JSON.parse(postings), marks.of(room.topic)));
step('at the end');
state.close();
`;

function look(folder: string, now: number, dieAt = 'never'): NodeJS.Signals | null {
  const postings = JSON.stringify(pastPostings(now, 'Asia/Shanghai', '09:00', 1));
  const child = ['--input-type=module', '-e', CHILD, DIST, folder, String(now), postings, dieAt];
  const { signal, stderr, status } = spawnSync(process.execPath, child, { encoding: 'utf8' });
  if (signal === null) expect(status, stderr).toBe(0);
  return signal;
}

const linesOf = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];

/** A bot that has been there since yesterday. */
function settledFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qunshi-digest-'));
  appendFileSync(join(folder, 'room.txt'), '');
  look(folder, NOW - DAY);
  return folder;
}

beforeAll(() => {
  // Any command compiles what the child runs.
  expect(spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/ask', '--help'], { cwd: ROOT }).status).toBe(0);
}, 120_000);

describe('a bot killed while it posts a digest', { timeout: 60_000 }, () => {
  it.each([
    'before it looks',
    'before it is made',
    'once it is made',
    'before sending',
    'before the server has said so',
    'before sent',
    'after sent',
    'at the end',
  ])('posts it exactly once, killed %s', (step) => {
    const folder = settledFolder();
    expect(look(folder, NOW, step)).toBe('SIGKILL');
    look(folder, NOW + 60_000);
    look(folder, NOW + 120_000);
    expect(linesOf(join(folder, 'room.txt'))).toEqual(['2026-11-25/1']);
  });

  it.each(['after sending', 'before the server has it'])(
    'never posts it twice, and tells the operator that it may be missing, killed %s',
    (step) => {
      const folder = settledFolder();
      expect(look(folder, NOW, step)).toBe('SIGKILL');
      look(folder, NOW + 60_000);
      expect(linesOf(join(folder, 'room.txt'))).toEqual([]);
      expect(linesOf(join(folder, 'alerts.txt'))).toEqual(['digest unsure']);
    },
  );

  it('posts what it missed in three days as one', () => {
    const folder = settledFolder();
    look(folder, NOW + 2 * DAY);
    expect(linesOf(join(folder, 'room.txt'))).toEqual(['2026-11-25/3']);
  });
});
