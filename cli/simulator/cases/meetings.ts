import { created, endedFlat, noShowUpdated, passed } from '../deliveries/events.ts';
import { GROOMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked } from './scene.ts';

/** What Cal.com sends when an appointment starts or ends. */
export const meetingCases: Record<string, Case> = {
  started: {
    summary: 'booked, then started: a trigger that changes nothing',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const madeAt = scene.tick();
      return [
        created(booking, madeAt),
        passed('MEETING_STARTED', booking, madeAt, scene.tick(booking.start)),
      ];
    },
  },
  ended: {
    summary: 'booked, then ended: flat, as servers before 2026 send it',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const madeAt = scene.tick();
      return [created(booking, madeAt), endedFlat(booking, madeAt)];
    },
  },
  'ended-wrapped': {
    summary: 'booked, then ended: wrapped, as newer servers send it',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const madeAt = scene.tick();
      return [
        created(booking, madeAt),
        passed('MEETING_ENDED', booking, madeAt, scene.tick(booking.end)),
      ];
    },
  },
  'no-show': {
    summary: 'booked, then marked as a no-show',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.tick()),
        noShowUpdated(booking, true, scene.tick(booking.end)),
      ];
    },
  },
  'no-show-undone': {
    summary: 'marked as a no-show, then the mark is removed',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.tick()),
        noShowUpdated(booking, true, scene.tick(booking.end)),
        noShowUpdated(booking, false, scene.tick()),
      ];
    },
  },
};
