import type { UnknownRecord } from '../../../shared/json/records.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import { readInstant } from '../../../shared/time/instant.ts';
import type { SingleSalon } from './run.ts';

/**
 * What a caller asks for: all salons that are due, or one. `wait`: answer when the run is over.
 * `reparse`: try again to read deliveries that could not be read.
 */
export type Command =
  | { kind: 'sync'; only: SingleSalon | null; wait: boolean }
  | { kind: 'reparse' };

/** Reads the members of a body; none of them ask for an ordinary run. Null when they are invalid. */
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
