import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TextKind } from '../support/notices.ts';
import {
  type Change,
  type Fate,
  type KnownAppointment,
  phoneOf,
  ReminderLife,
  type TimedChange,
  TYPED_NUMBERS,
} from '../support/reminder-life.ts';

// What a phone shows after any history, against a model that knows nothing of messages: the last
// text about each appointment names its start, and no text is repeated without a reason.

const RUNS = 25;
/** With texts of all kinds. REMINDER_LIVES=500 plays more of them. */
const RUNS_OF_ALL_KINDS = Number(process.env['REMINDER_LIVES'] ?? 8);
const ALL_KINDS = ['second_reminder', 'booked', 'moved', 'cancelled'] as const;
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

const start = fc.constantFrom(...STARTS);
const which = fc.nat(2);
const who = fc.nat(TYPED_NUMBERS.length - 1);
const cancel = fc.record({ kind: fc.constant('cancel' as const), which, bySalon: fc.boolean() });
const move = fc.record({ kind: fc.constant('move' as const), which, start });

/** One client, whose appointments are booked, moved and cancelled. */
const calmChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('book' as const), which, who: fc.constant(0), start }),
  { weight: 3, arbitrary: move },
  cancel,
);

const step = fc.nat(MOMENTS_OF_CHANGES - 1);
const calmHistory = fc.array(
  fc.record({ step, isMidRun: fc.constant(false), change: calmChange }),
  { maxLength: 14 },
);

/** One client has the first two appointments from the start, another the third. */
const OWNERS = [0, 0, 2];
const BOOKED: TimedChange[] = OWNERS.map((who, which) => ({
  step: 0,
  isMidRun: false,
  change: { kind: 'book', which, who, start: STARTS[1 + which] ?? '' },
}));
const give = fc.record({ kind: fc.constant('give' as const), which, who });
const number = fc.record({
  kind: fc.constant('number' as const),
  who,
  typed: fc.constantFrom(...TYPED_NUMBERS),
});
const erase = fc.record({ kind: fc.constant('erase' as const), who });

/** More often than by chance: just after reminders were sent, and while some wait in the night. */
const anyStep = fc.oneof(
  step,
  fc.integer({ min: 3, max: 5 }),
  fc.integer({ min: MOMENTS.indexOf(QUIET_FROM_MS), max: 30 }),
);

/** Something happens, and within two hours it is taken back or happens in another way. */
const detour = (first: Change, back: Change, others: Change[]): fc.Arbitrary<TimedChange[]> =>
  fc.record({
    step: anyStep,
    steps: fc.nat(12),
    isMidRun: fc.boolean(),
    then: fc.oneof(fc.constant(back), fc.constantFrom(...others)),
  }).map(({ step, steps, isMidRun, then }) => [
    { step, isMidRun, change: first },
    { step: Math.min(step + steps, MOMENTS_OF_CHANGES - 1), isMidRun: false, change: then },
  ]);

/** Appointments also pass between clients, whose numbers change and who are erased. */
const troubledHistory: fc.Arbitrary<TimedChange[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: give.chain((change) =>
        detour(
          change,
          { ...change, who: OWNERS[change.which] ?? 0 },
          TYPED_NUMBERS.map((_, who) => ({ ...change, who })),
        )
      ),
    },
    {
      weight: 3,
      arbitrary: number.chain((change) =>
        detour(
          change,
          { ...change, typed: TYPED_NUMBERS[change.who] ?? '' },
          TYPED_NUMBERS.map((typed) => ({ ...change, typed })),
        )
      ),
    },
    {
      weight: 3,
      arbitrary: move.chain((change) =>
        detour(
          change,
          { ...change, start: STARTS[1 + change.which] ?? '' },
          STARTS.map((start) => ({ ...change, start })),
        )
      ),
    },
    fc.oneof({ weight: 2, arbitrary: cancel }, erase).chain((change) =>
      detour(change, change, [change])
    ),
  ),
  { minLength: 1, maxLength: 6 },
).map((detours) => [...BOOKED, ...detours.flat()]);

const fates: fc.Arbitrary<Fate[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant('accepted' as const) },
    fc.constantFrom(
      'transient' as const,
      'lost' as const,
      'arrived' as const,
      'ambiguous_lost' as const,
      'ambiguous_arrived' as const,
    ),
  ),
  { maxLength: 12 },
);

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Plays a history with a run at each of {@link MOMENTS}. */
async function play(
  changes: TimedChange[],
  fates: Fate[],
  texts: readonly TextKind[] = [],
): Promise<ReminderLife> {
  let isCatchingUp = false;
  const left = fates.values();
  const life = await ReminderLife.begin(database, {
    next: () => isCatchingUp ? { done: false, value: 'accepted' } : left.next(),
  }, texts);
  for (const [step, at] of MOMENTS.entries()) {
    isCatchingUp = step >= MOMENTS_OF_CHANGES;
    const now = new Date(at).toISOString();
    const here = changes.filter((each) =>
      // Who books on the day itself needs no reminder.
      each.step === step && (each.change.kind !== 'book' || at < MIDNIGHT_MS)
    );
    for (const { isMidRun, change } of here) if (!isMidRun) await life.apply(change, now);
    await life.run(at, here.filter(({ isMidRun }) => isMidRun).map(({ change }) => change));
  }
  return life;
}

/** What the texts to a phone said of an appointment, in order. */
function textsTo(life: ReminderLife, phone: string, { id }: KnownAppointment) {
  return life.texts.filter((text) => text.phone === phone).flatMap(({ at, kind, starts }) => {
    const start = starts.get(id);
    return start === undefined ? [] : [{ at, kind, start }];
  });
}

/** The starts that they named. */
function toldTo(life: ReminderLife, phone: string, appointment: KnownAppointment): number[] {
  return textsTo(life, phone, appointment).map(({ start }) => start);
}

function expectQuietNights({ texts }: ReminderLife): void {
  for (const { at } of texts) expect(at >= QUIET_FROM_MS && at < QUIET_TO_MS).toBe(false);
}

/** Two texts in a row never say the same. */
function expectNoRepetition(told: number[]): void {
  told.slice(1).forEach((next, index) => expect(next).not.toBe(told[index]));
}

/**
 * While a phone shows the true start, it gets nothing but reminders of other kinds, an hour later at
 * the earliest.
 */
function expectKindsOnce(told: ReturnType<typeof textsTo>): void {
  for (const [index, { at, kind, start }] of told.entries()) {
    const since = told.findLastIndex((other, i) => i < index && other.start !== start);
    const same = told.slice(since + 1, index);
    if (same.length === 0) continue;
    expect(kind).toMatch(/reminder$/);
    expect(same.map((text) => text.kind)).not.toContain(kind);
    expect(at - (same.at(-1)?.at ?? 0)).toBeGreaterThanOrEqual(3_600_000);
  }
}

/** Why an appointment need not be what the phone shows: a message about it says so. */
async function excuse({ id, start }: KnownAppointment, phone: string): Promise<string | null> {
  const [row] = await database.query<{ reason: string }>(
    `select m.reason from sms_messages m
     where m.reason in ('client_limit', 'ambiguous', 'no_window', 'deadline') and (
       m.phone = $3 and exists (select from private.sms_told_events t
         where t.message_id = m.id and t.event_id = $1 and t.start_time = $2)
       or exists (select from sms_message_events c
         where c.message_id = m.id and c.event_id = $1 and c.start_time = $2))`,
    [id, new Date(start), phone],
  );
  return row?.reason ?? null;
}

/** What an erased client was told is forgotten. */
function isForgotten(life: ReminderLife, { id }: KnownAppointment): boolean {
  return life.texts.some(({ who, starts }) => starts.has(id) && life.clients[who]?.isErased);
}

/** The phone of the client shows the start, unless a message says why it does not. */
async function expectTruth(life: ReminderLife, appointment: KnownAppointment): Promise<void> {
  const phone = phoneOf(life.clients[appointment.who]?.typed ?? null);
  const shown = toldTo(life, phone, appointment).at(-1);
  if (appointment.isOver || shown === appointment.start) return;
  expect({ appointment, shown, excuse: await excuse(appointment, phone) })
    .toMatchObject({ excuse: expect.any(String) });
}

it('after any history, the last text about each appointment is true and came once', async () => {
  await fc.assert(
    fc.asyncProperty(calmHistory, async (changes) => {
      const life = await play(changes, []);
      expectQuietNights(life);
      for (const appointment of life.appointments.values()) {
        const told = toldTo(life, phoneOf(TYPED_NUMBERS[0]), appointment);
        if (!appointment.isOver) expect(told.at(-1)).toBe(appointment.start);
        expectNoRepetition(told);
      }
      const moments = life.texts.map(({ at }) => at);
      expect(new Set(moments).size).toBe(moments.length);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 120_000);

it(
  'so it is for each phone, whoever has the appointment, and whatever fails',
  async () => {
    await fc.assert(
      fc.asyncProperty(troubledHistory, fates, async (changes, fates) => {
        const life = await play(changes, fates);
        expectQuietNights(life);
        for (const appointment of life.appointments.values()) {
          if (isForgotten(life, appointment)) continue;
          for (const phone of new Set(TYPED_NUMBERS.map(phoneOf))) {
            expectNoRepetition(toldTo(life, phone, appointment));
          }
          await expectTruth(life, appointment);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  240_000,
);

it(
  'so it is with all kinds of texts, each of which comes once while it is true',
  async () => {
    await fc.assert(
      fc.asyncProperty(troubledHistory, fates, async (changes, fates) => {
        const life = await play(changes, fates, ALL_KINDS);
        expectQuietNights(life);
        for (const appointment of life.appointments.values()) {
          if (isForgotten(life, appointment)) continue;
          for (const phone of new Set(TYPED_NUMBERS.map(phoneOf))) {
            expectKindsOnce(textsTo(life, phone, appointment));
          }
          await expectTruth(life, appointment);
        }
      }),
      { numRuns: RUNS_OF_ALL_KINDS, endOnFailure: true },
    );
  },
  60_000 + 10_000 * RUNS_OF_ALL_KINDS,
);

function every(ms: number, from: string, to: string): number[] {
  const count = (Date.parse(to) - Date.parse(from)) / ms + 1;
  return Array.from({ length: count }, (_, index) => Date.parse(from) + index * ms);
}
