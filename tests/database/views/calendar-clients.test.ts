import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { createAppointment } from '../support/reminders.ts';

let dashboard: Dashboard;
let salon: TestSalon;
let calendar: Calendar;

beforeAll(async () => {
  dashboard = await startDashboard();
});
beforeEach(async () => {
  await dashboard.database.query('delete from public.salons');
  salon = await createSalon(dashboard.database, { username: null });
  calendar = dashboard.calendarOf(salon.ownerId);
});
afterAll(() => dashboard.stop());

describe('addClient', () => {
  it('adds the client, the pet and their link, and repeating it adds nothing', async () => {
    const client = {
      id: randomUUID(),
      salon_id: salon.id,
      name: 'Ewa',
      surname: 'Lis',
      phone_number: '691 440 205',
      has_gdpr_consent: true,
      pet: { id: randomUUID(), name: 'Tofik' },
    };
    await calendar.addClient(client);
    await calendar.addClient({ ...client, name: 'Ktoś inny' });

    expect(await calendar.getClient(client.id)).toMatchObject({
      name: 'Ewa',
      has_gdpr_consent: true,
      gdpr_consent_source: 'salon',
      pets: [client.pet],
    });
    expect(await calendar.searchClients('691440205')).toHaveLength(1);
  });
});

describe('a consent', () => {
  it('that was withdrawn by mistake is recorded with the time at which it was given', async () => {
    const { id } = await createClient(dashboard.database, salon.id);
    await calendar.withdrawConsent(id);
    expect(await calendar.getClient(id)).toMatchObject({
      has_gdpr_consent: false,
      gdpr_consent_date: null,
    });
    await calendar.recordConsent(id, '2026-03-02T12:00:00Z');
    expect(await calendar.getClient(id)).toMatchObject({
      has_gdpr_consent: true,
      gdpr_consent_date: '2026-03-02T12:00:00+00:00',
    });
  });
});

describe('addClientFromBooking', () => {
  const book = async (attendee: { name: string | null; phone: string | null }) => {
    const start = '2026-11-24 14:00+01';
    const id = await createAppointment(dashboard.database, salon.id, { start });
    await dashboard.database.query(
      `update public.calendar_events set attendee_name = $2, attendee_phone = $3 where id = $1`,
      [id, attendee.name, attendee.phone],
    );
    return id;
  };

  it('fails with several_clients if the phone number has more than one', async () => {
    for (let count = 0; count < 2; count++) {
      await createClient(dashboard.database, salon.id, { phone: '+48691440205' });
    }
    const eventId = await book({ name: 'Ewa Lis', phone: '691440205' });
    await expect(calendar.addClientFromBooking(eventId))
      .rejects.toMatchObject({ code: 'several_clients', detail: 'PT409' });
  });

  it('fails with incomplete_booking without a phone number', async () => {
    const eventId = await book({ name: 'Ewa Lis', phone: null });
    await expect(calendar.addClientFromBooking(eventId))
      .rejects.toMatchObject({ code: 'incomplete_booking', detail: 'PT422' });
  });
});
