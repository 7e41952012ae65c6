import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deploy } from '../../../cli/deploy/deploy.ts';
import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  type ManagementApi,
  PROJECT_REF,
  startManagementApi,
} from '../../support/management-api/server.ts';
import { recordedTerminal } from './recorded-terminal.ts';

let dir: string;
let database: TestDatabase;
let management: ManagementApi;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-test-'));
  database = await createTestDatabase();
  management = await startManagementApi({ dir, databaseUrl: database.url });
});
afterEach(() => {
  management.status = 'ACTIVE_HEALTHY';
  management.failures.clear();
  management.requests.length = 0;
});
afterAll(async () => {
  await management.stop();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

const READS = /^GET |^POST \/database\/query$/;

/** The problem that the command names; it has changed nothing. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const problem = await deploy(args, recordedTerminal().terminal, {
    ...management.env,
    HOME: dir,
    ...env,
  }).then(
    () => null,
    (failure: unknown) => failure,
  );
  expect(problem).toBeInstanceOf(SetupProblem);
  expect(management.requests.filter((request) => !READS.test(request))).toEqual([]);
  return (problem as SetupProblem).message;
}

const PROJECT = ['--project-ref', PROJECT_REF, '--yes'];
const SALON = [
  ...['--salon-name', 'Psi Styl', '--owner-email', 'hania@salon.example'],
  ...['--cal-username', 'psi-styl'],
];

test('the project must be named', async () => {
  expect(await refusal([])).toMatch(/^usage: npm run deploy -- --project-ref <ref>/);
  expect(await refusal(['--project-ref', 'BarkBook'])).toBe(
    '--project-ref BarkBook is not a project: it is the 20 letters in ' +
      'https://<ref>.supabase.co',
  );
});

test('a day that is none is refused before anything is deployed', async () => {
  expect(await refusal([...PROJECT, '--import-from', 'yesterday'])).toBe(
    '--import-from yesterday is not a day: write 2026-01-01, or 2026-01-01T10:00Z',
  );
});

test('without an access token it says where to make one', async () => {
  expect(await refusal(PROJECT, { SUPABASE_ACCESS_TOKEN: '' })).toBe(
    'no access token: make one at https://supabase.com/dashboard/account/tokens and put it ' +
      'into SUPABASE_ACCESS_TOKEN',
  );
});

test('a wrong token is named', async () => {
  expect(await refusal(PROJECT, { SUPABASE_ACCESS_TOKEN: 'sbp_wrong' })).toBe(
    'Supabase refuses the access token: make a new one at ' +
      'https://supabase.com/dashboard/account/tokens and put it into SUPABASE_ACCESS_TOKEN',
  );
});

test('a token without the right is told which right', async () => {
  management.failures.set('GET /secrets', [{ status: 403, message: 'Forbidden' }]);
  expect(await refusal([...PROJECT, ...SALON, '--without-sms'])).toBe(
    `the access token may not GET /projects/${PROJECT_REF}/secrets: use one with all scopes, ` +
      'of a member of the organization who is an owner, administrator or developer',
  );
});

test('a limit of requests is waited for', async () => {
  management.failures.set('GET /config/auth', [
    { status: 429, message: 'Too many requests', headers: { 'retry-after': '1' } },
  ]);
  const output = await refusal([...PROJECT, '--without-sms']);
  expect(output).toMatch(/^missing: --salon-name/);
  expect(management.requests.filter((request) => request === 'GET /config/auth')).toHaveLength(2);
});

test('a paused project is named', async () => {
  management.status = 'INACTIVE';
  expect(await refusal(PROJECT)).toBe(
    `project ${PROJECT_REF} is paused: restore it at ` +
      `https://supabase.com/dashboard/project/${PROJECT_REF}`,
  );
});

test('everything that is missing is listed in one line', async () => {
  expect(await refusal(PROJECT)).toBe(
    'missing: --sms-provider smsapi or twilio (or --without-sms), ' +
      '--salon-name (or --without-salon), --owner-email, --cal-username',
  );
  expect(await refusal([...PROJECT, ...SALON, '--sms-provider', 'twilio'])).toBe(
    'missing: TWILIO_ACCOUNT_SID in the environment, TWILIO_AUTH_TOKEN in the environment, ' +
      'TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM in the environment',
  );
});

test('in a pipe without --yes nothing happens', async () => {
  expect(await refusal(['--project-ref', PROJECT_REF, ...SALON, '--without-sms'])).toBe(
    'nobody can be asked here: add --yes to deploy anyway',
  );
});

test('a webhook secret that the function would refuse is refused here', async () => {
  const args = [...PROJECT, ...SALON, '--without-sms'];
  expect(await refusal(args, { CALCOM_WEBHOOK_SECRET: 'fifteen-letters' })).toMatch(
    /^CALCOM_WEBHOOK_SECRET is too short/,
  );
});

test('an older version than the deployed one is refused', async () => {
  await database.query(`insert into private.deployments (version) values ('0.9.0'), ('0.10.0')`);
  expect(await refusal(PROJECT)).toBe(
    `version 0.10.0 is deployed to project ${PROJECT_REF}, and this checkout is 0.1.0: check ` +
      'out 0.10.0 or a later version and deploy that',
  );
  await database.query('truncate private.deployments');
});

test('a checkout that lacks an applied migration of this project is refused', async () => {
  await database.query(
    `create schema supabase_migrations;
     create table supabase_migrations.schema_migrations (version text, name text);
     insert into supabase_migrations.schema_migrations
     values ('20991231000000', 'barkbook_calendar_sync_tomorrow')`,
  );
  expect(await refusal(PROJECT)).toMatch(
    /^this checkout is older than project .* 20991231000000_barkbook_calendar_sync_tomorrow/,
  );
});
