import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const created = booking({ uid: 'C0' });
const moved = (from: string, to: string, hour: string, more: Partial<CalendarBooking> = {}) =>
  booking({
    trigger: 'BOOKING_RESCHEDULED',
    uid: to,
    rescheduleUid: from,
    occurredAt: `2026-09-02T${hour}:00:00.000Z`,
    ...more,
  });

it('an appointment keeps its id when its booking gets a new uid', async () => {
  const first = await deliver(database, created);
  const second = await deliver(database, moved('C0', 'C1', '10'));
  expect(second.event_id).toBe(first.event_id);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'C1' }]);
});

it('every uid that a booking ever had is registered', async () => {
  await deliver(database, created);
  await deliver(database, moved('C0', 'C1', '10'));
  await deliver(database, moved('C1', 'C2', '11'));
  const uids = await database.query(
    `select booking_uid, replaced_uid, generation
     from public.calendar_event_uids order by generation`,
  );
  expect(uids).toEqual([
    { booking_uid: 'C0', replaced_uid: null, generation: 0 },
    { booking_uid: 'C1', replaced_uid: 'C0', generation: 1 },
    { booking_uid: 'C2', replaced_uid: 'C1', generation: 2 },
  ]);
});

it('a late reschedule merges two appointments into the older one', async () => {
  const first = await deliver(database, created);
  await deliver(database, moved('C1', 'C2', '11'));
  expect(await syncedRows(database, salon.id)).toHaveLength(2);
  const joined = await deliver(database, moved('C0', 'C1', '10'));
  expect(joined.event_id).toBe(first.event_id);
  expect(await syncedRows(database, salon.id)).toMatchObject([{ cal_com_event_id: 'C2' }]);
});

it('a client that a member assigned survives the merge of two appointments', async () => {
  await deliver(database, created);
  const second = await deliver(database, moved('C1', 'C2', '11'));
  const clientId = '99999999-0000-4000-8000-000000000001';
  await database.query(
    `insert into public.clients (id, salon_id, name, surname, phone_number)
     values ($1, $2, 'Zofia', 'Kaczmarek', '600 100 200')`,
    [clientId, salon.id],
  );
  await database.as(
    'authenticated',
    salon.ownerId,
    (client) =>
      client.query('update public.calendar_events set client_id = $1 where id = $2', [
        clientId,
        second.event_id,
      ]),
  );
  await deliver(database, moved('C0', 'C1', '10'));
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { client_id: clientId, link_source: 'manual' },
  ]);
});

it('the iCalendar UID connects a chain whose middle delivery was lost', async () => {
  const icalUid = 'C0@Cal.com';
  const first = await deliver(database, { ...created, icalUid });
  const last = await deliver(database, moved('C1', 'C2', '11', { icalUid }));
  expect(last.event_id).toBe(first.event_id);
});

it('the iCalendar UID does not merge the occurrences of a series', async () => {
  const series = { recurring: true, icalUid: 'C0@Cal.com' };
  await deliver(database, { ...created, ...series });
  await deliver(database, moved('C1', 'C2', '11', series));
  expect(await syncedRows(database, salon.id)).toHaveLength(2);
});

it('a reschedule under the same uid changes the time and nothing else', async () => {
  const first = await deliver(database, created);
  const second = await deliver(
    database,
    moved('C0', 'C0', '10', {
      startTime: '2026-09-16T08:00:00.000Z',
      endTime: '2026-09-16T09:30:00.000Z',
    }),
  );
  expect(second.event_id).toBe(first.event_id);
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { cal_com_event_id: 'C0', duration_minutes: 90, status: 'scheduled' },
  ]);
});

it('uids that replace each other in a circle make one appointment', async () => {
  await deliver(database, moved('C0', 'C1', '10'));
  const answer = await deliver(database, moved('C1', 'C0', '11'));
  expect(answer.reason).toBeNull();
  expect(await syncedRows(database, salon.id)).toHaveLength(1);
});

it('a later delivery does not clear what it leaves out', async () => {
  await deliver(database, {
    ...created,
    description: 'notatka',
    location: 'Kraków',
    meetingUrl: 'https://meet.example/1',
    attendeeEmail: 'zofia@poczta.example',
    attendeePhone: '501220314',
  });
  const before = await syncedRows(database, salon.id);
  await deliver(database, moved('C0', 'C1', '10', { title: null }));
  const [after] = await syncedRows(database, salon.id);
  expect(after).toEqual({
    ...before[0],
    cal_com_event_id: 'C1',
    last_event_at: '2026-09-02T10:00:00+00:00',
  });
});
