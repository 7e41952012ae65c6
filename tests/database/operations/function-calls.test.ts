import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const CALL = `select private.call_function('sms-reminders')`;
const FUNCTIONS_URL = 'https://abcdefgh.supabase.co/functions/v1';
const SECRET = /^[0-9a-f]{64}$/;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from vault.secrets');
  await database.query('delete from net.http_request_queue');
  await setUp(FUNCTIONS_URL);
});
afterAll(() => database.drop());

const setUp = (functionsUrl: string | null) =>
  database.query('select private.setup_schedules($1)', [functionsUrl]);

async function secretOf(name: string): Promise<string | undefined> {
  const [row] = await database.query<{ secret: string }>(
    'select decrypted_secret as secret from vault.decrypted_secrets where name = $1',
    [name],
  );
  return row?.secret;
}

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
  it('queues a request with the worker secret, no API key and a timeout', async () => {
    await database.query(CALL);
    expect(
      await database.query(
        `select method, url, headers, convert_from(body, 'UTF8') as body, timeout_milliseconds
         from net.http_request_queue`,
      ),
    ).toEqual([{
      method: 'POST',
      url: `${FUNCTIONS_URL}/sms-reminders`,
      headers: {
        'content-type': 'application/json',
        'x-worker-secret': await secretOf('barkbook_worker_secret'),
      },
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

  it.each(['barkbook_functions_url', 'barkbook_worker_secret'])(
    'fails without the secret %s and says how to store it',
    async (name) => {
      for (const value of [null, '', '  ']) {
        await database.query('select private.set_vault_secret($1, $2)', [name, value]);
        expect(await refusal(CALL)).toMatchObject({
          code: 'P0002',
          message: `The secret ${name} is missing or empty in Vault`,
          hint: "select private.setup_schedules('https://<ref>.supabase.co/functions/v1');",
        });
      }
    },
  );
});

describe('setting up the schedules', () => {
  it('makes a new secret each time and keeps the address', async () => {
    const first = await secretOf('barkbook_worker_secret');
    await setUp(null);
    const second = await secretOf('barkbook_worker_secret');
    expect([first, second]).toEqual([expect.stringMatching(SECRET), expect.stringMatching(SECRET)]);
    expect(second).not.toBe(first);
    expect(await secretOf('barkbook_functions_url')).toBe(FUNCTIONS_URL);
  });

  it('replaces the address, without the slash at its end', async () => {
    await setUp('https://other.supabase.co/functions/v1/');
    expect(await secretOf('barkbook_functions_url')).toBe('https://other.supabase.co/functions/v1');
  });

  it('needs the address the first time', async () => {
    await database.query('delete from vault.secrets');
    expect(await refusal('select private.setup_schedules()')).toMatchObject({
      code: 'P0002',
      hint: "select private.setup_schedules('https://<ref>.supabase.co/functions/v1');",
    });
    expect(await database.query('select from vault.secrets')).toEqual([]);
  });

  it.each(['', 'abcdefgh.supabase.co', 'ftp://x', 'https://', 'https://x/?a=1', 'https://x y'])(
    'refuses the address "%s" and keeps the old one',
    async (address) => {
      expect(await refusal(`select private.setup_schedules('${address}')`)).toMatchObject({
        code: '22023',
        message: `"${address}" is not the address of the functions`,
        hint: 'Pass https://<ref>.supabase.co/functions/v1.',
      });
      expect(await secretOf('barkbook_functions_url')).toBe(FUNCTIONS_URL);
    },
  );

  it('by two people at the same time leaves one secret', async () => {
    await database.query('delete from vault.secrets');
    await Promise.all([setUp(FUNCTIONS_URL), setUp(FUNCTIONS_URL)]);
    expect(await database.query('select name from vault.secrets order by name')).toEqual([
      { name: 'barkbook_functions_url' },
      { name: 'barkbook_worker_secret' },
    ]);
  });

  it.each(['cron', 'net'])('is refused without the extension behind %s', async (schema) => {
    const bare = await createTestDatabase();
    await withClient(bare.adminUrl, (client) => client.query(`drop schema ${schema} cascade`));
    await expect(bare.query('select private.setup_schedules($1)', [FUNCTIONS_URL]))
      .rejects.toThrow('pg_cron or pg_net is not installed');
    await bare.drop();
  });
});

it('removing the schedules works without pg_cron', async () => {
  const bare = await createTestDatabase();
  await bare.query('select private.setup_schedules($1)', [FUNCTIONS_URL]);
  await withClient(bare.adminUrl, (client) => client.query('drop schema cron cascade'));
  await bare.query('select private.remove_schedules()');
  expect(await bare.query('select from vault.secrets')).toEqual([]);
  await bare.drop();
});

describe('the hash of the worker secret', () => {
  const hash = async () => {
    const { rows } = await database.as(
      'service_role',
      null,
      (client) => client.query('select public.worker_secret_hash() as hash'),
    );
    return rows[0].hash;
  };

  it('is the SHA-256 that functions compare with', async () => {
    const secret = await secretOf('barkbook_worker_secret') ?? '';
    expect(await hash()).toBe(createHash('sha256').update(secret).digest('hex'));
  });

  it.each([null, '', '  '])('is null for the secret %j', async (secret) => {
    await database.query('select private.set_vault_secret($1, $2)', [
      'barkbook_worker_secret',
      secret,
    ]);
    expect(await hash()).toBeNull();
  });

  it.each(['anon', 'authenticated'] as const)('is not shown to %s', async (role) => {
    const read = database.as(role, null, (c) => c.query('select public.worker_secret_hash()'));
    await expect(read).rejects.toThrow(/permission denied/);
  });
});
