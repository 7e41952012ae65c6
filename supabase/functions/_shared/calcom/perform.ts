import type { CalcomCall } from '../../../../shared/calcom/api.ts';
import type { ActionFailure, ActionResult, Call } from './calcom-client.ts';
import type { ShownBooking } from './read-booking.ts';

/** A booking, or one seat of it. */
export type BookingRef = { uid: string; seatUid: string | null };

/**
 * A done action: the booking that it led to, and the bookings that it changed as Cal.com shows them
 * afterwards; none if Cal.com accepted it and does not show it yet. `seatFrom`: the uid of the slot
 * that a seat was moved from, which Cal.com does not show.
 */
export type Done = { ref: BookingRef; shown: ShownBooking[]; seatFrom?: string };

/** An action whose result can be seen. */
export type Action = {
  call: CalcomCall;
  /** The bookings, once they are as the action leaves them. `data`: Cal.com's answer to it, if any. */
  look(data: unknown): Promise<Done | null>;
  /** Where an accepted action led to that Cal.com does not show yet; null if its answer does not say. */
  refOf(data: unknown): BookingRef | null;
};

/**
 * Sends an action once, and looks whether Cal.com shows its result: that is what the page shows next,
 * and the only way to know if the answer was lost. An action that was refused counts as done if
 * everything is as it should be, because then somebody had done it before.
 */
export async function perform(
  call: Call,
  action: Action,
  lookAfterMs: readonly number[],
): Promise<ActionResult<Done>> {
  const answer = await call(action.call);
  if (!answer.ok && !mayBeDone(answer)) return answer;
  const data = answer.ok ? answer.data : undefined;
  const waits = answer.ok || answer.code === 'calcom_unreachable' ? lookAfterMs : [0];
  const done = await firstLook(() => action.look(data), waits);
  if (done !== null) return { ok: true, value: done };
  if (!answer.ok) return answer;
  const ref = action.refOf(data);
  return ref === null
    ? { ok: false, code: 'calcom_unreachable', retryAfterSeconds: null }
    : { ok: true, value: { ref, shown: [] } };
}

/** Looks without acting, for an action whose request ended without a recorded answer. */
export async function lookFor(
  action: Action,
  lookAfterMs: readonly number[],
): Promise<ActionResult<Done>> {
  const done = await firstLook(() => action.look(undefined), lookAfterMs);
  return done === null
    ? { ok: false, code: 'calcom_unreachable', retryAfterSeconds: null }
    : { ok: true, value: done };
}

function mayBeDone({ code }: ActionFailure): boolean {
  return code === 'calcom_unreachable' || code === 'refused' || code === 'slot_taken';
}

async function firstLook(
  look: () => Promise<Done | null>,
  waits: readonly number[],
): Promise<Done | null> {
  for (const ms of waits) {
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    const done = await look();
    if (done !== null) return done;
  }
  return null;
}
