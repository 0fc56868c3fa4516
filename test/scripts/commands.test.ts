/** The command lines as another program or a person at a terminal meets them, on the sample archive. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askCommand } from '../../scripts/ask.js';
import { benchCommand } from '../../scripts/bench.js';
import type { Command } from '../../scripts/command.js';
import { digestCommand } from '../../scripts/digest.js';
import { evalCommand } from '../../scripts/eval.js';
import { threadsCommand } from '../../scripts/threads.js';
import { runForTest } from './run-for-test.js';

const SAMPLE = fileURLToPath(new URL('../../knowledge/sample', import.meta.url));
const GOLD = fileURLToPath(new URL('../fixtures/sample', import.meta.url));
const COMMANDS: readonly Command[] = [askCommand, threadsCommand, digestCommand, evalCommand, benchCommand];

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
const jsonOf = (line: string | undefined): Record<string, unknown> => JSON.parse(line ?? '');
/** Every message header of a sample file in the original format, 1-based. */
const headersOf = (file: string) =>
  readFileSync(join(SAMPLE, file), 'utf8')
    .split('\n')
    .flatMap((line, i) => (/^> \d\d:\d\d:\d\d/.test(line) ? [i + 1] : []));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qunshi-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('every command', () => {
  it.each(COMMANDS.map((command) => [command.name, command] as const))('%s tells how it is used', async (name, command) => {
    const { code, out, err } = await runForTest(command, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`npm run -s ${name} -- --archive DIR`);
  });

  const faults: readonly (readonly [string, readonly string[]])[] = [
    ['--nonsense is not an option', ['--nonsense']],
    ['--archive needs a value', ['--archive']],
    ['--archive is missing', []],
    ['--archive: there is no folder /no/such/folder', ['--archive', '/no/such/folder']],
    [`--archive: there is no folder ${import.meta.filename}`, ['--archive', import.meta.filename]],
  ];
  it.each(COMMANDS.flatMap((command) => faults.map(([fault, args]) => [command.name, fault, command, args] as const)))(
    '%s refuses in one line with exit code 2: %s',
    async (name, fault, command, args) => {
      const { code, out, err } = await runForTest(command, ...args);
      expect(err).toBe(`${name}: ${fault} (npm run -s ${name} -- --help tells how)\n`);
      expect([code, out]).toEqual([2, '']);
    },
  );

  it.each([threadsCommand, digestCommand, evalCommand, benchCommand].map((command) => [command.name, command] as const))(
    '%s takes no question',
    async (_, command) => {
      const { code, err } = await runForTest(command, '--archive', SAMPLE, 'why');
      expect([code, err.split(' (')[0]]).toEqual([2, `${command.name}: why is one argument too many`]);
    },
  );
});

describe('ask', () => {
  it('prints the bubble and nothing else on stdout', async () => {
    const { code, out, err } = await runForTest(askCommand, '--archive', SAMPLE, '60瓦的切5毫米亚克力，速度多少好');
    expect(code).toBe(0);
    expect(out).toContain('【1】');
    expect(out.length).toBeLessThanOrEqual(601);
    expect(err).toMatch(/\d+ files, \d+ messages, \d+ doubles, \d+ threads, 0 skipped in [\d.]+ s/);
  });

  it('prints one object with --json, its quotes traceable to the file', async () => {
    const { out } = await runForTest(askCommand, '--archive', SAMPLE, '--json', '60瓦的切5毫米亚克力，速度多少好');
    expect(linesOf(out)).toHaveLength(1);
    const answer = JSON.parse(out);
    expect(Object.keys(answer).sort()).toEqual(['answered', 'ms', 'query', 'results']);
    expect(answer.results.length).toBeGreaterThan(0);
    expect(answer.results.length).toBeLessThanOrEqual(10);
    const scores = answer.results.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const result of answer.results) {
      expect(Object.keys(result).sort()).toEqual(['confidence', 'quotes', 'score', 'thread']);
      expect(result.confidence).toBeGreaterThanOrEqual(0);
      expect(result.confidence).toBeLessThanOrEqual(1);
      expect(result.quotes.length).toBeLessThanOrEqual(4);
      for (const quote of result.quotes) {
        expect(Object.keys(quote).sort()).toEqual(['date', 'file', 'line', 'speaker', 'text', 'time']);
        expect(result.thread).toContainEqual({ file: quote.file, line: quote.line });
        if (!quote.file.endsWith('.markdown')) continue;
        const header = readFileSync(join(SAMPLE, quote.file), 'utf8').split('\n')[quote.line - 1];
        expect(header).toContain(`> ${quote.time}`);
      }
    }
  });

  it('fills the results even if the bot would stay silent', async () => {
    const { out } = await runForTest(askCommand, '--archive', SAMPLE, '--json', '红烧肉怎么炖才不腥，打印');
    const answer = JSON.parse(out);
    expect(answer.answered).toBe(false);
    expect(answer.results.length).toBeGreaterThan(0);
  });

  it('answers a batch line by line, in order', async () => {
    const batch = write(
      'queries.jsonl',
      '\uFEFF{"qid":"a","query":"切亚克力的速度"}\n\n{"qid":"b","query":"灭火器备哪种","why":"?"}\n',
    );
    const run = join(folder, 'run.jsonl');
    const { code, out } = await runForTest(askCommand, '--archive', SAMPLE, '--batch', batch, '--out', run);
    expect([code, out]).toEqual([0, '']);
    const answers = linesOf(readFileSync(run, 'utf8')).map(jsonOf);
    expect(answers.map(({ qid }) => qid)).toEqual(['a', 'b']);
    for (const answer of answers) {
      expect(Object.keys(answer).sort()).toEqual(['answered', 'ms', 'qid', 'results']);
      expect(answer.ms).toBeGreaterThan(0);
    }
  });

  it('tells where a line of a batch is wrong, answers the others, and fails in the end', async () => {
    const batch = write('faulty.jsonl', '{"qid":"a"}\nnot json\n{"qid":"c","query":"灭火器备哪种"}\n');
    const { code, out, err } = await runForTest(askCommand, '--archive', SAMPLE, '--batch', batch);
    expect(code).toBe(1);
    expect(linesOf(out).map((line) => jsonOf(line).qid)).toEqual(['c']);
    expect(err).toMatch(/faulty\.jsonl:1: query: .*; skipped/);
    expect(err).toContain('faulty.jsonl:2: not JSON; skipped');
  });

  it.each([
    [['--batch', '/no/such.jsonl'], '--batch: there is no file /no/such.jsonl'],
    [['--out', 'run.jsonl', 'why'], '--out goes with --batch only'],
    [['--batch', import.meta.filename, 'why'], '--batch goes with neither a question nor --json'],
    [['--batch', import.meta.filename, '--out', '/no/such/folder/run'], '--out: /no/such/folder/run cannot be written (ENOENT)'],
    [[' '], 'the question is missing'],
    [['--json=yes', 'why'], '--json takes no value'],
  ])('refuses %j before it reads the archive', async (args, fault) => {
    const { code, err } = await runForTest(askCommand, '--archive', SAMPLE, ...args);
    expect(code).toBe(2);
    expect(err).toContain(`ask: ${fault}`);
    expect(linesOf(err)).toHaveLength(1);
  });
});

describe('threads', () => {
  it('gives every message header of every file a thread, both copies of a double included', async () => {
    const pred = join(folder, 'pred.jsonl');
    const { code, out } = await runForTest(threadsCommand, '--archive', SAMPLE, '--out', pred);
    expect([code, out]).toEqual([0, '']);
    const rows = linesOf(readFileSync(pred, 'utf8')).map(jsonOf);
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(['file', 'line', 'thread']);
    const file = String(rows.find((row) => String(row.file).endsWith('.markdown'))?.file);
    expect(rows.filter((row) => row.file === file).map(({ line }) => line)).toEqual(headersOf(file));
  });

  it('keeps to one file with --file', async () => {
    const file = '造物工坊/_posts/2025-03-05-chat.markdown';
    const { out } = await runForTest(threadsCommand, '--archive', SAMPLE, '--file', `./${file}`);
    expect(linesOf(out).map((line) => jsonOf(line).line)).toEqual(headersOf(file));
  });

  it('refuses a file that the archive does not have', async () => {
    const { code, err } = await runForTest(threadsCommand, '--archive', SAMPLE, '--file', 'no-such-day.markdown');
    expect(code).toBe(2);
    expect(err).toContain('--file: there is no file');
  });
});

describe('eval', () => {
  const args = ['--archive', SAMPLE, '--gold', GOLD];

  it('prints one table with every measure', async () => {
    const { code, out } = await runForTest(evalCommand, ...args);
    expect(code).toBe(0);
    for (const measure of ['answer@1', 'mrr@10', 'quote_precision', 'answerability F1', 'one_to_one', '1-VI', 'exact_F']) {
      expect(out).toContain(measure);
    }
    expect(out).toMatch(/^ranked +all +\d+( +[01]\.\d{3}){5}$/m);
    expect(out).toMatch(/^answer linking +n +held +topical +pure$/m);
    expect(out).toMatch(/^calibration error +[01]\.\d{3}$/m);
  });

  it('keeps what it scored, in the forms of ask and threads, and prints figures as JSON', async () => {
    const run = join(folder, 'eval-run.jsonl');
    const pred = join(folder, 'eval-pred.jsonl');
    const { out } = await runForTest(evalCommand, ...args, '--json', '--run', run, '--pred', pred);
    const { figures } = JSON.parse(out);
    expect(figures['ranked.all.answer@3']).toBeGreaterThan(0);
    const answered = new Map(linesOf(readFileSync(run, 'utf8')).map((line) => [jsonOf(line).qid, jsonOf(line)]));
    const asked = linesOf(readFileSync(join(GOLD, 'questions.jsonl'), 'utf8')).map(jsonOf);
    expect(asked.filter(({ qid }) => answered.get(qid)?.answered).length / asked.length).toBeCloseTo(
      figures['abstention.answerable'],
      10,
    );
    expect(Object.keys(jsonOf(linesOf(readFileSync(pred, 'utf8'))[0])).sort()).toEqual(['file', 'line', 'thread']);
  });

  it('fails with the figures that are below the floor', async () => {
    const low = write('low.json', '{"ranked.all.answer@10": 0.01}');
    const high = write('high.json', '{\n  "ranked.all.answer@10": 0.01,\n  "threads.one_to_one": 1.5\n}\n');
    expect((await runForTest(evalCommand, ...args, '--floor', low)).code).toBe(0);
    const { code, err } = await runForTest(evalCommand, ...args, '--floor', high);
    expect(code).toBe(1);
    expect(err).toMatch(/threads\.one_to_one is 0\.\d{3}, below its floor 1\.500/);
    expect(err).not.toContain('answer@10');
  });

  it('says which line of the gold set is wrong', async () => {
    write('unanswerable.jsonl', '');
    write('threads.jsonl', '');
    write('questions.jsonl', '{"qid":"a","query":"?","style":"near","answers":[{"file":"a"}],"thread":[]}\n');
    const { code, err } = await runForTest(evalCommand, '--archive', SAMPLE, '--gold', folder);
    expect(code).toBe(2);
    expect(err).toMatch(/questions\.jsonl:1: answers\.0\.line: /);
  });

  it.each(['[1]', '{"a":"b"}', 'floor'])('refuses the floor %s', async (floor) => {
    const { code, err } = await runForTest(evalCommand, ...args, '--floor', write('floor.json', floor));
    expect(code).toBe(2);
    expect(err).toContain('eval: --floor: ');
  });
});
