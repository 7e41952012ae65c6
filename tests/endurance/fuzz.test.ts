import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  emptyCalendar,
  loadWorld,
  startWebhook,
  type Webhook,
} from '../functions/support/calcom-webhook.ts';
import { fuzz } from '../support/fuzz.ts';
import { type LoopbackServer, startLoopbackServer } from '../support/loopback-server.ts';

/** `FUZZ_DELIVERIES=10000 npm run test:endurance` is quick. */
const DELIVERIES = Number(process.env.FUZZ_DELIVERIES ?? 100_000);
const ROUNDS = 10;
const PER_ROUND = DELIVERIES / ROUNDS;
/** How many parts the round with the real database has. */
const PARTS = 10;

/** With a large heap V8 collects garbage late, and the memory in use says nothing. */
const SMALL_HEAP = { DENO_V8_FLAGS: '--max-old-space-size=128' };
/** From the middle of the rounds on: before, the function warms up. */
const MAX_GROWTH_KB = 32 * 1024;

const CANARY = /kanarek|501 ?220 ?314/i;

async function residentKb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout);
}

function expectNoPersonalData(webhook: Webhook): void {
  expect(webhook.running.stdout().length).toBeGreaterThan(0);
  expect(webhook.running.stdout()).not.toMatch(CANARY);
  expect(webhook.running.stderr()).toBe('');
}

describe('mutated deliveries to the real database', () => {
  let webhook: Webhook;

  beforeAll(async () => {
    webhook = await startWebhook(SMALL_HEAP);
    await loadWorld(webhook.database);
  });
  afterAll(() => webhook.stop());

  // All are about the same bookings, so the calendar is emptied now and then.
  test.each(Array.from({ length: PARTS }, (_, part) => -part))(
    'break neither the function nor the database: part %i',
    async (part) => {
      const count = PER_ROUND / PARTS;
      const { statuses, broken } = await fuzz(webhook.running.url, count, part);
      expect(broken).toEqual([]);
      expect(statuses[200]).toBeGreaterThan(count / 10);
      expectNoPersonalData(webhook);
      const failed = await webhook.database.query(
        `select error_message from public.webhook_logs where error_message like '%SQLSTATE%'`,
      );
      expect(failed).toEqual([]);
      await emptyCalendar(webhook.database);
    },
  );
});

describe('mutated deliveries to a stand-in that accepts everything Postgres could', () => {
  let webhook: Webhook;
  let database: LoopbackServer;
  const residentAfter: number[] = [];

  beforeAll(async () => {
    database = await startLoopbackServer(async (request, response) => {
      // Postgres refuses NUL, and PostgREST refuses invalid JSON.
      const sent = await text(request);
      const isRefused = /(?<!\\)(\\\\)*\\u0000/.test(sent) || !isJson(sent);
      const row = { action: 'applied', event_id: null, log_id: randomUUID(), reason: null };
      response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify([row]));
    });
    webhook = await startWebhook({ ...SMALL_HEAP, SUPABASE_URL: database.url });
  });
  afterAll(async () => {
    await webhook.stop();
    await database.stop();
  });

  test.each(Array.from({ length: ROUNDS - 1 }, (_, round) => round + 1))(
    'do not break the function: round %i',
    async (round) => {
      const { statuses, broken } = await fuzz(webhook.running.url, PER_ROUND, round);
      expect(broken).toEqual([]);
      residentAfter.push(await residentKb(webhook.running.pid));
      console.log(`round ${round}`, statuses, `${residentAfter.at(-1)} kB`);
    },
  );

  test('leave no personal data in the log', () => expectNoPersonalData(webhook));

  test('do not make the memory of the function grow', () => {
    expect(residentAfter).toHaveLength(ROUNDS - 1);
    const warm = residentAfter[ROUNDS / 2] ?? 0;
    expect(residentAfter.at(-1)).toBeLessThan(warm + MAX_GROWTH_KB);
  });
});

function isJson(sent: string): boolean {
  try {
    JSON.parse(sent);
    return true;
  } catch {
    return false;
  }
}
