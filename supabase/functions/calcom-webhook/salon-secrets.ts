import type { DatabaseResult } from '../_shared/rpc.ts';
import type { LookUpSecrets } from './store.ts';

/** The secrets of salons, as they were a moment ago. */
export type SalonSecrets = {
  /** The secrets a delivery of the salon may be signed with. */
  of(salonId: string): Promise<DatabaseResult<readonly string[]>>;
  /**
   * The same, read again because a signature did not match: the secret may have been replaced.
   * Null when they were read only seconds ago, so that forged requests cannot cause queries.
   */
  renewed(salonId: string): Promise<DatabaseResult<readonly string[]> | null>;
};

/** `npm run calcom:register` waits longer than that before Cal.com learns of a new secret. */
const RENEWABLE_AFTER_MS = 5_000;
const KEPT_MS = 60_000;
const MAX_SALONS = 1_000;

type Entry = { secrets: readonly string[]; askedAtMs: number };

/**
 * Caches secrets for a minute, and that there are none for some seconds. Requests at the same moment
 * share one query. `now` is in milliseconds.
 */
export function createSalonSecrets(lookUp: LookUpSecrets, now: () => number): SalonSecrets {
  const known = new Map<string, Entry>();
  const asked = new Map<string, Promise<DatabaseResult<readonly string[]>>>();

  async function ask(salonId: string): Promise<DatabaseResult<readonly string[]>> {
    const askedAtMs = now();
    const found = await lookUp(salonId).finally(() => asked.delete(salonId));
    if (found.ok) remember(salonId, { secrets: found.value, askedAtMs });
    return found;
  }

  function askOnce(salonId: string): Promise<DatabaseResult<readonly string[]>> {
    const answer = asked.get(salonId) ?? ask(salonId);
    asked.set(salonId, answer);
    return answer;
  }

  /** Salons that a forger made up must not push out real ones. */
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
      return entry !== undefined && now() - entry.askedAtMs < keptMs
        ? { ok: true, value: entry.secrets }
        : await askOnce(salonId);
    },
    async renewed(salonId) {
      const entry = known.get(salonId);
      const isFresh = entry !== undefined && now() - entry.askedAtMs < RENEWABLE_AFTER_MS;
      return isFresh ? null : await askOnce(salonId);
    },
  };
}
