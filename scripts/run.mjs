/**
 * The launcher behind every npm command: brings the packages and the compiled program up to date, then runs one entry.
 *
 * In: `node scripts/run.mjs bot/main [arguments]`, or `--check` for everything `npm test` stands for.
 * Out: whatever the entry does; it runs in this very process, so signals, exit code and the standard streams are its own.
 * The launcher itself speaks on stderr only: stdout may be read by another program.
 *
 * What lies where: `dist/` holds compiled TypeScript (and JSON that is imported as a module) and nothing else. Files that
 * are read at run time, such as the sample archive, stay in the source tree and are found from the project's root.
 *
 * Nothing but Node itself is imported here: on a fresh clone there is nothing else yet.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE =
  'usage: node scripts/run.mjs ENTRY [arguments], ENTRY being a source file without its .ts, such as bot/main; or --check';
const CHECK_USAGE = `usage: npm test

Type check, lint, the rules of the house, the build and all tests, in this order; stops at the first that fails. The last line counts
tests. A part of them: npx vitest run test/FOLDER
`;
const PACKAGES_STAMP = join(ROOT, 'node_modules', '.qunshi-installed');
const BUILD_STAMP = join(ROOT, 'dist', '.built');

/** A reason to stop that needs no stack trace. `code` is the exit code: 1 failed, 2 wrong use. */
class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

const say = (text) => process.stderr.write(`${text}\n`);
const inRoot = (...parts) => join(ROOT, ...parts);
const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

// === Node

function requireNode() {
  const wanted = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = wanted.split('.').map(Number);
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new Stop(`Qunshi needs Node ${wanted} or newer; this is Node ${process.versions.node}.`);
  }
}

/** Runs a program with its output on stderr, with these variables besides our own. Resolves to its exit code. */
function run([program, ...args], variables = {}) {
  return new Promise((resolve, reject) => {
    // On Windows npm is a script, which only a shell starts.
    const shell = program === 'npm' && process.platform === 'win32';
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...variables },
      stdio: ['ignore', process.stderr, process.stderr],
      shell,
    });
    child.on('error', (error) => reject(new Stop(`${program} could not be started: ${error.message}`)));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

// === Packages

/** Whether node_modules holds what the lockfile asks for: as we stamped it, or else by npm's own record of an install by hand. */
function packagesAreCurrent() {
  const lock = readFileSync(inRoot('package-lock.json'), 'utf8');
  if (textOf(PACKAGES_STAMP) === hashOf(lock)) return true;
  const record = textOf(inRoot('node_modules', '.package-lock.json'));
  if (record === undefined || !holdsAll(JSON.parse(record).packages, JSON.parse(lock).packages)) return false;
  writeFileSync(PACKAGES_STAMP, hashOf(lock));
  return true;
}

function holdsAll(installed, wanted) {
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are often for another platform.
    if (found === undefined) return optional === true;
    return found.version === version && (integrity === undefined || found.integrity === integrity);
  });
}

async function installPackages() {
  say('Installing the packages that package-lock.json lists (with compiling afterwards, a minute or two) ...');
  // --include=dev: the compiler is among them. The log level is given because `npm run -s` would hide errors as well.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // An npm before 11 knows no allowScripts: it would run the runtime's script, which downloads GPU libraries.
  const code = await run([...npmCommand(), ...args], { ONNXRUNTIME_NODE_INSTALL: 'skip' });
  if (code !== 0) {
    throw new Stop('The packages could not be installed, see above. nodejieba needs a C++ compiler, make and Python 3.');
  }
  writeFileSync(PACKAGES_STAMP, hashOf(readFileSync(inRoot('package-lock.json'))));
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const started = process.env.npm_execpath;
  return started !== undefined && basename(started) === 'npm-cli.js' ? [process.execPath, started] : ['npm'];
}

// === Build

/** Changes whenever a compiled file may come out differently: a source added, removed or written, other options or packages. */
function sourcesPrint() {
  const sources = ['bot', 'knowledge', 'scripts'].flatMap((wing) =>
    readdirSync(inRoot(wing), { recursive: true }).map((file) => join(wing, file)),
  );
  const files = [
    ...sources.filter((file) => /\.(ts|json)$/.test(file)),
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
  ];
  const lines = files.sort().map((file) => {
    const { size, mtimeMs } = statSync(inRoot(file));
    return `${file} ${size} ${mtimeMs}`;
  });
  return hashOf(lines.join('\n'));
}

const buildIsCurrent = () => textOf(BUILD_STAMP) === sourcesPrint();

async function compile() {
  const print = sourcesPrint();
  // Without a stamp nobody knows what dist/ lacks, and an incremental compiler would not look.
  if (existsSync(BUILD_STAMP)) rmSync(BUILD_STAMP);
  else rmSync(inRoot('dist', '.tsbuildinfo'), { force: true });
  const code = await run([process.execPath, inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  if (code !== 0) throw new Stop('The program does not compile, see above.');
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(BUILD_STAMP, print);
}

/** Does `work` unless `isDone`, one launcher at a time: whoever waited finds it done. */
async function once(isDone, work) {
  if (isDone()) return;
  await withLock(inRoot('.run.lock'), async () => {
    if (!isDone()) await work();
  });
}

const build = () => once(buildIsCurrent, compile);

// === What to run

async function main([what, ...rest]) {
  requireNode();
  if (what === undefined) throw new Stop(USAGE, 2);
  if (what !== '--check' && !existsSync(inRoot(`${what}.ts`))) throw new Stop(`There is no ${what}.ts. ${USAGE}`, 2);
  if (what === '--check' && rest.length > 0) {
    if (!rest.includes('--help'))
      throw new Stop(`npm test: ${rest[0]} is one argument too many (npm test -- --help tells how)`, 2);
    process.stdout.write(CHECK_USAGE);
    return;
  }
  await once(packagesAreCurrent, installPackages);
  if (what === '--check') {
    const { check } = await import('./check.mjs');
    process.exitCode = await check(ROOT, build);
    return;
  }
  await build();
  const entry = inRoot('dist', `${what}.js`);
  process.argv.splice(1, process.argv.length, entry, ...rest);
  await import(pathToFileURL(entry).href);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  say(error.message);
  process.exitCode = error.code;
}
