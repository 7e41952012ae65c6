import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** A test that is running, or that ended while some of its work goes on. */
interface RunningTest {
  ended: boolean;
  /** Its statements that the database has not answered. */
  statements: Set<Promise<unknown>>;
}

const PATIENCE_MS = 5_000;
const tests = new AsyncLocalStorage<RunningTest>();

/**
 * Runs a test, and ends what it goes on doing.
 *
 * Vitest gives up a test at its time limit, but cannot stop it: it would go on writing in the
 * database of the next test. Its next statement fails instead.
 */
export async function asTest(run: () => Promise<void>): Promise<void> {
  const test: RunningTest = { ended: false, statements: new Set() };
  try {
    await tests.run(test, run);
  } finally {
    test.ended = true;
    // One that waits for a lock forever must not keep the others waiting.
    await Promise.race([Promise.allSettled(test.statements), sleep(PATIENCE_MS)]);
  }
}

/** Runs statements of the current test; throws if it has ended. Outside of a test, just runs them. */
export async function inTest<T>(run: () => Promise<T>): Promise<T> {
  const test = tests.getStore();
  if (test === undefined) return await run();
  refuseAfterEnd();
  const statement = run();
  test.statements.add(statement);
  try {
    return await statement;
  } finally {
    test.statements.delete(statement);
  }
}

/** Throws if the test that called has ended, as before a commit. */
export function refuseAfterEnd(): void {
  if (tests.getStore()?.ended) throw new Error('the test that this statement belongs to has ended');
}
