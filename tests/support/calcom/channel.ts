import type { Random } from './random.ts';
import { DAY_MS, type Dispatch } from './town.ts';

/** A delivery on its way, and when it arrives. */
export type Arrival = Dispatch & { arrivesAt: number };

/** What happened to deliveries on their way. */
export type Faults = Record<'sent' | 'lost' | 'delayed' | 'doubled' | 'overtaken', number>;

/** Three in ten deliveries are lost, come days later, come twice, or are overtaken by others. */
const FAULTY = 0.3;

/** A network between Cal.com and us that fails as it is told. */
export function createChannel(random: Random, faulty = FAULTY) {
  const faults: Faults = { sent: 0, lost: 0, delayed: 0, doubled: 0, overtaken: 0 };

  function arrivalsOf(dispatch: Dispatch): number[] {
    const soon = dispatch.at + random.between(20, 400);
    const later = dispatch.at + random.between(60_000, 5 * DAY_MS);
    faults.sent += 1;
    if (!random.chance(faulty)) return [soon];
    switch (random.pick(['lost', 'lost', 'delayed', 'doubled', 'overtaken'])) {
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
    /** When a delivery arrives, as often as it does. */
    carry: (dispatch: Dispatch): Arrival[] =>
      arrivalsOf(dispatch).map((arrivesAt) => ({ ...dispatch, arrivesAt })),
  };
}
