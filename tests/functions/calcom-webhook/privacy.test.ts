import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readDeliveries, readWorld } from '../../fixtures/calcom/deliveries.ts';
import { loadWorld, startWebhook, type Webhook } from '../support/calcom-webhook.ts';

/** Members of a delivery whose text is personal or secret. */
const PERSONAL_MEMBERS = new Set([
  ...['name', 'firstName', 'lastName', 'email', 'phoneNumber', 'smsReminderNumber', 'bookerEmail'],
  ...['title', 'description', 'additionalNotes', 'cancellationReason', 'rejectionReason', 'value'],
  ...['location', 'notes', 'message', 'cancelledBy', 'rescheduledBy', 'hostEmail', 'password'],
  ...['connectAndJoinUrl', 'downloadLink', 'oneTimePassword', 'videoCallUrl', 'participants'],
  ...['previousLocation', 'attendeeIcsContent', 'organizerIcsContent'],
]);

/** Shorter texts occur by chance. */
const MIN_CHARACTERS = 4;

function personalTexts(value: unknown, member = ''): string[] {
  if (typeof value === 'string') return PERSONAL_MEMBERS.has(member) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    personalTexts(part, Array.isArray(value) ? member : key)
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Every such text in the deliveries, and the data of all clients. */
function everythingPersonal(): string[] {
  const ofClients = readWorld().flatMap(({ name, phone, clients }) => [
    name,
    phone,
    ...clients.flatMap((client) => [
      client.name,
      client.surname,
      client.email,
      client.phone_number,
      client.phone_number.replace('+48', ''),
      client.pet.name,
    ]),
  ]);
  const ofDeliveries = readDeliveries().flatMap(({ text }) => personalTexts(jsonIn(text)));
  return [...new Set([...ofClients, ...ofDeliveries])]
    .filter((text) => text.length >= MIN_CHARACTERS);
}

let webhook: Webhook;
let answers = '';

beforeAll(async () => {
  webhook = await startWebhook();
  await loadWorld(webhook.database);
  for (const delivery of readDeliveries()) answers += (await webhook.deliver(delivery)).text;
});
afterAll(() => webhook.stop());

test('there are personal texts to look for', () => {
  expect(everythingPersonal()).toContain('zofia.kaczmarek@poczta.example');
  expect(everythingPersonal()).toContain('Fiona boi się suszarki.');
  expect(everythingPersonal().length).toBeGreaterThan(60);
});

test('every delivery has one JSON line in the log', async () => {
  const lines = () => webhook.running.stdout().trim().split('\n');
  await expect.poll(() => lines().length).toBe(readDeliveries().length);
  for (const line of lines()) expect(JSON.parse(line)).toHaveProperty('request_id');
});

test('no calendar file is stored, and the delivery key is that of the whole body', async () => {
  const withFile = readDeliveries().find(({ text }) => text.includes('BEGIN:VCALENDAR'));
  const rows = await webhook.database.query(
    'select from public.webhook_logs where delivery_key = $1',
    [createHash('sha256').update(withFile?.text ?? '').digest('hex')],
  );
  expect(rows).toHaveLength(1);
  expect(
    await webhook.database.query(
      "select from public.webhook_logs where payload::text ~ 'VCALENDAR|IcsContent'",
    ),
  ).toEqual([]);
});

test('no e-mail, phone, name, note or link of any delivery is in the log', () => {
  const output = webhook.running.stdout() + webhook.running.stderr();
  expect(everythingPersonal().filter((text) => output.includes(text))).toEqual([]);
});

test('no e-mail, phone, name, note or link of any delivery is in an answer', () => {
  expect(everythingPersonal().filter((text) => answers.includes(text))).toEqual([]);
});
