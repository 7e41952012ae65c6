import type { Random } from '../random.ts';
import { DAY_MS, type Dispatch } from './town.ts';

/** A delivery, and when it arrives. */
export type Arrival = Dispatch & { arrivesAt: number };

/** How many deliveries met which fault. */
export type Faults = Record<'sent' | 'lost' | 'delayed' | 'doubled' | 'overtaken', number>;

/** Three in ten deliveries are lost, delayed by days, doubled, or overtaken by others. */
const FAULTY = 0.3;

type Fault = Exclude<keyof Faults, 'sent'>;

const EVERY_FAULT: readonly Fault[] = ['lost', 'lost', 'delayed', 'doubled', 'overtaken'];

/** The faults after which everything has arrived in the end. */
export const FAULTS_WITHOUT_LOSS: readonly Fault[] = ['delayed', 'doubled', 'overtaken'];

/** A network between Cal.com and us that fails at random. */
export function createChannel(random: Random, possible = EVERY_FAULT) {
  const faults: Faults = { sent: 0, lost: 0, delayed: 0, doubled: 0, overtaken: 0 };

  function arrivalsOf(dispatch: Dispatch): number[] {
    const soon = dispatch.at + random.between(20, 400);
    const later = dispatch.at + random.between(60_000, 5 * DAY_MS);
    faults.sent += 1;
    if (!random.chance(FAULTY)) return [soon];
    switch (random.pick(possible)) {
      case 'lost':
        faults.lost += 1;
        return [];
      case 'delayed':
        faults.delayed += 1;
        return [later];
      case 'doubled':
        faults.doubled += 1;
        return [soon, later];
      default:
        faults.overtaken += 1;
        return [soon + random.between(1000, 120_000)];
    }
  }

  return {
    faults,
    /** The arrivals of a delivery: none, one or two. */
    carry: (dispatch: Dispatch): Arrival[] =>
      arrivalsOf(dispatch).map((arrivesAt) => ({ ...dispatch, arrivesAt })),
  };
}
