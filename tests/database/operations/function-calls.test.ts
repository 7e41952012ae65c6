import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const CALL = `select private.call_function('sms-reminders')`;
const FUNCTIONS_URL = 'https://abcdefgh.supabase.co/functions/v1';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from vault.secrets');
  await putSecret('barkbook_functions_url', FUNCTIONS_URL);
  await putSecret('barkbook_cron_key', 'sb_secret_cron');
});
afterAll(() => database.drop());

const putSecret = (name: string, secret: string) =>
  database.query('select vault.create_secret($2, $1)', [name, secret]);

/** The error that a statement fails with. */
async function refusal(statement: string): Promise<pg.DatabaseError> {
  try {
    await database.query(statement);
  } catch (failure) {
    if (failure instanceof pg.DatabaseError) return failure;
    throw failure;
  }
  throw new Error(`not refused: ${statement}`);
}

describe('calling a function from a job', () => {
  it('queues a request with the cron key and a timeout of five seconds', async () => {
    await database.query(CALL);
    expect(
      await database.query(
        `select method, url, headers, convert_from(body, 'UTF8') as body, timeout_milliseconds
         from net.http_request_queue`,
      ),
    ).toEqual([{
      method: 'POST',
      url: `${FUNCTIONS_URL}/sms-reminders`,
      headers: { 'content-type': 'application/json', 'apikey': 'sb_secret_cron' },
      body: '{}',
      timeout_milliseconds: 5000,
    }]);
  });

  it.each(['service_role', 'authenticated', 'anon'] as const)(
    'is not allowed for %s',
    async (role) => {
      const call = database.as(role, null, (client) => client.query(CALL));
      await expect(call).rejects.toThrow(/permission denied/);
    },
  );
});

describe.each([
  ['calling a function', CALL],
  ['setting up the schedules', 'select private.setup_schedules()'],
])('%s', (_name, statement) => {
  it.each(['barkbook_functions_url', 'barkbook_cron_key'])(
    'fails without the secret %s and says how to store it',
    async (name) => {
      await database.query('delete from vault.secrets where name = $1', [name]);
      expect(await refusal(statement)).toMatchObject({
        message: `The secret ${name} is missing or empty in Vault`,
        hint: `select vault.create_secret('<value>', '${name}');`,
      });
    },
  );

  it.each([['empty', ''], ['blank', '  ']])(
    'treats a secret that is %s as missing',
    async (_, value) => {
      await database.query(`delete from vault.secrets where name = 'barkbook_cron_key'`);
      await putSecret('barkbook_cron_key', value);
      expect((await refusal(statement)).message).toMatch(/barkbook_cron_key is missing or empty/);
    },
  );
});

it.each(['cron', 'net'])(
  'schedules cannot be set up without the extension behind %s',
  async (schema) => {
    const bare = await createTestDatabase();
    await withClient(bare.adminUrl, (client) => client.query(`drop schema ${schema} cascade`));
    await expect(bare.query('select private.setup_schedules()'))
      .rejects.toThrow('pg_cron or pg_net is not installed');
    await bare.drop();
  },
);
