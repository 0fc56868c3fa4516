// How the tests are run: what counts as a test, and how long one may take before it is a failure.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Nothing is fetched or computed by a model that happens to lie about; tests that want one name it.
    env: { SEMANTIC_MODEL: 'none' },
    include: ['test/**/*.test.ts'],
    // The slowest tests start a whole bot or read a large archive on a shared two-core machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    maxWorkers: 2,
    // Of `npm run coverage`: it sees what runs in this process, so not the built program of test/bot/live.
    coverage: { include: ['bot/**/*.ts'], reporter: ['text'] },
  },
});
