import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDoctor } from '../../../cli/doctor/run-doctor.ts';
import { checkoutVersion, functionsHash } from '../../../cli/target/checkout.ts';
import { openTarget, type Target } from '../../../cli/target/target.ts';
import { listFunctions } from '../../../local/functions/catalog.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { BOOKING_TRIGGERS } from '../../../shared/calcom/calendar-booking.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  type CalcomWebhookServer,
  startCalcomWebhookServer,
} from '../../support/calcom-webhook-server.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startFunction } from '../../support/functions.ts';
import {
  type ManagementApi,
  PROJECT_REF,
  startManagementApi,
} from '../../support/management-api/server.ts';
import { migrationFiles } from '../../support/migrations.ts';
import { createSeededDatabase } from './seeded-database.ts';

/** A hosted project in which nothing is wrong, on real services. */
export type Scene = {
  database: TestDatabase;
  api: TestApi;
  management: ManagementApi;
  calcom: CalcomWebhookServer;
  target: Target;
  /** The salon that has an account at Cal.com. */
  salonId: string;
  /** Runs SQL as the superuser. */
  admin(sql: string): Promise<void>;
  /** What fails, and what is said about it, by the name of the check. */
  problems(env?: NodeJS.ProcessEnv): Promise<Record<string, string>>;
  stop(): Promise<void>;
};

const SALON_ID = 'a0000000-0000-4000-8000-00000000000a';

/** Deploys to it everything that the doctor asks for; the functions run unless told otherwise. */
export async function createScene({ withFunctions = true } = {}): Promise<Scene> {
  const database = await createSeededDatabase();
  const api = await startApi(database);
  const names = (await listFunctions()).map(({ name }) => name);
  const started = withFunctions ? names : [];
  const functions = await Promise.all(started.map((name) => startFunction(name, api)));
  const calcom = await startCalcomWebhookServer('psi-styl');
  process.env.CALCOM_API_URL = calcom.url;
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-doctor-test-'));
  const management = await startManagementApi({
    dir,
    databaseUrl: database.url,
    apiUrl: api.url,
    apiKeys: [{ name: 'default', type: 'secret', api_key: api.secretKey }],
  });
  for (const name of names) {
    const metadata = { verify_jwt: false };
    management.functions.set(name, { metadata, files: new Map(), version: 1, updatedAt: 0 });
  }
  management.secrets.set('SMS_PROVIDER', 'smsapi').set('SMSAPI_TOKEN', 'token')
    .set('CALCOM_WEBHOOK_SECRET', 'a shared secret');
  Object.assign(management.authConfig, { disable_signup: true, mailer_autoconfirm: false });
  const target: Target = {
    ...await openTarget({ ref: PROJECT_REF }, { ...process.env, ...management.env }),
    apiUrl: api.url,
    functionsUrl: `${api.url}/functions/v1`,
  };
  const admin = async (sql: string) => {
    await withClient(database.adminUrl, (client) => client.query(sql));
  };
  await deployDatabase(database, target, admin);
  await connectSalon(database, calcom, target);
  return {
    database,
    api,
    management,
    calcom,
    target,
    salonId: SALON_ID,
    admin,
    problems: async (env = {}) => {
      const findings = await runDoctor(target, env);
      return Object.fromEntries(
        findings.flatMap((finding) =>
          finding.ok === false ? [[finding.name, `${finding.problem} → ${finding.next}`]] : []
        ),
      );
    },
    stop: async () => {
      delete process.env.CALCOM_API_URL;
      await Promise.all(functions.map((running) => running.stop()));
      await management.stop();
      await calcom.stop();
      await api.stop();
      await database.drop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function deployDatabase(
  database: TestDatabase,
  { functionsUrl }: Target,
  admin: Scene['admin'],
): Promise<void> {
  await database.query(
    `create schema supabase_migrations;
     create table supabase_migrations.schema_migrations (version text primary key, name text)`,
  );
  for (const { name } of await migrationFiles()) {
    const [, version, title] = /^(\d+)_(.*)\.sql$/.exec(name) ?? [];
    await database.query('insert into supabase_migrations.schema_migrations values ($1, $2)', [
      version,
      title,
    ]);
  }
  await database.query(
    'insert into private.deployments (version, functions_hash) values ($1, $2)',
    [
      await checkoutVersion(),
      await functionsHash(),
    ],
  );
  await database.query('select private.setup_schedules($1)', [functionsUrl]);
  await admin(
    `insert into cron.job_run_details (jobid, username, status, start_time)
     select jobid, username, 'succeeded', now() from cron.job;
     insert into net._http_response (status_code, content) values (202, '{"ok":true}')`,
  );
}

async function connectSalon(
  database: TestDatabase,
  calcom: CalcomWebhookServer,
  { functionsUrl }: Target,
): Promise<void> {
  await database.query('select set_calcom_api_key($1, $2)', [SALON_ID, calcom.apiKey]);
  await database.query('select stage_webhook_secret($1, $2)', [SALON_ID, 'w'.repeat(40)]);
  await database.query('select confirm_webhook_secret($1)', [SALON_ID]);
  calcom.add({
    subscriberUrl: `${functionsUrl}/calcom-webhook?salon=${SALON_ID}`,
    triggers: [...BOOKING_TRIGGERS],
    secret: 'w'.repeat(40),
  });
}
