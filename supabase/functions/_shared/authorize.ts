import { type Refusal, refuse } from './refusal.ts';
import { hashSecret, isSameHash, type SecretHash } from './secret-hash.ts';
import type { IsWorkerSecret } from './worker-secret.ts';

/** The header in which scheduled jobs send the worker secret. */
export const WORKER_SECRET_HEADER = 'x-worker-secret';

/**
 * Whether a caller may start a scheduled function, and who it is. A job starts ordinary runs and
 * nothing else, since many may read its secret.
 */
export type Authorization =
  | { ok: true; caller: 'job' | 'operator' }
  | Refusal<'unauthorized' | 'server_misconfigured' | 'database_unavailable'>;

/** Judges the headers of a request. Never throws. */
export type Authorize = (headers: Headers) => Promise<Authorization>;

/**
 * Allows scheduled jobs, which send the worker secret, and operators' commands and the function
 * itself, which send one of the project's secret API keys in `apikey`.
 */
export function createAuthorize(
  secretKeys: readonly string[],
  isWorkerSecret: IsWorkerSecret,
): Authorize {
  const keyHashes = Promise.all(secretKeys.map(hashSecret));

  return async (headers) => {
    const key = headers.get('apikey');
    if (key && includes(await keyHashes, await hashSecret(key))) {
      return { ok: true, caller: 'operator' };
    }

    const secret = headers.get(WORKER_SECRET_HEADER);
    if (!secret) return refuse('unauthorized');
    const known = await isWorkerSecret(secret);
    if (!known.ok) return refuse('database_unavailable', { cause: known.code });
    return known.value ? { ok: true, caller: 'job' } : refuse('unauthorized');
  };
}

function includes(hashes: readonly SecretHash[], given: SecretHash): boolean {
  // Compares with every hash, so that the time does not tell which one is the same.
  return hashes.filter((hash) => isSameHash(given, hash)).length > 0;
}
