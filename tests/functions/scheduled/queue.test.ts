import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NetWorker, startNetWorker } from '../../../local/stand-ins/net/net-worker.ts';
import { type FunctionStack, startFunctionStack } from '../support/function-stack.ts';

describe.each(['calcom-sync', 'sms-reminders'])('a call that a job queues for %s', (name) => {
  let stack: FunctionStack;
  let worker: NetWorker | null = null;

  beforeAll(async () => {
    stack = await startFunctionStack(name);
    await stack.database.query('select private.setup_schedules($1)', [
      `${stack.api.url}/functions/v1`,
    ]);
  });
  afterAll(async () => {
    await worker?.stop();
    await stack.stop();
  });

  test('contains no API key, for whoever reads the queue', async () => {
    await stack.database.query('select private.call_function($1)', [name]);
    const { rows: [queued] } = await stack.database.as(
      'anon',
      null,
      (client) => client.query('select headers::text as headers from net.http_request_queue'),
    );
    expect(queued.headers).toContain('x-worker-secret');
    const { publishableKey, secretKey, anonKey, serviceRoleKey, jwtSecret } = stack.api;
    for (const key of [publishableKey, secretKey, anonKey, serviceRoleKey, jwtSecret]) {
      expect(queued.headers).not.toContain(key);
    }
  });

  test('starts a run', async () => {
    worker = startNetWorker({ databaseUrl: stack.database.adminUrl, say: () => {} });
    await expect.poll(() => stack.database.query('select status_code from net._http_response'))
      .toEqual([{ status_code: 202 }]);
  });
});
