import type { UnknownRecord } from '../../../shared/json/records.ts';
import { isUuid } from '../../../shared/text/uuid.ts';

/**
 * What a caller asks for. `goOn`: what an earlier run left, which is to send what was planned and,
 * unless `planAfter` is null, to plan the salons after that id.
 */
export type Command = {
  dryRun: boolean;
  goOn: boolean;
  planAfter: string | null;
  at: Date | null;
};

/** Without a zone the time would mean something else on every machine. */
const ZONED_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Reads the members of a body; without any it asks for a normal run. Null if they are invalid. */
export function parseCommand(members: UnknownRecord): Command | null {
  const { dryRun = false, goOn = false, planAfter = null, at = null } = members;
  if (typeof dryRun !== 'boolean' || typeof goOn !== 'boolean') return null;
  if (planAfter !== null && (typeof planAfter !== 'string' || !isUuid(planAfter))) return null;
  const command = { dryRun, goOn, planAfter };
  if (at === null) return { ...command, at };
  const time = typeof at === 'string' && ZONED_TIME.test(at) ? new Date(at) : null;
  return time === null || Number.isNaN(time.getTime()) ? null : { ...command, at: time };
}
