/** `npm run model`: arguments, and what it says. What mirrors may do is tested with the fetching itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Command, runCommand } from '../../scripts/command.js';
import { modelCommand } from '../../scripts/model.js';
import { serveLoopback } from '../knowledge/semantic/loopback.js';
import { runForTest } from './run-for-test.js';

/** To the start of the line, and the line empty. */
const CLEAR = '\r\u001b[K';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'qunshi-model-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('model', () => {
  it('tells how it is used, and where it looks', async () => {
    const { code, out, err } = await runForTest(modelCommand, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('usage: npm run -s model -- [--dir DIR] [--mirror URL]...');
    expect(out).toContain('data/models/bge-small-zh-v1.5');
    expect(out).toContain('https://huggingface.co/');
  });

  it.each([
    [['--nonsense'], '--nonsense is not an option'],
    [['somewhere'], 'somewhere is one argument too many'],
    [['--dir'], '--dir needs a value'],
    [['--dir='], '--dir is missing'],
    [['--mirror', 'huggingface.co'], '--mirror: huggingface.co is not a web address'],
    [['--mirror', 'https://a.example/', '--mirror', 'ftp://a.example/'], '--mirror: ftp://a.example/ is not a web address'],
  ])('refuses %j in one line', async (args, fault) => {
    const { code, out, err } = await runForTest(modelCommand, ...args);
    expect(err).toBe(`model: ${fault} (npm run -s model -- --help tells how)\n`);
    expect([code, out]).toEqual([2, '']);
  });

  it('asks the mirrors in the order given, and fails in one line if none has it', async () => {
    const servers = await Promise.all([404, 503].map((code) => serveLoopback((_, response) => response.writeHead(code).end())));
    const mirrors = servers.flatMap(({ url }) => ['--mirror', url]);
    const { code, out, err } = await runForTest(modelCommand, '--dir', dir, ...mirrors);
    await Promise.all(servers.map((server) => server.close()));
    const [first, second] = servers;
    expect(err).toBe(
      `model: the model could not be fetched (${first?.host}: answered with HTTP 404; ${second?.host}: answered with HTTP 503)\n`,
    );
    expect([code, out]).toEqual([1, '']);
  });

  /** Sends a beginning of whatever is asked for, and hangs up. */
  const begin = async (isTTY: boolean): Promise<string> => {
    const server = await serveLoopback((_, response) => {
      response.writeHead(200).write('x'.repeat(200), () => setTimeout(() => response.destroy(), 20));
    });
    const shown: string[] = [];
    await runCommand(modelCommand satisfies Command, ['--dir', join(dir, String(isTTY)), '--mirror', server.url], {
      out: () => undefined,
      err: (text) => shown.push(text),
      isTTY,
    });
    await server.close();
    return shown.join('').replaceAll(server.host, 'HOST');
  };

  it('shows a bar on a terminal and takes it away in the end', async () => {
    const shown = await begin(true);
    expect(shown.startsWith(`${CLEAR}${'░'.repeat(24)} 0%  0.0 of 24.5 MB from HOST`)).toBe(true);
    expect(shown.slice(shown.lastIndexOf(CLEAR))).toMatch(/model: the model could not be fetched .*\n$/);
  });

  it('prints plain lines elsewhere', async () => {
    expect(await begin(false)).toMatch(/^0\.0 of 24\.5 MB from HOST\nmodel: [^\r]*\n$/);
  });
});
