import { defineConfig } from 'vitest/config';
import { projectRoot } from '../../../local/setup/paths.ts';

/** Only the unit suite: Stryker runs it in its own processes, where no Postgres and no Deno are. */
export default defineConfig({
  root: projectRoot,
  resolve: { alias: [{ find: /^std\/(.+)\.ts$/, replacement: 'deno-std/$1.js' }] },
  test: {
    include: ['tests/unit/**/*.test.ts'],
    // They reach no mutant, and one reads the sources, which are instrumented there.
    exclude: ['tests/unit/mutation/**'],
  },
});
