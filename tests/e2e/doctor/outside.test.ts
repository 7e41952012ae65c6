import { afterEach, describe, expect, test } from 'vitest';
import { clocks } from '../../../cli/doctor/checks/clocks.ts';
import { smsProvider } from '../../../cli/doctor/checks/sms-provider.ts';
import type { Target } from '../../../cli/target/target.ts';
import { refusingUrl } from '../../support/fault-server.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';

// What the doctor asks of servers that are not ours.
const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Answers every request like this, and remembers the last one. */
async function serve(status: number, body: unknown, headers: Record<string, string> = {}) {
  const last = { path: '', authorization: '' };
  const server = await startLoopbackServer((request, response) => {
    last.path = request.url ?? '';
    last.authorization = request.headers.authorization ?? '';
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  servers.push(server);
  return { url: server.url, last };
}

/** A target without services, whose database has another clock. */
function targetAt(functionsUrl: string, databaseAheadSeconds = 0): Target {
  const none = () => Promise.reject(new Error('not asked for'));
  const now = () => Date.now() / 1000 + databaseAheadSeconds;
  return {
    kind: 'self-hosted',
    name: 'a project',
    apiUrl: functionsUrl,
    functionsUrl,
    database: { rows: <Row>() => Promise.resolve([{ now: now() }] as Row[]) },
    management: null,
    secretKey: none,
    publishableKey: none,
  };
}

describe('SMSAPI', () => {
  const ask = (url: string) =>
    smsProvider.run(targetAt(url), { SMSAPI_TOKEN: 'token', SMSAPI_BASE_URL: url });

  test('has points left', async () => {
    const { url, last } = await serve(200, { payment_type: 'prepaid', points: 12.5 });
    expect(await ask(url)).toEqual({ ok: true, detail: 'SMSAPI, 12.5 points' });
    expect(last).toEqual({ path: '/profile', authorization: 'Bearer token' });
  });

  test('has no points left', async () => {
    const { url } = await serve(200, { payment_type: 'prepaid', points: 0 });
    expect(await ask(url)).toMatchObject({ ok: false, next: 'add credit at SMSAPI' });
  });

  test('is paid afterwards, so it needs no points', async () => {
    const { url } = await serve(200, { payment_type: 'postpaid', points: 0 });
    expect(await ask(url)).toMatchObject({ ok: true });
  });

  test('refuses the token', async () => {
    const { url } = await serve(401, { message: 'Authorization failed' });
    expect(await ask(url)).toEqual({
      ok: false,
      problem: 'SMSAPI refuses the credentials (401)',
      next: 'correct SMSAPI_TOKEN',
    });
  });

  test('cannot be reached', async () => {
    expect(await ask(await refusingUrl())).toMatchObject({
      ok: false,
      problem: 'no answer from SMSAPI',
    });
  });
});

describe('Twilio', () => {
  const ask = (url: string) =>
    smsProvider.run(targetAt(url), {
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      TWILIO_API_BASE_URL: url,
    });

  test('has a balance', async () => {
    const { url, last } = await serve(200, { balance: '12.29', currency: 'USD' });
    expect(await ask(url)).toEqual({ ok: true, detail: 'Twilio, 12.29 USD' });
    expect(last.path).toBe('/2010-04-01/Accounts/AC1/Balance.json');
    expect(last.authorization).toBe(`Basic ${btoa('AC1:token')}`);
  });

  test('has none', async () => {
    const { url } = await serve(200, { balance: '-0.05', currency: 'USD' });
    expect(await ask(url)).toEqual({
      ok: false,
      problem: 'Twilio has no credit left (-0.05 USD)',
      next: 'add credit at Twilio',
    });
  });

  test('shows none to a subaccount', async () => {
    const { url } = await serve(404, { code: 20404 });
    expect(await ask(url)).toMatchObject({ ok: true });
  });
});

test('of two providers the chosen one is asked', async () => {
  const smsapi = await serve(401, {});
  const twilio = await serve(200, { balance: '5', currency: 'USD' });
  const both = {
    ...{ SMSAPI_TOKEN: 'old', SMSAPI_BASE_URL: smsapi.url },
    ...{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 't', TWILIO_API_BASE_URL: twilio.url },
  };
  const ask = (provider: string) =>
    smsProvider.run(targetAt(smsapi.url), { ...both, SMS_PROVIDER: provider });
  expect(await ask('twilio')).toEqual({ ok: true, detail: 'Twilio, 5 USD' });
  expect(await ask('smsapi')).toMatchObject({ ok: false });
});

test('without credentials in the shell the provider is not judged', async () => {
  expect(await smsProvider.run(targetAt(await refusingUrl()), {})).toMatchObject({ ok: null });
});

describe('the clocks', () => {
  const dateIn = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

  test('of the functions is wrong', async () => {
    const { url } = await serve(200, {}, { date: dateIn(-120) });
    expect(await clocks.run(targetAt(url), {})).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/the functions by -1[12]\d seconds$/),
    });
  });

  test('of the database is wrong', async () => {
    const { url } = await serve(200, {}, { date: dateIn(0) });
    expect(await clocks.run(targetAt(url, 90), {})).toMatchObject({
      ok: false,
      problem: expect.stringContaining('the database by 90 seconds'),
    });
  });

  test('of this machine is wrong', async () => {
    const { url } = await serve(200, {}, { date: dateIn(300) });
    expect(await clocks.run(targetAt(url, 300), {})).toMatchObject({
      ok: false,
      next: "this machine's clock is wrong: set it",
    });
  });
});
