import { cancelled, created, rescheduled } from '../deliveries/events.ts';
import { forged, ping, repeated, truncated, unknownTrigger } from '../deliveries/other-events.ts';
import { GROOMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked, movedToNextDay } from './scene.ts';

/** Deliveries that a receiver must tolerate. */
export const oddityCases: Record<string, Case> = {
  duplicate: {
    summary: 'booked, and the same delivery arrives a second time',
    becomes: ['scheduled'],
    play: (scene) => {
      const delivery = created(booked(scene, GROOMING), scene.stamp('created'));
      return [delivery, repeated(delivery)];
    },
  },
  'out-of-order': {
    summary: 'booked, moved and cancelled, arriving in reverse order',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      return [
        created(booking, scene.stamp('created')),
        rescheduled(moved, scene.stamp('rescheduled')),
        cancelled(moved, scene.stamp('cancelled')),
      ].reverse();
    },
  },
  ping: {
    summary: 'the "Ping test" button in Cal.com',
    becomes: [],
    play: ({ stamp }) => [ping(stamp('other'))],
  },
  unknown: {
    summary: 'a trigger that this project does not know',
    becomes: [],
    play: (scene) => [unknownTrigger(booked(scene, GROOMING), scene.stamp('other'))],
  },
  'bad-signature': {
    summary: 'a delivery signed with another secret: refused with 401',
    becomes: [],
    play: (scene) => [forged(created(booked(scene, GROOMING), scene.stamp('created')))],
  },
  'bad-json': {
    summary: 'a signed delivery that is not JSON: refused with 400, yet logged',
    becomes: [],
    play: (scene) => [truncated(created(booked(scene, GROOMING), scene.stamp('created')))],
  },
};
