import { daysAfter } from '../../../shared/time/wall-time.ts';
import { cancelled, created, seatCancelled } from '../deliveries/events.ts';
import { book, takeSeat } from '../world/booking.ts';
import { NAIL_CLIPPING, PUPPY_CLASS } from '../world/services.ts';
import type { Case } from './cases.ts';

const DAYS_PER_WEEK = 7;

/** Slots with several bookers, and series of one booker. */
export const groupCases: Record<string, Case> = {
  seats: {
    summary: 'two seats of one slot, which share a uid; one is cancelled',
    becomes: ['cancelled', 'scheduled'],
    play: ({ salon, start, stamp }) => {
      const slot = book(salon, PUPPY_CLASS, salon.bookers.first, start);
      const seat = takeSeat(slot, salon.bookers.second);
      return [
        created(slot, stamp('created')),
        created(seat, stamp('created')),
        seatCancelled(slot, seat, stamp('cancelled')),
      ];
    },
  },
  series: {
    summary:
      'three appointments four weeks apart; one delivery cancels the second and those after it',
    becomes: ['cancelled', 'scheduled', 'scheduled'],
    play: ({ salon, start, stamp }) => {
      const days = NAIL_CLIPPING.repeats.interval * DAYS_PER_WEEK;
      const occurrence = (index: number) => {
        const time = daysAfter(start, index * days, salon.timeZone);
        return book(salon, NAIL_CLIPPING, salon.bookers.first, time);
      };
      const second = occurrence(1);
      return [
        created(occurrence(0), stamp('created')),
        created(second, stamp('created')),
        created(occurrence(2), stamp('created')),
        cancelled(second, stamp('cancelled')),
      ];
    },
  },
};
