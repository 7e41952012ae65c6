import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  readResponses,
  respondByLink,
  sendLink,
  type SentLink,
  showLink,
} from '../support/client-link.ts';
import {
  cancelAppointment,
  changeSettings,
  createRemindedClient,
  forgetReminders,
  moveAppointment,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

const show = (token: string, now = monday('18:00')) => showLink(database, token, now);
const respond = (
  { token, appointmentIds: [eventId] }: SentLink,
  response: string,
  now = monday('18:00'),
  start?: string,
) =>
  respondByLink(
    database,
    { token, eventId, response, ...start === undefined ? {} : { start } },
    now,
  );

describe('a link', () => {
  it('shows the salon, and the appointments that the SMS named, and nothing else', async () => {
    const { salon, token, appointmentIds: [first, second] } = await sendLink(database, {
      appointments: [
        { start: tuesday('18:30'), pet: 'Reksio' },
        { start: tuesday('11:00'), pet: 'Burek' },
      ],
    });
    await database.query(
      `update public.salons set address = 'ul. Długa 5', phone_number = '501 220 314' where id = $1`,
      [salon.id],
    );
    const common = { date: '2026-11-24', cancelled: false, response: null };
    expect(await show(token)).toEqual({
      salon: { name: 'Psia Łapa', address: 'ul. Długa 5', phone: '501 220 314' },
      timezone: 'Europe/Warsaw',
      language: 'pl',
      noticeHours: 24,
      appointments: [
        {
          ...common,
          ...{ id: second, pet: 'Burek', start: '11:00', canChange: false },
          startTime: '2026-11-24T10:00:00+00:00',
        },
        {
          ...common,
          ...{ id: first, pet: 'Reksio', start: '18:30', canChange: true },
          startTime: '2026-11-24T17:30:00+00:00',
        },
      ],
    });
  });

  it('shows nothing for another token', async () => {
    await sendLink(database);
    expect(await show('abcdefghijkm')).toBeNull();
  });

  it('shows the appointment wherever it moved, and that it was cancelled', async () => {
    const { token, appointmentIds: [first = ''] } = await sendLink(database);
    await moveAppointment(database, first, '2026-12-01 09:15+01', monday('18:00'));
    expect(await show(token)).toMatchObject({
      appointments: [{ date: '2026-12-01', start: '09:15', canChange: true }],
    });
    await cancelAppointment(database, first);
    expect(await show(token)).toMatchObject({
      appointments: [{ cancelled: true, canChange: false }],
    });
  });

  it('ends with the appointment', async () => {
    const { token } = await sendLink(database);
    expect(await show(token, tuesday('11:59'))).not.toBeNull();
    expect(await show(token, tuesday('12:01'))).toBeNull();
  });

  it.each<[string, (scene: SentLink) => Promise<unknown>]>([
    [
      'has another number',
      ({ anna }) =>
        database.query(`update public.clients set phone_number = '600 100 299' where id = $1`, [
          anna.id,
        ]),
    ],
    ['no longer has the appointment', async ({ salon, appointmentIds: [first] }) => {
      const other = await createRemindedClient(database, salon.id, { phone: '600 100 201' });
      await database.query('update public.calendar_events set client_id = $2 where id = $1', [
        first,
        other.id,
      ]);
    }],
    [
      'was deleted',
      ({ anna }) => database.query('delete from public.clients where id = $1', [anna.id]),
    ],
  ])('shows nothing once the client %s', async (_what, change) => {
    const scene = await sendLink(database);
    await change(scene);
    expect(await show(scene.token)).toBeNull();
    expect(await respond(scene, 'coming')).toBe('not_found');
  });
});

describe('an answer', () => {
  it('is stored with its time, and that the client gave it', async () => {
    const scene = await sendLink(database);
    expect(await respond(scene, 'coming')).toBe('recorded');
    expect(await respond(scene, 'coming', monday('19:00'))).toBe('recorded');
    expect(
      await database.query(
        `select client_response, client_responded_at = $1 as is_at_first
       from public.calendar_events`,
        [monday('18:00')],
      ),
    ).toEqual([{ client_response: 'coming', is_at_first: true }]);
    expect(
      await database.query(
        'select action, actor_id, outcome, event_id, client_id from public.salon_activity',
      ),
    ).toEqual([{
      action: 'client_coming',
      actor_id: null,
      outcome: 'done',
      event_id: scene.appointmentIds[0],
      client_id: scene.anna.id,
    }]);
  });

  it('is forgotten when the appointment moves', async () => {
    const scene = await sendLink(database);
    await respond(scene, 'coming');
    await moveAppointment(
      database,
      scene.appointmentIds[0] ?? '',
      tuesday('15:00'),
      monday('19:00'),
    );
    expect(await readResponses(database)).toEqual([null]);
  });

  it('is about the start that the client saw', async () => {
    const scene = await sendLink(database);
    expect(await respond(scene, 'coming', monday('18:00'), tuesday('10:00'))).toBe('moved');
    expect(await readResponses(database)).toEqual([null]);
  });

  it('is refused for an appointment of another link, also of the same salon', async () => {
    const ours = await sendLink(database);
    const theirs = await sendLink(database);
    const eventId = theirs.appointmentIds[0];
    expect(
      await respondByLink(
        database,
        { token: ours.token, eventId, response: 'coming' },
        monday('18:00'),
      ),
    ).toBe('not_found');
    expect(await readResponses(database)).toEqual([null, null]);
  });

  it('is refused once the appointment is cancelled', async () => {
    const scene = await sendLink(database);
    await cancelAppointment(database, scene.appointmentIds[0] ?? '');
    expect(await respond(scene, 'wants_to_move')).toBe('not_found');
  });
});

describe('the notice period', () => {
  const MORNING = { appointments: [{ start: '2026-11-24 10:00+01', pet: 'Reksio' }] };

  it.each(['wants_to_cancel', 'wants_to_move'])('ends the time for %s', async (response) => {
    const scene = await sendLink(database, { ...MORNING, settings: { notice_hours: 16 } });
    expect(await respond(scene, response, monday('18:00'))).toBe('recorded');
    expect(await respond(scene, response, monday('18:01'))).toBe('too_late');
    expect(await respond(scene, 'coming', tuesday('10:30'))).toBe('recorded');
  });

  it('may be zero hours', async () => {
    const scene = await sendLink(database, { ...MORNING, settings: { notice_hours: 0 } });
    expect(await respond(scene, 'wants_to_cancel', tuesday('10:00'))).toBe('recorded');
    expect(await respond(scene, 'wants_to_cancel', tuesday('10:01'))).toBe('too_late');
  });

  it.each([
    ['2026-03-29 10:00 Europe/Warsaw', '2026-03-28 10:00 Europe/Warsaw'],
    ['2026-10-25 10:00 Europe/Warsaw', '2026-10-24 10:00 Europe/Warsaw'],
  ])('is counted by the salon’s clock: %s until %s', async (start, last) => {
    const scene = await sendLink(database);
    await moveAppointment(database, scene.appointmentIds[0] ?? '', start, monday('18:00'));
    await changeSettings(database, scene.salon.id, { notice_hours: 24 });
    const canChange = async (now: string) =>
      (await show(scene.token, now))?.appointments[0]?.canChange;
    expect(await canChange(last)).toBe(true);
    expect(await canChange(last.replace('10:00', '10:01'))).toBe(false);
  });

  it.each([-1, 169])('cannot be %d hours', async (notice_hours) => {
    const { salon } = await sendLink(database);
    await expect(changeSettings(database, salon.id, { notice_hours })).rejects.toMatchObject({
      constraint: 'sms_settings_notice_hours_is_at_most_a_week',
    });
  });
});
