/** The launcher, on a tiny project of its own with the real compiler and stand-ins for npm, the linter and the test runner. */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let project: string;
const write = (file: string, content: string) => {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), content);
};

const configure = (options: object) => {
  const common = { target: 'es2023', module: 'nodenext', types: [], lib: ['es2023'], strict: true, rootDir: '.', noEmit: true };
  write('tsconfig.json', JSON.stringify({ compilerOptions: { ...common, ...options }, include: ['bot'] }));
};
const compiled = (name: string) => readFileSync(join(project, 'dist', 'bot', `${name}.js`), 'utf8');

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'qunshi-launcher-'));
  for (const wing of ['bot', 'knowledge', 'scripts', 'node_modules']) mkdirSync(join(project, wing));
  for (const file of ['run.mjs', 'lock.mjs', 'check.mjs'])
    copyFileSync(join(ROOT, 'scripts', file), join(project, 'scripts', file));
  symlinkSync(join(ROOT, 'node_modules', 'typescript'), join(project, 'node_modules', 'typescript'));
  write('package.json', '{ "type": "module", "engines": { "node": ">=20.19" } }');
  write('package-lock.json', '{ "packages": { "": {} } }');
  write('node_modules/.package-lock.json', '{ "packages": {} }');
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    types: [],
    lib: ['es2023'],
    strict: true,
    rootDir: '.',
    noEmit: true,
  };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['bot'] }));
  const build = { noEmit: false, outDir: 'dist', incremental: true, tsBuildInfoFile: 'dist/.tsbuildinfo' };
  write('tsconfig.build.json', JSON.stringify({ extends: './tsconfig.json', compilerOptions: build }));
  write('bot/main.ts', entry('one'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const entry = (word: string) => `declare const process: { argv: string[]; exitCode: number };
declare const console: { log(text: string): void };
// says what it was called with
console.log(['${word}', ...process.argv.slice(2)].join(' '));
process.exitCode = 3;
`;

function start(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(project, 'scripts', 'run.mjs'), ...args], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const code = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([number, out, err]) => ({
    code: number,
    out,
    err,
  }));
  return { child, ended };
}
const run = (...args: readonly string[]) => start(args).ended;

describe('the program', () => {
  it('is compiled, then run with its arguments; stdout and exit code are its own', async () => {
    expect(await run('bot/main', 'a', '--b')).toEqual({ code: 3, out: 'one a --b\n', err: '' });
  });

  it('is not compiled again as long as nothing changes', async () => {
    await run('bot/main');
    write('dist/bot/main.js', 'console.log("kept");');
    expect((await run('bot/main')).out).toBe('kept\n');
  });

  it.each<[string, () => void, () => boolean]>([
    ['a source changes', () => write('bot/main.ts', entry('two')), () => compiled('main').includes('two')],
    ['a source is added', () => write('bot/other.ts', 'export const other = 1;\n'), () => compiled('other').includes('other')],
    ['the compiler options change', () => configure({ removeComments: true }), () => !compiled('main').includes('// says')],
    ['dist/ is gone', () => rmSync(join(project, 'dist'), { recursive: true }), () => compiled('main').includes('one')],
  ])('is compiled again if %s', async (_, change, isCompiled) => {
    await run('bot/main');
    change();
    await run('bot/main');
    expect(isCompiled()).toBe(true);
  });

  it('is not run if it does not compile; the compiler says why on stderr', async () => {
    await run('bot/main');
    write('bot/main.ts', 'const count: number = "many";\n');
    const { code, out, err } = await run('bot/main');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('bot/main.ts(1,7): error TS2322');
    expect(err).toContain('The program does not compile, see above.');
  });

  it('gets the signals', async () => {
    write(
      'bot/main.ts',
      `declare const process: { once(signal: string, then: () => void): void; exit(code: number): void };
declare const console: { log(text: string): void };
declare function setInterval(then: () => void, ms: number): void;
process.once('SIGTERM', () => process.exit(7));
setInterval(() => undefined, 1000);
console.log('ready');
`,
    );
    const { child, ended } = start(['bot/main']);
    child.stdout.once('data', () => child.kill('SIGTERM'));
    expect((await ended).code).toBe(7);
  });

  it.each([[[]], [['bot/nothing']]])('is asked for by name: %j is wrong use', async (args) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain('usage: node scripts/run.mjs ENTRY');
  });

  it('needs a Node new enough, and says so in one line', async () => {
    write('package.json', '{ "type": "module", "engines": { "node": ">=99.1" } }');
    expect(await run('bot/main')).toMatchObject({
      code: 1,
      err: `Qunshi needs Node 99.1 or newer; this is Node ${process.versions.node}.\n`,
    });
  });
});

describe('the packages', () => {
  /** Stands for npm: notes how it was called, speaks on stdout as npm does, and "installs" the package. */
  const fakeNpm = (code: number) => {
    write(
      'bin/npm-cli.js',
      `import { appendFileSync, writeFileSync } from 'node:fs';
appendFileSync('called', process.argv.slice(2).join(' ') + '\\n');
appendFileSync('gpu', String(process.env.ONNXRUNTIME_NODE_INSTALL));
console.log('added 1 package');
if (${code} === 0) writeFileSync('node_modules/.package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }');
process.exit(${code});
`,
    );
    return { npm_execpath: join(project, 'bin', 'npm-cli.js') };
  };
  const lock = (version: string) =>
    write('package-lock.json', `{ "packages": { "": {}, "node_modules/a": { "version": "${version}" } } }`);
  const called = () => (existsSync(join(project, 'called')) ? readFileSync(join(project, 'called'), 'utf8') : undefined);

  it('are installed if missing, with a word on stderr and none on stdout', async () => {
    lock('1.0.0');
    const { code, out, err } = await start(['bot/main'], fakeNpm(0)).ended;
    expect([code, out]).toEqual([3, 'one\n']);
    expect(called()).toMatch(/^ci /);
    expect(err).toMatch(/^Installing the packages/);
  });

  it('are installed without the GPU libraries that nobody uses, by an old npm as well', async () => {
    lock('1.0.0');
    await start(['bot/main'], fakeNpm(0)).ended;
    expect(readFileSync(join(project, 'gpu'), 'utf8')).toBe('skip');
  });

  it('are left alone once they are there, however they came', async () => {
    lock('1.0.0');
    write('node_modules/.package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }');
    const npm = fakeNpm(0);
    await start(['bot/main'], npm).ended;
    await start(['bot/main'], npm).ended;
    expect(called()).toBeUndefined();
  });

  it('are installed again if the lockfile asks for others', async () => {
    lock('1.0.0');
    write('node_modules/.package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }');
    const npm = fakeNpm(0);
    await start(['bot/main'], npm).ended;
    lock('1.0.1');
    await start(['bot/main'], npm).ended;
    expect(called()).toMatch(/^ci /);
  });

  it('do not count as missing if they are optional and for another platform', async () => {
    write('package-lock.json', '{ "packages": { "": {}, "node_modules/b": { "version": "1.0.0", "optional": true } } }');
    await start(['bot/main'], fakeNpm(0)).ended;
    expect(called()).toBeUndefined();
  });

  it('are installed once by starts at the same time', async () => {
    lock('1.0.0');
    const npm = fakeNpm(0);
    const ended = await Promise.all(['a', 'b', 'c'].map((word) => start(['bot/main', word], npm).ended));
    expect(ended.map(({ out }) => out)).toEqual(['one a\n', 'one b\n', 'one c\n']);
    expect(called()?.match(/^ci /gm)).toHaveLength(1);
  });

  it('that cannot be installed stop the start with what is needed', async () => {
    lock('1.0.0');
    const { code, out, err } = await start(['bot/main'], fakeNpm(1)).ended;
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('nodejieba needs a C++ compiler');
  });
});

describe('two starts at once', () => {
  it('both succeed and leave no lock behind', async () => {
    const ended = await Promise.all([run('bot/main', 'a'), run('bot/main', 'b'), run('bot/main', 'c')]);
    expect(ended.map(({ code, out }) => [code, out])).toEqual([
      [3, 'one a\n'],
      [3, 'one b\n'],
      [3, 'one c\n'],
    ]);
    expect(existsSync(join(project, '.run.lock'))).toBe(false);
  });

  it('wait for each other', async () => {
    write('.run.lock', String(process.pid));
    const { child, ended } = start(['bot/main']);
    child.stderr.once('data', () => {
      expect(existsSync(join(project, 'dist'))).toBe(false);
      rmSync(join(project, '.run.lock'));
    });
    const { code, err } = await ended;
    expect(code).toBe(3);
    expect(err).toContain('Waiting for another start');
  });

  it('do not wait for one that died', async () => {
    const { child, ended } = start(['bot/nothing']);
    await ended;
    write('.run.lock', String(child.pid));
    expect(await run('bot/main')).toEqual({ code: 3, out: 'one\n', err: '' });
  });
});

describe('--check', () => {
  const report = (passed: number, failed: number) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 0,
    testResults: failed === 0 ? [] : [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
  });
  /** Stands for the linter and the test runner: the first call of the runner is for the house rules, the second for the rest. */
  const fakes = (lintCode: number, house: object, tests: object) => {
    write('node_modules/@biomejs/biome/bin/biome', `process.exit(${lintCode});`);
    write(
      'node_modules/vitest/vitest.mjs',
      `import { writeFileSync } from 'node:fs';
const report = process.argv.includes('--exclude') ? ${JSON.stringify(tests)} : ${JSON.stringify(house)};
writeFileSync(process.argv.find((arg) => arg.startsWith('--outputFile.json=')).split('=')[1], JSON.stringify(report));
process.exit(report.testResults.length === 0 ? 0 : 1);
`,
    );
  };
  const lastLine = (out: string) => out.trimEnd().split('\n').at(-1);

  it('runs every part and ends with the number of tests', async () => {
    fakes(0, report(4, 0), report(30, 0));
    const { code, out } = await run('--check');
    expect(out.match(/^== .*/gm)).toEqual(['== type check', '== lint', '== house rules', '== build', '== tests']);
    expect(lastLine(out)).toBe('34 passed, 0 failed');
    expect(code).toBe(0);
  });

  it.each([
    ['type check', () => write('bot/main.ts', 'const count: number = "many";\n'), '0 passed, 1 failed'],
    ['lint', () => fakes(1, report(4, 0), report(30, 0)), '0 passed, 1 failed'],
    ['house rules', () => fakes(0, report(3, 1), report(30, 0)), '3 passed, 1 failed'],
    ['tests', () => fakes(0, report(4, 0), report(28, 2)), '32 passed, 2 failed'],
  ])('stops where %s fails, and says so', async (name, spoil, counts) => {
    fakes(0, report(4, 0), report(30, 0));
    spoil();
    const { code, out } = await run('--check');
    expect(out.match(/^== .*/gm)?.at(-1)).toBe(`== ${name}`);
    expect(out).toContain(`Stopped: ${name} failed.`);
    expect(lastLine(out)).toBe(counts);
    expect(code).toBe(1);
  });

  it('takes no arguments, and says in --help what it runs', async () => {
    fakes(0, report(4, 0), report(30, 0));
    const wrong = await run('--check', '--bogus');
    expect([wrong.code, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toBe('npm test: --bogus is one argument too many (npm test -- --help tells how)\n');
    const { code, out } = await run('--check', '--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/^usage: npm test\n/)]);
  });

  it('counts a test file that could not be loaded as a failure', async () => {
    fakes(0, report(4, 0), { ...report(30, 0), testResults: [{ status: 'failed', assertionResults: [] }] });
    expect(lastLine((await run('--check')).out)).toBe('34 passed, 1 failed');
  });
});
