import { checkHealth, type Health, type ReadReport } from './check.ts';

/** Everything the handler uses from outside. */
export type Deps = {
  /** The database, or the variable without which it cannot be reached. */
  report: { ok: true; read: ReadReport } | { ok: false; missing: string };
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
};

/** Anybody may ask, as often as they like: the database is asked no more often than that. */
const KEPT_MS = 10_000;

/** Answers whether the sync is well, from a look at the database that is seconds old at most. */
export function createHandler(deps: Deps): (request: Request) => Promise<Response> {
  let latest: { health: Promise<Health>; startedAtMs: number } | null = null;

  function health(): Promise<Health> {
    const nowMs = deps.now();
    if (latest === null || nowMs - latest.startedAtMs >= KEPT_MS) {
      latest = { health: look(deps, nowMs), startedAtMs: nowMs };
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

/** Says in the log what is wrong, once for each look and never for each request. */
async function look({ report, log }: Deps, nowMs: number): Promise<Health> {
  const health: Health = report.ok ? await checkHealth(report.read, nowMs) : {
    ok: false,
    failing: ['server_misconfigured'],
    checkedAt: new Date(nowMs).toISOString(),
  };
  if (!health.ok) {
    const { checkedAt: ts, failing } = health;
    const missing = report.ok ? null : report.missing;
    log(JSON.stringify({ ts, level: 'error', msg: 'unhealthy', failing, missing }));
  }
  return health;
}
