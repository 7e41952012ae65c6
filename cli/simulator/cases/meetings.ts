import { created, endedFlat, noShowUpdated, passed } from '../deliveries/events.ts';
import { GROOMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked } from './scene.ts';

/** What happens when the time of an appointment has come. */
export const meetingCases: Record<string, Case> = {
  started: {
    summary: 'booked, and its time has come: a trigger that changes nothing',
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
    summary: 'booked, and over: flat, as servers before 2026 send it',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const madeAt = scene.tick();
      return [created(booking, madeAt), endedFlat(booking, madeAt)];
    },
  },
  'ended-wrapped': {
    summary: 'booked, and over: wrapped, as newer servers send it',
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
    summary: 'booked, and the client did not come',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.tick()),
        noShowUpdated(booking, true, scene.tick(booking.end)),
      ];
    },
  },
  'no-show-undone': {
    summary: 'marked as not come, then the mark is taken back',
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
