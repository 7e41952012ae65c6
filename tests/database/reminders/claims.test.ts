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
import { readMessage } from '../support/message-records.ts';

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

describe('concurrent runs', () => {
  it('claim each message once, each under a lease of its own', async () => {
    await planMany(200);
    const run = async () => {
      const own: Claim[] = [];
      let batch: Claim[];
      do {
        batch = await claim(database, monday('17:00'), { limit: 7 });
        own.push(...batch);
      } while (batch.length > 0);
      return own;
    };
    const claims = (await Promise.all(Array.from({ length: 8 }, run))).flat();
    expect(claims).toHaveLength(200);
    expect(new Set(ids(claims)).size).toBe(200);
    expect(new Set(claims.map((claimed) => claimed.lease_token)).size).toBe(200);
  });

  it('do not wait for each other', async () => {
    await planMany(20);
    await database.as('service_role', null, async (client) => {
      const first = await claimWithin(client, monday('17:00'), SMSAPI, 15);
      const second = await claim(database, monday('17:00'));
      expect([first.length, second.length]).toEqual([15, 5]);
      expect(new Set([...ids(first), ...ids(second)]).size).toBe(20);
    });
  });

  it('claim nothing when no message is left', async () => {
    await planReminder(database);
    await claimOne(database, monday('17:00'));
    expect(await claim(database, monday('17:00'))).toEqual([]);
  });
});

describe('a due message', () => {
  it('is leased for a minute, which counts as an attempt', async () => {
    const { messageId } = await planReminder(database);
    await claimOne(database, monday('17:03'));
    expect(await readMessage(database, messageId)).toMatchObject({
      status: 'leased',
      leaseUntil: '11-23 17:04:00',
      provider: 'smsapi',
      attempts: 1,
    });
  });

  it('is claimed from its send time on, longest overdue first', async () => {
    const later = await planReminder(database, { settings: { send_at_local: '16:30' } });
    await database.query(
      `update public.sms_messages set next_attempt_at = '${monday('17:05')}' where id = $1`,
      [later.messageId],
    );
    const { messageId } = await planReminder(database);
    expect(ids(await claim(database, monday('17:04'), { limit: 1 }))).toEqual([messageId]);
    expect(ids(await claim(database, monday('17:04'), { limit: 1 }))).toEqual([]);
    expect(ids(await claim(database, monday('17:05')))).toEqual([later.messageId]);
  });

  it('is not claimed after its deadline', async () => {
    await planReminder(database);
    expect(await claim(database, tuesday('09:00'))).toEqual([]);
    expect(await claim(database, tuesday('08:59'))).toHaveLength(1);
  });

  it('has the number that the client has at the claim', async () => {
    const { anna } = await planReminder(database);
    await database.query(`update public.clients set phone_number = '601 000 000' where id = $1`, [
      anna.id,
    ]);
    expect(await claimOne(database, monday('17:00'))).toMatchObject({
      phone: '+48601000000',
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

  it('are ordered by start and name their pets', async () => {
    await planReminder(database, bothPets);
    expect(await appointments()).toEqual(['10:00 Reksio', '11:30 Burek']);
  });

  it.each<[string, (appointmentId: string) => Promise<unknown>]>([
    ['cancelled', (id) => cancelAppointment(database, id)],
    ['moved', (id) => moveAppointment(database, id, tuesday('14:00'), monday('17:00'))],
    ['deleted', (id) => database.query('delete from calendar_events where id = $1', [id])],
    [
      'unlinked from its client',
      (id) => database.query('update calendar_events set client_id = null where id = $1', [id]),
    ],
  ])('exclude one that was %s since the planning', async (_name, change) => {
    const { appointmentIds: [burek = ''] } = await planReminder(database, bothPets);
    await change(burek);
    expect(await appointments()).toEqual(['10:00 Reksio']);
  });

  it('are empty if all are cancelled', async () => {
    const { appointmentIds: [reksio = ''] } = await planReminder(database);
    await cancelAppointment(database, reksio);
    expect(await appointments()).toEqual([]);
  });
});
