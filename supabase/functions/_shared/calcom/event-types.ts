import { isRecord } from '../../../../shared/json/records.ts';
import type { ActionResult, Call } from './calcom-client.ts';

/** What clients book: an event type of Cal.com. */
export type EventType = { id: number; title: string; minutes: number; slug: string };

/** The `cal-api-version` of event types. */
const EVENT_TYPES_VERSION = '2024-06-14';

/** Reads the event types of a user; one without the documented members is left out. */
export async function readEventTypes(
  call: Call,
  username: string,
): Promise<ActionResult<EventType[]>> {
  const answer = await call({
    method: 'GET',
    path: '/event-types',
    query: { username },
    version: EVENT_TYPES_VERSION,
  });
  if (!answer.ok) return answer;
  if (!Array.isArray(answer.data)) {
    return { ok: false, code: 'calcom_unreachable', retryAfterSeconds: null };
  }
  return { ok: true, value: answer.data.flatMap((data) => readEventType(data) ?? []) };
}

function readEventType(data: unknown): EventType | null {
  if (!isRecord(data)) return null;
  const { id, title, lengthInMinutes: minutes, slug } = data;
  return typeof id === 'number' && typeof title === 'string' && typeof minutes === 'number' &&
      typeof slug === 'string'
    ? { id, title, minutes, slug }
    : null;
}
