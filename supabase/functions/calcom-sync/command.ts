import type { UnknownRecord } from '../../../shared/json/records.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import { readInstant } from '../../../shared/time/instant.ts';
import type { SingleSalon } from './run.ts';

/**
 * What to do: sync all salons that are due, or only one. `wait`: answer when the run has finished.
 * `reparse`: parse the deliveries again that could not be parsed.
 */
export type Command =
  | { kind: 'sync'; only: SingleSalon | null; wait: boolean }
  | { kind: 'reparse' };

/** Reads the members of a body, which has none for an ordinary run. Null if they are invalid. */
export function parseCommand(members: UnknownRecord): Command | null {
  const { salonId = null, from = null, wait = false, reparse = false } = members;
  if (typeof wait !== 'boolean' || typeof reparse !== 'boolean') return null;
  if (reparse) return salonId === null && from === null ? { kind: 'reparse' } : null;
  if (salonId === null) return from === null && !wait ? { kind: 'sync', only: null, wait } : null;
  if (typeof salonId !== 'string' || !isUuid(salonId.toLowerCase())) return null;

  const instant = readInstant(from);
  if (from !== null && instant === null) return null;
  return { kind: 'sync', only: { salonId, from: instant }, wait };
}
