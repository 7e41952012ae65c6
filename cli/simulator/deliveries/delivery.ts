import type { Booking } from '../world/booking.ts';

/** What Cal.com sends in one request, and the answer it should get. */
export type Delivery = {
  trigger: string;
  /** The booking it is about, if any. */
  uid: string | null;
  /** What happened, in a few words. */
  about: string;
  /** Its `createdAt`: when Cal.com queued it. Null for a delivery without an envelope. */
  createdAt: string | null;
  body: string;
  /** Signed with a secret that is not Cal.com's. */
  forged: boolean;
  expectedStatus: number;
};

/** An event of a booking in an envelope, as Cal.com sends nearly all events. */
export function wrapped(
  trigger: string,
  booking: Booking | null,
  about: string,
  createdAt: string,
  payload: object,
): Delivery {
  const body = JSON.stringify({ triggerEvent: trigger, createdAt, payload });
  return { ...delivery(trigger, booking?.uid ?? null, about, body), createdAt };
}

/** An event whose members lie beside its trigger, as in MEETING_STARTED and MEETING_ENDED. */
export function flat(trigger: string, booking: Booking, about: string, row: object): Delivery {
  return delivery(
    trigger,
    booking.uid,
    about,
    JSON.stringify({ triggerEvent: trigger, ...row }),
  );
}

function delivery(trigger: string, uid: string | null, about: string, body: string): Delivery {
  return { trigger, uid, about, createdAt: null, body, forged: false, expectedStatus: 200 };
}
