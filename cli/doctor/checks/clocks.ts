import { type Check, failed, passed } from '../check.ts';
import type { Target } from '../../target/target.ts';

/** HTTP's Date header has whole seconds; the rest is for slow answers. */
const MAX_SKEW_SECONDS = 30;
const TIMEOUT_MS = 20_000;

/** Whether the database, the functions and this machine agree on the time. */
export const clocks: Check = {
  name: 'clocks',
  needs: 'database',
  async run(target) {
    const functions = await functionsSkew(target);
    const database = await databaseSkew(target);
    const skews = { 'the functions': functions, 'the database': database };
    const wrong = Object.entries(skews).flatMap(([whose, skew]) =>
      skew !== null && Math.abs(skew) > MAX_SKEW_SECONDS
        ? [`${whose} by ${Math.round(skew)} seconds`]
        : []
    );
    if (wrong.length === 0) return passed('agree within 30 seconds');
    const both = wrong.length === 2;
    return failed(
      `differ from this machine: ${wrong.join(', ')}`,
      both && Math.abs((functions ?? 0) - (database ?? 0)) < MAX_SKEW_SECONDS
        ? "this machine's clock is wrong: set it"
        : 'contact who runs that server: reminders and leases depend on its clock',
    );
  },
};

/** Seconds that a server is ahead of this machine, whose times before and after are given. */
const skewOf = (serverMs: number, beforeMs: number, afterMs: number): number =>
  (serverMs - (beforeMs + afterMs) / 2) / 1000;

async function databaseSkew({ database }: Target): Promise<number> {
  const before = Date.now();
  const [row] = await database.rows<{ now: number }>(
    'select extract(epoch from clock_timestamp())::float8 as now',
  );
  return skewOf((row?.now ?? NaN) * 1000, before, Date.now());
}

/** Null without an answer, which other checks report. */
async function functionsSkew({ functionsUrl }: Target): Promise<number | null> {
  const before = Date.now();
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${functionsUrl}/health`, { method: 'HEAD', signal })
    .catch(() => null);
  const date = Date.parse(response?.headers.get('date') ?? '');
  return Number.isNaN(date) ? null : skewOf(date, before, Date.now());
}
