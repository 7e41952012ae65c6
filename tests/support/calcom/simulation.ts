import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { forEachConcurrently } from '../for-each-concurrently.ts';
import { type Arrival, createChannel, type Faults, FAULTS_WITHOUT_LOSS } from './channel.ts';
import { plainHistory, reportedHistory } from './histories/plain.ts';
import { slotHistory } from './histories/seats.ts';
import { seriesHistory } from './histories/series.ts';
import { teamHistory } from './histories/team.ts';
import { createRandom } from '../random.ts';
import { DAY_MS, FIRST_DAY_MS, type History, LAST_MOMENT_MS, type Town } from './town.ts';

/** What receives the deliveries of a town. */
export type Receiver = {
  /** Receives one delivery, as the webhook does. */
  deliver: (delivery: Delivery) => Promise<void>;
  /** Polls Cal.com at this time. */
  sync: (nowMs: number) => Promise<void>;
};

/** How many deliveries are received at the same time. */
const CONCURRENT = 4;

const LAST_BOOKED_MS = LAST_MOMENT_MS - 20 * DAY_MS;

/** How a booking goes on once it is made. */
type Plot = (town: Town, bookedAt: number) => History;

const EVERY_PLOT: readonly Plot[] = [
  plainHistory,
  plainHistory,
  plainHistory,
  plainHistory,
  seriesHistory,
  slotHistory,
  teamHistory,
];

/** Those of which every event is reported, so that nobody has to poll. */
const REPORTED_PLOTS: readonly Plot[] = [reportedHistory, reportedHistory, teamHistory];

const POLLS = 30;

/**
 * Simulates so many booking histories, sends their deliveries over a faulty network and lets the
 * receiver poll Cal.com in between. At the end every delivery that was not lost has arrived, and the
 * receiver has one more poll to make.
 */
export async function simulate(
  town: Town,
  count: number,
  seed: number,
  receiver: Receiver,
): Promise<Faults> {
  const channel = createChannel(createRandom(seed + 1));
  const histories = Array.from({ length: count }, () => startHistory(town, EVERY_PLOT));
  let inTransit: Arrival[] = [];
  for (let poll = 1; poll <= POLLS; poll++) {
    const untilMs = FIRST_DAY_MS + (LAST_MOMENT_MS - FIRST_DAY_MS) * poll / POLLS;
    for (const running of histories) advance(running, untilMs);
    inTransit.push(...town.outbox.splice(0).flatMap(channel.carry));
    const arrived = inTransit.filter(({ arrivesAt }) => arrivesAt <= untilMs || poll === POLLS);
    inTransit = inTransit.filter(({ arrivesAt }) => arrivesAt > untilMs);
    await receive(arrived, receiver);
    if (poll < POLLS) await receiver.sync(untilMs);
  }
  return channel.faults;
}

/**
 * Simulates so many booking histories of which every event is reported, over a network that loses
 * nothing, and lets nobody poll.
 */
export async function simulateReported(
  town: Town,
  count: number,
  seed: number,
  receiver: Pick<Receiver, 'deliver'>,
): Promise<Faults> {
  const channel = createChannel(createRandom(seed + 1), FAULTS_WITHOUT_LOSS);
  const histories = Array.from({ length: count }, () => startHistory(town, REPORTED_PLOTS));
  for (const running of histories) advance(running, LAST_MOMENT_MS);
  await receive(town.outbox.splice(0).flatMap(channel.carry), receiver);
  return channel.faults;
}

async function receive(
  arrivals: Arrival[],
  { deliver }: Pick<Receiver, 'deliver'>,
): Promise<void> {
  arrivals.sort((one, other) => one.arrivesAt - other.arrivesAt);
  await forEachConcurrently(CONCURRENT, arrivals, ({ delivery }) => deliver(delivery));
}

/** A history and the time of its next event; null at its end. */
type Running = { history: History; next: number | null };

function startHistory(town: Town, plots: readonly Plot[]): Running {
  const { random } = town;
  const bookedAt = random.between(FIRST_DAY_MS, LAST_BOOKED_MS);
  const history = random.pick(plots);
  const running: Running = { history: history(town, bookedAt), next: null };
  running.next = resume(running);
  return running;
}

function advance(running: Running, untilMs: number): void {
  while (running.next !== null && running.next <= untilMs) {
    running.next = resume(running);
  }
}

function resume({ history }: Running): number | null {
  const { done, value } = history.next();
  return done ? null : value;
}
