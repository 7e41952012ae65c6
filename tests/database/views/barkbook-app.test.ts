import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { applyMigrations, type TestDatabase } from '../../support/database.ts';
import { ANNA, BEATA, createBarkbookDatabase } from '../fixtures/barkbook.ts';
import { booking, deliver } from '../support/deliveries.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createBarkbookDatabase();
  await applyMigrations(database);
});
afterAll(() => database.drop());

const asService = (statement: string, values: unknown[]) =>
  database.as('service_role', null, (client) => client.query(statement, values));
const asAnna = (statement: string, values: unknown[] = []) =>
  database.as('authenticated', ANNA.userId, (client) => client.query(statement, values));
const appointment = (uid: string) =>
  database.query('select * from calendar_events where cal_com_event_id = $1', [uid]);

describe('the unchanged app can still', () => {
  it('log a webhook and its result', async () => {
    await asService(
      `insert into webhook_logs (webhook_type, payload, status, cal_com_event_id)
       values ('BOOKING_CREATED', '{"uid": "new"}', 'processing', 'new')`,
      [],
    );
    const { rowCount } = await asService(
      `update webhook_logs set status = 'success', processed_at = now()
       where cal_com_event_id = $1`,
      ['new'],
    );
    expect(rowCount).toBe(1);
  });

  it('insert an appointment, which is registered under its uid', async () => {
    await asService(
      `insert into calendar_events (cal_com_event_id, salon_id, client_id, pet_id, title,
         start_time, end_time, duration_minutes, status, attendee_email, attendee_phone)
       values ('by-the-app', $1, $2, $3, 'Strzyżenie', '2026-10-01 08:00Z', '2026-10-01 09:30Z',
         90, 'scheduled', 'zofia@poczta.example', '501 220 314')`,
      [ANNA.salonId, ANNA.clientId, ANNA.petId],
    );
    expect(
      await database.query(
        `select e.title from calendar_events e join calendar_event_uids u on u.event_id = e.id
         where u.booking_uid = 'by-the-app'`,
      ),
    ).toEqual([{ title: 'Strzyżenie' }]);
  });

  it('add clients and pets as the owner, and link them', async () => {
    const client = await asAnna(
      `insert into clients (salon_id, name, surname, phone_number, has_gdpr_consent)
       values ($1, 'Halina', 'Ćwik', '884 002 917', true) returning id`,
      [ANNA.salonId],
    );
    const pet = await asAnna(
      `insert into pets (salon_id, name, type, age) values ($1, 'Reksio', 'dog', 4) returning id`,
      [ANNA.salonId],
    );
    const { rows } = await asAnna(
      `insert into client_pets (client_id, pet_id) values ($1, $2) returning client_id, pet_id`,
      [client.rows[0].id, pet.rows[0].id],
    );
    expect(rows).toEqual([{ client_id: client.rows[0].id, pet_id: pet.rows[0].id }]);
  });

  it('show the owner their calendar with the names of clients and pets', async () => {
    const { rows } = await asAnna(
      `select e.title, c.name as client, p.name as pet
       from calendar_events e
       left join clients c on c.id = e.client_id
       left join pets p on p.id = e.pet_id
       where e.start_time >= '2026-09-15' and e.start_time < '2026-09-16'`,
    );
    expect(rows).toEqual([{ title: 'Strzyżenie', client: 'Zofia', pet: 'Fiona' }]);
  });
});

describe('an appointment from before the migration', () => {
  const later = (overrides: Partial<CalendarBooking>) =>
    booking({ occurredAt: new Date().toISOString(), organizerUsername: null, ...overrides });

  it.each([
    ['of a salon on Cal.com', 'plain'],
    ['of a salon without a Cal.com username', 'of-b'],
    ['with a status of its own', 'unknown-status'],
  ])('%s is cancelled by its cancellation', async (_which, uid) => {
    const cancelled = later({
      trigger: 'BOOKING_CANCELLED',
      uid,
      cancellationReason: 'Pies zachorował',
    });
    expect(await deliver(database, cancelled)).toMatchObject({ action: 'applied' });
    expect(await appointment(uid)).toMatchObject([
      { status: 'cancelled', cancellation_reason: 'Pies zachorował', title: expect.any(String) },
    ]);
  });

  it('without a salon is cancelled by a cancellation whose host names the salon', async () => {
    await deliver(
      database,
      later({
        trigger: 'BOOKING_CANCELLED',
        uid: 'without-salon',
        organizerUsername: 'psi-styl',
      }),
    );
    expect(await appointment('without-salon')).toMatchObject([
      { status: 'cancelled', salon_id: ANNA.salonId },
    ]);
  });

  it('is moved by its reschedule and keeps its id, client and pet', async () => {
    const [before] = await appointment('to-be-moved');
    await deliver(
      database,
      later({
        trigger: 'BOOKING_RESCHEDULED',
        uid: 'moved',
        rescheduleUid: 'to-be-moved',
        startTime: '2026-09-25T12:00:00.000Z',
        endTime: '2026-09-25T13:30:00.000Z',
      }),
    );
    expect(await appointment('to-be-moved')).toEqual([]);
    expect(await appointment('moved')).toMatchObject([{
      id: before?.id,
      client_id: ANNA.clientId,
      pet_id: ANNA.petId,
      start_time: new Date('2026-09-25T12:00:00.000Z'),
      duration_minutes: 90,
      status: 'scheduled',
    }]);
  });

  it('is still invisible to other salons', async () => {
    const { rows } = await database.as(
      'authenticated',
      BEATA.userId,
      (client) => client.query('select distinct salon_id from calendar_events'),
    );
    expect(rows).toEqual([{ salon_id: BEATA.salonId }]);
  });
});
