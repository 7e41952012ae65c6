import type { Service } from '../../../cli/simulator/world/booking.ts';
import {
  type BookingActions,
  createBookingActions,
  type Done,
} from '../../../supabase/functions/_shared/calcom/booking-actions.ts';
import type { ActionResult } from '../../../supabase/functions/_shared/calcom/calcom-client.ts';
import { type Seat, store, type StoredBooking } from '../../support/calcom/account.ts';
import { openDocument } from '../../support/calcom/document.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import { createTown, DAY_MS, LAST_MOMENT_MS, type Town } from '../../support/calcom/town.ts';

type Settings = Parameters<typeof createBookingActions>[1];

/** A Cal.com of one salon, and the actions on its bookings. */
export interface BookingScene {
  town: Town;
  calcom: CalcomServer;
  actions: BookingActions;
  /** With which the actions were created. */
  settings(): Settings;
  /** Makes a booking of tomorrow unless told. */
  booked(service: Service, more?: Partial<StoredBooking>, startMs?: number): StoredBooking;
  newSeat(): Seat;
  /** Forgets all bookings. */
  forget(): void;
  stop(): Promise<void>;
}

/** The day after the time of the stand-in. */
export const TOMORROW_MS = LAST_MOMENT_MS + DAY_MS;

export const iso = (ms: number): string => new Date(ms).toISOString();

/** What names a booking without seats. */
export const plain = ({ booking: { uid } }: StoredBooking) => ({ uid, seatUid: null });

/** The uids that an action shows, or the code of its error. */
export const uidsOf = (result: ActionResult<Done>) =>
  result.ok ? result.value.shown.map(({ booking }) => booking.uid) : result.code;

/** Starts the Cal.com, whose clock stands at `LAST_MOMENT_MS`. */
export async function openBookingScene(): Promise<BookingScene> {
  // Not while the first request waits.
  await openDocument();
  const town = createTown(1);
  const calcom = await startCalcomServer([town.account], { now: () => LAST_MOMENT_MS });
  const settings = () => ({
    apiUrl: calcom.url,
    // More than any request on a busy machine takes.
    requestTimeoutMs: 1500,
    lookAfterMs: [0, 10],
    fetch,
  });
  return {
    town,
    calcom,
    actions: createBookingActions(town.account.apiKey, settings()),
    settings,
    booked: (service, more = {}, startMs = TOMORROW_MS) => {
      const booking = town.newBooking(service, town.newcomer(), startMs);
      return store(town.account, booking, { createdAt: LAST_MOMENT_MS - DAY_MS, ...more });
    },
    newSeat: () => ({ seatId: town.newSeatId(), booker: town.newcomer(), absent: false }),
    forget: () => {
      town.account.bookings.length = 0;
    },
    stop: calcom.stop,
  };
}
