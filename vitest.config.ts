// How the tests are run: what counts as a test, and how long one may take before it is a failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const MINUTE = 60_000;
/** `npm run properties` draws so many times the values of `npm test`. */
const PROPERTY_TIMES = 20;

export default defineConfig(({ mode }) => {
  const times = mode === 'properties' ? PROPERTY_TIMES : 1;
  return {
    test: {
      // Nothing is fetched or computed by a model that happens to lie about; tests that want one name it.
      env: { SEMANTIC_MODEL: 'none', PROPERTY_TIMES: String(times) },
      include: mode === 'properties' ? filesWithProperties() : ['test/**/*.test.ts'],
      setupFiles: ['test/properties.ts'],
      // Against hanging, not slowness: the slowest tests start a whole bot or read a large archive, on machines that others use too.
      testTimeout: MINUTE * times,
      hookTimeout: MINUTE,
      maxWorkers: 2,
      // Of `npm run coverage`: it sees what runs in this process, so not the built program of test/bot/live.
      coverage: { include: ['bot/**/*.ts'], reporter: ['text'] },
    },
  };
});

function filesWithProperties(): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('test', name))
    .filter((path) => readFileSync(path, 'utf8').includes("from 'fast-check'"));
}
