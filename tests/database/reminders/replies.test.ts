import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { readResponses, sendLink, showLink } from '../support/client-link.ts';
import { enableTexts } from '../support/notices.ts';
import { beginDispatch, claimOne, settle } from '../support/outbox.ts';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
} from '../support/reminders.ts';
import { ANNAS_PHONE, monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

/** A reply on Monday at 18:00, unless told. */
async function reply(
  body: string,
  response: string | null,
  { phone = ANNAS_PHONE, id = String(randomUUID()), now = monday('18:00') } = {},
): Promise<string> {
  return await database.as('service_role', null, async (client) => {
    await client.query(`select set_config('barkbook.app_now', $1, true)`, [now]);
    const { rows: [row] } = await client.query<{ outcome: string }>(
      `select public.sms_receive_reply('twilio', $1, $2, $3, $4) as outcome`,
      [id, phone, body, response],
    );
    return row?.outcome ?? '';
  });
}
const inbox = () =>
  database.query('select salon_id, client_id, event_id, phone, body from public.sms_inbox');
const answers = () =>
  database.query(`select kind, status from public.sms_messages where kind = 'answer'`);

describe('a yes', () => {
  it('is stored with all appointments of the day that the SMS named', async () => {
    await sendLink(database, {
      appointments: [
        { start: tuesday('11:00'), pet: 'Reksio' },
        { start: tuesday('12:30'), pet: 'Burek' },
      ],
    });
    expect(await reply('Tak', 'coming')).toBe('answered');
    expect(await readResponses(database)).toEqual(['coming', 'coming']);
    expect(await inbox()).toEqual([]);
    expect(await answers()).toEqual([]);
  });

  it('is not stored with an appointment that the number was not told of', async () => {
    const { salon, anna } = await sendLink(database);
    await createAppointment(database, salon.id, { client: anna, start: tuesday('16:00') });
    await reply('Tak', 'coming');
    expect(await readResponses(database)).toEqual(['coming', null]);
  });

  it('is about the next day only', async () => {
    const { salon, anna } = await sendLink(database);
    await createAppointment(database, salon.id, { client: anna, start: '2026-11-25 10:00+01' });
    await plan(database, tuesday('17:00'));
    const claimed = await claimOne(database, tuesday('17:00'));
    await beginDispatch(database, claimed, tuesday('17:00'));
    await settle(database, claimed, tuesday('17:00'), { outcome: 'accepted' });
    await reply('Tak', 'coming');
    expect(await readResponses(database)).toEqual(['coming', null]);
    await reply('Tak', 'coming', { now: tuesday('18:00') });
    expect(await readResponses(database)).toEqual(['coming', 'coming']);
  });

  it('goes to the salon that wrote last', async () => {
    const first = await sendLink(database);
    const second = await sendLink(database, {
      appointments: [{ start: tuesday('13:00'), pet: 'Reksio' }],
    });
    await database.query(
      `update public.sms_messages set dispatch_started_at = $2 where id = $1`,
      [first.messageId, monday('17:05')],
    );
    await reply('Tak', 'coming');
    expect(await readResponses(database)).toEqual(['coming', null]);
    expect(second.salon.id).not.toBe(first.salon.id);
  });

  it.each<[string, (appointment: string) => Promise<unknown>]>([
    ['is over', (id) => moveAppointment(database, id, monday('09:00'), monday('08:00'))],
    ['was cancelled', (id) => cancelAppointment(database, id)],
  ])('about an appointment that %s is for the salon to read', async (_what, change) => {
    const { salon, anna, appointmentIds: [first = ''] } = await sendLink(database);
    await change(first);
    expect(await reply('Tak', 'coming')).toBe('kept');
    expect(await readResponses(database)).toEqual([null]);
    expect(await inbox()).toEqual([{
      salon_id: salon.id,
      client_id: anna.id,
      event_id: null,
      phone: ANNAS_PHONE,
      body: 'Tak',
    }]);
  });
});

it('a yes to another time than the appointment has now is for the salon to read', async () => {
  const { appointmentIds: [first = ''] } = await sendLink(database);
  await moveAppointment(database, first, tuesday('15:00'), monday('17:30'));
  expect(await reply('Tak', 'coming')).toBe('kept');
  expect(await readResponses(database)).toEqual([null]);
  expect(await inbox()).toMatchObject([{ event_id: first, body: 'Tak' }]);
});

it('a yes from a number that the client has no more is for the salon to read', async () => {
  await sendLink(database);
  await database.query(`update public.clients set phone_number = '600 100 300'`);
  expect(await reply('Tak', 'coming')).toBe('kept');
  expect(await readResponses(database)).toEqual([null]);
});

describe('a no', () => {
  it('is shown to the salon, and answered once with an SMS', async () => {
    await sendLink(database);
    expect(await reply('Nie', 'wants_to_cancel')).toBe('answered');
    expect(await reply('Nie!', 'wants_to_cancel')).toBe('answered');
    expect(await readResponses(database)).toEqual(['wants_to_cancel']);
    expect(await answers()).toEqual([{ kind: 'answer', status: 'pending' }]);
  });

  it('is not applied again after a later yes when it is repeated', async () => {
    await sendLink(database);
    const id = 'SM1';
    await reply('Nie', 'wants_to_cancel', { id });
    await reply('Tak', 'coming');
    expect(await reply('Nie', 'wants_to_cancel', { id })).toBe('repeated');
    expect(await readResponses(database)).toEqual(['coming']);
  });
});

describe('the answer to a no', () => {
  it('has a link that shows the appointment', async () => {
    await sendLink(database);
    await reply('Nie', 'wants_to_cancel');
    const claimed = await claimOne(database, monday('18:00'));
    const body = 'https://salon.example/c/#…';
    expect(await beginDispatch(database, claimed, monday('18:00'), { body })).toBe('go');
    await settle(database, claimed, monday('18:00:01'), { outcome: 'accepted' });
    expect(await showLink(database, claimed.link_token, monday('18:10')))
      .toMatchObject({ appointments: [{ start: '11:00' }] });
  });

  it('is sent however far ahead the appointment is', async () => {
    const salon = await createRemindingSalon(database);
    const client = await createRemindedClient(database, salon.id);
    await enableTexts(database, salon.id, ['booked']);
    const start = '2027-03-01 11:00+01';
    await createAppointment(database, salon.id, { client, start, created: monday('10:00') });
    await plan(database, monday('10:10'));
    expect(await sendDue(database, monday('10:10'))).toEqual(['go']);
    await database.query('delete from private.sms_changes');
    const now = '2026-11-27 10:00+01';
    expect(await reply('Nie', 'wants_to_cancel', { now })).toBe('answered');
    expect(await sendDue(database, now)).toEqual(['go']);
  });
});

describe('anything else', () => {
  it('is for the salon to read, with the next appointment', async () => {
    const { salon, anna, appointmentIds: [first] } = await sendLink(database);
    expect(await reply('Spóźnię się 10 min', null)).toBe('kept');
    expect(await inbox()).toEqual([{
      salon_id: salon.id,
      client_id: anna.id,
      event_id: first,
      phone: ANNAS_PHONE,
      body: 'Spóźnię się 10 min',
    }]);
    expect(await readResponses(database)).toEqual([null]);
  });

  it('from a number that no salon wrote to is not kept', async () => {
    await sendLink(database);
    expect(await reply('Kim jesteście?', null, { phone: '+48600100299' })).toBe('unknown');
    expect(await inbox()).toEqual([]);
  });
});

describe('the inbox', () => {
  const markRead = async (userId: string, read: boolean) =>
    await database.as('authenticated', userId, (client) =>
      client.query(
        `update public.sms_inbox set read_at = case when $1 then timestamptz '2000-01-01' end
         where phone = $2`,
        [read, ANNAS_PHONE],
      ));

  it('is marked as read by the member who read it first, at the time of the database', async () => {
    const { salon } = await sendLink(database);
    await reply('Spóźnię się', null);
    await markRead(salon.ownerId, true);
    const read = () =>
      database.query(
        `select read_by, read_at > now() - interval '1 minute' as is_now from public.sms_inbox`,
      );
    expect(await read()).toEqual([{ read_by: salon.ownerId, is_now: true }]);
    await markRead(salon.ownerId, false);
    expect(await read()).toEqual([{ read_by: null, is_now: null }]);
  });

  it('shows nothing to another salon', async () => {
    await sendLink(database);
    await reply('Spóźnię się', null);
    const other = await sendLink(database);
    expect((await markRead(other.salon.ownerId, true)).rowCount).toBe(0);
    const { rows } = await database.as(
      'authenticated',
      other.salon.ownerId,
      (client) => client.query('select * from public.sms_inbox'),
    );
    expect(rows).toEqual([]);
  });

  it('is exported and erased with the client', async () => {
    const { salon, anna } = await sendLink(database);
    await reply('Spóźnię się', null);
    const call = async (query: string) =>
      await database.as('authenticated', salon.ownerId, async (client) => {
        const { rows: [row] } = await client.query(query, [anna.id]);
        return row;
      });
    expect(await call('select public.export_client($1) as export')).toMatchObject({
      export: { sms_inbox: [{ phone: ANNAS_PHONE, body: 'Spóźnię się' }] },
    });
    expect(await call('select public.erase_client($1) as erased')).toMatchObject({
      erased: { sms_inbox: 1 },
    });
    expect(await inbox()).toEqual([]);
  });

  it('keeps a reply as long as the texts of messages', async () => {
    await sendLink(database);
    await reply('Spóźnię się', null, { now: '2026-11-23 18:00+01' });
    await database.query(
      `update public.sms_inbox set received_at = now() - interval '29 days 23 hours'`,
    );
    await database.query('select private.trim_messages(30)');
    expect(await inbox()).toHaveLength(1);
    await database.query(
      `update public.sms_inbox set received_at = now() - interval '30 days 1 minute'`,
    );
    await database.query('select private.trim_messages(30)');
    expect(await inbox()).toEqual([]);
  });
});
