/** A recording program is killed: what was flushed is there, and nothing is there twice. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../knowledge/index.js';
import { archiveOnDisk } from './archive/archive-on-disk.js';
import { everyMessage, live } from './kept-archive.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOON = Date.parse('2025-03-24T12:00:00+08:00');

/** Records message after message for as long as it lives, and tells the number of the last one after each flush. */
const CHILD = `
const { openKnowledge } = await import(process.argv[1]);
const knowledge = await openKnowledge({ archive: process.argv[2] });
for (let id = 1; ; id++) {
  void knowledge.record({
    room: '甲', id: String(id), at: ${NOON} + id * 1000, sender: '@a', name: '小鱼', kind: 'text', text: id + '号消息',
  });
  if (id % 20 !== 0) continue;
  await knowledge.flush();
  process.stdout.write(id + '\\n');
}`;

describe('a program killed while it records', () => {
  it.each([1, 4, 9])(
    'loses nothing that was flushed and doubles nothing, after %d flushes',
    { timeout: 120_000 },
    async (flushes) => {
      // Any command compiles what the child runs.
      expect(spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/ask', '--help'], { cwd: ROOT }).status).toBe(0);
      const archive = archiveOnDisk();
      const program = new URL('../../dist/knowledge/index.js', import.meta.url).href;
      const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, program, archive], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
      let last = 0;
      let told = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        last = Number(line);
        if (++told === flushes) child.kill('SIGKILL');
      }
      expect(await gone).toBe('SIGKILL');
      const knowledge = await openKnowledge({ archive });
      const numbers = () => everyMessage(knowledge).map(({ text }) => Number(text.split('号')[0]));
      const found = numbers();
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter((id) => id <= last)).toHaveLength(last);
      // Whoever delivers everything again after the restart doubles nothing either.
      const all = Math.max(last + 30, ...found);
      for (let id = 1; id <= all; id++) await knowledge.record(live(String(id), NOON + id * 1000, `${id}号消息`));
      await knowledge.ask('x');
      expect(numbers()).toEqual(Array.from({ length: all }, (_, i) => i + 1));
      await knowledge.close();
    },
  );
});
