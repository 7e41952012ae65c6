import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { created } from '../../../cli/simulator/deliveries/events.ts';
import { LAST_MOMENT_MS } from '../../support/calcom/town.ts';
import {
  bookAppointments,
  countAppointments,
  createKeyedSalon,
  emptyAll,
  startSync,
  type Sync,
} from '../support/calcom-sync.ts';

let sync: Sync;
let salonId: string;

beforeAll(async () => {
  sync = await startSync();
});
beforeEach(async () => {
  await emptyAll(sync);
  await sync.database.query('delete from public.webhook_logs');
  salonId = await createKeyedSalon(sync.database, sync.town.account);
});
afterAll(() => sync.stop());

/** Stores a delivery as the webhook does if it cannot parse it; `salon`: the webhook's salon. */
async function storeInvalid(payload: object, salon: string | null = null): Promise<void> {
  await sync.database.query(
    `select public.upsert_calendar_event(
      $1, 'BOOKING_CREATED', $2, null, 'Invalid payload: payload.startTime', $3)`,
    [crypto.randomUUID(), JSON.stringify(payload), salon],
  );
}

function delivered(): object {
  const [appointment] = bookAppointments(sync.town, 1);
  if (appointment === undefined) throw new Error('no appointment');
  return JSON.parse(created(appointment.booking, new Date(LAST_MOMENT_MS).toISOString()).body);
}

it('deliveries that an older parser refused are applied, the others stay', async () => {
  await storeInvalid(delivered());
  await storeInvalid({ raw: JSON.stringify(delivered()) });
  await storeInvalid({ raw: '{"triggerEvent":' });
  await storeInvalid({ triggerEvent: 'BOOKING_CREATED', payload: { uid: 'test' } });
  const reply = await sync.call({ reparse: true });
  expect(reply).toMatchObject({ status: 200, body: { ok: true, read: 2, unreadable: 2 } });
  expect(await countAppointments(sync.database, salonId)).toBe(2);
  const actions = await sync.database.query(
    'select action, count(*)::int from public.webhook_logs group by 1 order by 1',
  );
  expect(actions).toEqual([{ action: 'applied', count: 2 }, { action: 'invalid', count: 2 }]);
});

it("a delivery of a salon's own webhook stays in that salon, whoever hosts it", async () => {
  const otherId = await createKeyedSalon(sync.database, sync.otherTown.account);
  await storeInvalid(delivered(), otherId);
  const reply = await sync.call({ reparse: true });
  expect(reply.body).toMatchObject({ read: 1 });
  expect(await countAppointments(sync.database, salonId)).toBe(0);
  const logs = await sync.database.query('select salon_id from public.webhook_logs');
  expect(logs).toEqual([{ salon_id: otherId }]);
});

it('all of them are parsed, however many there are', async () => {
  for (let index = 0; index < 205; index++) await storeInvalid({ triggerEvent: 'BOOKING_CREATED' });
  await storeInvalid(delivered());
  const reply = await sync.call({ reparse: true });
  expect(reply.body).toMatchObject({ read: 1, unreadable: 205 });
});

it('it resumes after a failure of the database', async () => {
  await storeInvalid(delivered());
  sync.gate.refuse('upsert_calendar_event');
  expect(await sync.call({ reparse: true })).toMatchObject({
    status: 503,
    body: { code: 'database_unavailable' },
  });
  sync.gate.admit('upsert_calendar_event');
  expect((await sync.call({ reparse: true })).body).toMatchObject({ read: 1 });
});
