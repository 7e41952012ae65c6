import type { Random } from './random.ts';

/** One delivery of Cal.com and the number of its appointment. */
export type AppointmentDelivery = { appointment: number; body: string };

/** The expected appointment once all of its deliveries are applied. */
export type AppointmentOutcome = { uid: string; status: string; startTime: string };

/** The deliveries about some appointments, and the expected result. */
export type RandomAppointments = {
  deliveries: AppointmentDelivery[];
  outcomes: AppointmentOutcome[];
};

const HOUR_MS = 3_600_000;
const BOOKED_AT_MS = Date.UTC(2026, 8, 1);
const FIRST_START_MS = Date.UTC(2026, 11, 1);
const MAX_MOVES = 2;
const COPIED_SHARE = 0.2;

/** Random appointments of one salon, with their deliveries shuffled and some repeated. */
export function createRandomAppointments(
  count: number,
  username: string,
  random: Random,
): RandomAppointments {
  const outcomes: AppointmentOutcome[] = [];
  const deliveries: AppointmentDelivery[] = [];
  for (let number = 0; number < count; number++) {
    const { bodies, outcome } = createAppointment(number, username, random);
    outcomes.push(outcome);
    for (const body of bodies) {
      deliveries.push({ appointment: number, body });
      if (random.chance(COPIED_SHARE)) deliveries.push({ appointment: number, body });
    }
  }
  return { deliveries: shuffled(deliveries, random), outcomes };
}

function createAppointment(
  number: number,
  username: string,
  random: Random,
): { bodies: string[]; outcome: AppointmentOutcome } {
  const uidAfter = (moves: number) => `appointment${number}move${moves}`;
  const bodies: string[] = [];
  const moves = random.below(MAX_MOVES + 1);
  let happenedAtMs = BOOKED_AT_MS;
  let startMs = FIRST_START_MS + number * HOUR_MS;

  const report = (triggerEvent: string, uid: string, more: object = {}) => {
    happenedAtMs += HOUR_MS;
    const payload = {
      uid,
      title: `Wizyta ${number}`,
      startTime: new Date(startMs).toISOString(),
      endTime: new Date(startMs + HOUR_MS).toISOString(),
      organizer: { username },
      attendees: [{ name: 'Zofia', email: `zofia-${number}@poczta.example` }],
      ...more,
    };
    const createdAt = new Date(happenedAtMs).toISOString();
    bodies.push(JSON.stringify({ triggerEvent, createdAt, payload }));
  };

  report('BOOKING_CREATED', uidAfter(0));
  for (let move = 1; move <= moves; move++) {
    startMs += HOUR_MS * (1 + random.below(100));
    report('BOOKING_RESCHEDULED', uidAfter(move), { rescheduleUid: uidAfter(move - 1) });
  }
  const status = random.pick(['scheduled', 'cancelled', 'completed']);
  if (status === 'cancelled') report('BOOKING_CANCELLED', uidAfter(moves));
  if (status === 'completed') report('MEETING_ENDED', uidAfter(moves));
  const startTime = new Date(startMs).toISOString();
  return { bodies, outcome: { uid: uidAfter(moves), status, startTime } };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)).flat();
}
