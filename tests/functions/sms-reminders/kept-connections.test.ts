import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';
import {
  CALLBACK_SECRET,
  countByStatus,
  createDueReminders,
  type Reminders,
  startReminders,
} from '../support/sms-reminders.ts';

// Deno's fetch repeats a request by itself if a connection that was kept ends before the answer.

/** More than are sent at a time, so that connections would be used again. */
const MESSAGES = 40;

const ENVIRONMENTS = {
  SMSAPI: {
    SMS_PROVIDER: 'smsapi',
    SMSAPI_TOKEN: 'smsapi-token',
    SMSAPI_CALLBACK_SECRET: CALLBACK_SECRET,
  },
  Twilio: {
    SMS_PROVIDER: 'twilio',
    TWILIO_ACCOUNT_SID: 'ACb4bb00c0b4bb00c0b4bb00c0b4bb00c0',
    TWILIO_AUTH_TOKEN: 'twilio-token',
    TWILIO_FROM: '+48799000111',
  },
};

let reminders: Reminders;
let provider: LoopbackServer;
/** The number in each POST that the provider took. */
let recipients: string[];

let kept: WeakSet<Socket>;
let count = 0;

beforeAll(async () => {
  provider = await startLoopbackServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    recipients.push(form.get('to') ?? form.get('To') ?? '');
    if (kept.has(request.socket)) {
      request.socket.destroy();
      return;
    }
    kept.add(request.socket);
    const id = String(++count);
    response.writeHead(201).end(JSON.stringify({
      sid: `SM${id.padStart(32, '0')}`,
      list: [{ id, status: 'QUEUE', error: null }],
    }));
  });
  reminders = await startReminders();
});
beforeEach(async () => {
  recipients = [];
  kept = new WeakSet();
  await forgetReminders(reminders.database);
  await createDueReminders(reminders.database, MESSAGES);
});
afterAll(async () => {
  await reminders.stop();
  await provider.stop();
});

describe.each(Object.entries(ENVIRONMENTS))('through %s', (_name, env) => {
  beforeAll(() =>
    reminders.reconfigure({
      ...env,
      SMSAPI_BASE_URL: provider.url,
      TWILIO_API_BASE_URL: provider.url,
      SMS_CALLBACK_PUBLIC_URL: undefined,
    })
  );

  test('no SMS is repeated, whatever becomes of a kept connection', async () => {
    await reminders.run();
    expect(recipients.toSorted()).toEqual([...new Set(recipients)].toSorted());
    expect(await countByStatus(reminders.database)).toEqual({ sent: MESSAGES });
  });

  test('no call of the database is repeated', async () => {
    reminders.gate.dropKeptConnections(true);
    expect(await reminders.run()).toMatchObject({
      counts: { claimed: MESSAGES, sent: MESSAGES },
      error: null,
    });
    expect(recipients).toHaveLength(MESSAGES);
    reminders.gate.dropKeptConnections(false);
  });
});
