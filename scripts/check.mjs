/**
 * Everything `npm test` stands for, part by part, stopping at the first part that fails.
 *
 * In: the project's root and how to compile it. Out: the parts' own output, then as the last line on stdout
 * `N passed, N failed` (tests), and the exit code. A part that fails before or without any test counts as one failure.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOUSE_RULES = 'test/house.test.ts';

export async function check(root, build) {
  const reports = mkdtempSync(join(tmpdir(), 'qunshi-check-'));
  const counts = { passed: 0, failed: 0, skipped: 0 };

  const run = (program, ...args) => runNode(root, [join(root, 'node_modules', program), ...args]);
  const test = async (name, ...args) => {
    const report = join(reports, `${name}.json`);
    const ok = await run(
      'vitest/vitest.mjs',
      'run',
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    );
    add(counts, readReport(report), ok);
    return ok;
  };
  const parts = [
    ['type check', () => run('typescript/bin/tsc', '-p', 'tsconfig.json')],
    ['lint', () => run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.')],
    ['house rules', () => test('house', HOUSE_RULES)],
    ['build', () => build().then(() => true)],
    ['tests', () => test('tests', '--exclude', HOUSE_RULES)],
  ];

  const succeeds = async (part) => {
    try {
      return await part();
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      return false;
    }
  };
  let failedPart;
  for (const [name, part] of parts) {
    process.stdout.write(`\n== ${name}\n`);
    if (await succeeds(part)) continue;
    failedPart = name;
    break;
  }
  rmSync(reports, { recursive: true, force: true });
  if (failedPart !== undefined) counts.failed = Math.max(counts.failed, 1);
  process.stdout.write(failedPart === undefined ? '\nAll parts are well.\n' : `\nStopped: ${failedPart} failed.\n`);
  if (counts.skipped > 0) process.stdout.write(`${counts.skipped} skipped for want of their data\n`);
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  return failedPart === undefined ? 0 : 1;
}

/** Whether the program ended with exit code 0. */
function runNode(root, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

/** A test file that could not even be loaded has no tests in the report, but it has failed. */
function readReport(file) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const unloadable = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.every((a) => a.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function add(counts, more, ok) {
  counts.passed += more.passed;
  counts.failed += ok ? more.failed : Math.max(more.failed, 1);
  counts.skipped += more.skipped;
}
