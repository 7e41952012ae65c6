/** `npm run calcom -- <case>`: a Cal.com that sends what really happens there, signed. */
import { CASES } from './calcom/cases.ts';
import type { Delivery } from './calcom/delivery.ts';
import { listCases, type Options, readOptions } from './calcom/options.ts';
import { formatExchange, formatRequest, formatVisit, lookupHint } from './calcom/report.ts';
import { type Salon, salonNamed } from './calcom/salons.ts';
import { setScene } from './calcom/scene.ts';
import { send } from './calcom/send.ts';
import { readStart } from './calcom/start-time.ts';
import { findTarget, type Target } from './calcom/target.ts';
import { readVisits } from './calcom/visits.ts';
import { reportFailure, SetupProblem } from './setup-problem.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.list) return console.log(listCases());

  const salon = salonNamed(options.salon);
  const deliveries = playCase(options, salon);
  const target = await findTarget(options);
  console.log(`Cal.com user ${salon.username} -> ${target.webhookUrl}\n`);
  const eventIds = await sendAll(deliveries, target, options.verbose);
  console.log(await describeOutcome(deliveries, eventIds, target, salon));
}

function playCase({ caseName, at }: Options, salon: Salon): Delivery[] {
  const found = caseName === null ? undefined : CASES.get(caseName);
  if (!found) {
    const complaint = caseName === null ? 'name a case' : `no case ${caseName}`;
    throw new SetupProblem(`${complaint}; there are:\n${listCases()}`);
  }
  const now = new Date();
  return found.play(setScene(salon, readStart(at, salon.timeZone, now), now));
}

/** Sends one after the other, as they arrive; returns the rows that the answers name. */
async function sendAll(
  deliveries: Delivery[],
  target: Target,
  verbose: boolean,
): Promise<Set<string>> {
  const eventIds = new Set<string>();
  for (const delivery of deliveries) {
    const reply = await send(delivery, target);
    console.log(formatExchange(delivery, reply));
    if (verbose) console.log(formatRequest(delivery, reply));
    if (reply.status !== delivery.expectedStatus) process.exitCode = 1;
    if (reply.eventId !== null) eventIds.add(reply.eventId);
  }
  return eventIds;
}

async function describeOutcome(
  deliveries: Delivery[],
  eventIds: Set<string>,
  { project }: Target,
  salon: Salon,
): Promise<string> {
  const uids = new Set(deliveries.flatMap(({ uid }) => uid === null ? [] : [uid]));
  if (project === null || salon.ownerId === null) {
    return `\n${lookupHint([...uids], eventIds.size > 0)}`;
  }

  const visits = await readVisits(project, salon.ownerId, [...eventIds]);
  if (visits.length === 0) return '\nNothing in the calendar.';
  const rows = visits.map((visit) => formatVisit(visit, salon.timeZone));
  return `\nIn the calendar of ${salon.username}, ${salon.timeZone}:\n${rows.join('\n')}`;
}

try {
  await main();
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
