import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { at, booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { snapshot, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

/** A member changes every appointment that they see. */
const change = (assignment: string) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) => client.query(`update calendar_events set ${assignment}`),
  );
const say = (attendance: 'completed' | 'no_show' | null) =>
  change(`attendance = ${attendance === null ? 'null' : `'${attendance}'`}`);
const answer = () =>
  database.query(
    `update calendar_events set client_response = 'coming', client_responded_at = now()`,
  );
const appointments = () =>
  database.query(
    `select status, status_before_no_show as before, attendance, client_response as response,
       salon_note as note
     from calendar_events order by created_at`,
  );
const LATER = { startTime: '2026-09-16T08:00:00.000Z', endTime: '2026-09-16T09:00:00.000Z' };
const moved = booking({
  trigger: 'BOOKING_RESCHEDULED',
  uid: 'uid-1',
  rescheduleUid: 'uid-0',
  ...LATER,
  ...at(12),
});

describe('what staff say about who came', () => {
  it.each(
    [
      ['completed', { status: 'completed', before: null }],
      ['no_show', { status: 'no_show', before: 'scheduled' }],
    ] as const,
  )('is shown at once: %s', async (attendance, row) => {
    await deliver(database, booking());
    await say(attendance);
    expect(await appointments()).toMatchObject([{ ...row, attendance }]);
  });

  it('survives later deliveries and snapshots, and a fold from the start', async () => {
    await deliver(database, booking());
    await say('completed');
    await deliver(database, booking({ trigger: 'BOOKING_PAID', ...at(13) }));
    // Stamped before the last one, so that all are folded again.
    await deliver(database, booking({ trigger: 'BOOKING_LOCATION_UPDATED', ...at(11) }));
    await sync(database, salon.id, [snapshot({ title: 'Kąpiel', ...at(14) })]);
    expect(await appointments()).toMatchObject([{ status: 'completed', attendance: 'completed' }]);
  });

  it('outweighs a no-show that Cal.com reports', async () => {
    await deliver(database, booking());
    await say('completed');
    await sync(database, salon.id, [
      snapshot({ title: 'Kąpiel', ...at(14), snapshot: { absent: true } }),
    ]);
    expect(await appointments()).toMatchObject([{ status: 'completed', before: null }]);
    await say(null);
    expect(await appointments()).toMatchObject([{ status: 'no_show', before: 'scheduled' }]);
  });

  it('hides a cancellation that only the sync brought until it is taken back', async () => {
    await deliver(database, booking());
    await say('completed');
    const cancelled = snapshot({ ...at(14), snapshot: { status: 'cancelled' } });
    expect(await sync(database, salon.id, [cancelled])).toEqual({ applied: 1 });
    expect(await sync(database, salon.id, [{ ...cancelled, ...at(15) }])).toEqual({ unchanged: 1 });
    expect(await appointments()).toMatchObject([{ status: 'completed' }]);
    await say(null);
    expect(await appointments()).toMatchObject([{ status: 'cancelled' }]);
  });

  it('returns to the status by Cal.com when it is taken back', async () => {
    await deliver(database, booking({ trigger: 'BOOKING_REQUESTED' }));
    await deliver(database, booking(at(11)));
    await say('no_show');
    await say(null);
    expect(await appointments()).toMatchObject([{ status: 'confirmed', before: null }]);
  });

  it('returns to an automatic completion when it is taken back', async () => {
    const hour = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();
    await deliver(database, booking({ startTime: hour(30), endTime: hour(29) }));
    await database.query('select private.complete_past_appointments()');
    await say('no_show');
    expect(await appointments()).toMatchObject([{ status: 'no_show', before: 'completed' }]);
    await say(null);
    expect(await appointments()).toMatchObject([{ status: 'completed', before: null }]);
  });

  it('returns to the status that BarkBook wrote when it is taken back', async () => {
    await database.query(
      `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time, status)
       values ('uid-0', $1, 'Wizyta', '2026-09-15 08:00Z', '2026-09-15 09:00Z', 'confirmed')`,
      [salon.id],
    );
    await say('completed');
    await deliver(database, booking({ trigger: 'BOOKING_LOCATION_UPDATED', ...at(11) }));
    expect(await appointments()).toMatchObject([{ status: 'completed' }]);
    await say(null);
    expect(await appointments()).toMatchObject([{ status: 'confirmed', attendance: null }]);
  });
});

describe('a move', () => {
  it('forgets who came and what the client answered, and keeps the note', async () => {
    await deliver(database, booking());
    await say('no_show');
    await change(`salon_note = 'Boi się suszarki'`);
    await answer();
    await deliver(database, moved);
    expect(await appointments()).toEqual([
      {
        status: 'scheduled',
        before: null,
        attendance: null,
        response: null,
        note: 'Boi się suszarki',
      },
    ]);
  });

  it('forgets them also if BarkBook moves the appointment itself', async () => {
    await deliver(database, booking());
    await answer();
    await database.query(`update calendar_events set start_time = start_time + '10 minutes'`);
    expect(await appointments()).toMatchObject([{ response: null }]);
  });

  it('that is heard of late keeps what was said about the new time', async () => {
    await deliver(database, booking());
    await change(`salon_note = 'Pierwsza'`);
    await deliver(database, { ...moved, trigger: 'BOOKING_CREATED', rescheduleUid: null });
    await database.query(
      `update calendar_events set attendance = 'completed', salon_note = 'Druga',
         client_response = 'coming', client_responded_at = now()
       where cal_com_event_id = 'uid-1'`,
    );
    await deliver(database, moved);
    expect(await appointments()).toEqual([{
      status: 'completed',
      before: null,
      attendance: 'completed',
      response: 'coming',
      note: 'Pierwsza\nDruga',
    }]);
  });

  it('that connects three appointments keeps the notes of all, and what was said last', async () => {
    const icalUid = 'uid-0@Cal.com';
    await deliver(database, booking({ icalUid }));
    const [first, second] = [11, 12].map((hour, index) =>
      booking({ uid: `uid-${index + 1}`, icalUid: null, ...LATER, ...at(hour) })
    );
    for (const one of [first, second]) await deliver(database, one ?? booking());
    await database.query(`update calendar_events set salon_note = cal_com_event_id`);
    await database.query(
      `update calendar_events set attendance = 'completed' where cal_com_event_id = 'uid-2'`,
    );
    await deliver(database, { ...moved, uid: 'uid-2', rescheduleUid: 'uid-1', icalUid, ...at(13) });
    expect(await appointments()).toMatchObject([
      { note: 'uid-0\nuid-1\nuid-2', attendance: 'completed' },
    ]);
  });

  it('that connects two appointments waits for the answer that the client is giving', async () => {
    await deliver(database, booking());
    await deliver(database, { ...moved, trigger: 'BOOKING_CREATED', rescheduleUid: null });
    const [client, delivery] = [await openSession(database), await openSession(database)];
    await client.query(
      `select private.record_client_response(id, start_time, 'coming')
       from calendar_events where cal_com_event_id = 'uid-1'`,
    );
    const connected = delivery.query(UPSERT, upsertArguments(moved));
    await delivery.isBlocked();
    await client.commit();
    await connected;
    await delivery.commit();
    expect(await appointments()).toMatchObject([{ response: 'coming' }]);
  });

  it('that is heard of late forgets what was said about the old time', async () => {
    await deliver(database, booking());
    await say('completed');
    await answer();
    await deliver(database, { ...moved, trigger: 'BOOKING_CREATED', rescheduleUid: null });
    await deliver(database, moved);
    expect(await appointments()).toMatchObject([
      { status: 'scheduled', attendance: null, response: null },
    ]);
  });
});

it('a delivery that moves nothing keeps what the client answered', async () => {
  await deliver(database, booking());
  await answer();
  await deliver(database, booking({ trigger: 'BOOKING_LOCATION_UPDATED', ...at(11) }));
  expect(await appointments()).toMatchObject([{ response: 'coming' }]);
});

describe('an answer that a member writes down', () => {
  const times = () =>
    database.query<{ at: string | null }>(
      'select client_responded_at::text as at from calendar_events',
    );

  it('has the time at which it was written, until it is taken back', async () => {
    await deliver(database, booking());
    const [before] = await database.query<{ now: string }>('select now()::text');
    await change(`client_response = 'coming'`);
    const [first] = await times();
    expect(Date.parse(first?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(before?.now ?? ''));
    await change(`client_response = 'coming'`);
    expect(await times()).toEqual([first]);
    await change('client_response = null');
    expect(await times()).toEqual([{ at: null }]);
  });

  it('is forgotten when the appointment moves', async () => {
    await deliver(database, booking());
    await change(`client_response = 'coming'`);
    await deliver(database, moved);
    expect(await appointments()).toMatchObject([{ response: null }]);
    expect(await times()).toEqual([{ at: null }]);
  });

  it('cannot have another time', async () => {
    await deliver(database, booking());
    await expect(change('client_responded_at = now()')).rejects.toMatchObject({ code: '42501' });
  });
});
