import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withClient } from '../../local/postgres/client.ts';
import { signBody } from '../../shared/calcom/signature.ts';
import { type ChaosStack, type Part, PARTS, startChaosStack } from '../support/chaos-stack.ts';
import { post } from '../support/fuzz.ts';
import { createRandom } from '../support/random.ts';
import {
  type AppointmentDelivery,
  type AppointmentOutcome,
  createRandomAppointments,
} from '../support/random-appointments.ts';

const SEEDS = [1, 2];
const APPOINTMENTS = 400;
const SENDERS = 8;
const USERNAME = 'psi-styl';

/** The parts that are killed, one step after the other, while deliveries arrive. */
const KILLS: readonly Part[][] = [...PARTS.map((part) => [part]), [...PARTS]];

let stack: ChaosStack;

beforeEach(async () => {
  stack = await startChaosStack();
  await query(`insert into public.salons (name, cal_com_username) values ('Psi Styl', $1)`, [
    USERNAME,
  ]);
  await query(`select cron.schedule('barkbook_heartbeat', '1 second', 'select 1')`);
});
afterEach(() => stack.stop());

async function query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  return await withClient(
    stack.databaseUrl,
    async (client) => (await client.query(text, values)).rows as Row[],
  );
}

/**
 * Sends the deliveries that never arrived again, as Cal.com does after a 503, and runs the retry job
 * for those that were not applied. (The convergence tests cover what Cal.com never sends again.)
 */
async function repair(missing: readonly AppointmentDelivery[]): Promise<void> {
  for (const { body } of missing) expect(await send(body, new Agent())).toBe(200);
  await query(
    `update public.webhook_logs set next_attempt_at = now() where next_attempt_at is not null`,
  );
  await query('select private.retry_deliveries(batch => 1000)');
}

async function send(body: string, agent: Agent): Promise<number> {
  const bytes = new TextEncoder().encode(body);
  const signature = await signBody(bytes, stack.keys.webhookSecret);
  const url = `${stack.functionsUrl}/calcom-webhook`;
  return await post(url, { 'x-cal-signature-256': signature }, bytes, agent);
}

/** Sends each delivery once while parts are killed; returns those that were answered with 200. */
async function sendUnderChaos(
  deliveries: readonly AppointmentDelivery[],
): Promise<Set<AppointmentDelivery>> {
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  const answered = new Set<AppointmentDelivery>();
  const waiting = [...deliveries];
  const kills = [...KILLS];
  const every = Math.floor(deliveries.length / (kills.length + 1));
  let sent = 0;

  async function sendInTurn(): Promise<void> {
    for (;;) {
      const delivery = waiting.pop();
      if (delivery === undefined) return;
      sent += 1;
      const parts = sent % every === 0 ? kills.shift() : undefined;
      const [status] = await Promise.all([
        send(delivery.body, agent),
        ...(parts === undefined ? [] : [stack.kill(...parts)]),
      ]);
      if (status === 200) answered.add(delivery);
      // Without a pause every delivery would be sent while the stack is down.
      else await stack.recovered();
    }
  }

  await Promise.all(Array.from({ length: SENDERS }, sendInTurn));
  agent.destroy();
  expect(kills).toEqual([]);
  return answered;
}

const keyOf = ({ body }: AppointmentDelivery) => createHash('sha256').update(body).digest('hex');

/** The keys of logged deliveries, and whether each was applied. */
async function readLog(): Promise<Map<string, boolean>> {
  const rows = await query<{ delivery_key: string; status: string }>(
    'select delivery_key, status from public.webhook_logs',
  );
  return new Map(rows.map(({ delivery_key, status }) => [delivery_key, status === 'success']));
}

async function readAppointments(): Promise<AppointmentOutcome[]> {
  const rows = await query<{ uid: string; status: string; start_time: Date }>(
    'select cal_com_event_id as uid, status, start_time from public.calendar_events',
  );
  return rows.map(({ uid, status, start_time }) => ({
    uid,
    status,
    startTime: start_time.toISOString(),
  }));
}

async function lastHeartbeat(): Promise<number> {
  const [run] = await query<{ at: Date | null }>(
    `select max(d.end_time) as at from cron.job_run_details d join cron.job j using (jobid)
     where j.jobname = 'barkbook_heartbeat' and d.status = 'succeeded'`,
  );
  return run?.at?.getTime() ?? 0;
}

const byUid = (a: AppointmentOutcome, b: AppointmentOutcome) => a.uid.localeCompare(b.uid);

test.each(SEEDS)(
  'no delivery is lost or applied twice when processes are killed: seed %i',
  async (seed) => {
    expect(await query('show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query('show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    const { deliveries, outcomes } = createRandomAppointments(
      APPOINTMENTS,
      USERNAME,
      createRandom(seed),
    );

    const answered = await sendUnderChaos(deliveries);
    await stack.recovered();
    const recoveredAt = Date.now();
    const logged = await readLog();
    const lost = [...answered].filter((delivery) => !logged.has(keyOf(delivery)));

    const missing = deliveries.filter((delivery) => !logged.has(keyOf(delivery)));
    await repair(missing);
    const done = await readLog();
    const appointments = await readAppointments();
    const applied = deliveries.filter((delivery) => done.get(keyOf(delivery)) === true);
    const doubled = appointments.length -
      new Set(appointments.map(({ uid }) => uid.split('move')[0])).size;
    console.log(`seed ${seed}:`, {
      sent: deliveries.length,
      answered: answered.size,
      sentAgain: missing.length,
      retried: [...logged.values()].filter((isDone) => !isDone).length,
      applied: applied.length,
      lost: lost.length,
      doubled,
    });

    expect(answered.size).toBeLessThan(deliveries.length);
    expect(lost).toEqual([]);
    expect(applied).toHaveLength(deliveries.length);
    expect(doubled).toBe(0);
    expect(appointments.toSorted(byUid)).toEqual(outcomes.toSorted(byUid));
    await expect.poll(lastHeartbeat, { timeout: 30_000, interval: 500 }).toBeGreaterThan(
      recoveredAt,
    );
  },
);
