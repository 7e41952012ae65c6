import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { deliver } from '../support/deliveries.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { plainHistory, slotHistory } from '../support/random-histories.ts';
import { deliveryLog, makeRetriesDue, runRetryJob, whileWritesFail } from '../support/retries.ts';

const RUNS = 20;
const MAX_ROUNDS = 5;

/** What goes wrong when a delivery arrives. */
type Fault = 'none' | 'no_salon' | 'not_writable';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createClient(database, salon.id);
  // Otherwise a username that returns applies deferred deliveries before the retry job can.
  await database.query('alter table public.salons disable trigger user');
});
afterAll(() => database.drop());

async function whileSalonIsUnknown(work: () => Promise<unknown>) {
  await database.query('update public.salons set cal_com_username = null');
  await work();
  await database.query(`update public.salons set cal_com_username = 'psi-styl'`);
}

async function rowsAfter(deliveries: readonly CalendarBooking[], faults: readonly Fault[] = []) {
  await forgetDeliveries(database);
  for (const [index, delivered] of deliveries.entries()) {
    const arrive = () => deliver(database, delivered);
    if (faults[index] === 'no_salon') await whileSalonIsUnknown(arrive);
    else if (faults[index] === 'not_writable') await whileWritesFail(database, arrive);
    else await arrive();
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await makeRetriesDue(database);
    if (await runRetryJob(database) === 0) break;
  }
  for (const { status } of await deliveryLog(database)) expect(status).toBe('success');
  return await syncedRows(database, salon.id);
}

const faults = fc.array(fc.constantFrom<Fault>('none', 'no_salon', 'not_writable'), {
  minLength: 30,
  maxLength: 30,
});
const shuffled = (histories: fc.Arbitrary<CalendarBooking[]>) =>
  histories.chain((history) =>
    fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length }))
  );

it.each([['an appointment', plainHistory], ['the seats of a slot', slotHistory]])(
  'retries lead %s to the same state as deliveries without failures',
  async (_name, histories) => {
    await fc.assert(
      fc.asyncProperty(shuffled(histories), faults, async ([history, arrivals], failing) => {
        expect(await rowsAfter(arrivals, failing)).toEqual(await rowsAfter(history));
      }),
      { numRuns: RUNS },
    );
  },
);
