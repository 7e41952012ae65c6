import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deploy } from '../../../cli/deploy/deploy.ts';
import { createSalon } from '../../database/support/salons.ts';
import {
  type CalcomWebhookServer,
  startCalcomWebhookServer,
} from '../../support/calcom-webhook-server.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  type ManagementApi,
  PROJECT_REF,
  startManagementApi,
} from '../../support/management-api/server.ts';
import { recordDeployment } from './recorded-deployment.ts';
import { recordedTerminal } from './recorded-terminal.ts';

/** A preview branch with a copy of production's database and secrets. */
let dir: string;
let database: TestDatabase;
let management: ManagementApi;
let calcom: CalcomWebhookServer;
let output: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-test-'));
  database = await createTestDatabase();
  calcom = await startCalcomWebhookServer('psi-styl');
  management = await startManagementApi({ dir, databaseUrl: database.url });
  management.isBranch = true;
  management.secrets.set('SMS_PROVIDER', 'smsapi');
  await recordDeployment(database, management);
  await database.query(`select private.setup_schedules('https://production.test/functions/v1')`);
  await database.query(`select private.setup_alerts('https://hooks.slack.com/services/T/B/x')`);
  const { id } = await createSalon(database, { username: 'psi-styl' });
  await database.query('select public.set_calcom_api_key($1, $2)', [id, calcom.apiKey]);

  vi.stubEnv('CALCOM_API_URL', calcom.url);
  const terminal = recordedTerminal();
  await deploy(['--project-ref', PROJECT_REF, '--yes'], terminal.terminal, {
    ...management.env,
    CALCOM_API_KEY: calcom.apiKey,
    SMS_PROVIDER: 'smsapi',
    SMSAPI_TOKEN: 'token of production',
    ALERT_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/x',
  });
  output = terminal.output();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await management.stop();
  await calcom.stop();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

test('a preview branch is recognized', () => {
  expect(output).toMatch(
    /^Version 0\.1\.0 to project .*, a preview: no SMS, no jobs, nothing in Cal/,
  );
});

test('it never sends SMS', () => {
  expect([...management.secrets.keys()]).toEqual(['CALCOM_WEBHOOK_SECRET']);
});

test('it has no jobs, which would wake the functions of production', async () => {
  expect(await database.query('select jobname from cron.job')).toEqual([]);
  expect(
    await database.query(
      `select name from vault.secrets where name in ('barkbook_functions_url', 'barkbook_worker_secret')`,
    ),
  ).toEqual([]);
});

test('it sends no alerts, which would look like those of production', async () => {
  expect(await database.query(`select name from vault.secrets where name ~ 'alert'`)).toEqual([]);
});

test('Cal.com is not asked for anything', () => {
  expect(calcom.asked).toEqual([]);
});

test('no request or answer breaks the official document', () => {
  expect(management.violations).toEqual([]);
});
