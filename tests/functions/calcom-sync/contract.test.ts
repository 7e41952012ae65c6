import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFunction } from '../../support/functions.ts';
import {
  bookAppointments,
  countAppointments,
  createKeyedSalon,
  emptyAll,
  endOfRun,
  readState,
  startSync,
  type Sync,
} from '../support/calcom-sync.ts';

let sync: Sync;

beforeAll(async () => {
  sync = await startSync();
});
beforeEach(() => emptyAll(sync));
afterAll(() => sync.stop());

describe('a request', () => {
  it('with another method than POST is refused', async () => {
    const { status, headers } = await sync.request({
      method: 'GET',
      headers: { apikey: sync.api.secretKey },
    });
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each<[string, object]>([
    ['a salon that is no id', { salonId: 'psi-styl' }],
    ['a day without a zone', { salonId: crypto.randomUUID(), from: '2026-01-01' }],
    ['a day without a salon', { from: '2026-01-01T00:00:00Z' }],
    ['a wait without a salon', { wait: true }],
    ['two things at once', { reparse: true, salonId: crypto.randomUUID() }],
    ['a list', []],
  ])('with %s is invalid, and causes no request to Cal.com', async (_name, body) => {
    const asked = sync.calcom.requests.length;
    const reply = await sync.call(body);
    expect(reply).toMatchObject({ status: 400, body: { ok: false, code: 'invalid_request' } });
    expect(sync.calcom.requests).toHaveLength(asked);
  });

  it('with more than 4 KiB is too large', async () => {
    const reply = await sync.call({ salonId: 'x'.repeat(5000) });
    expect(reply).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
  });

  it('for an unknown salon is refused with a hint', async () => {
    const reply = await sync.call({ salonId: crypto.randomUUID(), wait: true });
    expect(reply).toMatchObject({ status: 409, body: { ok: false, code: 'salon_busy' } });
  });

  it('while the database is unreachable can be repeated', async () => {
    sync.gate.refuse('calcom_sync_claim');
    const reply = await sync.call({ salonId: crypto.randomUUID(), wait: true });
    sync.gate.admit('calcom_sync_claim');
    expect(reply).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
  });
});

it('the scheduler is answered at once, and all salons with a key are synced', async () => {
  const [ours, others] = [
    await createKeyedSalon(sync.database, sync.town.account),
    await createKeyedSalon(sync.database, sync.otherTown.account),
  ];
  bookAppointments(sync.town, 3);
  bookAppointments(sync.otherTown, 2);
  expect(await sync.call()).toMatchObject({ status: 202, body: { ok: true, started: true } });
  await endOfRun(sync.database, ours);
  await endOfRun(sync.database, others);
  expect(await countAppointments(sync.database, ours)).toBe(3);
  expect(await countAppointments(sync.database, others)).toBe(2);
  expect(await readState(sync.database, ours)).toMatchObject({
    error: null,
    hasSucceeded: true,
    scanIsOver: true,
    counts: { applied: 3, foreign: 0, failed: 0 },
  });
});

it('a second run finds nothing to do, and writes no delivery', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account);
  bookAppointments(sync.town, 3);
  await sync.call({ salonId, wait: true });
  const reply = await sync.call({ salonId, wait: true });
  expect(reply.body).toMatchObject({ ok: true, done: true, counts: { applied: 0 } });
  expect(await sync.database.query('select from public.webhook_logs')).toHaveLength(3);
});

it('a salon without a key is not synced', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account, null);
  const reply = await sync.call({ salonId, wait: true });
  expect(reply.body).toMatchObject({ ok: true, done: false, error: 'key_missing' });
});

it('bookings that colleagues host, or that the salon attends, are left out', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account);
  const [own] = bookAppointments(sync.town, 1);
  const attended = { ...JSON.parse(await listed()), uid: 'elsewhere' };
  sync.town.account.attended.push(
    { ...attended, hosts: [{ username: 'inny-salon' }] },
    { ...attended, hosts: [{ username: 'unknown' }] },
    { ...attended, uid: 'ours', hosts: [{ username: 'PSI-Styl' }] },
  );
  const reply = await sync.call({ salonId, wait: true });
  // Only the scan reaches back to these days.
  expect(reply.body).toMatchObject({ counts: { seen: 4, foreign: 2, applied: 2 } });
  const uids = await sync.database.query(
    'select cal_com_event_id as uid from public.calendar_events order by start_time, 1',
  );
  expect(uids.map(({ uid }) => uid)).toEqual([own?.booking.uid, 'ours'].sort());

  async function listed(): Promise<string> {
    const response = await fetch(`${sync.calcom.url}/bookings`, {
      headers: {
        'authorization': `Bearer ${sync.town.account.apiKey}`,
        'cal-api-version': '2024-08-13',
      },
    });
    const { data } = await response.json();
    return JSON.stringify(data[0]);
  }
});

it('a booking that a colleague took over is kept up to date', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account);
  const [appointment] = bookAppointments(sync.town, 1);
  await sync.call({ salonId, wait: true });
  if (appointment === undefined) throw new Error('no appointment');
  const { booking } = appointment;
  appointment.booking = { ...booking, host: booking.salon.colleague, location: 'ul. Nowa 1' };
  const reply = await sync.call({ salonId, wait: true });
  expect(reply.body).toMatchObject({ counts: { foreign: 0 } });
  expect(await sync.database.query('select location from public.calendar_events'))
    .toEqual([{ location: 'ul. Nowa 1' }]);
});

it('two runs at once sync a salon once', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account);
  bookAppointments(sync.town, 2);
  const held = sync.gate.hold('sync_bookings', 'call');
  const first = sync.call({ salonId, wait: true });
  await held.reached;
  expect(await sync.call({ salonId, wait: true })).toMatchObject({
    status: 409,
    body: { code: 'salon_busy' },
  });
  held.release();
  expect((await first).body).toMatchObject({ ok: true, counts: { applied: 2 } });
});

it('a run that lost its lease stops, and does not touch the other run’s lease', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account);
  bookAppointments(sync.town, 2);
  const held = sync.gate.hold('sync_bookings', 'answer');
  const slow = sync.call({ salonId, wait: true });
  await held.reached;
  const token = crypto.randomUUID();
  await sync.database.query('update public.calcom_sync_state set lease_token = $1', [token]);
  held.release();
  expect((await slow).body).toMatchObject({ done: false, error: 'lease_lost' });
  expect(await sync.database.query('select lease_token from public.calcom_sync_state'))
    .toEqual([{ lease_token: token }]);
});

it('a wrong variable is named, and no request is sent', async () => {
  const broken = await startFunction('calcom-sync', sync.api, { CALCOM_API_URL: 'api.cal.com' });
  const response = await fetch(broken.url, {
    method: 'POST',
    headers: { apikey: sync.api.secretKey },
  });
  await broken.stop();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({
    code: 'server_misconfigured',
    hint: 'Set this variable of the function: CALCOM_API_URL',
  });
});

it('the log contains neither personal data nor the key', async () => {
  const salonId = await createKeyedSalon(sync.database, sync.town.account);
  const [appointment] = bookAppointments(sync.town, 1);
  await sync.call({ salonId, wait: true });
  const lines = sync.output().trim().split('\n').map((line) => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'run finished', salons: 1, applied: 1 });
  const booker = appointment?.booking.booker;
  for (const secret of [booker?.phone, booker?.email, booker?.lastName, 'cal_psi-styl', salonId]) {
    if (secret) expect(sync.output()).not.toContain(secret);
  }
});
