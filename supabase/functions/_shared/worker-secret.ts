import { fromHex } from '../../../shared/text/hex.ts';
import type { DatabaseResult } from './rpc.ts';
import { hashSecret, isSameHash, type SecretHash } from './secret-hash.ts';

/** Whether this is the secret with which scheduled jobs call functions. Never throws. */
export type IsWorkerSecret = (secret: string) => Promise<DatabaseResult<boolean>>;

/** Reads the SHA-256 of the secret in hex; null if there is none yet. Never throws. */
export type ReadHash = () => Promise<DatabaseResult<string | null>>;

const KEPT_MS = 60_000;
const RENEWABLE_AFTER_MS = 5_000;

/**
 * Compares secrets with a hash that is kept for a minute. After a mismatch the hash is read again,
 * since the secret may have been replaced, but at most once in five seconds, so that wrong secrets
 * do not cost a query each. `now` is in milliseconds.
 */
export function createWorkerSecret(readHash: ReadHash, now: () => number): IsWorkerSecret {
  let known: { hash: string | null; readAtMs: number } | null = null;
  let latest: { reading: ReturnType<ReadHash>; startedAtMs: number } | null = null;

  async function read(readAtMs: number): ReturnType<ReadHash> {
    const read = await readHash();
    // A failed reading must not make a secret wrong that was right a moment ago.
    if (read.ok) known = { hash: read.value, readAtMs };
    return read;
  }

  function renewed(): ReturnType<ReadHash> {
    const startedAtMs = now();
    if (latest === null || startedAtMs - latest.startedAtMs >= RENEWABLE_AFTER_MS) {
      latest = { reading: read(startedAtMs), startedAtMs };
    }
    return latest.reading;
  }

  return async (secret) => {
    const given = await hashSecret(secret);
    const isKept = known !== null && now() - known.readAtMs < KEPT_MS;
    if (isKept && isHash(given, known?.hash ?? null)) return { ok: true, value: true };

    const read = await renewed();
    return read.ok ? { ok: true, value: isHash(given, read.value) } : read;
  };
}

function isHash(given: SecretHash, expected: string | null): boolean {
  return expected !== null && isSameHash(given, fromHex(expected));
}
