import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { auth: true });
});
afterAll(async () => {
  await api.stop();
  await database.drop();
});

test.each<[string, string, RequestInit, number, string]>([
  ['no JSON', '/token?grant_type=password', { method: 'POST', body: 'x' }, 400, 'bad_json'],
  [
    'no password',
    '/token?grant_type=password',
    post({ email: 'hania@salon.example' }),
    400,
    'validation_failed',
  ],
  ['no token', '/token?grant_type=refresh_token', post({}), 400, 'validation_failed'],
  ['another grant', '/token?grant_type=pkce', post({}), 400, 'invalid_credentials'],
  ['no bearer', '/user', {}, 401, 'no_authorization'],
  ['a forged bearer', '/user', { headers: { authorization: 'Bearer x.y.z' } }, 403, 'bad_jwt'],
  ['an unknown scope', '/logout?scope=all', { method: 'POST' }, 400, 'validation_failed'],
  ['an unsupported path', '/signup', post({}), 404, 'validation_failed'],
])('%s is refused with a code', async (_, path, init, status, code) => {
  const response = await fetch(`${api.url}/auth/v1${path}`, {
    ...init,
    headers: { apikey: api.publishableKey, ...init.headers },
  });

  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code: status, error_code: code });
});

function post(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body) };
}

test('a request without an API key is refused', async () => {
  const response = await fetch(`${api.url}/auth/v1/health`);

  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ message: 'No API key found in request' });
});

test('a browser on another origin may send requests and read the answers', async () => {
  const asked = await fetch(`${api.url}/auth/v1/token?grant_type=password`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://dashboard.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'apikey,content-type',
    },
  });
  const health = await fetch(`${api.url}/auth/v1/health`, {
    headers: { apikey: api.publishableKey },
  });

  expect(asked.headers.get('access-control-allow-headers')).toBe('apikey,content-type');
  expect(health.headers.get('access-control-allow-origin')).toBe('*');
});
