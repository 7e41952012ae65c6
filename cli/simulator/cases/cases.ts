import type { AppointmentStatus } from '../../../shared/calendar/appointment.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import { bookingCases } from './bookings.ts';
import { groupCases } from './groups.ts';
import { hasteCases } from './haste.ts';
import { lifeCases } from './lives.ts';
import { meetingCases } from './meetings.ts';
import { oddityCases } from './oddities.ts';
import type { Scene } from './scene.ts';

/** A situation in Cal.com, with the deliveries that lead to it. */
export type Case = {
  summary: string;
  /** The statuses of its appointments in the end, in the order of the alphabet. */
  becomes: readonly AppointmentStatus[];
  /** What Cal.com sends, in the order in which it arrives. */
  play(scene: Scene): Delivery[];
};

/** All cases by the name they have on the command line. */
export const CASES: ReadonlyMap<string, Case> = new Map(
  Object.entries({
    ...lifeCases,
    ...bookingCases,
    ...hasteCases,
    ...meetingCases,
    ...groupCases,
    ...oddityCases,
  }),
);
