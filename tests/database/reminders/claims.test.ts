import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type Claim, claim, claimOne, claimWithin, SMSAPI } from '../support/outbox.ts';
import {
  cancelAppointment,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
} from '../support/reminders.ts';
import { monday, planReminder, tuesday } from '../support/scene.ts';
import { stored } from '../support/stored-messages.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

async function planMany(count: number) {
  const { id } = await createRemindingSalon(database);
  await database.query(
    `with client as (
       insert into public.clients (salon_id, name, surname, phone_number, has_gdpr_consent)
       select $1, 'Anna', 'Nowak', (600100000 + n)::text, true from generate_series(1, $2) as n
       returning id
     )
     insert into public.calendar_events
       (cal_com_event_id, salon_id, client_id, title, start_time, end_time, created_at)
     select id::text, $1, id, 'Strzyżenie', $3, $3::timestamptz + interval '1 hour', '2026-01-01'
     from client`,
    [id, count, tuesday('11:00')],
  );
  await plan(database, monday('17:00'));
}

const ids = (claims: readonly Claim[]) => claims.map((claimed) => claimed.message_id);

describe('runs at once', () => {
  it('200 messages among eight runs: each is claimed once, under a lease of its own', async () => {
    await planMany(200);
    const run = async () => {
      const mine: Claim[] = [];
      let batch: Claim[];
      do {
        batch = await claim(database, monday('17:00'), { limit: 7 });
        mine.push(...batch);
      } while (batch.length > 0);
      return mine;
    };
    const claims = (await Promise.all(Array.from({ length: 8 }, run))).flat();
    expect(claims).toHaveLength(200);
    expect(new Set(ids(claims)).size).toBe(200);
    expect(new Set(claims.map((claimed) => claimed.lease_token)).size).toBe(200);
  });

  it('a run that is about to claim keeps no other waiting', async () => {
    await planMany(20);
    await database.as('service_role', null, async (client) => {
      const first = await claimWithin(client, monday('17:00'), SMSAPI, 15);
      const second = await claim(database, monday('17:00'));
      expect([first.length, second.length]).toEqual([15, 5]);
      expect(new Set([...ids(first), ...ids(second)]).size).toBe(20);
    });
  });

  it('a run with nothing left to claim gets nothing', async () => {
    await planReminder(database);
    await claimOne(database, monday('17:00'));
    expect(await claim(database, monday('17:00'))).toEqual([]);
  });
});

describe('what is due', () => {
  it('a claim leases the message for a minute and counts as an attempt', async () => {
    const { messageId } = await planReminder(database);
    await claimOne(database, monday('17:03'));
    expect(await stored(database, messageId)).toMatchObject({
      status: 'leased',
      leaseUntil: '11-23 17:04:00',
      provider: 'smsapi',
      attempts: 1,
    });
  });

  it('a message is claimed from its time on, the one that has waited longest first', async () => {
    const night = await planReminder(database, { settings: { send_at_local: '16:30' } });
    await database.query(
      `update public.sms_messages set next_attempt_at = '${monday('17:05')}' where id = $1`,
      [night.messageId],
    );
    const { messageId } = await planReminder(database);
    expect(ids(await claim(database, monday('17:04'), { limit: 1 }))).toEqual([messageId]);
    expect(ids(await claim(database, monday('17:04'), { limit: 1 }))).toEqual([]);
    expect(ids(await claim(database, monday('17:05')))).toEqual([night.messageId]);
  });

  it('a message is not claimed once its deadline has come', async () => {
    await planReminder(database);
    expect(await claim(database, tuesday('09:00'))).toEqual([]);
    expect(await claim(database, tuesday('08:59'))).toHaveLength(1);
  });

  it('the number is the one the client has when the message is claimed', async () => {
    const { anna } = await planReminder(database);
    await database.query(`update public.clients set phone_number = '601 000 000' where id = $1`, [
      anna.id,
    ]);
    expect(await claimOne(database, monday('17:00'))).toMatchObject({
      phone_number: '601 000 000',
    });
  });
});

describe('the appointments of a claimed message', () => {
  const bothPets = {
    appointments: [{ start: tuesday('12:30'), pet: 'Burek' }, {
      start: tuesday('11:00'),
      pet: 'Reksio',
    }],
  };
  const appointments = async () =>
    (await claimOne(database, monday('17:00'))).appointments.map(({ startTime, pet }) =>
      `${new Date(startTime).toISOString().slice(11, 16)} ${pet}`
    );

  it('come with their pets, the first one first', async () => {
    await planReminder(database, bothPets);
    expect(await appointments()).toEqual(['10:00 Reksio', '11:30 Burek']);
  });

  it.each<[string, (appointmentId: string) => Promise<unknown>]>([
    ['cancelled', (id) => cancelAppointment(database, id)],
    ['moved', (id) => moveAppointment(database, id, tuesday('14:00'), monday('17:00'))],
    ['deleted', (id) => database.query('delete from calendar_events where id = $1', [id])],
    [
      'given to nobody',
      (id) => database.query('update calendar_events set client_id = null where id = $1', [id]),
    ],
  ])('are without one that was %s meanwhile', async (_name, change) => {
    const { appointmentIds: [burek = ''] } = await planReminder(database, bothPets);
    await change(burek);
    expect(await appointments()).toEqual(['10:00 Reksio']);
  });

  it('are none when all are gone; the message is claimed to be put away', async () => {
    const { appointmentIds: [reksio = ''] } = await planReminder(database);
    await cancelAppointment(database, reksio);
    expect(await appointments()).toEqual([]);
  });
});
