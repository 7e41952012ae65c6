import type { Delivery } from './delivery.ts';
import { bookingCases } from './cases/bookings.ts';
import { groupCases } from './cases/groups.ts';
import { lifeCases } from './cases/lives.ts';
import { meetingCases } from './cases/meetings.ts';
import { oddityCases } from './cases/oddities.ts';
import type { Scene } from './scene.ts';

/** Something that happens at Cal.com, with what it takes before. */
export type Case = {
  summary: string;
  /** What Cal.com sends, in the order in which it arrives. */
  play(scene: Scene): Delivery[];
};

/** Every case by the name it has on the command line. */
export const CASES: ReadonlyMap<string, Case> = new Map(
  Object.entries({
    ...lifeCases,
    ...bookingCases,
    ...meetingCases,
    ...groupCases,
    ...oddityCases,
  }),
);
