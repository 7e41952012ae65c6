import type { UnknownRecord } from '../../../shared/json/records.ts';

/** What a caller asks for. `goOn`: only send what an earlier run planned and did not send. */
export type Command = { dryRun: boolean; goOn: boolean; at: Date | null };

/** Without a zone the time would mean something else on every machine. */
const ZONED_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Reads the members of a body; without any it asks for a normal run. Null if they are invalid. */
export function parseCommand(members: UnknownRecord): Command | null {
  const { dryRun = false, goOn = false, at = null } = members;
  if (typeof dryRun !== 'boolean' || typeof goOn !== 'boolean') return null;
  if (at === null) return { dryRun, goOn, at };
  const time = typeof at === 'string' && ZONED_TIME.test(at) ? new Date(at) : null;
  return time === null || Number.isNaN(time.getTime()) ? null : { dryRun, goOn, at: time };
}
