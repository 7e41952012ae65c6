import type { BookingRef } from './perform.ts';

/** The address of Cal.com's pages, without a slash at the end. */
export const CALCOM_APP_URL = 'https://cal.com';

/** For whom a booking page is opened. */
export type PageClient = {
  name: string;
  email: string | null;
  phone: string | null;
  clientId: string;
  petId: string | null;
};

/**
 * The pages on which people do by hand what the API does. Booker and host see the same pages
 * (calcom/cal.com packages/lib/CalEventParser.ts); a seat has its own page for moving.
 */
export function calcomPages(appUrl: string) {
  return {
    booking: ({ uid }: BookingRef): string => `${appUrl}/booking/${encodeURIComponent(uid)}`,
    cancel: ({ uid, seatUid }: BookingRef): string => {
      const page = new URL(`${appUrl}/booking/${encodeURIComponent(uid)}`);
      page.searchParams.set('cancel', 'true');
      if (seatUid !== null) page.searchParams.set('seatReferenceUid', seatUid);
      return page.href;
    },
    reschedule: ({ uid, seatUid }: BookingRef): string =>
      `${appUrl}/reschedule/${encodeURIComponent(seatUid ?? uid)}`,
    /** What the salon offers, with the form filled in. */
    bookNew: (username: string, client: PageClient | null): string => {
      const page = new URL(`${appUrl}/${encodeURIComponent(username)}`);
      if (client === null) return page.href;
      const { name, email, phone, clientId, petId } = client;
      page.searchParams.set('name', name);
      if (email !== null) page.searchParams.set('email', email);
      if (phone !== null) page.searchParams.set('attendeePhoneNumber', phone);
      page.searchParams.set('metadata[barkbookClientId]', clientId);
      if (petId !== null) page.searchParams.set('metadata[barkbookPetId]', petId);
      return page.href;
    },
  };
}
