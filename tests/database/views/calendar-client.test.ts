import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALL_STATUSES } from '../../../shared/calendar/appointment.ts';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import {
  createAppointment,
  createRemindedClient,
  type RemindedClient,
} from '../support/reminders.ts';

let dashboard: Dashboard;
let salon: TestSalon;
let anna: RemindedClient;
let calendar: Calendar;

beforeAll(async () => {
  dashboard = await startDashboard();
});
beforeEach(async () => {
  await dashboard.database.query('delete from public.salons');
  salon = await createSalon(dashboard.database, { username: null });
  anna = await createRemindedClient(dashboard.database, salon.id);
  calendar = dashboard.calendarOf(salon.ownerId);
});
afterAll(() => dashboard.stop());

const book = (start: string, status = 'scheduled') =>
  createAppointment(dashboard.database, salon.id, { client: anna, pet: 'Reksio', start, status });
const petId = () => anna.pets['Reksio'] ?? '';

/** Local starts as `11-24 09:30`. */
const starts = (appointments: { local_date: string; local_start: string }[]) =>
  appointments.map(({ local_date, local_start }) => `${local_date.slice(5)} ${local_start}`);

describe('getTodaysAppointments', () => {
  it('returns the shape that BarkBook’s pages use, with client and pet, in one request', async () => {
    const id = await book('2026-11-24 14:00+01');
    await dashboard.database.query(
      `update public.pets set allergies = 'owies', breed = 'kundelek', type = 'dog'`,
    );
    const before = dashboard.api.restRequests();
    const appointments = await calendar.getTodaysAppointmentsForCurrentUser();
    expect(dashboard.api.restRequests()).toBe(before + 1);
    expect(appointments).toMatchObject([{
      id,
      title: 'Strzyżenie',
      start_time: '2026-11-24T13:00:00+00:00',
      duration_minutes: 60,
      status: 'scheduled',
      local_start: '14:00',
      local_end: '15:00',
      client: {
        id: anna.id,
        name: 'Anna',
        surname: 'Nowak',
        phone_number: '600 100 200',
        email: null,
      },
      pet: {
        id: petId(),
        name: 'Reksio',
        breed: 'kundelek',
        type: 'dog',
        allergies: 'owies',
        health_issues: null,
      },
    }]);
  });

  it('returns every column of calendar_events, apart from the state of its fold', async () => {
    await book('2026-11-24 14:00+01');
    const [row] = await dashboard.database.query(
      `select to_jsonb(e) - 'fold_state' as columns from public.calendar_events e`,
    );
    const [appointment] = await calendar.getTodaysAppointments(salon.id);
    expect(Object.keys(appointment ?? {})).toEqual(
      expect.arrayContaining(Object.keys(row?.['columns'] ?? {})),
    );
  });

  it('returns scheduled and confirmed appointments by start, or all on request', async () => {
    await book('2026-11-24 16:00+01', 'confirmed');
    await book('2026-11-24 14:00+01');
    await book('2026-11-24 15:00+01', 'cancelled');
    await book('2026-11-25 14:00+01');
    expect(starts(await calendar.getTodaysAppointments(salon.id))).toEqual([
      '11-24 14:00',
      '11-24 16:00',
    ]);
    expect(
      starts(await calendar.getTodaysAppointmentsForCurrentUser({ statuses: ALL_STATUSES })),
    ).toEqual(['11-24 14:00', '11-24 15:00', '11-24 16:00']);
  });

  it('covers both salons of a member of two, or the one given', async () => {
    await book('2026-11-24 14:00+01');
    const branch = await createSalon(dashboard.database, { username: null });
    await createAppointment(dashboard.database, branch.id, { start: '2026-11-24 13:00+01' });
    await dashboard.database.query(
      'insert into public.salon_members (salon_id, user_id) values ($1, $2)',
      [branch.id, salon.ownerId],
    );
    expect(starts(await calendar.getTodaysAppointmentsForCurrentUser())).toEqual([
      '11-24 13:00',
      '11-24 14:00',
    ]);
    expect(starts(await calendar.getTodaysAppointments(branch.id))).toEqual(['11-24 13:00']);
  });

  it('includes an appointment without client and pet', async () => {
    await createAppointment(dashboard.database, salon.id, { start: '2026-11-24 14:00+01' });
    expect(await calendar.getTodaysAppointments(salon.id)).toMatchObject([
      { client: null, pet: null },
    ]);
  });
});

it('the week runs from Monday to Sunday, with scheduled and confirmed appointments by start', async () => {
  await book('2026-11-29 16:00+01');
  await book('2026-11-23 09:00+01', 'confirmed');
  await book('2026-11-26 09:00+01', 'no_show');
  await book('2026-11-30 09:00+01');
  expect(starts(await calendar.getThisWeeksAppointmentsForCurrentUser())).toEqual([
    '11-23 09:00',
    '11-29 16:00',
  ]);
});

describe('the appointments of a pet', () => {
  it('in the future are the next ten that are scheduled or confirmed', async () => {
    await book('2026-11-24 11:59+01');
    await book('2026-11-25 09:00+01', 'pending');
    for (let day = 11; day >= 1; day--) await book(`2026-12-${day} 09:00+01`, 'confirmed');
    const appointments = starts(await calendar.getUpcomingAppointmentsForPet(petId()));
    expect(appointments).toHaveLength(10);
    expect(appointments[0]).toBe('12-01 09:00');
    expect(appointments[9]).toBe('12-10 09:00');
  });

  it('in the past are the last fifty, whatever their status', async () => {
    await book('2026-11-24 11:30+01');
    await book('2026-11-23 11:00+01', 'cancelled');
    for (let day = 0; day < 50; day++) {
      await book(new Date(Date.UTC(2026, 8, 1 + day, 8)).toISOString(), 'completed');
    }
    const appointments = starts(await calendar.getPastAppointmentsForPet(petId()));
    expect(appointments).toHaveLength(50);
    expect(appointments[0]).toBe('11-23 11:00');
    expect(appointments[1]).toBe('10-20 10:00');
  });

  it('in its history exclude those cancelled and missed', async () => {
    await book('2026-11-21 11:00+01', 'completed');
    await book('2026-11-22 11:00+01');
    await book('2026-11-23 11:00+01', 'cancelled');
    expect(starts(await calendar.getPetHistory(petId()))).toEqual([
      '11-22 11:00',
      '11-21 11:00',
    ]);
  });
});

it('a range includes both ends and every status', async () => {
  await book('2026-11-24 08:59:59+01');
  await book('2026-11-24 09:00+01', 'cancelled');
  await book('2026-11-24 10:00+01');
  await book('2026-11-24 10:00:01+01');
  const [from, to] = [new Date('2026-11-24T09:00+01:00'), new Date('2026-11-24T10:00+01:00')];
  expect(starts(await calendar.getAppointmentsInRange(salon.id, from, to))).toEqual([
    '11-24 09:00',
    '11-24 10:00',
  ]);
});

it('a server with the secret key can read only the range of a salon that it names', async () => {
  await book('2026-11-24 14:00+01');
  const other = await createSalon(dashboard.database, { username: null });
  await createAppointment(dashboard.database, other.id, { start: '2026-11-24 14:00+01' });
  const server = dashboard.calendarOfServer();
  const [from, to] = [new Date('2026-11-24'), new Date('2026-11-25')];
  expect(await server.getAppointmentsInRange(salon.id, from, to)).toMatchObject([
    { salon_id: salon.id, client: { name: 'Anna' }, pet: { name: 'Reksio' } },
  ]);
  await expect(server.getTodaysAppointmentsForCurrentUser())
    .rejects.toMatchObject({ code: 'forbidden' });
});

it('each salon has the role of the member', async () => {
  const branch = await createSalon(dashboard.database, { username: null });
  await dashboard.database.query(
    `insert into public.salon_members (salon_id, user_id, role) values ($1, $2, 'staff')`,
    [branch.id, salon.ownerId],
  );
  const salons = await calendar.getMySalons();
  expect(Object.fromEntries(salons.map(({ id, role }) => [id, role]))).toEqual({
    [salon.id]: 'owner',
    [branch.id]: 'staff',
  });
  expect(salons[0]).toMatchObject({ name: 'Salon', timezone: 'Europe/Warsaw' });
});

it('daily statistics can be read for a range', async () => {
  await book('2026-11-20 09:00+01', 'completed');
  await book('2026-11-22 09:00+01', 'cancelled');
  expect(await calendar.getDailyStats(salon.id, '2026-11-21', '2026-11-30')).toEqual([
    {
      salon_id: salon.id,
      local_date: '2026-11-21',
      appointments: 0,
      completed: 0,
      cancelled: 0,
      no_shows: 0,
    },
    {
      salon_id: salon.id,
      local_date: '2026-11-22',
      appointments: 0,
      completed: 0,
      cancelled: 1,
      no_shows: 0,
    },
  ]);
});
