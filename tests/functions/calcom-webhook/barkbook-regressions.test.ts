/** One test for each bug of BarkBook's own webhook, so that none returns. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  emptyCalendar,
  loadWorld,
  readAppointments,
  readLog,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';

const ZOFIA = {
  barkbookClientId: '1dd868f8-f38b-4c14-b997-c78ae8549f74',
  barkbookPetId: 'd60cb3e2-c75c-4252-830b-56851bfdfffb',
};
/** Zofia is a client of another salon, too, under another id. */
const ZOFIA_ELSEWHERE = {
  barkbookClientId: '3815ff9c-8a0d-4a8a-97ca-8c1ae8828cd2',
  barkbookPetId: 'b57d7ad6-6158-414e-acd1-366ee2aaf95e',
};

const SALON_ID = '00000000-0000-4000-8000-000000000000';

const BOOKING = {
  uid: 'regression0',
  title: 'Kąpiel',
  startTime: '2026-09-15T08:00:00Z',
  endTime: '2026-09-15T09:00:00Z',
  organizer: { username: 'psi-styl-krakow', email: 'kontakt@psistyl.example' },
  attendees: [{ email: 'nikt@poczta.example', name: 'Nikt' }],
};

let webhook: Webhook;
let minute = 0;

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
});
beforeEach(() => emptyCalendar(webhook.database));
afterAll(() => webhook.stop());

/** Sends a delivery a minute after the one before. */
function send(triggerEvent: string, members: object = {}) {
  minute += 1;
  const createdAt = new Date(Date.UTC(2026, 8, 1, 10, minute)).toISOString();
  return webhook.send({ triggerEvent, createdAt, payload: { ...BOOKING, ...members } });
}
const appointments = () => readAppointments(webhook.database);

test('bug 1: the publishable key cannot read payloads', async () => {
  await send('BOOKING_CREATED');
  const response = await fetch(`${webhook.api.url}/rest/v1/webhook_logs?select=payload`, {
    headers: { apikey: webhook.api.publishableKey },
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ code: '42501' });
});

test('bug 2: nothing is written for a body that is not signed', async () => {
  const { status } = await webhook.request({ method: 'POST', body: JSON.stringify(BOOKING) });
  expect(status).toBe(401);
  expect(await readLog(webhook.database)).toEqual([]);
});

test('bugs 4 and 5: metadata never links a client or pet of another salon', async () => {
  await send('BOOKING_CREATED', { metadata: ZOFIA_ELSEWHERE });
  await send('BOOKING_CREATED', {
    uid: 'regression1',
    metadata: { ...ZOFIA, barkbookPetId: ZOFIA_ELSEWHERE.barkbookPetId },
  });
  expect(await appointments()).toMatchObject([
    { id: 'regression0', salon: 'psi-styl-krakow', client: null, pet: null },
    // The only pet of the client stands in for the one that was refused.
    { id: 'regression1', salon: 'psi-styl-krakow', client: 'Zofia', pet: 'Fiona' },
  ]);
});

test('bug 7: an error of the database does not reach the caller', async () => {
  await webhook.database.query(
    'alter table public.calendar_events add constraint test_refuses check (title is null)',
  );
  const { status, text } = await send('BOOKING_CREATED');
  await webhook.database.query('alter table public.calendar_events drop constraint test_refuses');
  expect(status).toBe(200);
  expect(text).toContain('"reason":"apply_failed"');
  expect(text).not.toMatch(/test_refuses|23514|calendar_events/);
});

test('bug 9: a reschedule, which brings a new uid, moves the appointment', async () => {
  await send('BOOKING_CREATED');
  await send('BOOKING_RESCHEDULED', {
    uid: 'regression1',
    rescheduleUid: 'regression0',
    startTime: '2026-09-16T08:00:00Z',
    endTime: '2026-09-16T09:00:00Z',
  });
  expect(await appointments()).toMatchObject([{ id: 'regression1', start: '2026-09-16 08:00' }]);
});

test('bug 10: MEETING_ENDED, whose body is flat, completes the appointment', async () => {
  await send('BOOKING_CREATED');
  const { status } = await webhook.send({ triggerEvent: 'MEETING_ENDED', ...BOOKING });
  expect(status).toBe(200);
  expect(await appointments()).toMatchObject([{ status: 'completed' }]);
});

test('bug 11: a late creation or reschedule does not revive a cancelled appointment', async () => {
  const createdAt = '2026-09-02T12:00:00Z';
  await webhook.send({ triggerEvent: 'BOOKING_CANCELLED', createdAt, payload: BOOKING });
  await send('BOOKING_CREATED');
  await send('BOOKING_RESCHEDULED', { startTime: '2026-09-15T07:00:00Z' });
  expect(await appointments()).toMatchObject([{ status: 'cancelled' }]);
});

test('bug 12: a failed delivery is applied when it arrives again', async () => {
  const body = { triggerEvent: 'BOOKING_CREATED', payload: BOOKING };
  await webhook.database.query(
    'alter table public.calendar_events add constraint test_refuses check (title is null)',
  );
  await webhook.send(body);
  await webhook.database.query('alter table public.calendar_events drop constraint test_refuses');
  expect(await appointments()).toEqual([]);
  expect(await webhook.send(body)).toMatchObject({ body: { action: 'applied' } });
  expect(await appointments()).toHaveLength(1);
});

test('bug 14: a cancellation affects no other appointment of the pet on that day', async () => {
  await send('BOOKING_CREATED', { metadata: ZOFIA });
  await send('BOOKING_CREATED', {
    uid: 'regression1',
    metadata: ZOFIA,
    startTime: '2026-09-15T12:00:00Z',
    endTime: '2026-09-15T13:00:00Z',
  });
  await send('BOOKING_CANCELLED', { uid: 'regression1' });
  expect(await appointments()).toMatchObject([{ status: 'scheduled' }, { status: 'cancelled' }]);
});

test('bug 15: a booking is no completed appointment until it has ended', async () => {
  await send('BOOKING_CREATED');
  expect(await appointments()).toMatchObject([{ status: 'scheduled' }]);
});

test('bug 16: answers, which are objects, become text', async () => {
  await send('BOOKING_CREATED', {
    responses: {
      phone: { label: 'phone', value: '+48 501 220 314' },
      notes: { label: 'additional_notes', value: 'boi się suszarki' },
    },
    additionalNotes: 'boi się suszarki',
  });
  const rows = await webhook.database.query(
    'select attendee_phone, description from public.calendar_events',
  );
  expect(rows).toEqual([{ attendee_phone: '+48501220314', description: 'boi się suszarki' }]);
});

test("bug 17: a late appointment is on the day in the salon's zone", async () => {
  await send('BOOKING_CREATED', {
    startTime: '2026-09-15T22:30:00Z',
    endTime: '2026-09-15T23:00:00Z',
  });
  const [row] = await webhook.database.query(
    `select (e.start_time at time zone s.timezone)::date::text as day
     from public.calendar_events e join public.salons s on s.id = e.salon_id`,
  );
  expect(row).toEqual({ day: '2026-09-16' });
});

test('bug 18: an end before the start is refused, and updated_at follows changes', async () => {
  expect(await send('BOOKING_CREATED', { endTime: '2026-09-15T07:00:00Z' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_payload', paths: ['payload.endTime'] },
  });
  const updatedAt = async () =>
    (await webhook.database.query<{ updated_at: Date }>(
      'select updated_at from public.calendar_events',
    ))[0]?.updated_at.getTime() ?? NaN;
  await send('BOOKING_CREATED');
  const before = await updatedAt();
  await send('BOOKING_CANCELLED');
  expect(await updatedAt()).toBeGreaterThan(before);
});

test('bug 19: the day of a salon is found by an index', async () => {
  const plan = await webhook.database.as('service_role', null, async (client) => {
    await client.query('set local enable_seqscan = off');
    return await client.query(
      `explain select * from public.calendar_events
       where salon_id = '${SALON_ID}' and start_time >= now() order by start_time`,
    );
  });
  expect(JSON.stringify(plan.rows)).toContain('calendar_events_salon_id_start_time_idx');
});

test('bug 24: the log contains nothing of a payload but the opaque booking uid', async () => {
  await send('BOOKING_CREATED', { metadata: ZOFIA });
  expect(webhook.running.stdout()).not.toContain(ZOFIA.barkbookClientId);
  expect(webhook.running.stdout()).toMatch(/^[\x20-\x7e\n]*$/);
});
