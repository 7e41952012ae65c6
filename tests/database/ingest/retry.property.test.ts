import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createClient, createSalon, deliver, type TestSalon } from '../support/booking.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { plainLife, seatedLife } from '../support/random-life.ts';
import { deliveryLog, makeDue, retry } from '../support/retries.ts';

const RUNS = 20;
const MAX_ROUNDS = 5;

/** What goes wrong when a delivery arrives. */
type Mishap = 'none' | 'no_salon' | 'not_writable';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createClient(database, salon.id);
  // A username that comes back must not apply what waits: that is for the job under test.
  await database.query('alter table public.salons disable trigger user');
  await database.query(
    `create table public.refusals (since timestamptz);
     grant select on public.refusals to service_role;
     create function public.refuse() returns trigger language plpgsql as $$
     begin
       if exists (select from public.refusals) then raise 'refused'; end if;
       return new;
     end; $$;
     create trigger refuse before insert or update on public.calendar_events
       for each row execute function public.refuse()`,
  );
});
afterAll(() => database.drop());

async function whileNobodyKnowsTheSalon(work: () => Promise<unknown>) {
  await database.query('update public.salons set cal_com_username = null');
  await work();
  await database.query(`update public.salons set cal_com_username = 'psi-styl'`);
}

async function whileNothingCanBeWritten(work: () => Promise<unknown>) {
  await database.query('insert into public.refusals values (now())');
  await work();
  await database.query('delete from public.refusals');
}

async function rowsAfter(told: readonly CalendarBooking[], mishaps: readonly Mishap[] = []) {
  await forgetDeliveries(database);
  for (const [index, delivered] of told.entries()) {
    const arrive = () => deliver(database, delivered);
    if (mishaps[index] === 'no_salon') await whileNobodyKnowsTheSalon(arrive);
    else if (mishaps[index] === 'not_writable') await whileNothingCanBeWritten(arrive);
    else await arrive();
  }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await makeDue(database);
    if (await retry(database) === 0) break;
  }
  for (const { status } of await deliveryLog(database)) expect(status).toBe('success');
  return await syncedRows(database, salon.id);
}

const mishaps = fc.array(fc.constantFrom<Mishap>('none', 'no_salon', 'not_writable'), {
  minLength: 30,
  maxLength: 30,
});
const shuffled = (life: fc.Arbitrary<CalendarBooking[]>) =>
  life.chain((told) =>
    fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }))
  );

it.each([['a plain booking', plainLife], ['the seats of a slot', seatedLife]])(
  '%s that arrived amid failures ends, after retries, as if nothing had failed',
  async (_name, life) => {
    await fc.assert(
      fc.asyncProperty(shuffled(life), mishaps, async ([told, arrivals], failing) => {
        expect(await rowsAfter(arrivals, failing)).toEqual(await rowsAfter(told));
      }),
      { numRuns: RUNS },
    );
  },
);
