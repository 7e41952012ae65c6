import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliver } from '../support/deliveries.ts';
import {
  addZofiasData,
  callForClient,
  createZofiasSalon,
  payloadNaming,
  zofiasBooking,
  type ZofiasSalon,
} from '../support/erasure.ts';
import { person, slot, TOMASZ, ZOFIA } from '../support/seated-slot.ts';

type Row = Record<string, unknown>;
type Export = Record<string, Row[]> & { client: Row; salon: Row };

let database: TestDatabase;
let ours: ZofiasSalon;
let exported: Export;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createZofiasSalon(database, 'psi-styl');
  await addZofiasData(database, ours, 'psi-styl');
  const theirs = await createZofiasSalon(database, 'inny-salon');
  await addZofiasData(database, theirs, 'inny-salon');
  await deliver(database, slot({ seatId: 'seat-z', ...person(ZOFIA) }));
  await deliver(
    database,
    slot({
      trigger: 'BOOKING_NO_SHOW_UPDATED',
      attendees: [ZOFIA, TOMASZ].map((email) => ({ email, phone: null, noShow: true })),
    }),
  );
  await database.query(
    `insert into salon_activity (salon_id, client_id, event_id, action, actor_id, created_at)
     select salon_id, $1::uuid, null, 'consent'::salon_action, gen_random_uuid(), now()
     from clients where id = $1
     union all
     select salon_id, null, id, 'note', gen_random_uuid(), now() + interval '1 second'
     from calendar_events where cal_com_event_id = 'psi-styl-unlinked'`,
    [ours.clientId],
  );
  exported = await callForClient<Export>(
    database,
    'export_client',
    ours.clientId,
    ours.salon.ownerId,
  );
});
afterAll(() => database.drop());

it('an export contains the client and the salon', () => {
  expect(exported.client).toMatchObject({ name: 'Zofia', phone_number: '+48 501 220 314' });
  expect(exported.salon).toEqual({ name: 'Salon', address: null });
});

it('an export contains all pets, shared ones too', () => {
  expect(exported['pets']?.map(({ name }) => name)).toEqual(['Borys', 'Fiona']);
});

it('an export contains all appointments, unlinked ones with the same contact too', () => {
  expect(exported['calendar_events']?.map((row) => row['cal_com_event_id']).toSorted()).toEqual([
    'psi-styl-2',
    'psi-styl-barkbook',
    'psi-styl-unlinked',
    'slot#seat-z',
  ]);
});

it('an export contains what was done with the client and the appointments', () => {
  expect(exported['salon_activity']).toEqual([
    { action: 'consent', outcome: 'done', created_at: expect.any(String) },
    { action: 'note', outcome: 'done', created_at: expect.any(String) },
  ]);
});

it('an export contains deliveries with their payload and booking', () => {
  expect(exported['webhook_logs']).toContainEqual(
    expect.objectContaining({
      webhook_type: 'BOOKING_CREATED',
      payload: payloadNaming('Zofia Kaczmarek', '+48 501 220 314'),
      booking: expect.objectContaining({ title: zofiasBooking().title }),
    }),
  );
});

it('an export of a shared delivery contains only the client’s own entry', () => {
  const text = JSON.stringify(exported);
  expect(text).not.toContain('jan@poczta.example');
  expect(text).not.toContain(TOMASZ);
  expect(exported['webhook_logs']).toContainEqual(
    expect.objectContaining({
      webhook_type: 'BOOKING_NO_SHOW_UPDATED',
      attendees: [{ email: ZOFIA, phone: null, noShow: true }],
    }),
  );
});

it('an export contains messages and opt-outs', () => {
  expect(exported['sms_messages']?.map(({ status, body }) => [status, body])).toEqual([
    ['sent', 'Zofia, do jutra!'],
    ['pending', 'Zofia, do jutra!'],
  ]);
  expect(exported['sms_opt_outs']).toMatchObject([{ phone: '+48501220314', source: 'salon' }]);
});

it('the appointments of an export are sorted by their start', () => {
  const starts = exported['calendar_events']?.map((row) => String(row['start_time'])) ?? [];
  expect(new Set(starts).size).toBeGreaterThan(1);
  expect(starts).toEqual(starts.toSorted());
});

it('an export contains nothing of another salon', () => {
  expect(JSON.stringify(exported)).not.toContain('inny-salon');
});

it('an export writes nothing', async () => {
  expect(await callForClient(database, 'export_client', ours.clientId, null))
    .toEqual({ ...exported, exported_at: expect.any(String) });
});

it('an export for an owner leaves out deliveries without a salon', async () => {
  await database.query(
    `insert into public.webhook_logs (webhook_type, payload, status, action)
     values ('unknown', '{"raw": "zofia@poczta.example: tajemnica"}', 'error', 'invalid')`,
  );
  const read = async (ownerId: string | null) =>
    JSON.stringify(await callForClient(database, 'export_client', ours.clientId, ownerId));
  expect(await read(ours.salon.ownerId)).not.toContain('tajemnica');
  expect(await read(null)).toContain('tajemnica');
});
