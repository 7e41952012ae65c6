import type { RequestDeps } from '../_shared/handle-request.ts';
import { logLine } from '../_shared/log.ts';
import type { Configured } from '../_shared/variables.ts';
import { checkHealth, type Health, type ReadReport } from './check.ts';

/** The dependencies of the handler. */
export type Deps = RequestDeps & { readReport: Configured<ReadReport> };

/** How long a check is reused: anyone may call this function as often as they like. */
const KEPT_MS = 10_000;

/** Answers whether the sync is healthy, from a check that is at most seconds old. */
export function createHandler(deps: Deps): (request: Request) => Promise<Response> {
  let latest: { health: Promise<Health>; startedAtMs: number } | null = null;

  function health(): Promise<Health> {
    const nowMs = deps.now();
    if (latest === null || nowMs - latest.startedAtMs >= KEPT_MS) {
      latest = { health: checkAndLog(deps, nowMs), startedAtMs: nowMs };
    }
    return latest.health;
  }

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, {
        status: 405,
        headers: { allow: 'GET, HEAD' },
      });
    }
    const body = await health();
    const init = {
      status: body.ok ? 200 : 503,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
    };
    return new Response(request.method === 'HEAD' ? null : JSON.stringify(body), init);
  };
}

/** Logs problems once for each check, not for each request. */
async function checkAndLog({ readReport, log }: Deps, nowMs: number): Promise<Health> {
  const health: Health = readReport.ok ? await checkHealth(readReport.value, nowMs) : {
    ok: false,
    failing: ['server_misconfigured'],
    checkedAt: new Date(nowMs).toISOString(),
  };
  if (!health.ok) {
    const missing = readReport.ok ? null : readReport.variable;
    log(logLine(nowMs, 'error', 'unhealthy', { failing: health.failing, missing }));
  }
  return health;
}
