import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readChains, readDelivery } from '../../fixtures/calcom/deliveries.ts';
import {
  emptyCalendar,
  loadWorld,
  readAppointments,
  startWebhook,
  type Webhook,
} from '../support/calcom-webhook.ts';

/** The appointments after each chain: id in Cal.com, status, start, client, pet. */
const FINAL: Record<string, [string, string, string, string, string][]> = {
  A: [['pgkHYxvn1YDSvqwz8ydtoG', 'cancelled', '2026-09-17 12:30', 'Zofia', 'Fiona']],
  B: [['rvvhtzkroPQtGYAGqJN4cX', 'completed', '2026-11-05 14:15', 'Tomasz', 'Borys']],
  C: [['mYZeirU3M2XG1WeHFknpAN', 'confirmed', '2026-07-20 06:30', 'Agnieszka', 'Kluska']],
  'C-late-request': [
    ['mYZeirU3M2XG1WeHFknpAN', 'confirmed', '2026-07-20 06:30', 'Agnieszka', 'Kluska'],
  ],
  D: [['7RBrDpXreWX8sC5TEnSjcD', 'cancelled', '2026-07-21 09:00', 'Piotr', 'Luna']],
  E: [['gpqn94zK7CKsdVqCno4Ank', 'confirmed', '2026-08-05 08:00', 'Halina', 'Reksio']],
  F: [['efKvT1EoC3z7YkEaid7x56', 'scheduled', '2026-10-06 07:45', 'Olena', 'Sonya']],
  G: [['3TNjoC7NktHUm87kWAH1uy', 'completed', '2026-06-12 11:00', 'Zofia', 'Fiona']],
  'G-swapped': [['3TNjoC7NktHUm87kWAH1uy', 'scheduled', '2026-06-12 11:00', 'Zofia', 'Fiona']],
  I: [
    ['qKqrihJQhkrdxbasHcPSsX', 'scheduled', '2026-09-07 09:00', 'Halina', 'Reksio'],
    ['vdw5xdEQwRTYAFEBnsiReJ', 'cancelled', '2026-10-05 09:00', 'Halina', 'Reksio'],
    ['tJuW2ST4TtmMM4XRrgWA1d', 'scheduled', '2026-11-02 10:00', 'Halina', 'Reksio'],
  ],
  J: [['rMt5KRkMhgx8ud4XdXtNzW', 'confirmed', '2026-12-18 08:30', 'Agnieszka', 'Kluska']],
  'order-1': [['ddDUdYwP5sX1rAUa6YuiVf', 'scheduled', '2026-05-15 13:00', 'Piotr', 'Luna']],
  'cancel-repeat': [['uV1Zneg54Gqj1LBEFhaPR6', 'cancelled', '2026-09-29 11:00', 'Zofia', 'Fiona']],
  H: [
    [
      'fk6VJg3wzDTWk3JzxiajJ2#5143883c-9efc-4f3b-8867-87dc6a843a95',
      'scheduled',
      '2026-09-27 08:00',
      'Zofia',
      'Fiona',
    ],
    [
      'fk6VJg3wzDTWk3JzxiajJ2#d6f616aa-cb3f-4ac5-8f89-a0c07721aac1',
      'cancelled',
      '2026-09-27 08:00',
      'Tomasz',
      'Borys',
    ],
    [
      '9kBtsL6pLQFxNYp8HQEvDB#b518e8f6-4de6-43dd-afa2-8ab40083f407',
      'cancelled',
      '2026-10-03 08:00',
      'Piotr',
      'Luna',
    ],
  ],
  'H-complete': [
    [
      'fk6VJg3wzDTWk3JzxiajJ2#d6f616aa-cb3f-4ac5-8f89-a0c07721aac1',
      'cancelled',
      '2026-09-27 08:00',
      'Tomasz',
      'Borys',
    ],
    [
      '9kBtsL6pLQFxNYp8HQEvDB#5143883c-9efc-4f3b-8867-87dc6a843a95',
      'cancelled',
      '2026-10-03 08:00',
      'Zofia',
      'Fiona',
    ],
    [
      '9kBtsL6pLQFxNYp8HQEvDB#b518e8f6-4de6-43dd-afa2-8ab40083f407',
      'cancelled',
      '2026-10-03 08:00',
      'Piotr',
      'Luna',
    ],
  ],
};

let webhook: Webhook;

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
});
afterAll(() => webhook.stop());
beforeEach(() => emptyCalendar(webhook.database));

async function deliverAll(names: string[]): Promise<void> {
  for (const name of names) {
    expect(await webhook.deliver(readDelivery(name))).toMatchObject({ status: 200 });
  }
}

async function appointments(): Promise<unknown[]> {
  const rows = await readAppointments(webhook.database);
  return rows.map(({ id, status, start, client, pet }) => [id, status, start, client, pet]);
}

test('every chain has an expectation', () => {
  expect(Object.keys(FINAL).sort()).toEqual(readChains().map(({ id }) => id).sort());
});

test.each(readChains())('chain $id ends in: $final', async ({ id, deliver }) => {
  await deliverAll(deliver);
  expect(await appointments()).toEqual(expect.arrayContaining(FINAL[id] ?? []));
  expect(await appointments()).toHaveLength(FINAL[id]?.length ?? 0);
});

test.each(readChains())('chain $id ends in the same when it is repeated', async (chain) => {
  await deliverAll([...chain.deliver, ...chain.deliver]);
  expect(await appointments()).toEqual(expect.arrayContaining(FINAL[chain.id] ?? []));
  expect(await appointments()).toHaveLength(FINAL[chain.id]?.length ?? 0);
});

test.each(readChains())('chain $id ends in the same in reverse order', async ({ id, deliver }) => {
  await deliverAll(deliver.toReversed());
  expect(await appointments()).toEqual(expect.arrayContaining(FINAL[id] ?? []));
  expect(await appointments()).toHaveLength(FINAL[id]?.length ?? 0);
});

test('a seat stays when another one is cancelled with the uid of the slot', async () => {
  await deliverAll([
    '025-chain-h-1-seat-first',
    '026-chain-h-2-seat-second-same-uid',
    '028-chain-h-3-seat-cancelled-same-uid',
  ]);
  const seats = await readAppointments(webhook.database);
  expect(Object.fromEntries(seats.map(({ client, status }) => [client, status])))
    .toEqual({ Zofia: 'scheduled', Tomasz: 'cancelled' });
});

test('a completed appointment becomes a no-show when the salon marks it', async () => {
  await deliverAll([
    '004-chain-b-1-created',
    '006-chain-b-3-meeting-ended-flat',
    '060-no-show-marked',
  ]);
  expect(await readAppointments(webhook.database)).toMatchObject([{ status: 'no_show' }]);
});

test('metadata of another salon link no client, and the log has a warning', async () => {
  await deliverAll(['099-created-foreign-metadata-ids']);
  expect(await webhook.database.query('select warnings::text[] from public.webhook_logs'))
    .toEqual([{ warnings: ['client_refused', 'pet_refused'] }]);
});
