import { cancelled, created, endedFlat, rescheduled } from '../deliveries/events.ts';
import { GROOMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked, movedToNextDay } from './scene.ts';

/** Bookings from beginning to end. */
export const lifeCases: Record<string, Case> = {
  life: {
    summary: 'booked, moved to the next day under a new uid, ended',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      const madeAt = scene.tick();
      const movedAt = scene.tick();
      return [
        created(booking, madeAt),
        rescheduled(moved, movedAt),
        endedFlat(moved, movedAt),
      ];
    },
  },
  'life-cancelled': {
    summary: 'booked, moved twice, cancelled by the booker',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      const movedAgain = movedToNextDay(moved);
      return [
        created(booking, scene.tick()),
        rescheduled(moved, scene.tick()),
        rescheduled(movedAgain, scene.tick()),
        cancelled(movedAgain, scene.tick()),
      ];
    },
  },
};
