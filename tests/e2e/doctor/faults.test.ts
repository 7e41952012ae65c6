import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createScene, type Scene } from '../support/deployed-scene.ts';
import { ANSWERED_AGAIN, PLANTED_FAULTS } from './planted-faults.ts';

// Each fault is planted in a project in which nothing is wrong, found by name, and taken away. The
// health function keeps its answer for ten seconds, so health.test.ts has its own.
let scene: Scene;
const undo: (() => unknown)[] = [];

beforeAll(async () => {
  scene = await createScene();
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
afterAll(() => scene.stop());

/** Runs SQL now, and other SQL after the test. */
async function plant(sql: string, afterwards: string): Promise<void> {
  await scene.admin(sql);
  undo.push(() => scene.admin(afterwards));
}

/** Changes members of an object until the test has ended. */
function change<Value extends object>(value: Value, members: Partial<Value>): void {
  const before = { ...value };
  Object.assign(value, members);
  undo.push(() => Object.assign(value, before));
}

/** What the doctor found, without `health`, which follows ten seconds later. */
async function found(env: NodeJS.ProcessEnv = {}): Promise<Record<string, string>> {
  const { health: _, ...problems } = await scene.problems(env);
  return problems;
}

const webhook = () => {
  const [own] = scene.calcom.webhooks;
  if (own === undefined) throw new Error('no webhook');
  return own;
};

test('a project in which nothing is wrong passes, and nothing at Cal.com is changed', async () => {
  expect(await scene.problems()).toEqual({});
  expect(scene.calcom.asked.filter((asked) => !asked.startsWith('GET'))).toEqual([]);
  expect(scene.management.violations).toEqual([]);
});

test.each(PLANTED_FAULTS)('finds $fault', async ({ check, text, sql, afterwards }) => {
  await plant(sql, afterwards);
  const problems = await found();
  expect(Object.keys(problems)).toEqual([check]);
  expect(problems[check]).toMatch(text);
});

test('forgives one refused call before others that are well', async () => {
  await plant(
    `insert into net._http_response (status_code, created)
     values (401, now() - interval '10 minutes')`,
    ANSWERED_AGAIN,
  );
  expect(await found()).toEqual({});
});

test('waits a week for an owner who was invited', async () => {
  await plant(
    `update auth.users set email_confirmed_at = null, invited_at = now() - interval '6 days'
     where email like 'james@%'`,
    'update auth.users set email_confirmed_at = now(), invited_at = null',
  );
  expect(await found()).toEqual({});
  await scene.admin(
    `update auth.users set invited_at = now() - interval '8 days' where email like 'james@%'`,
  );
  expect(Object.keys(await found())).toEqual(['owners']);
});

test('finds an extension that is gone, and judges nothing that needs it', async () => {
  await plant('alter schema net rename to gone', 'alter schema gone rename to net');
  expect(Object.keys(await found())).toEqual(['extensions']);
});

test('finds functions of another checkout', async () => {
  const [row] = await scene.database.query<{ hash: string }>(
    'select functions_hash as hash from private.deployments',
  );
  await plant(
    `update private.deployments set functions_hash = 'another'`,
    `update private.deployments set functions_hash = '${row?.hash}'`,
  );
  expect(await found()).toEqual({
    'function code': expect.stringMatching(/^differs from this checkout → npm run deploy/),
  });
});

describe('by the Management API it finds', () => {
  test('a project that is paused', async () => {
    change(scene.management, { status: 'INACTIVE' });
    expect(Object.keys(await found())).toEqual(['database']);
  });

  test('a function that is not deployed', async () => {
    const deployed = scene.management.functions.get('sms-reminders');
    scene.management.functions.delete('sms-reminders');
    undo.push(() => deployed && scene.management.functions.set('sms-reminders', deployed));
    expect(await found()).toEqual({
      functions: expect.stringMatching(/^sms-reminders is not deployed → npm run deploy/),
    });
  });

  test('a function that requires a token', async () => {
    const deployed = scene.management.functions.get('calcom-webhook');
    change(deployed?.metadata ?? {}, { verify_jwt: true });
    expect(await found()).toEqual({
      functions: expect.stringMatching(/^calcom-webhook requires a token, .* → npm run deploy/),
    });
  });

  test.each([
    ['SMS_PROVIDER', /^missing: SMS_PROVIDER → npx supabase secrets set/],
    ['SMSAPI_TOKEN', /^missing: SMSAPI_TOKEN → /],
    ['CALCOM_WEBHOOK_SECRET', /^missing: CALCOM_WEBHOOK_SECRET → /],
  ])('a missing function secret: %s', async (name, text) => {
    const value = scene.management.secrets.get(name) ?? '';
    scene.management.secrets.delete(name);
    undo.push(() => scene.management.secrets.set(name, value));
    expect(await found()).toEqual({ 'function secrets': expect.stringMatching(text) });
  });

  test('a provider that only prints', async () => {
    scene.management.secrets.set('SMS_PROVIDER', 'log');
    undo.push(() => scene.management.secrets.set('SMS_PROVIDER', 'smsapi'));
    expect(await found()).toEqual({
      'function secrets': expect.stringContaining('SMS_PROVIDER that sends'),
    });
  });

  test('sign-up that is open while new salons may send SMS', async () => {
    change(scene.management.authConfig, { disable_signup: false });
    expect(await found()).toEqual({ 'sign-up': expect.stringContaining('anyone can sign up') });
    await plant(
      'alter table public.sms_settings alter daily_cap set default 0',
      'alter table public.sms_settings alter daily_cap set default 200',
    );
    expect(await found()).toEqual({});
  });

  test('addresses that nobody confirms', async () => {
    change(scene.management.authConfig, { mailer_autoconfirm: true });
    expect(await found()).toEqual({ 'sign-up': expect.stringContaining('Confirm email') });
  });
});

describe('at Cal.com it finds', () => {
  test('an API key that is refused', async () => {
    await scene.database.query('select set_calcom_api_key($1, $2)', [scene.salonId, 'cal_old']);
    undo.push(() =>
      scene.database.query('select set_calcom_api_key($1, $2)', [
        scene.salonId,
        scene.calcom.apiKey,
      ])
    );
    expect(await found()).toEqual({
      'Cal.com': expect.stringMatching(
        /^1 of 1 salon: psi-styl: Cal\.com refuses the API key.* → npm run calcom:register/,
      ),
    });
  });

  test.each<[string, RegExp, Parameters<typeof change>[1]]>([
    ['a webhook that is switched off', /its webhook is switched off/, { active: false }],
    [
      'a webhook without all triggers',
      /its webhook lacks BOOKING_REQUESTED and 9 more triggers/,
      { triggers: ['BOOKING_CREATED'] },
    ],
    [
      'a webhook with a template',
      /its webhook has a custom payload template/,
      { payloadTemplate: '{}' },
    ],
    [
      'a webhook to another project',
      /no webhook to http/,
      { subscriberUrl: 'https://other.supabase.co/functions/v1/calcom-webhook' },
    ],
  ])('%s', async (_, text, members) => {
    change<object>(webhook(), members);
    expect(await found()).toEqual({ 'Cal.com': expect.stringMatching(text) });
  });

  test('a webhook whose secret nobody here knows', async () => {
    await scene.database.query('select revoke_webhook_secrets($1)', [scene.salonId]);
    undo.push(() =>
      scene.database.query('select stage_webhook_secret($1, $2)', [scene.salonId, 'w'.repeat(40)])
    );
    expect(await found()).toEqual({
      'Cal.com': expect.stringContaining('Vault has no secret of its webhook'),
    });
  });

  test('many salons, of which it names five', async () => {
    await plant(
      `insert into public.salons (name, cal_com_username, user_id)
       select 'Salon ' || n, 'salon-' || lpad(n::text, 2, '0'), u.id
       from generate_series(1, 30) as n, auth.users u where u.email like 'james@%';
       select public.set_calcom_api_key(s.id, '${scene.calcom.apiKey}') from public.salons s
       where s.name like 'Salon %'`,
      `delete from public.salons where name like 'Salon %'`,
    );
    const { 'Cal.com': problem = '' } = await found();
    expect(problem).toMatch(/^30 of 31 salons: salon-01: this API key belongs to .* psi-styl, not/);
    expect(problem).toMatch(/salon-05: .*; and 25 more → npm run calcom:register/);
    expect(problem).not.toContain('salon-06');
  });
});
