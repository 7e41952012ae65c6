import { codeOnly } from './log-value.ts';

/** A request that no run came of; `cause` is the variable to set or a code of the database. */
export type RefusedRequest = { code: string; cause: string | null; finishedAtMs: number };

const SERVER_ERRORS: ReadonlySet<string> = new Set([
  'server_misconfigured',
  'database_unavailable',
  'internal_error',
]);

/** The caller's own mistakes are worth a look; those of the server need somebody at once. */
export function refusalLevel(code: string): 'warn' | 'error' {
  return SERVER_ERRORS.has(code) ? 'error' : 'warn';
}

/** One JSON line for a run that was refused. */
export function refusalLine({ code, cause, finishedAtMs }: RefusedRequest): string {
  const known = codeOnly(cause);
  return JSON.stringify({
    ts: new Date(finishedAtMs).toISOString(),
    level: refusalLevel(code),
    msg: known === null ? 'run refused' : `run refused: ${known}`,
    code,
  });
}
