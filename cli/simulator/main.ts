/**
 * `npm run calcom -- <case>`: simulates Cal.com and sends signed deliveries as the real one does.
 */
import { runMain } from '../command/run-main.ts';
import type { Delivery } from './deliveries/delivery.ts';
import { listCases, readOptions, USAGE } from './options.ts';
import { formatAppointment, lookupHint } from './report.ts';
import { playCase, sendAll } from './run.ts';
import { findTarget, type Target } from './target.ts';
import { readAppointments } from './appointments.ts';
import { type Salon, salonNamed } from './world/salons.ts';

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  if (options.list) return console.log(listCases());

  const salon = salonNamed(options.salon);
  const deliveries = playCase(options, salon);
  const target = await findTarget(options);
  console.log(`Cal.com user ${salon.username} -> ${target.webhookUrl}\n`);
  const { eventIds, asExpected } = await sendAll(deliveries, target, options.verbose);
  if (!asExpected) process.exitCode = 1;
  console.log(await describeOutcome(deliveries, eventIds, target, salon));
});

async function describeOutcome(
  deliveries: readonly Delivery[],
  eventIds: string[],
  { openAs }: Target,
  salon: Salon,
): Promise<string> {
  const uids = new Set(deliveries.flatMap(({ uid }) => uid === null ? [] : [uid]));
  if (openAs === null || salon.ownerId === null) {
    return `\n${lookupHint([...uids], eventIds.length > 0)}`;
  }

  const appointments = await readAppointments(openAs(salon.ownerId), eventIds);
  if (appointments.length === 0) return '\nNothing in the calendar.';
  const rows = appointments.map((appointment) => formatAppointment(appointment, salon.timeZone));
  return `\nIn the calendar of ${salon.username}, ${salon.timeZone}:\n${rows.join('\n')}`;
}
