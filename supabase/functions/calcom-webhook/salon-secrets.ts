import type { DatabaseResult } from '../_shared/rpc.ts';
import { createDirectory } from './salon-directory.ts';
import type { ListSalons, LookUpSecrets } from './store.ts';

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

/** Where the secrets are read. */
export type SecretSource = { lookUp: LookUpSecrets; listSalons: ListSalons };

/** `npm run calcom:register` waits longer than this before it gives Cal.com a new secret. */
const RENEWABLE_AFTER_MS = 5_000;
const KEPT_MS = 60_000;
const MAX_SALONS = 1_000;

type Entry = { secrets: readonly string[]; readAtMs: number };

/**
 * Caches secrets for a minute. Simultaneous requests share one query.
 *
 * Before the secrets of an unknown salon are looked up, the salons that have some are listed, at most
 * once in five seconds, so that requests for made-up salons do not cost a query each. `now` is in
 * milliseconds.
 */
export function createSalonSecrets(source: SecretSource, now: () => number): SalonSecrets {
  const known = new Map<string, Entry>();
  const pending = new Map<string, Promise<DatabaseResult<readonly string[]>>>();
  const directory = createDirectory(source.listSalons, now);

  async function read(salonId: string): Promise<DatabaseResult<readonly string[]>> {
    const readAtMs = now();
    const listed = await directory.has(salonId);
    if (!listed.ok) return listed;
    const found = listed.value ? await source.lookUp(salonId) : { ok: true as const, value: [] };
    if (found.ok) remember(salonId, { secrets: found.value, readAtMs });
    return found;
  }

  function readOnce(salonId: string): Promise<DatabaseResult<readonly string[]>> {
    const answer = pending.get(salonId) ?? read(salonId).finally(() => pending.delete(salonId));
    pending.set(salonId, answer);
    return answer;
  }

  function remember(salonId: string, entry: Entry): void {
    known.delete(salonId);
    if (entry.secrets.length === 0) return;
    known.set(salonId, entry);
    const [oldest] = known.keys();
    if (known.size > MAX_SALONS && oldest !== undefined) known.delete(oldest);
  }

  return {
    async of(salonId) {
      const entry = known.get(salonId);
      return entry !== undefined && now() - entry.readAtMs < KEPT_MS
        ? { ok: true, value: entry.secrets }
        : await readOnce(salonId);
    },
    async renewed(salonId) {
      const entry = known.get(salonId);
      return entry === undefined || now() - entry.readAtMs < RENEWABLE_AFTER_MS
        ? null
        : await readOnce(salonId);
    },
  };
}
