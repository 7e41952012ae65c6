import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { forEachConcurrently } from '../for-each-concurrently.ts';
import { type Arrival, createChannel, type Faults } from './channel.ts';
import { plainHistory } from './histories/plain.ts';
import { slotHistory } from './histories/seats.ts';
import { seriesHistory } from './histories/series.ts';
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
  polls = 30,
): Promise<Faults> {
  const channel = createChannel(createRandom(seed + 1));
  const histories = Array.from({ length: count }, () => startHistory(town));
  let inTransit: Arrival[] = [];
  for (let poll = 1; poll <= polls; poll++) {
    const untilMs = FIRST_DAY_MS + (LAST_MOMENT_MS - FIRST_DAY_MS) * poll / polls;
    for (const running of histories) advance(running, untilMs);
    inTransit.push(...town.outbox.splice(0).flatMap(channel.carry));
    const arrived = inTransit.filter(({ arrivesAt }) => arrivesAt <= untilMs || poll === polls);
    inTransit = inTransit.filter(({ arrivesAt }) => arrivesAt > untilMs);
    arrived.sort((one, other) => one.arrivesAt - other.arrivesAt);
    await forEachConcurrently(CONCURRENT, arrived, ({ delivery }) => receiver.deliver(delivery));
    if (poll < polls) await receiver.sync(untilMs);
  }
  return channel.faults;
}

/** A history and the time of its next event; null at its end. */
type Running = { history: History; next: number | null };

function startHistory(town: Town): Running {
  const { random } = town;
  const bookedAt = random.between(FIRST_DAY_MS, LAST_BOOKED_MS);
  const history = random.pick([
    plainHistory,
    plainHistory,
    plainHistory,
    plainHistory,
    seriesHistory,
    slotHistory,
  ]);
  const running: Running = { history: history(town, bookedAt), next: null };
  running.next = resume(running);
  return running;
}

function advance(running: Running, untilMs: number): void {
  while (running.next !== null && running.next <= untilMs) running.next = resume(running);
}

function resume({ history }: Running): number | null {
  const { done, value } = history.next();
  return done ? null : value;
}
