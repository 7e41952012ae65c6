import type { DatabaseResult } from '../_shared/rpc.ts';
import type { LookUpSecrets } from './store.ts';

/** A cache of salons' secrets. */
export type SalonSecrets = {
  /** The secrets that are valid for the salon. */
  of(salonId: string): Promise<DatabaseResult<readonly string[]>>;
  /**
   * The same, read again after a signature mismatch, since the secret may have been replaced. Null
   * if they were read only seconds ago, so that forged requests cannot cause many queries.
   */
  renewed(salonId: string): Promise<DatabaseResult<readonly string[]> | null>;
};

/** `npm run calcom:register` waits longer than this before it gives Cal.com a new secret. */
const RENEWABLE_AFTER_MS = 5_000;
const KEPT_MS = 60_000;
const MAX_SALONS = 1_000;

type Entry = { secrets: readonly string[]; readAtMs: number };

/**
 * Caches secrets for a minute, and the absence of secrets for some seconds. Simultaneous requests
 * share one query. `now` is in milliseconds.
 */
export function createSalonSecrets(lookUp: LookUpSecrets, now: () => number): SalonSecrets {
  const known = new Map<string, Entry>();
  const pending = new Map<string, Promise<DatabaseResult<readonly string[]>>>();

  async function read(salonId: string): Promise<DatabaseResult<readonly string[]>> {
    const readAtMs = now();
    const found = await lookUp(salonId).finally(() => pending.delete(salonId));
    if (found.ok) remember(salonId, { secrets: found.value, readAtMs });
    return found;
  }

  function readOnce(salonId: string): Promise<DatabaseResult<readonly string[]>> {
    const answer = pending.get(salonId) ?? read(salonId);
    pending.set(salonId, answer);
    return answer;
  }

  /** Salon ids that a forger made up must not push out real ones. */
  function remember(salonId: string, entry: Entry): void {
    known.delete(salonId);
    known.set(salonId, entry);
    if (known.size <= MAX_SALONS) return;
    const empty = [...known].find(([, { secrets }]) => secrets.length === 0);
    const [oldest] = known.keys();
    known.delete(empty?.[0] ?? oldest ?? salonId);
  }

  return {
    async of(salonId) {
      const entry = known.get(salonId);
      const keptMs = entry?.secrets.length === 0 ? RENEWABLE_AFTER_MS : KEPT_MS;
      return entry !== undefined && now() - entry.readAtMs < keptMs
        ? { ok: true, value: entry.secrets }
        : await readOnce(salonId);
    },
    async renewed(salonId) {
      const entry = known.get(salonId);
      const isFresh = entry !== undefined && now() - entry.readAtMs < RENEWABLE_AFTER_MS;
      return isFresh ? null : await readOnce(salonId);
    },
  };
}
