import type { Stored } from '../_shared/stored.ts';

/** Asks the database for the secrets of a salon's own webhook; none for what is no salon. */
export type LookUp = (salonId: string) => Promise<Stored<readonly string[]>>;

/** The secrets of salons, as they were a moment ago. */
export type SalonSecrets = {
  /** The secrets a delivery of the salon may be signed with. */
  of(salonId: string): Promise<Stored<readonly string[]>>;
  /**
   * The same, looked up anew because a signature did not fit: the salon may have got another
   * secret. Null when they were looked up only just now, so that forgers cannot ask for ever.
   */
  renewed(salonId: string): Promise<Stored<readonly string[]> | null>;
};

/** `npm run calcom:register` waits longer than that before Cal.com learns of a new secret. */
const RENEWABLE_AFTER_MS = 5_000;
const KEPT_MS = 60_000;
const MAX_SALONS = 1_000;

type Entry = { secrets: readonly string[]; askedAtMs: number };

/**
 * Remembers secrets for a minute, that there are none for some seconds, and asks once for all who
 * need to know at the same moment. `now` is in milliseconds.
 */
export function createSalonSecrets(lookUp: LookUp, now: () => number): SalonSecrets {
  const known = new Map<string, Entry>();
  const asked = new Map<string, Promise<Stored<readonly string[]>>>();

  async function ask(salonId: string): Promise<Stored<readonly string[]>> {
    const askedAtMs = now();
    const found = await lookUp(salonId).finally(() => asked.delete(salonId));
    if (found.ok) remember(salonId, { secrets: found.value, askedAtMs });
    return found;
  }

  function askOnce(salonId: string): Promise<Stored<readonly string[]>> {
    const answer = asked.get(salonId) ?? ask(salonId);
    asked.set(salonId, answer);
    return answer;
  }

  /** Whom a forger made up must not crowd out those that are there. */
  function remember(salonId: string, entry: Entry): void {
    known.delete(salonId);
    known.set(salonId, entry);
    if (known.size <= MAX_SALONS) return;
    const nobody = [...known].find(([, { secrets }]) => secrets.length === 0);
    const [oldest] = known.keys();
    known.delete(nobody?.[0] ?? oldest ?? salonId);
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
