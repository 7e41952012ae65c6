import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deploy } from '../../../cli/deploy/deploy.ts';
import { createSalon } from '../../database/support/salons.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts';
import {
  type ManagementApi,
  PROJECT_REF,
  startManagementApi,
} from '../../support/management-api/server.ts';
import { recordDeployment } from './recorded-deployment.ts';
import { recordedTerminal } from './recorded-terminal.ts';

let dir: string;
let database: TestDatabase;
let management: ManagementApi;
let provider: LoopbackServer;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-test-'));
  database = await createTestDatabase();
  await createSalon(database, { username: 'psi-styl' });
  management = await startManagementApi({ dir, databaseUrl: database.url });
  await recordDeployment(database, management);
  provider = await startLoopbackServer((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
  });
});
afterAll(async () => {
  await provider.stop();
  await management.stop();
  await database.drop();
  await rm(dir, { recursive: true, force: true });
});

test('credentials that the provider refuses are not set', async () => {
  const deployed = deploy(
    ['--project-ref', PROJECT_REF, '--yes', '--sms-provider', 'smsapi'],
    recordedTerminal().terminal,
    { ...management.env, SMSAPI_TOKEN: 'wrong', SMSAPI_BASE_URL: provider.url },
  );

  await expect(deployed).rejects.toThrow(
    'SMSAPI refuses the credentials (401): correct SMSAPI_TOKEN',
  );
  expect([...management.secrets]).toEqual([]);
  expect(management.violations).toEqual([]);
});
