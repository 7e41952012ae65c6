import type { CalendarBooking } from '../../../../shared/calcom/calendar-booking.ts';
import { MAX_HOST_CHARACTERS } from '../../../../shared/calcom/host.ts';
import { truncate } from '../../../../shared/text/truncate.ts';
import { type ApiBooking, UNKNOWN } from './api-booking.ts';

/** Who hosts now; without a username if the person has none, nobody if the account is gone. */
export function hostOf(
  { hosts: [host] }: ApiBooking,
): Pick<CalendarBooking, 'hostUsername' | 'hostName'> {
  return { hostUsername: readKnown(host?.username), hostName: readKnown(host?.name) };
}

function readKnown(text: string | undefined): string | null {
  return text === UNKNOWN ? null : truncate(MAX_HOST_CHARACTERS, text);
}

/** Whether this user, in upper or lower case, is a host of the booking. */
export function isHostedBy({ hosts }: ApiBooking, host: string): boolean {
  return hosts.some(({ username }) => username?.toLowerCase() === host.toLowerCase());
}
