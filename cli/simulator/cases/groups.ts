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
    play: ({ salon, start, tick }) => {
      const slot = book(salon, PUPPY_CLASS, salon.bookers.first, start);
      const seat = takeSeat(slot, salon.bookers.second);
      return [created(slot, tick()), created(seat, tick()), seatCancelled(slot, seat, tick())];
    },
  },
  series: {
    summary: 'three appointments four weeks apart; one event cancels them all',
    play: ({ salon, start, tick }) => {
      const days = NAIL_CLIPPING.repeats.interval * DAYS_PER_WEEK;
      const occurrence = (index: number) => {
        const time = daysAfter(start, index * days, salon.timeZone);
        return book(salon, NAIL_CLIPPING, salon.bookers.first, time);
      };
      const first = occurrence(0);
      return [
        created(first, tick()),
        created(occurrence(1), tick()),
        created(occurrence(2), tick()),
        cancelled(first, tick()),
      ];
    },
  },
};
