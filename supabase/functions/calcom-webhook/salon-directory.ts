import type { DatabaseResult } from '../_shared/rpc.ts';
import type { ListSalons } from './store.ts';

/** The salons whose own webhook has a secret. */
export type SalonDirectory = { has(salonId: string): Promise<DatabaseResult<boolean>> };

/** For how long a salon that is not listed counts as made up. */
const RELIST_AFTER_MS = 5_000;

/**
 * Lists the salons again when one is asked for that is not listed, at most once in five seconds;
 * simultaneous requests share the query. `now` is in milliseconds.
 */
export function createDirectory(listSalons: ListSalons, now: () => number): SalonDirectory {
  let listed: { salons: ReadonlySet<string>; readAtMs: number } | null = null;
  let pending: Promise<DatabaseResult<readonly string[]>> | null = null;

  async function list(): Promise<DatabaseResult<readonly string[]>> {
    const readAtMs = now();
    const found = await listSalons().finally(() => (pending = null));
    if (found.ok) listed = { salons: new Set(found.value), readAtMs };
    return found;
  }

  return {
    async has(salonId) {
      if (listed?.salons.has(salonId)) return { ok: true, value: true };
      if (listed !== null && now() - listed.readAtMs < RELIST_AFTER_MS) {
        return { ok: true, value: false };
      }
      pending ??= list();
      const found = await pending;
      return found.ok ? { ok: true, value: found.value.includes(salonId) } : found;
    },
  };
}
