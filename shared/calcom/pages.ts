/** Where people use Cal.com; a self-hosted one has another address. */
export const CALCOM_APP_URL = 'https://app.cal.com';

/**
 * The page on which a booker chooses another time for their booking. It accepts the uid of a booking
 * or of one seat, and asks for no account (calcom/cal.com apps/web/app/reschedule/[uid]).
 */
export function reschedulePage(appUrl: string, uid: string): string {
  return `${appUrl}/reschedule/${encodeURIComponent(uid)}`;
}
