import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guard, unguard } from '../../local/processes/process-guard.ts';

/** What became of a mutant, and the test that noticed it. */
export type Verdict =
  | { outcome: 'killed' | 'undecided'; by: string }
  | { outcome: 'survived' | 'invalid' };

/** The parts of vitest's JSON report that say which test failed. */
interface Report {
  numTotalTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/** The variable that names the file with the mistake, relative to the project, to the runner. */
export const PLANTED_FILE = 'BARKBOOK_PLANTED_FILE';

const GRACE_MS = 5_000;
/** Much longer than any test takes, so that on a busy machine only a mistake makes one time out. */
const TEST_LIMIT_MS = 100_000;
const CONFIG = 'tests/mutation/vitest.config.ts';

/**
 * Runs test files in a copy of the project until one fails.
 *
 * `invalid`: no test began, because the copy cannot be built. `undecided`: the time is up,
 * of which a busy machine may be the cause. A mistake that makes our code hang fails a test by the
 * limit of a test.
 *
 * @param planted The file with the mistake.
 * @param tests Paths relative to the copy, as is the planted one; folders stand for the files in them.
 */
export async function runTests(
  dir: string,
  planted: string,
  tests: readonly string[],
  limitMs: number,
): Promise<Verdict> {
  const reportFile = join(dir, 'report.json');
  await rm(reportFile, { force: true });
  const ended = await runVitest(dir, planted, [...tests, `--outputFile=${reportFile}`], limitMs);
  if (ended === 'timeout') return { outcome: 'undecided', by: 'the time limit' };
  const report = await readFile(reportFile, 'utf8').then(JSON.parse).catch(() => null);
  return verdictOf(report, ended === 0);
}

/** Reads the verdict from vitest's report; null if vitest wrote none. */
export function verdictOf(report: Report | null, passed: boolean): Verdict {
  if (report === null || report.testResults.length === 0) return { outcome: 'invalid' };
  if (passed) return { outcome: 'survived' };
  const files = report.testResults.filter(({ status }) => status === 'failed');
  // The files that the first failure cut short count as failed as well.
  const test = files.flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  return { outcome: 'killed', by: test?.fullName ?? files[0]?.name ?? 'vitest itself' };
}

async function runVitest(
  dir: string,
  planted: string,
  args: string[],
  limitMs: number,
): Promise<number | 'timeout' | null> {
  const child = spawn(process.execPath, [
    ...[join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', CONFIG],
    ...['--project', 'unit', '--project', 'database', '--project', 'functions'],
    ...['--testTimeout', String(TEST_LIMIT_MS), '--bail', '1', '--reporter', 'json', ...args],
  ], {
    ...{ cwd: dir, stdio: 'ignore', detached: true },
    env: { ...process.env, [PLANTED_FILE]: planted },
  });
  const pid = child.pid ?? 0;
  guard(pid, 'SIGTERM');
  let timedOut = false;
  const end = (signal: NodeJS.Signals) => {
    timedOut = true;
    // Its workers, Postgres and Deno are in its group.
    process.kill(-pid, signal);
  };
  const timers = [
    setTimeout(end, limitMs, 'SIGTERM'),
    setTimeout(end, limitMs + GRACE_MS, 'SIGKILL'),
  ];
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  timers.forEach(clearTimeout);
  unguard(pid);
  return timedOut ? 'timeout' : code;
}
