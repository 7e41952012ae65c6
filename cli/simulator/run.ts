import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { type Case, CASES } from './cases/cases.ts';
import { setScene } from './cases/scene.ts';
import type { Delivery } from './deliveries/delivery.ts';
import { listCases, type Options } from './options.ts';
import { formatExchange, formatRequest } from './report.ts';
import { send } from './send.ts';
import { readStart } from './start-time.ts';
import type { Webhook } from './target.ts';
import type { Salon } from './world/salons.ts';

/** The answers to all deliveries of a case. */
export type Outcome = {
  /** The rows of calendar_events that the answers name. */
  eventIds: string[];
  /** Whether each answer has the status that the case expects. */
  asExpected: boolean;
};

/** The case that the command line names. */
export function findCase({ caseName }: Options): Case {
  const found = caseName === null ? undefined : CASES.get(caseName);
  if (!found) {
    const problem = caseName === null ? 'name a case' : `no case ${caseName}`;
    throw new SetupProblem(`${problem}; there are:\n${listCases()}`);
  }
  return found;
}

/** The deliveries of a case, as the salon's Cal.com makes them. */
export function playCase({ play }: Case, { at }: Options, salon: Salon): Delivery[] {
  const now = new Date();
  return play(setScene(salon, readStart(at, salon.timeZone, now), now));
}

/** Sends the deliveries one after the other, in the order in which they arrive, and prints each. */
export async function sendAll(
  deliveries: readonly Delivery[],
  webhook: Webhook,
  verbose: boolean,
): Promise<Outcome> {
  const eventIds = new Set<string>();
  let asExpected = true;
  for (const delivery of deliveries) {
    const reply = await send(delivery, webhook);
    console.log(formatExchange(delivery, reply));
    if (verbose) console.log(formatRequest(delivery, reply));
    if (reply.status !== delivery.expectedStatus) asExpected = false;
    if (reply.eventId !== null) eventIds.add(reply.eventId);
  }
  return { eventIds: [...eventIds], asExpected };
}
