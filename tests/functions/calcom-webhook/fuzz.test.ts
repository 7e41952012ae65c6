import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIXTURE_SECRET, readDeliveries } from '../../fixtures/calcom/deliveries.ts';
import { signBody } from '../../../shared/calcom/signature.ts';
import { fuzz, post } from '../../support/fuzz.ts';
import { loadWorld, startWebhook, type Webhook } from '../support/calcom-webhook.ts';

/** A small part of tests/endurance/fuzz.test.ts. */
const MUTATED = 500;
/** Each with several forged signatures: more than a thousand requests. */
const FORGED = 150;
const SEED = 20261126;

let webhook: Webhook;
let salonIds: string[];

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
  const salons = await webhook.database.query<{ id: string }>('select id from public.salons');
  salonIds = salons.map(({ id }) => id);
  for (const id of salonIds) {
    await webhook.database.query('select public.stage_webhook_secret($1, $2)', [
      id,
      `secret-of-${id}`,
    ]);
  }
});
afterAll(() => webhook.stop());

test('no forged delivery writes anything', async () => {
  const agent = new Agent({ keepAlive: true });
  const statuses = new Set<number>();
  const [victim = '', other = ''] = salonIds;
  const deliveries = readDeliveries();
  for (let forged = 0; forged < FORGED; forged++) {
    const { text = '' } = deliveries[forged % deliveries.length] ?? {};
    const body = new TextEncoder().encode(text);
    const forgeries: [salon: string | null, signature: string | null][] = [
      [null, null],
      [null, 'no-secret-provided'],
      [null, await signBody(body, `secret-of-${victim}`)],
      [victim, await signBody(body, `secret-of-${other}`)],
      [victim, await signBody(body, FIXTURE_SECRET)],
      [randomUUID(), await signBody(body, FIXTURE_SECRET)],
      [victim, await signBody(new TextEncoder().encode(`${text} `), `secret-of-${victim}`)],
    ];
    for (const [salon, signature] of forgeries) {
      const url = salon === null ? webhook.running.url : `${webhook.running.url}?salon=${salon}`;
      const headers = { ...(signature === null ? {} : { 'x-cal-signature-256': signature }) };
      statuses.add(await post(url, headers, body, agent));
    }
  }
  agent.destroy();
  expect([...statuses].sort()).toEqual([401, 429]);
  for (const table of ['webhook_logs', 'calendar_events', 'calendar_event_uids']) {
    expect(await webhook.database.query(`select from public.${table}`)).toEqual([]);
  }
});

test('no mutation of a delivery breaks the function', async () => {
  const { statuses, broken } = await fuzz(webhook.running.url, MUTATED, SEED);
  expect(broken).toEqual([]);
  expect(statuses[200]).toBeGreaterThan(MUTATED / 10);
  expect(statuses[400]).toBeGreaterThan(MUTATED / 10);
  const output = webhook.running.stdout() + webhook.running.stderr();
  expect(output).not.toMatch(/kanarek|501 ?220 ?314/i);
});
