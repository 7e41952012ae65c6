import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookAppointments } from '../../functions/support/calcom-sync.ts';
import { createTestDatabase } from '../../support/database.ts';
import { isWhole } from '../../support/run-counts.ts';
import { type Scene, SMSAPI_TOKEN, startScene } from './scene.ts';

const ARGUMENTS = [
  ...['--yes', '--sms-provider', 'smsapi', '--site-url', 'https://panel.salon.example'],
  ...['--salon-name', 'Psi Styl', '--owner-email', 'Hania@salon.example'],
  ...['--cal-username', 'psi-styl', '--import-from', '2025-01-01'],
];
const STEPS = 13;
/** The steps after which it is killed: with `WHOLE=true` each but the last, else every third. */
const EVERY = isWhole() ? 1 : 3;
const KILLED_AFTER = Array.from({ length: STEPS - 1 }, (_, index) => index + 1)
  .filter((step) => step % EVERY === 0);

/** A deployment that was killed after these steps, one run after the other, and then ran to its end. */
let scene: Scene;
let outputs: string[];
let last: string;

beforeAll(async () => {
  scene = await startScene(await createTestDatabase({ template: 'bare' }));
  bookAppointments(scene.town, 3);
  outputs = [];
  for (const step of KILLED_AFTER) outputs.push(await deploy(lineOf(step)));
  last = await deploy();
  outputs.push(last);
}, 240_000);
afterAll(() => scene.stop());

async function deploy(killAfter?: string): Promise<string> {
  const { output } = await scene.deploy(ARGUMENTS, {
    env: {
      SMSAPI_TOKEN,
      CALCOM_API_KEY: scene.webhooks.apiKey,
      ALERT_WEBHOOK_URL: 'https://ntfy.sh/alerts-of-psi-styl',
    },
    ...(killAfter === undefined ? {} : { killAfter }),
  });
  return output;
}

function lineOf(step: number): string {
  return `[${String(step).padStart(2)}/${STEPS}]`;
}

async function column(sql: string): Promise<unknown[]> {
  return (await scene.database.query(sql)).map((row) => Object.values(row)[0]);
}

test('each run was killed where it should be, and the last one reached the doctor', () => {
  outputs.slice(0, -1).forEach((output, index) => {
    expect(output).toContain(lineOf(KILLED_AFTER[index] ?? 0));
    expect(output).not.toContain('error:');
  });
  expect(last).toContain(lineOf(STEPS - 1));
  expect(last).toMatch(/✓ jobs +7 jobs\n/);
  expect(last).toMatch(/✓ function code +as in this checkout\n/);
  expect(last).toMatch(/✓ Cal\.com +1 salon well\n/);
});

test('alerts go where the environment says, in the format of that host', async () => {
  expect(last).toMatch(/alerts +go to: webhook\n/);
  expect(
    await column(
      `select decrypted_secret from vault.decrypted_secrets
       where name like 'barkbook_alert_%' order by name`,
    ),
  ).toEqual(['ntfy', 'https://ntfy.sh/alerts-of-psi-styl']);
});

test('all jobs are scheduled, with one address and one worker secret in Vault', async () => {
  expect(await column('select jobname from cron.job order by 1')).toEqual([
    ...['barkbook_alerts', 'barkbook_calcom_sync', 'barkbook_complete', 'barkbook_erase'],
    ...['barkbook_retry', 'barkbook_sms_reminders', 'barkbook_trim'],
  ]);
  const [url] = await column(
    `select decrypted_secret from vault.decrypted_secrets where name = 'barkbook_functions_url'`,
  );
  expect(url).toMatch(/\/functions\/v1$/);
  expect(
    await column(`select length(decrypted_secret) from vault.decrypted_secrets
    where name = 'barkbook_worker_secret'`),
  ).toEqual([64]);
});

test('all functions are uploaded, and recorded once', async () => {
  expect([...scene.management.functions.keys()].sort()).toEqual([
    ...['appointments', 'calcom-sync', 'calcom-webhook', 'calendar-feed', 'client-link', 'health'],
    ...['sms-reminders', 'sms-status'],
  ]);
  expect(await column('select version from private.deployments')).toEqual(['0.1.0']);
});

test('there is one salon, one owner and one invitation', async () => {
  expect(
    await scene.database.query(
      `select s.name, s.cal_com_username, s.timezone, u.email, u.invited_at is not null as invited,
         r.enabled as reminds
       from public.salons s join auth.users u on u.id = s.user_id
       join public.sms_settings r on r.salon_id = s.id`,
    ),
  ).toEqual([{
    name: 'Psi Styl',
    cal_com_username: 'psi-styl',
    timezone: 'Europe/Warsaw',
    email: 'hania@salon.example',
    invited: true,
    reminds: true,
  }]);
  expect(await column('select count(*)::int from auth.users')).toEqual([1]);
});

test('Cal.com has one webhook, whose secret is in Vault', async () => {
  const { webhooks: [webhook, ...more] } = scene.webhooks;
  const [salonId] = await column('select id from public.salons');
  expect(more).toEqual([]);
  expect(webhook?.subscriberUrl).toMatch(
    new RegExp(`/functions/v1/calcom-webhook\\?salon=${salonId}$`),
  );
  expect(await column(`select public.webhook_secrets('${salonId}')`)).toEqual([[webhook?.secret]]);
});

test('the bookings are imported', async () => {
  expect(await column('select count(*)::int from public.calendar_events')).toEqual([3]);
});

test('sign-up is off and the Site URL is set', () => {
  expect(scene.management.authConfig).toMatchObject({
    disable_signup: true,
    site_url: 'https://panel.salon.example',
    mailer_autoconfirm: false,
  });
});

test('SMS are sent through the provider, and receipts come back', () => {
  expect(Object.fromEntries(scene.management.secrets)).toMatchObject({
    SMS_PROVIDER: 'smsapi',
    SMSAPI_TOKEN,
    SMS_CALLBACK_PUBLIC_URL: expect.stringMatching(/\/functions\/v1\/sms-status$/),
    SMSAPI_CALLBACK_SECRET: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('no secret is shown, except the shared webhook secret when it is made', async () => {
  const { secrets } = scene.management;
  const shared = secrets.get('CALCOM_WEBHOOK_SECRET') ?? '';
  const hidden = [
    ...await column('select decrypted_secret from vault.decrypted_secrets'),
    ...[secrets.get('SMSAPI_CALLBACK_SECRET'), SMSAPI_TOKEN],
    ...scene.management.apiKeys.map(({ api_key }) => api_key),
  ].filter((value) => !String(value).startsWith('http'));
  for (const value of hidden) expect(outputs.join('\n')).not.toContain(value);
  expect(outputs.filter((output) => output.includes(shared))).toHaveLength(1);
});

test('an owner who was invited just before the command was killed is not invited again', async () => {
  await scene.database.query('delete from public.salons');

  const output = await deploy(lineOf(9));

  expect(output).toContain('created Psi Styl, owned by Hania@salon.example');
  expect(await column('select count(*)::int from auth.users')).toEqual([1]);
});

test('a password for an owner who has an account is not set, and that is said', async () => {
  await scene.database.query('delete from public.salons');
  const { output } = await scene.deploy(ARGUMENTS, {
    env: { SMSAPI_TOKEN, OWNER_PASSWORD: 'zapach psa' },
    killAfter: lineOf(9),
  });
  expect(output).toContain('owned by Hania@salon.example, who keeps the old password');
});

test('two deployments at once make one salon and one owner', async () => {
  await scene.database.query('delete from public.salons');
  await scene.database.query('delete from auth.users');
  const options = { env: { SMSAPI_TOKEN, OWNER_PASSWORD: 'zapach psa' }, killAfter: lineOf(9) };

  const runs = await Promise.all([0, 1].map(() => scene.deploy(ARGUMENTS, options)));

  for (const { output } of runs) expect(output).toContain(lineOf(9));
  expect(await column('select count(*)::int from public.salons')).toEqual([1]);
  expect(await column('select count(*)::int from auth.users')).toEqual([1]);
}, 120_000);

test('no request or answer breaks the official document', () => {
  expect(scene.management.violations).toEqual([]);
});
