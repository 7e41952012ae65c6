import type { ClientResult } from '../../../shared/client-link/answers.ts';

/** What a client can do to a booking of a salon, identified as in `cal_com_event_id`. */
export type AppointmentActions = Record<
  'cancel' | 'move',
  (salonId: string | null, bookingId: string | null) => Promise<ClientResult>
>;

/** Leaves everything to the salon, which sees what the client wants. */
export const PASS_ON: AppointmentActions = {
  cancel: () => Promise.resolve({ result: 'passed_on' }),
  move: () => Promise.resolve({ result: 'passed_on' }),
};
