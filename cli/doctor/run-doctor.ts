import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { DatabaseProblem } from '../target/admin-database.ts';
import type { Target } from '../target/target.ts';
import { type Check, failed, type Finding, unjudged, type Verdict } from './check.ts';
import { CHECKS } from './checks.ts';

const DEFAULT_LIMIT_MS = 30_000;

/** SQLSTATEs of a schema that lacks what this checkout's has: column, table, function, schema. */
const OLDER_SCHEMA: readonly string[] = ['42703', '42P01', '42883', '3F000'];

/**
 * Checks a target and changes nothing. The checks run at the same time; none can stop another, by
 * whatever it throws or however long it takes. Findings are in the order of the checks.
 */
export async function runDoctor(
  target: Target,
  env: NodeJS.ProcessEnv = process.env,
  checks: readonly Check[] = CHECKS,
): Promise<Finding[]> {
  const findings = new Map<string, Promise<Finding>>();
  for (const check of checks) {
    const needed = findings.get(check.needs ?? '');
    const verdict = judge(check, needed, async () => await check.run(target, env));
    findings.set(check.name, verdict.then((known) => ({ name: check.name, ...known })));
  }
  return await Promise.all(findings.values());
}

async function judge(
  { limitMs = DEFAULT_LIMIT_MS }: Check,
  needed: Promise<Finding> | undefined,
  run: () => Promise<Verdict>,
): Promise<Verdict> {
  const before = await needed;
  if (before !== undefined && before.ok !== true) return unjudged(`see ${before.name}`);
  const limit = new AbortController();
  const late = sleep(limitMs, null, { signal: limit.signal }).then(() =>
    failed(`no answer within ${limitMs / 1000} seconds`, 'npm run doctor again')
  );
  // Aborted below.
  late.catch(() => {});
  try {
    return await Promise.race([run().catch(explain), late]);
  } finally {
    limit.abort();
  }
}

function explain(failure: unknown): Verdict {
  if (failure instanceof DatabaseProblem && OLDER_SCHEMA.includes(failure.code ?? '')) {
    return unjudged('the database is older than this checkout, see migrations');
  }
  const message = failure instanceof Error ? failure.message : String(failure);
  return failure instanceof SetupProblem
    ? failed(message, 'as it says, then npm run doctor again')
    : failed(
      `the check itself failed: ${message}`,
      'npm run doctor again, or report this as a bug',
    );
}
