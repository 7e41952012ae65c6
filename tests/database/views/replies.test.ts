import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createAppointment, createRemindedClient } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let dashboard: Dashboard;
let salon: TestSalon;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createSalon(dashboard.database, { username: null });
  const client = await createRemindedClient(dashboard.database, salon.id);
  const start = '2026-11-24 10:00+01';
  const eventId = await createAppointment(dashboard.database, salon.id, { client, start });
  await dashboard.database.query(
    `insert into public.sms_inbox (salon_id, client_id, event_id, phone, body, received_at)
     values ($1, $2, $3, '+48600100200', 'Spóźnię się', '2026-11-23 18:00+01'),
       ($1, null, null, '+48600100201', 'Kim jesteście?', '2026-11-23 19:00+01')`,
    [salon.id, client.id, eventId],
  );
});
afterAll(() => dashboard.stop());

it('a member reads replies, the newest first, with client and appointment', async () => {
  const calendar = dashboard.calendarOf(salon.ownerId);
  expect(await calendar.getReplies({ salonId: salon.id })).toMatchObject([
    { body: 'Kim jesteście?', client: null, appointment: null, read_at: null },
    {
      body: 'Spóźnię się',
      client: { name: 'Anna', surname: 'Nowak' },
      appointment: { start_time: '2026-11-24T09:00:00+00:00' },
    },
  ]);
});

it('a member marks a reply as read, and as unread again', async () => {
  const calendar = dashboard.calendarOf(salon.ownerId);
  const [newest] = await calendar.getReplies();
  const id = newest?.id ?? '';
  expect(await calendar.markReply(id, true)).toMatchObject({ read_by: salon.ownerId });
  expect((await calendar.getReplies({ unreadOnly: true })).map(({ body }) => body))
    .toEqual(['Spóźnię się']);
  expect(await calendar.markReply(id, false)).toMatchObject({ read_at: null, read_by: null });
});

it('a reply to another salon behaves like an unknown one', async () => {
  const other = await createSalon(dashboard.database, { username: null });
  const [reply] = await dashboard.calendarOf(salon.ownerId).getReplies();
  const calendar = dashboard.calendarOf(other.ownerId);
  expect(await calendar.getReplies()).toEqual([]);
  await expect(calendar.markReply(reply?.id ?? '', true))
    .rejects.toMatchObject({ code: 'not_found' });
});
