import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgetReminders } from '../../database/support/reminders.ts';
import {
  type Fault,
  type FaultServer,
  type PlainAnswer,
  refusingUrl,
  startFaultServer,
} from '../../support/fault-server.ts';
import {
  CALLBACK_SECRET,
  createDueReminders,
  readMessage,
  readMessages,
  type Reminders,
  type SmsRow,
  startReminders,
} from '../support/sms-reminders.ts';

const TOKEN = 'a-token-of-the-provider';

const SMSAPI = {
  SMS_PROVIDER: 'smsapi',
  SMSAPI_TOKEN: TOKEN,
  SMSAPI_CALLBACK_SECRET: CALLBACK_SECRET,
};

const TWILIO = {
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: 'ACb4bb00c0b4bb00c0b4bb00c0b4bb00c0',
  TWILIO_AUTH_TOKEN: TOKEN,
  TWILIO_FROM: '+48799000111',
};

let reminders: Reminders;

beforeAll(async () => {
  reminders = await startReminders();
});
beforeEach(() => forgetReminders(reminders.database));
afterEach(expectNothingPrivate);
afterAll(() => reminders.stop());

function expectNothingPrivate(): void {
  for (const secret of [TOKEN, CALLBACK_SECRET, '600100000', 'Przypomnienie', 'Reksio']) {
    expect(reminders.output()).not.toContain(secret);
  }
}

async function pausedProviders(): Promise<unknown[]> {
  return await reminders.database.query(
    `select provider, reason,
       paused_until between now() + interval '14 minutes' and now() + interval '15 minutes' as soon
     from public.sms_provider_state`,
  );
}

async function optOuts(): Promise<unknown[]> {
  return await reminders.database.query('select phone, source from public.sms_opt_outs');
}

const answer = (body: unknown, status = 200): PlainAnswer => ({ status, body });

const UNKNOWN = { status: 'unknown', reason: 'ambiguous', attempts: 1 };
const LATER = { status: 'pending', reason: null, attempts: 1 };
/** The provider was not reached or refused for rate, which does not count as an attempt. */
const UNREACHED = { ...LATER, attempts: 0 };
const FAILED = { status: 'failed', attempts: 1 };
const PAUSED = { status: 'pending', reason: 'paused', attempts: 0 };

type Case = [what: string, part: Fault | PlainAnswer, row: Partial<SmsRow>];

describe.each<{ env: Record<string, string>; urlName: string; name: string; cases: Case[] }>([
  {
    name: 'smsapi',
    env: SMSAPI,
    urlName: 'SMSAPI_BASE_URL',
    cases: [
      ['an error about the number', 'error_200', { ...FAILED, error_code: '13' }],
      ['an error about the account, as a text', answer({ error: '103' }), {
        ...PAUSED,
        error_code: '103',
      }],
      ['a message that it has already', answer({ error: 53 }), {
        status: 'sent',
        provider_message_id: null,
      }],
      ['a number on its opt-out list', answer({ error: 59 }), { ...FAILED, error_code: '59' }],
      ['too many requests at once', answer({ error: 202 }), { ...LATER, error_code: '202' }],
      ['an error of its own', answer({ error: 201 }), { ...UNKNOWN, error_code: '201' }],
      ['an empty object', answer({}), UNKNOWN],
      ['an empty list', answer({ count: 0, list: [] }), UNKNOWN],
      ['a status that is new', answer({ list: [{ id: '1', status: 'SOMETHING_NEW' }] }), UNKNOWN],
      ['a page of a proxy', 'unavailable_html', { ...UNKNOWN, error_code: 'http_503' }],
      ['silence', 'hang', { ...UNKNOWN, error_code: 'timeout' }],
      ['a broken connection', 'reset', UNKNOWN],
    ],
  },
  {
    name: 'twilio',
    env: TWILIO,
    urlName: 'TWILIO_API_BASE_URL',
    cases: [
      ['a number that is none', answer({ code: 21211 }, 400), { ...FAILED, error_code: '21211' }],
      ['a landline', answer({ code: 21614 }, 400), { ...FAILED, error_code: '21614' }],
      ['a number that sent STOP', answer({ code: 21610 }, 400), {
        ...FAILED,
        error_code: '21610',
      }],
      ['a wrong token', answer({ code: 20003 }, 401), { ...PAUSED, error_code: '20003' }],
      ['too many requests', 'too_many_requests', { ...UNREACHED, error_code: 'http_429' }],
      ['a page of a proxy', 'unavailable_html', { ...UNKNOWN, error_code: 'http_503' }],
      ['a 201 that breaks off', 'truncated_201', UNKNOWN],
      ['silence', 'hang', { ...UNKNOWN, error_code: 'timeout' }],
      ['a broken connection', 'reset', UNKNOWN],
    ],
  },
])('when $name answers with', ({ name, env, urlName, cases }) => {
  let server: FaultServer;

  beforeAll(async () => {
    server = await startFaultServer('hang');
    await reminders.reconfigure({
      ...env,
      [urlName]: server.url,
      SMS_REQUEST_TIMEOUT_MS: '1000',
    });
  });
  afterAll(() => server.stop());

  test.each(cases)('%s, the message has the right status', async (_what, part, row) => {
    const before = server.received.length;
    server.play(part);
    await createDueReminders(reminders.database);
    const { error } = await reminders.run();
    expect(await readMessage(reminders.database)).toMatchObject({ ...row, lease_token: null });
    expect(server.received.length - before).toBe(1);
    expect(error).toBe(row.reason === 'paused' ? 'provider_paused' : null);
    expect(await pausedProviders()).toEqual(
      row.reason === 'paused' ? [{ provider: name, reason: row.error_code, soon: true }] : [],
    );
    expect(await optOuts()).toEqual(
      row.error_code === '59' || row.error_code === '21610'
        ? [{ phone: '+48600100000', source: name }]
        : [],
    );
  });
});

describe('a provider', () => {
  test('that cannot be reached was sent nothing', async () => {
    await reminders.reconfigure({ ...SMSAPI, SMSAPI_BASE_URL: await refusingUrl() });
    await createDueReminders(reminders.database);
    await reminders.run();
    expect(await readMessage(reminders.database))
      .toMatchObject({ ...UNREACHED, error_code: 'connection_refused' });
  });

  test('that asks for a pause of 90 seconds gets no request until then', async () => {
    const server = await startFaultServer('too_many_requests');
    await reminders.reconfigure({ ...TWILIO, TWILIO_API_BASE_URL: server.url });
    await createDueReminders(reminders.database);
    await reminders.run();
    const [row] = await reminders.database.query(
      `select next_attempt_at >= updated_at + interval '89 seconds' as waits
       from public.sms_messages`,
    );
    expect(row).toEqual({ waits: true });
    await reminders.run();
    expect(server.received).toHaveLength(1);
    await server.stop();
  });

  test('that refuses the account gets one request, not one for each message', async () => {
    const server = await startFaultServer(answer({ error: 101 }));
    await reminders.reconfigure({
      ...SMSAPI,
      SMSAPI_BASE_URL: server.url,
      SMS_CONCURRENCY: '1',
    });
    await createDueReminders(reminders.database, 10);
    await reminders.run();
    await reminders.run();
    expect(server.received).toHaveLength(1);
    const rows = await readMessages(reminders.database);
    expect(rows.map(({ status, attempts }) => ({ status, attempts })))
      .toEqual(Array(10).fill({ status: 'pending', attempts: 0 }));
    await server.stop();
  });
});
