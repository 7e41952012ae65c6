import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmationOf } from '../../cli/uninstall/confirmation.ts';
import { FUNCTION_SECRETS } from '../../cli/target/function-secret-names.ts';
import { type Plan, readPlan } from '../../cli/uninstall/plan.ts';
import { describePlan } from '../../cli/uninstall/report.ts';
import { uninstall } from '../../cli/uninstall/uninstall.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { applyMigrations } from '../support/database.ts';
import { runCli } from './support/commands.ts';
import { createCommandDir } from './support/commands.ts';
import { createScene, type Scene } from './support/deployed-scene.ts';

/** What others have in the same project. */
const THEIRS = {
  job: `select cron.schedule('barkbook_their_job', '* * * * *', 'select 1')`,
  entry: `select vault.create_secret('theirs', 'barkbook_their_own')`,
  table: 'create table public.their_table (id integer)',
  webhook: 'https://their.example/hook',
};

let scene: Scene;
beforeAll(async () => {
  scene = await createScene({ withFunctions: false });
  const { database, management, calcom, target } = scene;
  await database.query(`select private.setup_alerts('https://ntfy.sh/alerts-of-psi-styl')`);
  for (const statement of [THEIRS.job, THEIRS.entry, THEIRS.table]) await database.query(statement);
  management.functions.set('their-function', {
    metadata: {},
    files: new Map(),
    version: 1,
    updatedAt: 0,
  });
  management.secrets.set('THEIR_SECRET', 'theirs');
  calcom.add({ subscriberUrl: THEIRS.webhook });
  calcom.add({ subscriberUrl: `${target.functionsUrl}/calcom-webhook` });
});
afterAll(() => scene.stop());

const lines: string[] = [];
const run = async (plan: Plan, deleteTables: boolean) => {
  lines.length = 0;
  await uninstall(scene.target, plan, { deleteTables }, (line) => void lines.push(line));
  return lines;
};
const vaultNames = async () =>
  (await scene.database.query('select name from vault.secrets order by name'))
    .map(({ name }) => name);
const jobNames = async () =>
  (await scene.database.query('select jobname from cron.job order by 1'))
    .map(({ jobname }) => jobname);
const webhookUrls = () => scene.calcom.webhooks.map(({ subscriberUrl }) => subscriberUrl);

// The tests run in order, on one project.
test('the plan names everything that goes, and what stays', async () => {
  const plan = await readPlan(scene.target);
  expect(describePlan(scene.target, plan, { deleteTables: false })).toBe(
    `From project abcdefghijklmnopqrst this takes away:
  jobs              barkbook_alerts, barkbook_calcom_sync, barkbook_complete, barkbook_erase, barkbook_retry, barkbook_sms_reminders, barkbook_trim
  webhooks          at Cal.com, of psi-styl
  functions         appointments, calcom-sync, calcom-webhook, calendar-feed, client-link, health, sms-reminders, sms-status
  function secrets  CALCOM_WEBHOOK_SECRET, SMS_PROVIDER, SMSAPI_TOKEN
  Vault entries     6, with the salons' keys and secrets
It leaves:
  all tables: pass --delete-tables to delete ours
  extensions, users, storage and whatever else is in the project`,
  );
  expect(describePlan(scene.target, plan, { deleteTables: true }))
    .toMatch(
      / {2}tables {12}private\.alerts \(1 row\), private\.deployments \(1 row\), .*public\.salons \(2 rows\), .* empty ones/,
    );
});

test('a webhook that cannot be deleted keeps its key and the tables, and can be retried', async () => {
  scene.calcom.failNext('DELETE', 503);
  const plan = await readPlan(scene.target);
  await expect(run(plan, true)).rejects.toThrow(/webhooks of 1 salon are left: run the same/);
  expect(await vaultNames()).toEqual([
    'barkbook_calcom_api_key:a0000000-0000-4000-8000-00000000000a',
    'barkbook_their_own',
    'barkbook_webhook_secret:a0000000-0000-4000-8000-00000000000a',
  ]);
  expect(await scene.database.query('select count(*)::integer as n from salons')).toEqual([
    { n: 2 },
  ]);
});

test('what is ours goes, and what is theirs stays', async () => {
  expect(await run(await readPlan(scene.target), false)).toEqual([
    '0 jobs unscheduled',
    '2 webhooks deleted at Cal.com',
    '0 functions deleted',
    '0 function secrets deleted',
    'Vault entries deleted: 2',
  ]);
  expect(await jobNames()).toEqual(['barkbook_their_job']);
  expect(webhookUrls()).toEqual([THEIRS.webhook]);
  expect([...scene.management.functions.keys()]).toEqual(['their-function']);
  expect([...scene.management.secrets.keys()]).toEqual(['THEIR_SECRET']);
  expect(await vaultNames()).toEqual(['barkbook_their_own']);
  expect(scene.management.violations).toEqual([]);
});

test('a second time finds nothing to take away', async () => {
  const plan = await readPlan(scene.target);
  expect(plan).toMatchObject({
    jobs: [],
    salons: [],
    functions: [],
    secrets: [],
    vaultEntries: [],
  });
  await run(plan, false);
});

test('with the tables nothing of ours is left, and it can be installed again', async () => {
  expect(await run(await readPlan(scene.target), true)).toContainEqual(
    expect.stringMatching(/^[1-9]\d* tables deleted$/),
  );
  expect(await scene.database.query('select * from supabase_migrations.schema_migrations'))
    .toEqual([]);
  expect(await run(await readPlan(scene.target), true)).toContain('0 tables deleted');

  await applyMigrations(scene.database);
  await scene.database.query('select private.setup_schedules($1)', [scene.target.functionsUrl]);
  expect(await jobNames()).toHaveLength(8);
  expect(await scene.database.query('select * from their_table')).toEqual([]);
});

test('the secrets are those that the documents list', async () => {
  const text = await readFile(join(projectRoot, 'docs', 'configuration.md'), 'utf8');
  const [, webhook = '', sync = '', sms = ''] =
    /## Webhook(.*)## Salons.*## Sync(.*)## SMS(.*)## Sched/s
      .exec(text) ?? [];
  const rows = [
    ...(webhook + sync).split('\n').filter((row) => row.includes('function secret')),
    sms,
  ]
    .join('\n').split('\n').map((row) => row.split('|')[1] ?? '');
  const documented = rows.flatMap((cell) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name)
  );
  expect(FUNCTION_SECRETS.toSorted()).toEqual(documented.toSorted());
});

describe('npm run uninstall', () => {
  test('asks for yes, and deletes no table without the name', async () => {
    const local = await createCommandDir(scene.api);
    const uninstallLocal = (...args: string[]) => runCli('uninstall', args, local.dir);

    expect((await uninstallLocal()).output).toMatch(/error: nobody can answer here: pass --yes\n$/);
    const refused = await uninstallLocal('--yes', '--delete-tables');
    expect(refused.output).toMatch(
      /error: to delete the tables, type local, or pass --confirm local/,
    );
    expect(refused.ok).toBe(false);
    expect(await jobNames()).toHaveLength(8);

    const done = await uninstallLocal('--yes');
    expect(done.output).toContain('7 jobs unscheduled');
    expect(done.ok).toBe(true);
    expect(await jobNames()).toEqual(['barkbook_their_job']);
    expect(await scene.database.query('select * from salons')).toEqual([]);
    const gone = await uninstallLocal('--delete-tables', '--confirm', 'local');
    expect(gone.output).toMatch(/^[1-9]\d* tables deleted$/m);
    await local.remove();
  });

  test('has a project typed by its ref, and a self-hosted one by its host', () => {
    expect(confirmationOf(scene.target)).toBe('abcdefghijklmnopqrst');
    expect(
      confirmationOf({
        ...scene.target,
        kind: 'self-hosted',
        management: null,
        apiUrl: 'https://supabase.example.com',
      }),
    ).toBe('supabase.example.com');
  });
});
