import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { attempt, signedIn } from '../support/attempt.ts';
import { beginDispatch, claim, dispatch, settle } from '../support/outbox.ts';
import {
  changeSettings,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

/** No quiet hours, and reminders as soon as an appointment is a day ahead. */
const AT_ONCE = {
  mode: 'hours_before',
  hours_before: 48,
  min_lead: '1 hour',
  delay_after_booking: '0',
  quiet_from: '00:00',
  quiet_to: '00:00',
  group_same_day: false,
};

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database, AT_ONCE);
  anna = await createRemindedClient(database, salon.id);
});
afterAll(() => database.drop());

const book = (start: string, client = anna) =>
  createAppointment(database, client.salonId, { client, start });

/** Plans and sends what is due; returns the answers of the last check, sorted. */
async function run(now: string): Promise<string[]> {
  await plan(database, now);
  return (await sendDue(database, now)).toSorted();
}

async function bookEach(salonId: string, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const client = await createRemindedClient(database, salonId, { phone: `+4860010020${n}` });
    await book(tuesday('10:00'), client);
  }
}

/** At noon in Warsaw it is Tuesday in the first, one in the morning of Monday in the second. */
const ZONES_OF_EVERY_DATE = ['Pacific/Kiritimati', 'Pacific/Honolulu', 'Europe/Warsaw'];

const setTimeZone = (zone: string) =>
  database.query('update salons set timezone = $2 where id = $1', [salon.id, zone]);

describe('the daily limit of a salon', () => {
  it('is 200 segments unless the operator sets another', async () => {
    expect(await database.query('select daily_cap, monthly_cap from sms_settings'))
      .toEqual([{ daily_cap: 200, monthly_cap: 1000 }]);
  });

  it('cannot be changed by an owner, in settings that exist or in the first', async () => {
    const owner = signedIn(salon.ownerId);
    expect(await attempt(database, owner, 'update sms_settings set daily_cap = 9000'))
      .toBe('denied');
    await database.query('delete from sms_settings');
    expect(
      await attempt(
        database,
        owner,
        `insert into sms_settings (salon_id, daily_cap) values ('${salon.id}', 9000)`,
      ),
    ).toBe('denied');
  });

  it('holds although the owner has no monthly limit', async () => {
    await changeSettings(database, salon.id, { daily_cap: 2, monthly_cap: null });
    await bookEach(salon.id, 3);
    expect(await run(monday('12:00'))).toEqual(['daily_cap', 'go', 'go']);
    expect(await run(monday('23:59'))).toEqual([]);
  });

  it('counts segments', async () => {
    await changeSettings(database, salon.id, { daily_cap: 3 });
    await bookEach(salon.id, 2);
    await plan(database, monday('12:00'));
    expect((await sendDue(database, monday('12:00'), { segments: 2 })).toSorted())
      .toEqual(['daily_cap', 'go']);
  });

  it('does not count a message that was given up without being sent', async () => {
    await database.query('update sms_settings set daily_cap = 1');
    await book(tuesday('10:00'));
    await plan(database, monday('12:00'));
    const claimed = await dispatch(database, monday('12:00'));
    await database.query('update sms_messages set attempts = 6');
    const refused = { outcome: 'transient', code: 'http_503' } as const;
    expect(await settle(database, claimed, monday('12:00'), refused)).toBe('dead');
    await book(tuesday('11:00'));
    expect(await run(monday('12:05'))).toEqual(['go']);
  });

  it.each([{ daily_cap: 1 }, { daily_cap: 200 }])(
    'does not count messages that were refused: %j',
    async (settings) => {
      await changeSettings(database, salon.id, settings);
      for (const clock of ['10:00', '11:00', '12:00', '13:00']) {
        await book(tuesday(clock));
        await plan(database, monday('12:00'));
        const claimed = await dispatch(database, monday('12:00'));
        expect(
          await settle(database, claimed, monday('12:00'), { outcome: 'permanent', code: '13' }),
        )
          .toBe('failed');
      }
    },
  );

  it('holds for messages that are sent at the same time', async () => {
    await changeSettings(database, salon.id, { daily_cap: 1, monthly_cap: null });
    await bookEach(salon.id, 4);
    await plan(database, monday('12:00'));
    const answers = await Promise.all(
      (await claim(database, monday('12:00'))).map((claimed) =>
        beginDispatch(database, claimed, monday('12:00'))
      ),
    );
    expect(answers.toSorted()).toEqual(['daily_cap', 'daily_cap', 'daily_cap', 'go']);
  });

  it('does not stop another salon', async () => {
    await changeSettings(database, salon.id, { daily_cap: 0 });
    const other = await createRemindingSalon(database, AT_ONCE);
    await bookEach(salon.id, 1);
    await bookEach(other.id, 1);
    expect(await run(monday('12:00'))).toEqual(['daily_cap', 'go']);
  });

  it('opens again at midnight in UTC, and what it held back is sent', async () => {
    await changeSettings(database, salon.id, { daily_cap: 1 });
    await bookEach(salon.id, 2);
    expect(await run(monday('12:00'))).toEqual(['daily_cap', 'go']);
    expect(await run(tuesday('00:59:59'))).toEqual([]);
    expect(await run(tuesday('01:00'))).toEqual(['go']);
  });

  it('does not open when the owner changes the time zone', async () => {
    await changeSettings(database, salon.id, { daily_cap: 1 });
    await bookEach(salon.id, 2);
    expect(await run(monday('12:00'))).toEqual(['daily_cap', 'go']);
    for (const zone of ZONES_OF_EVERY_DATE) {
      await setTimeZone(zone);
      expect(await run(monday('12:30'))).toEqual([]);
    }
    await bookEach(salon.id, 1);
    expect(await run(monday('13:00'))).toEqual(['daily_cap']);
  });

  it('opens again when the operator raises it', async () => {
    await changeSettings(database, salon.id, { daily_cap: 1 });
    await bookEach(salon.id, 2);
    await run(monday('12:00'));
    await changeSettings(database, salon.id, { daily_cap: 2 });
    expect(await run(monday('12:05'))).toEqual(['go']);
  });
});

describe('a client gets at most three SMS a day', () => {
  it('and the rest on the next day', async () => {
    for (const clock of ['13:00', '14:00', '15:00', '16:00']) await book(tuesday(clock));
    expect(await run(monday('12:00'))).toEqual(['client_limit', 'go', 'go', 'go']);
    const [skipped] = await database.query(
      `select outcome, reason from reminder_log where reason is not null`,
    );
    expect(skipped).toEqual({ outcome: 'skipped', reason: 'client_limit' });
    expect(await run(tuesday('00:59:59'))).toEqual([]);
    expect(await run(tuesday('01:00'))).toEqual(['go']);
  });

  it('in whatever time zone the owner moves the salon to', async () => {
    for (const clock of ['20:00', '20:10', '20:20']) await book(tuesday(clock));
    expect(await run(monday('12:00'))).toEqual(['go', 'go', 'go']);
    for (const [index, zone] of ZONES_OF_EVERY_DATE.entries()) {
      await setTimeZone(zone);
      await book(tuesday(`21:0${index}`));
      expect(await run(monday(`12:1${index}`))).toEqual(['client_limit']);
    }
  });

  it('even if they are several clients with one phone', async () => {
    for (const clock of ['13:00', '14:00', '15:00', '16:00']) {
      await book(tuesday(clock), await createRemindedClient(database, salon.id));
    }
    expect(await run(monday('12:00'))).toEqual(['client_limit', 'go', 'go', 'go']);
  });

  it('which another salon does not use up', async () => {
    const other = await createRemindingSalon(database, AT_ONCE);
    const there = await createRemindedClient(database, other.id);
    for (const clock of ['13:00', '14:00', '15:00']) await book(tuesday(clock));
    await book(tuesday('16:00'), there);
    expect(await run(monday('12:00'))).toEqual(['go', 'go', 'go', 'go']);
  });

  it('also if a stranger moves the appointment after each SMS for 27 hours', async () => {
    const start = Date.parse('2026-11-23T06:00Z');
    const visit = Date.parse('2026-11-25T06:00Z');
    const event = await book(new Date(visit).toISOString());
    const byDay = new Map<string, number>();
    for (let minutes = 0; minutes <= 27 * 60; minutes += 27) {
      const now = new Date(start + minutes * 60_000);
      await moveAppointment(
        database,
        event,
        new Date(visit - minutes * 1_000).toISOString(),
        now.toISOString(),
      );
      const sent = (await run(now.toISOString())).filter((answer) => answer === 'go').length;
      const day = new Date(now.getTime() + 3_600_000).toISOString().slice(0, 10);
      byDay.set(day, (byDay.get(day) ?? 0) + sent);
    }
    expect(Object.fromEntries(byDay)).toEqual({ '2026-11-23': 3, '2026-11-24': 3 });
  });
});
