import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const WAKE = `select private.call_function('sms-reminders')`;
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

/** What a statement is refused with. */
async function refusal(statement: string): Promise<pg.DatabaseError> {
  try {
    await database.query(statement);
  } catch (failure) {
    if (failure instanceof pg.DatabaseError) return failure;
    throw failure;
  }
  throw new Error(`not refused: ${statement}`);
}

describe('waking a function', () => {
  it('queues a call with the key for cron that waits five seconds for its answer', async () => {
    await database.query(WAKE);
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

  it.each(['service_role', 'authenticated', 'anon'] as const)('is not for %s', async (role) => {
    const wake = database.as(role, null, (client) => client.query(WAKE));
    await expect(wake).rejects.toThrow(/permission denied/);
  });
});

describe.each([
  ['waking a function', WAKE],
  ['setting up the schedules', 'select private.setup_schedules()'],
])('%s', (_name, statement) => {
  it.each(['barkbook_functions_url', 'barkbook_cron_key'])(
    'without the secret %s says how to store it',
    async (name) => {
      await database.query('delete from vault.secrets where name = $1', [name]);
      expect(await refusal(statement)).toMatchObject({
        message: `The secret ${name} is missing or empty in Vault`,
        hint: `select vault.create_secret('<value>', '${name}');`,
      });
    },
  );

  it.each([['empty', ''], ['blank', '  ']])(
    'takes a secret that is %s for none',
    async (_, value) => {
      await database.query(`delete from vault.secrets where name = 'barkbook_cron_key'`);
      await putSecret('barkbook_cron_key', value);
      expect((await refusal(statement)).message).toMatch(/barkbook_cron_key is missing or empty/);
    },
  );
});

it.each(['cron', 'net'])('without the extension behind %s nothing is scheduled', async (schema) => {
  const bare = await createTestDatabase();
  await withClient(bare.adminUrl, (client) => client.query(`drop schema ${schema} cascade`));
  await expect(bare.query('select private.setup_schedules()'))
    .rejects.toThrow('pg_cron or pg_net is not installed');
  await bare.drop();
});
