import type { Random } from './random.ts';

/** One delivery of Cal.com and the appointment it is about. */
export type LifeDelivery = { life: number; body: string };

/** How an appointment has to look once all its deliveries were applied. */
export type AppointmentOutcome = { uid: string; status: string; startTime: string };

/** Everything Cal.com says of some appointments, and what should come of it. */
export type Lives = { deliveries: LifeDelivery[]; outcomes: AppointmentOutcome[] };

const HOUR_MS = 3_600_000;
const BOOKED_AT_MS = Date.UTC(2026, 8, 1);
const FIRST_START_MS = Date.UTC(2026, 11, 1);
const MAX_MOVES = 2;
const COPIED_SHARE = 0.2;

/** Random appointments of one salon, their deliveries shuffled and some of them repeated. */
export function createLives(count: number, username: string, random: Random): Lives {
  const outcomes: AppointmentOutcome[] = [];
  const deliveries: LifeDelivery[] = [];
  for (let life = 0; life < count; life++) {
    const { bodies, outcome } = createLife(life, username, random);
    outcomes.push(outcome);
    for (const body of bodies) {
      deliveries.push({ life, body });
      if (random.chance(COPIED_SHARE)) deliveries.push({ life, body });
    }
  }
  return { deliveries: shuffled(deliveries, random), outcomes };
}

function createLife(
  life: number,
  username: string,
  random: Random,
): { bodies: string[]; outcome: AppointmentOutcome } {
  const uidAfter = (moves: number) => `life${life}move${moves}`;
  const bodies: string[] = [];
  const moves = random.below(MAX_MOVES + 1);
  let happenedAtMs = BOOKED_AT_MS;
  let startMs = FIRST_START_MS + life * HOUR_MS;

  const say = (triggerEvent: string, uid: string, more: object = {}) => {
    happenedAtMs += HOUR_MS;
    const payload = {
      uid,
      title: `Wizyta ${life}`,
      startTime: new Date(startMs).toISOString(),
      endTime: new Date(startMs + HOUR_MS).toISOString(),
      organizer: { username },
      attendees: [{ name: 'Zofia', email: `zofia-${life}@poczta.example` }],
      ...more,
    };
    const createdAt = new Date(happenedAtMs).toISOString();
    bodies.push(JSON.stringify({ triggerEvent, createdAt, payload }));
  };

  say('BOOKING_CREATED', uidAfter(0));
  for (let move = 1; move <= moves; move++) {
    startMs += HOUR_MS * (1 + random.below(100));
    say('BOOKING_RESCHEDULED', uidAfter(move), { rescheduleUid: uidAfter(move - 1) });
  }
  const status = random.pick(['scheduled', 'cancelled', 'completed']);
  if (status === 'cancelled') say('BOOKING_CANCELLED', uidAfter(moves));
  if (status === 'completed') say('MEETING_ENDED', uidAfter(moves));
  const startTime = new Date(startMs).toISOString();
  return { bodies, outcome: { uid: uidAfter(moves), status, startTime } };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)).flat();
}
