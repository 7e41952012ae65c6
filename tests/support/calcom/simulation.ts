import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { forEachConcurrently } from '../for-each-concurrently.ts';
import { type Arrival, createChannel, type Faults } from './channel.ts';
import { plainLife } from './lives/plain.ts';
import { seatsLife } from './lives/seats.ts';
import { seriesLife } from './lives/series.ts';
import { createRandom } from './random.ts';
import { DAY_MS, FIRST_DAY_MS, LAST_MOMENT_MS, type Life, type Town } from './town.ts';

/** Where what happens in a town goes. */
export type Receiver = {
  /** Takes one delivery, as the webhook does. */
  deliver: (delivery: Delivery) => Promise<void>;
  /** Looks at Cal.com, where it is that time. */
  sync: (nowMs: number) => Promise<void>;
};

/** Deliveries that are on their way at the same time. */
const CONCURRENT = 4;

const LAST_BIRTH_MS = LAST_MOMENT_MS - 20 * DAY_MS;

/**
 * Plays so many lives of bookings, sends their deliveries over a bad network and lets the receiver
 * look at Cal.com now and then. In the end all that was not lost has arrived; the receiver has yet to
 * take its last look.
 */
export async function playLives(
  town: Town,
  lives: number,
  seed: number,
  receiver: Receiver,
  looks = 30,
): Promise<Faults> {
  const channel = createChannel(createRandom(seed + 1));
  const waiting = Array.from({ length: lives }, () => beginLife(town));
  let onTheWay: Arrival[] = [];
  for (let look = 1; look <= looks; look++) {
    const untilMs = FIRST_DAY_MS + (LAST_MOMENT_MS - FIRST_DAY_MS) * look / looks;
    for (const life of waiting) liveUntil(life, untilMs);
    onTheWay.push(...town.outbox.splice(0).flatMap(channel.carry));
    const here = onTheWay.filter(({ arrivesAt }) => arrivesAt <= untilMs || look === looks);
    onTheWay = onTheWay.filter(({ arrivesAt }) => arrivesAt > untilMs);
    here.sort((one, other) => one.arrivesAt - other.arrivesAt);
    await forEachConcurrently(CONCURRENT, here, ({ delivery }) => receiver.deliver(delivery));
    if (look < looks) await receiver.sync(untilMs);
  }
  return channel.faults;
}

/** A life, and when the next thing in it happens; null when it is over. */
type Living = { life: Life; next: number | null };

function beginLife(town: Town): Living {
  const { random } = town;
  const bornAt = random.between(FIRST_DAY_MS, LAST_BIRTH_MS);
  const life = random.pick([plainLife, plainLife, plainLife, plainLife, seriesLife, seatsLife]);
  const living: Living = { life: life(town, bornAt), next: null };
  living.next = resume(living);
  return living;
}

function liveUntil(living: Living, untilMs: number): void {
  while (living.next !== null && living.next <= untilMs) living.next = resume(living);
}

function resume({ life }: Living): number | null {
  const { done, value } = life.next();
  return done ? null : value;
}
