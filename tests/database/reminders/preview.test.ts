import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';

const MONDAY_17 = '2026-11-23 17:00+01';
const tuesday = (time: string) => `2026-11-24 ${time}+01`;

type PreviewRow = {
  salon_name: string;
  client_name: string | null;
  appointments: { startTime: string; pet: string | null }[];
  send_at: Date;
  not_after: Date;
  skip_reason: string | null;
};

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database, { sender: 'PsiaLapa' });
  anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
  await createAppointment(database, salon.id, {
    client: anna,
    pet: 'Burek',
    start: tuesday('11:30'),
  });
  await createAppointment(database, salon.id, {
    client: anna,
    pet: 'Reksio',
    start: tuesday('10:00'),
  });
});
afterAll(() => database.drop());

const preview = (now: string, limit = 500) =>
  database.as('service_role', null, async (client) => {
    const { rows } = await client.query<PreviewRow>('select * from sms_preview($1, $2)', [
      limit,
      now,
    ]);
    return rows;
  });

/** Adds one appointment for each reason to skip a reminder. */
async function addSkips(): Promise<void> {
  const jan = await createRemindedClient(database, salon.id, { name: 'Jan', consent: false });
  const ola = await createRemindedClient(database, salon.id, { name: 'Ola' });
  await createAppointment(database, salon.id, { client: jan, start: tuesday('12:00') });
  await createAppointment(database, salon.id, { start: tuesday('13:00') });
  await createAppointment(database, salon.id, { client: ola, start: '2026-11-23 18:00+01' });
}

it('a preview contains everything that a reminder is made of', async () => {
  expect(await preview(MONDAY_17)).toEqual([{
    salon_id: salon.id,
    kind: 'reminder',
    salon_name: 'Psia Łapa',
    salon_address: null,
    salon_phone: null,
    timezone: 'Europe/Warsaw',
    template: 'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. ' +
      '{{salon}} {{phone}} {{link}}',
    language: 'pl',
    transliterate: true,
    max_segments: 2,
    client_name: 'Anna',
    phone: '+48600100200',
    appointments: [
      { startTime: '2026-11-24T09:00:00+00:00', pet: 'Reksio' },
      { startTime: '2026-11-24T10:30:00+00:00', pet: 'Burek' },
    ],
    send_at: new Date('2026-11-23T16:00Z'),
    not_after: new Date('2026-11-24T07:00Z'),
    skip_reason: null,
    allowed_links: [],
  }]);
});

it('a preview writes nothing', async () => {
  await addSkips();
  const first = await preview(MONDAY_17);
  expect(await preview(MONDAY_17)).toEqual(first);
  expect(await messages(database)).toEqual([]);
  expect(await database.query('select from sms_message_events')).toEqual([]);
});

it.each([
  ['before the send time', '2026-11-23 16:59+01'],
  ['at the send time', MONDAY_17],
  ['in quiet hours', '2026-11-23 22:00+01'],
  ['after the send time', tuesday('07:30')],
  ['after the deadline', tuesday('08:30')],
])('%s, the plan does what the preview showed', async (_name, now) => {
  await addSkips();
  const foreseen = await preview(now);
  await plan(database, now);
  const done = await database.query(
    `select s.name as salon_name, c.name as client_name, m.next_attempt_at as send_at, m.not_after,
       m.reason as skip_reason, (
         select jsonb_agg(jsonb_build_object('startTime', k.start_time, 'pet', p.name)
           order by k.start_time)
         from sms_message_events k
         join calendar_events e on e.id = k.event_id
         left join pets p on p.id = e.pet_id
         where k.message_id = m.id) as appointments
     from sms_messages m
     join salons s on s.id = m.salon_id
     left join clients c on c.id = m.client_id
     order by m.not_after`,
  );
  expect(foreseen).toMatchObject(done);
  expect(await preview(now)).toEqual([]);
});

it('a preview of a later time shows reminders that are not due yet', async () => {
  expect(await preview('2026-11-22 17:00+01')).toEqual([]);
  expect(await preview(MONDAY_17)).toHaveLength(1);
});

it('a preview can be limited', async () => {
  await addSkips();
  expect(await preview(MONDAY_17, 2)).toHaveLength(2);
});

it('only service_role can read a preview', async () => {
  await expect(
    database.as(
      'authenticated',
      salon.ownerId,
      (client) => client.query('select * from sms_preview()'),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});
