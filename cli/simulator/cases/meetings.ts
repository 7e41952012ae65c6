import { created, endedFlat, noShowUpdated, passed } from '../deliveries/events.ts';
import { GROOMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked } from './scene.ts';

/** What Cal.com sends when an appointment starts or ends. */
export const meetingCases: Record<string, Case> = {
  started: {
    summary: 'booked, then started: a trigger that changes nothing',
    becomes: ['scheduled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const made = scene.next();
      return [
        created(booking, made.stamp('created')),
        passed('MEETING_STARTED', booking, made.time, scene.nextAt(booking.start).stamp('other')),
      ];
    },
  },
  ended: {
    summary: 'booked, then ended: flat, as hosted Cal.com sends it',
    becomes: ['completed'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const made = scene.next();
      return [created(booking, made.stamp('created')), endedFlat(booking, made.time)];
    },
  },
  'ended-wrapped': {
    summary: "booked, then ended: wrapped, as Cal.com's code of 2026 sends it",
    becomes: ['completed'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const made = scene.next();
      return [
        created(booking, made.stamp('created')),
        passed('MEETING_ENDED', booking, made.time, scene.nextAt(booking.end).stamp('other')),
      ];
    },
  },
  'no-show': {
    summary: 'booked, then marked as a no-show',
    becomes: ['no_show'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.stamp('created')),
        noShowUpdated(booking, true, scene.nextAt(booking.end).stamp('other')),
      ];
    },
  },
  'no-show-undone': {
    summary: 'marked as a no-show, then the mark is removed',
    becomes: ['scheduled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.stamp('created')),
        noShowUpdated(booking, true, scene.nextAt(booking.end).stamp('other')),
        noShowUpdated(booking, false, scene.stamp('other')),
      ];
    },
  },
};
