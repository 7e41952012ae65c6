import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliver, UPSERT, upsertArguments } from '../support/booking.ts';
import { type Book, callAs, columnsWithTraces, createBook, ofZofia } from '../support/erasure.ts';
import { syncedRows } from '../support/lives.ts';
import { snapshot, sync } from '../support/snapshots.ts';
import {
  closeSessions,
  makeDue,
  openSession,
  retry,
  whileNothingCanBeWritten,
} from '../support/retries.ts';

const ERASE = 'select public.erase_client($1)';

let database: TestDatabase;
let ours: Book;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query(
    `delete from public.salons; delete from public.webhook_logs; delete from auth.users`,
  );
  ours = await createBook(database, 'psi-styl');
});
afterEach(closeSessions);
afterAll(() => database.drop());

const erase = () => callAs(database, 'erase_client', ours.clientId, ours.salon.ownerId);
const on = (day: number) => ({ occurredAt: `2026-09-0${day}T10:00:00.000Z` });
const tell = (overrides: Partial<CalendarBooking> = {}) =>
  deliver(database, ofZofia({ clientId: ours.clientId, petId: ours.petId, ...overrides }), {
    payload: ofZofia(),
  });
const rows = () => syncedRows(database, ours.salon.id);
const nobody = {
  title: 'Wizyta',
  description: null,
  client_id: null,
  pet_id: null,
  attendee_email: null,
  attendee_phone: null,
  location: null,
  meeting_url: null,
  cancellation_reason: null,
  erased_at: expect.any(String),
};
const moved = { uid: 'uid-1', rescheduleUid: 'uid-0', ...on(3) };
const noShow = (value: boolean) => ({
  trigger: 'BOOKING_NO_SHOW_UPDATED' as const,
  attendees: [{ email: 'zofia@poczta.example', phone: null, noShow: value }],
});
/** Nothing of her is anywhere, and the one appointment is as told. */
async function expectNobody(appointment: Record<string, unknown>) {
  expect(await rows()).toMatchObject([{ ...nobody, ...appointment }]);
  expect(await columnsWithTraces(database)).toEqual([]);
}

describe('what arrives after the erasure moves the appointment, and brings nothing back:', () => {
  beforeEach(async () => {
    await tell();
    await erase();
  });

  it('a cancellation with its reason', async () => {
    await tell({ trigger: 'BOOKING_CANCELLED', cancellationReason: 'Zofia chora', ...on(2) });
    await expectNobody({ status: 'cancelled' });
  });

  it('a move to a new uid, and what is said of that one', async () => {
    await tell({ trigger: 'BOOKING_RESCHEDULED', ...moved });
    await tell({ trigger: 'MEETING_ENDED', uid: 'uid-1', ...on(4) });
    await expectNobody({ cal_com_event_id: 'uid-1', status: 'completed' });
  });

  it('news of the new uid that came before the move', async () => {
    await tell({ trigger: 'BOOKING_CANCELLED', uid: 'uid-1', ...on(4) });
    await tell({ trigger: 'BOOKING_RESCHEDULED', ...moved });
    await expectNobody({ cal_com_event_id: 'uid-1', status: 'cancelled' });
  });

  it('that she did not come', async () => {
    await tell({ ...noShow(true), ...on(4) });
    await expectNobody({ status: 'no_show' });
  });

  it('the whole booking once more, under other bytes', async () => {
    await tell(on(5));
    await expectNobody({ status: 'scheduled' });
  });

  it('how it stands in Cal.com, once and again', async () => {
    const { trigger: _, snapshot: __, ...booking } = ofZofia(on(3));
    const told = snapshot({ ...booking, snapshot: { status: 'cancelled' } });
    expect(await sync(database, ours.salon.id, [told])).toEqual({ applied: 1 });
    expect(await sync(database, ours.salon.id, [told])).toEqual({ unchanged: 1 });
    await expectNobody({ status: 'cancelled' });
  });

  it('the very same bytes', async () => {
    expect(await tell()).toMatchObject({ action: 'duplicate' });
    await expectNobody({ status: 'scheduled' });
  });

  it('a replay, which is refused', async () => {
    const [log] = await database.query<{ id: string }>('select id from public.webhook_logs');
    const answer = await database.as(
      'authenticated',
      ours.salon.ownerId,
      (client) => client.query('select * from public.replay_delivery($1)', [log?.id]),
    );
    expect(answer.rows).toMatchObject([{ action: 'refused', reason: 'erased' }]);
    await expectNobody({ status: 'scheduled' });
  });
});

describe('what waited at the erasure brings nothing back when it is applied:', () => {
  it('a move that had failed', async () => {
    await tell();
    await whileNothingCanBeWritten(
      database,
      () => tell({ trigger: 'BOOKING_RESCHEDULED', ...moved }),
    );
    await erase();
    expect(await columnsWithTraces(database)).toEqual([]);
    await makeDue(database);
    await retry(database);
    await expectNobody({ cal_com_event_id: 'uid-1', status: 'scheduled' });
  });

  it('a booking that had failed', async () => {
    await whileNothingCanBeWritten(database, () => tell());
    await erase();
    await makeDue(database);
    await retry(database);
    await expectNobody({ status: 'scheduled' });
  });

  it('a second row that turns out to be the same appointment', async () => {
    await tell();
    await erase();
    // Heard of apart, as an appointment of its own, until the move tells that both are one.
    await tell({ uid: 'uid-1', ...on(4) });
    await tell({ trigger: 'BOOKING_RESCHEDULED', ...moved });
    await expectNobody({ cal_com_event_id: 'uid-1' });
  });
});

it('what she did before the erasure is still known of the appointment after it', async () => {
  await tell();
  await tell({ ...noShow(true), ...on(2) });
  await erase();
  await tell({ trigger: 'BOOKING_PAID', ...on(1) });
  await expectNobody({ status: 'no_show' });
});

it('a guest who did not come is no news, as before', async () => {
  await tell();
  const guest = { email: 'gosc@poczta.example', phone: null, noShow: true };
  await tell({ ...noShow(true), attendees: [guest], ...on(2) });
  await erase();
  await tell({ trigger: 'BOOKING_PAID', ...on(1) });
  expect(await rows()).toMatchObject([{ status: 'confirmed' }]);
});

it('a new booking after the erasure is a new appointment', async () => {
  await tell();
  await erase();
  await tell({ uid: 'uid-new', ...on(5) });
  expect(await rows()).toMatchObject([
    nobody,
    { cal_com_event_id: 'uid-new', attendee_email: 'zofia@poczta.example', erased_at: null },
  ]);
});

describe('an erasure while Cal.com says something of the same booking', () => {
  const cancelled = () => upsertArguments(ofZofia({ trigger: 'BOOKING_CANCELLED', ...on(2) }));

  it('waits for it, and takes it in', async () => {
    await tell();
    const webhook = await openSession(database, 'service_role');
    const erasure = await openSession(database, 'service_role');
    await webhook.query(UPSERT, cancelled());
    const erased = erasure.query(ERASE, [ours.clientId]);
    await erasure.waits();
    await webhook.commit();
    await erased;
    await erasure.commit();
    await expectNobody({ status: 'cancelled' });
  });

  it('is waited for, and holds', async () => {
    await tell();
    const erasure = await openSession(database, 'service_role');
    const webhook = await openSession(database, 'service_role');
    await erasure.query(ERASE, [ours.clientId]);
    const told = webhook.query(UPSERT, cancelled());
    await webhook.waits();
    await erasure.commit();
    await told;
    await webhook.commit();
    await expectNobody({ status: 'cancelled' });
  });

  it('is done once if it is asked for twice', async () => {
    await tell();
    const [first, second] = await Promise.all([erase(), erase()]);
    expect([first['clients'], second['clients']].toSorted()).toEqual([0, 1]);
    await expectNobody({});
  });
});
