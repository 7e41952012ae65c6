import type { Booking } from '../../world/booking.ts';
import type { Host } from '../../world/salons.ts';
import { freshPayload } from './fresh.ts';

/** A booking whose place changed (hosted Cal.com, recorded on 8 September 2026). */
export function locationUpdatedPayload(booking: Booking, previousLocation: string) {
  return { ...unchanged(booking), previousLocation };
}

/** A booking that another host took over (cal.com/docs, Webhooks). */
export function reassignedPayload(booking: Booking, previous: Host) {
  return {
    ...unchanged(booking),
    addedHostUserIds: [booking.host.id],
    removedHostUserIds: [previous.id],
  };
}

/** Neither of these says which booking this one once replaced. */
function unchanged(booking: Booking) {
  return freshPayload({ ...booking, replaced: null }, 'ACCEPTED');
}
