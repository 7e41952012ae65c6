import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { projectRoot } from '../local/setup/paths.ts';

const HOOK_TIMEOUT_MS = 30_000;

function suite(name: string, testTimeout: number, isolate = true) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      setupFiles: ['tests/support/setup.ts'],
      testTimeout,
      hookTimeout: HOOK_TIMEOUT_MS,
      isolate,
      // What is waited for may need seconds on a busy machine; the default is one.
      expect: { poll: { timeout: 15_000 } },
    },
  };
}

/** Needs a Chromium, so npm test leaves it to npm run test:browser. */
function browserSuite() {
  const { test, ...rest } = suite('browser', 60_000);
  return {
    ...rest,
    test: {
      ...test,
      globalSetup: ['tests/browser/support/global-setup.ts'],
    },
  };
}

export default defineConfig({
  root: projectRoot,
  // Functions import Deno's std by URL; here it comes from npm.
  resolve: { alias: [{ find: /^std\/(.+)\.ts$/, replacement: 'deno-std/$1.js' }] },
  test: {
    // Vitest would leave one processor idle; most of a test's time passes in Postgres and Deno.
    maxWorkers: availableParallelism(),
    globalSetup: ['tests/support/global-setup.ts'],
    projects: [
      // Nothing in this suite leaves traces, and a fresh context for each file takes longer than it.
      suite('unit', 5_000, false),
      suite('database', 20_000),
      suite('functions', 20_000),
      suite('e2e', 60_000),
      // Takes minutes, so npm test leaves it to npm run test:endurance.
      suite('endurance', 600_000),
      browserSuite(),
    ],
  },
});
