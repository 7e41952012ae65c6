import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createAppointment } from '../support/reminders.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let outsider: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  outsider = await createTenant(database, 'inny-salon');
});
beforeEach(() => database.query('delete from salon_activity'));
afterAll(() => database.drop());

const as = (userId: string, statement: string) =>
  database.as('authenticated', userId, (client) => client.query(statement));
const recorded = () =>
  database.query(
    `select action, event_id, client_id, actor_id, outcome from salon_activity
     order by created_at`,
  );

describe('a change by a member is recorded', () => {
  it.each<[string, (of: Tenant) => string]>([
    ['assign', (of) => `update calendar_events set pet_id = null where id = '${of.eventId}'`],
    ['note', (of) => `update calendar_events set salon_note = 'x' where id = '${of.eventId}'`],
    [
      'attendance',
      (of) => `update calendar_events set attendance = 'completed' where id = '${of.eventId}'`,
    ],
  ])('%s, with appointment, client and member', async (action, statement) => {
    await as(ours.staffId, statement(ours));
    expect(await recorded()).toEqual([{
      action,
      event_id: ours.eventId,
      client_id: ours.clientId,
      actor_id: ours.staffId,
      outcome: 'done',
    }]);
  });

  it.each<[string, (of: Tenant) => string]>([
    ['correct_contact', (of) => `update clients set email = 'x@x.pl' where id = '${of.clientId}'`],
    ['consent', (of) => `update clients set has_gdpr_consent = true where id = '${of.clientId}'`],
  ])('%s, with client and member', async (action, statement) => {
    await as(ours.ownerId, statement(ours));
    expect(await recorded()).toMatchObject([
      { action, event_id: null, client_id: ours.clientId, actor_id: ours.ownerId },
    ]);
  });

  it('add_client', async () => {
    await as(
      ours.staffId,
      `insert into clients (salon_id, name, surname, phone_number)
       values ('${ours.salonId}', 'Ewa', 'Lis', '600700800')`,
    );
    expect(await recorded()).toMatchObject([{ action: 'add_client', actor_id: ours.staffId }]);
  });

  it('what a client answered on the phone, and that it was taken back', async () => {
    for (const answer of [`'coming'`, `'wants_to_cancel'`, `'wants_to_move'`, 'null']) {
      await as(
        ours.staffId,
        `update calendar_events set client_response = ${answer} where id = '${ours.eventId}'`,
      );
    }
    const of = { event_id: ours.eventId, client_id: ours.clientId, actor_id: ours.staffId };
    expect(await recorded()).toMatchObject([
      { action: 'client_coming', ...of },
      { action: 'client_cancel', ...of },
      { action: 'client_move', ...of },
      { action: 'take_back_answer', ...of },
    ]);
  });
});

describe('what a member does about a reminder is recorded', () => {
  let coming: string;
  beforeAll(async () => {
    coming = await createAppointment(database, ours.salonId, {
      client: { id: ours.clientId, salonId: ours.salonId, pets: {} },
      start: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    });
    await database.query(`update sms_settings set enabled = true`);
  });
  const actions = () =>
    database.query<{ action: string }>(
      'select action, event_id, client_id, actor_id from salon_activity order by created_at',
    );

  it('sent now, skipped, and to be sent after all; once each', async () => {
    for (const call of ['send_reminder_now', 'skip_reminder', 'unskip_reminder']) {
      for (let time = 0; time < 2; time++) {
        await as(ours.staffId, `select public.${call}('${coming}')`);
      }
    }
    const of = { event_id: coming, client_id: ours.clientId, actor_id: ours.staffId };
    expect(await actions())
      .toEqual(['send_now', 'skip', 'unskip'].map((action) => ({ action, ...of })));
  });

  it('a test SMS, of which no number is kept', async () => {
    await as(ours.ownerId, `select public.send_test_sms('${ours.salonId}', '600 100 200')`);
    expect(await actions()).toEqual([
      { action: 'test_sms', event_id: null, client_id: null, actor_id: ours.ownerId },
    ]);
  });

  it('nothing that was refused', async () => {
    for (
      const call of [
        `send_reminder_now('${outsider.eventId}')`,
        `skip_reminder('${outsider.eventId}')`,
        `unskip_reminder('${outsider.eventId}')`,
        `send_test_sms('${outsider.salonId}', '600 100 200')`,
      ]
    ) {
      await expect(as(ours.ownerId, `select public.${call}`)).rejects.toMatchObject({
        code: 'PT404',
      });
    }
    expect(await actions()).toEqual([]);
  });
});

it('an update that changes nothing is not recorded', async () => {
  await as(
    ours.ownerId,
    `update calendar_events set pet_id = pet_id, salon_note = salon_note, attendance = attendance,
       client_response = client_response
     where id = '${ours.eventId}'`,
  );
  await as(
    ours.ownerId,
    `update clients set phone_number = phone_number, email = email,
    has_gdpr_consent = has_gdpr_consent where id = '${ours.clientId}'`,
  );
  expect(await recorded()).toEqual([]);
});

it('what the server changes is not recorded', async () => {
  await database.as(
    'service_role',
    null,
    (client) =>
      client.query(`update calendar_events set pet_id = null where id = $1`, [outsider.eventId]),
  );
  expect(await recorded()).toEqual([]);
});

it('members see the activity of their salon only, and cannot write it', async () => {
  await as(ours.staffId, `update clients set email = 'y@x.pl' where id = '${ours.clientId}'`);
  const seenBy = async (userId: string) =>
    (await as(userId, 'select * from salon_activity')).rowCount;
  expect([await seenBy(ours.ownerId), await seenBy(ours.staffId), await seenBy(outsider.ownerId)])
    .toEqual([1, 1, 0]);
  for (
    const statement of [
      `insert into salon_activity (salon_id, action) values ('${ours.salonId}', 'note')`,
      `update salon_activity set action = 'note'`,
      'delete from salon_activity',
    ]
  ) {
    await expect(as(ours.ownerId, statement)).rejects.toMatchObject({ code: '42501' });
  }
});

it('activity is deleted after the retention', async () => {
  await database.query(
    `insert into salon_activity (salon_id, action, created_at)
     values ($1, 'note', now() - interval '31 days'), ($1, 'note', now() - interval '29 days')`,
    [ours.salonId],
  );
  expect(await database.query('select private.trim_activity(30) as trimmed'))
    .toEqual([{ trimmed: 1 }]);
  expect(await recorded()).toHaveLength(1);
});
