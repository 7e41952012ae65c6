/**
 * `npm run calcom -- <case>`: simulates Cal.com and sends signed deliveries as the real one does.
 */
import { runMain } from '../command/run-main.ts';
import type { Case } from './cases/cases.ts';
import type { Delivery } from './deliveries/delivery.ts';
import { listCases, readOptions, USAGE } from './options.ts';
import { describeShortfall, formatAppointment, lookupHint } from './report.ts';
import { findCase, playCase, sendAll } from './run.ts';
import { findTarget, type Target } from './target.ts';
import { readAppointments } from './appointments.ts';
import { type Salon, salonNamed } from './world/salons.ts';

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  if (options.list) return console.log(listCases());

  const salon = salonNamed(options.salon);
  const played = findCase(options);
  const deliveries = playCase(played, options, salon);
  const target = await findTarget(options);
  console.log(`Cal.com user ${salon.username} -> ${target.webhookUrl}\n`);
  const { eventIds, asExpected } = await sendAll(deliveries, target, options.verbose);
  const shortfall = await reportOutcome(played, deliveries, eventIds, target, salon);
  if (shortfall !== null) console.error(`\nerror: ${shortfall}`);
  if (!asExpected || shortfall !== null) process.exitCode = 1;
});

/** Prints what became of the case, and returns what is missing; null if nothing is. */
async function reportOutcome(
  { becomes }: Case,
  deliveries: readonly Delivery[],
  eventIds: string[],
  { openAs }: Target,
  salon: Salon,
): Promise<string | null> {
  if (openAs === null || salon.ownerId === null) {
    const uids = new Set(deliveries.flatMap(({ uid }) => uid === null ? [] : [uid]));
    console.log(`\n${lookupHint([...uids], eventIds.length > 0)}`);
    return eventIds.length === becomes.length ? null : describeShortfall(becomes, null);
  }

  const appointments = await readAppointments(openAs(salon.ownerId), eventIds);
  const rows = appointments.map((appointment) => formatAppointment(appointment, salon.timeZone));
  console.log(
    rows.length === 0
      ? '\nNothing in the calendar.'
      : `\nIn the calendar of ${salon.username}, ${salon.timeZone}:\n${rows.join('\n')}`,
  );
  const statuses = appointments.map(({ status }) => String(status)).sort();
  return statuses.join() === becomes.join() ? null : describeShortfall(becomes, statuses);
}
