import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, claim, settle } from '../support/outbox.ts';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
} from '../support/reminders.ts';

// What a phone shows after any history, against a model that knows nothing of messages: the last
// text about each appointment names its start, and no text is repeated without a reason.

const RUNS = 25;
const STEP_MS = 10 * 60_000;
const QUIET_FROM_MS = Date.parse('2026-11-23T19:00:00Z');
const MIDNIGHT_MS = Date.parse('2026-11-23T23:00:00Z');
const QUIET_TO_MS = Date.parse('2026-11-24T07:00:00Z');
/** When the job runs: around the time of reminders, in the night, and in the morning. */
const MOMENTS = [
  ...every(STEP_MS, '2026-11-23T15:30:00Z', '2026-11-23T20:30:00Z'),
  ...every(STEP_MS, '2026-11-24T06:30:00Z', '2026-11-24T09:00:00Z'),
];
/** The last runs are left to catch up. */
const MOMENTS_OF_CHANGES = MOMENTS.length - 4;
const STARTS = ['12:00', '13:00', '15:00', '17:30'].map((clock) => `2026-11-24 ${clock}+01`);

/** Something that happens to an appointment before a run. */
type Change =
  | { kind: 'book' | 'move'; which: number; start: string }
  | { kind: 'cancel'; which: number };

const start = fc.constantFrom(...STARTS);
const which = fc.nat(2);
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('book' as const), which, start }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), which, start }) },
  fc.record({ kind: fc.constant('cancel' as const), which }),
);
const history = fc.array(
  fc.record({ step: fc.nat(MOMENTS_OF_CHANGES - 1), change }),
  { maxLength: 14 },
);

type Known = { id: string; start: number; isOver: boolean };
type Text = { at: number; starts: Map<string, number> };

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Plays a history with a run every five minutes; returns the appointments and the texts. */
async function play(changes: { step: number; change: Change }[]) {
  await forgetReminders(database);
  const salon = await createRemindingSalon(database);
  const client = await createRemindedClient(database, salon.id);
  const known = new Map<number, Known>();
  const texts: Text[] = [];

  async function apply(change: Change, at: string): Promise<void> {
    const { which } = change;
    const there = known.get(which);
    // Who books on the day itself needs no reminder.
    if (change.kind === 'book' && there === undefined && Date.parse(at) < MIDNIGHT_MS) {
      const { start } = change;
      const id = await createAppointment(database, salon.id, { client, start, created: at });
      known.set(which, { id, start: Date.parse(start), isOver: false });
    } else if (change.kind === 'move' && there !== undefined && !there.isOver) {
      await moveAppointment(database, there.id, change.start, at);
      there.start = Date.parse(change.start);
    } else if (change.kind === 'cancel' && there !== undefined) {
      await cancelAppointment(database, there.id);
      there.isOver = true;
    }
  }

  /** Sends what is due; false if nothing was. */
  async function send(at: number, now: string): Promise<boolean> {
    const claims = await claim(database, now);
    for (const claimed of claims) {
      if (await beginDispatch(database, claimed, now) !== 'go') continue;
      await settle(database, claimed, now, { outcome: 'accepted' });
      const covered = await database.query<{ id: string; start: Date }>(
        'select event_id as id, start_time as start from sms_message_events where message_id = $1',
        [claimed.message_id],
      );
      expect(claimed.appointments).toHaveLength(covered.length);
      texts.push({ at, starts: new Map(covered.map(({ id, start }) => [id, start.getTime()])) });
    }
    return claims.length > 0;
  }

  for (const [step, at] of MOMENTS.entries()) {
    const now = new Date(at).toISOString();
    for (const { change } of changes.filter((each) => each.step === step)) await apply(change, now);
    await plan(database, now);
    while (await send(at, now));
  }
  return { appointments: [...known.values()], texts };
}

it('after any history, the last text about each appointment is true and came once', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (changes) => {
      const { appointments, texts } = await play(changes);
      for (const { at } of texts) {
        expect(at >= QUIET_FROM_MS && at < QUIET_TO_MS).toBe(false);
      }
      for (const { id, start, isOver } of appointments) {
        const told = texts.flatMap(({ starts }) => starts.get(id) ?? []);
        if (!isOver) expect(told.at(-1)).toBe(start);
        // Two texts in a row never say the same.
        told.slice(1).forEach((next, index) => expect(next).not.toBe(told[index]));
      }
      const moments = texts.map(({ at }) => at);
      expect(new Set(moments).size).toBe(moments.length);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 120_000);

function every(ms: number, from: string, to: string): number[] {
  const count = (Date.parse(to) - Date.parse(from)) / ms + 1;
  return Array.from({ length: count }, (_, index) => Date.parse(from) + index * ms);
}
