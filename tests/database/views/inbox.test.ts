import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';

let dashboard: Dashboard;
let calendar: Calendar;
let salon: TestSalon;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createRemindingSalon(dashboard.database);
  calendar = dashboard.calendarOf(salon.ownerId);
});
afterAll(() => dashboard.stop());

describe('the replies', () => {
  beforeAll(async () => {
    const client = await createRemindedClient(dashboard.database, salon.id);
    const start = '2026-11-25 10:00+01';
    const event = await createAppointment(dashboard.database, salon.id, {
      client,
      pet: 'Reksio',
      start,
    });
    await dashboard.database.query(
      `insert into public.sms_inbox (salon_id, client_id, event_id, phone, body, received_at) values
         ($1, $2, $3, '+48600100200', 'Spóźnię się', '2026-11-24 09:00Z'),
         ($1, null, null, '+48600100300', 'Kto to?', '2026-11-24 10:00Z')`,
      [salon.id, client.id, event],
    );
  });

  it('are returned with their client and appointment, the newest first', async () => {
    const replies = await calendar.getReplies();

    expect(replies.map(({ body, client, event }) => [body, client?.name, event?.pet?.name]))
      .toEqual([['Kto to?', undefined, undefined], ['Spóźnię się', 'Anna', 'Reksio']]);
  });

  it('are read once somebody marks them, and unread again if that is taken back', async () => {
    const unread = async () =>
      (await calendar.getReplies({ salonId: salon.id, unread: true })).map(({ body }) => body);
    const [newest] = await calendar.getReplies({ limit: 1 });
    const id = newest?.id ?? '';

    await calendar.setReplyRead(id, true);
    expect(await unread()).toEqual(['Spóźnię się']);
    const [read] = await calendar.getReplies({ limit: 1 });
    expect(read?.read_by).toBe(salon.ownerId);

    await calendar.setReplyRead(id, false);
    expect(await unread()).toEqual(['Kto to?', 'Spóźnię się']);
  });
});

it('the requests to cancel or move are those of coming appointments, until they are cancelled', async () => {
  const { database } = dashboard;
  const starts = ['2026-11-23 10:00+01', '2026-11-26 10:00+01', '2026-11-25 10:00+01'];
  const ids = [];
  for (const start of [...starts, '2026-11-27 10:00+01']) {
    ids.push(await createAppointment(database, salon.id, { start }));
  }
  const [past, move, cancel, coming] = ids;
  await database.query(
    `update public.calendar_events e set client_response = v.response::public.client_response
     from (values ($1, 'wants_to_cancel'), ($2, 'wants_to_move'), ($3, 'wants_to_cancel'),
       ($4, 'coming')) as v (id, response)
     where e.id = v.id::uuid`,
    [past, move, cancel, coming],
  );
  const requested = async () =>
    (await calendar.getChangeRequests({ salonId: salon.id })).map(({ id }) => id);

  expect(await requested()).toEqual([cancel, move]);
  await cancelAppointment(database, cancel ?? '');
  expect(await requested()).toEqual([move]);
});
