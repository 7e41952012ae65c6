import { requireAllApplied } from '../database/all-applied.ts';
import { createBookers, ofSalons } from '../database/bookers.ts';
import { openCaller } from '../database/caller.ts';
import { createPastAppointments } from '../database/past-appointments.ts';
import type { BenchServer } from '../database/server.ts';
import { created, newBooking } from '../deliveries/bodies.ts';
import { alternate, type Step } from '../measure/alternate.ts';
import { median } from '../measure/load.ts';
import { row, section, verdict } from '../measure/report.ts';
import { deliveryStep } from './delivery-step.ts';

const WARM_UP = 200;
const DELIVERIES = 2_000;
const UNCHANGED = { between: [0.95, 1.05] } as const;

/**
 * Measures the database call of the function for a salon: among few appointments, with a hundred
 * thousand of its own, and with a million in the table.
 */
export async function benchGrowth(server: BenchServer): Promise<string> {
  const few = await createScene(server, 'growth_few', { appointments: 1_000, salons: 200 });
  const salon = await createScene(server, 'growth_salon', { appointments: 100_000, salons: 1 });
  const table = await createScene(server, 'growth_table', { appointments: 1_000_000, salons: 200 });
  const steps = [few, salon, table].map(({ step }) => step);
  await alternate(steps, WARM_UP);
  const [fewMs = NaN, salonMs = NaN, tableMs = NaN] = (await alternate(steps, DELIVERIES))
    .map(median);
  await Promise.all([few, salon, table].map(({ finish }) => finish()));

  return section(`growth: new bookings by direct SQL, medians of ${DELIVERIES} in turns`, [
    row('', ['ms']),
    row('few appointments', [fewMs.toFixed(2)]),
    row('a salon with 100 thousand', [salonMs.toFixed(2)]),
    row('a table with a million', [tableMs.toFixed(2)]),
    '',
    verdict('a salon with 100 thousand / few, time', salonMs / fewMs, UNCHANGED),
    verdict('a table with a million / few, time', tableMs / fewMs, UNCHANGED),
  ]);
}

type Scene = { step: Step; finish(): Promise<void> };

/** A database whose appointments belong to that many salons, and a booking there at each step. */
async function createScene(
  server: BenchServer,
  name: string,
  { appointments, salons }: { appointments: number; salons: number },
): Promise<Scene> {
  const database = await server.createDatabase(name);
  const bookers = await createBookers(database);
  await createPastAppointments(database, appointments, ofSalons(bookers, salons));
  const caller = await openCaller(database);
  const booker = ofSalons(bookers, 1);
  return {
    step: deliveryStep(caller, () => created(newBooking(booker))),
    finish: async () => {
      await caller.close();
      await requireAllApplied(database);
    },
  };
}
