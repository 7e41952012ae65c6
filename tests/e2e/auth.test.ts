import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const EMAIL = 'hania@salon.example';
const PASSWORD = 'zapach mokrego psa';

let database: TestDatabase;
let api: TestApi;
let userId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { auth: true });
});

afterAll(async () => {
  await api.stop();
  await database.drop();
});

beforeEach(async () => {
  await database.query('delete from auth.users');
  const [user] = await database.query<{ id: string }>(
    `insert into auth.users (id, email, encrypted_password, email_confirmed_at)
     values (gen_random_uuid(), $1, extensions.crypt($2, extensions.gen_salt('bf', 4)), now())
     returning id`,
    [EMAIL, PASSWORD],
  );
  userId = user?.id ?? '';
});

/** A separate browser, which does not renew its session automatically. */
function newBrowser() {
  return createClient(api.url, api.publishableKey, {
    auth: { autoRefreshToken: false, persistSession: false },
  });
}

async function signedIn() {
  const browser = newBrowser();
  const { data, error } = await browser.auth.signInWithPassword({
    email: EMAIL,
    password: PASSWORD,
  });
  if (error) throw error;
  return { browser, session: data.session };
}

async function refresh(refresh_token: string) {
  return await newBrowser().auth.refreshSession({ refresh_token });
}

test('the right password starts a session as supabase-js expects it', async () => {
  const { session } = await signedIn();

  expect(session).toMatchObject({
    token_type: 'bearer',
    expires_in: 3600,
    refresh_token: expect.any(String),
    user: {
      id: userId,
      aud: 'authenticated',
      role: 'authenticated',
      email: EMAIL,
      phone: '',
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: {},
      is_anonymous: false,
    },
  });
  expect(session.expires_at).toBeGreaterThan(Date.now() / 1000 + 3500);
  const [, payload = ''] = session.access_token.split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    iss: `${api.url}/auth/v1`,
    sub: userId,
    aud: 'authenticated',
    role: 'authenticated',
    aal: 'aal1',
    email: EMAIL,
    session_id: expect.any(String),
    amr: [{ method: 'password' }],
  });
});

test('case does not matter in an e-mail', async () => {
  const { error } = await newBrowser().auth.signInWithPassword({
    email: 'Hania@Salon.example',
    password: PASSWORD,
  });

  expect(error).toBeNull();
});

test.each([
  ['a wrong password', EMAIL, 'zapach suchego psa'],
  ['an unknown e-mail', 'nikt@salon.example', PASSWORD],
])('%s is refused with the same message', async (_, email, password) => {
  const { data, error } = await newBrowser().auth.signInWithPassword({ email, password });

  expect(data.session).toBeNull();
  expect(error).toMatchObject({
    status: 400,
    code: 'invalid_credentials',
    message: 'Invalid login credentials',
  });
});

test.each([
  ['email_confirmed_at = null', 'email_not_confirmed'],
  ["banned_until = now() + interval '1 day'", 'user_banned'],
])('a user with %s cannot sign in', async (change, code) => {
  await database.query(`update auth.users set ${change}`);

  const { error } = await newBrowser().auth.signInWithPassword({
    email: EMAIL,
    password: PASSWORD,
  });

  expect(error).toMatchObject({ status: 400, code });
});

test('row-level security applies to the session’s user', async () => {
  await database.query(`insert into salons (name, user_id) values ('Hania', $1), ('Inny', null)`, [
    userId,
  ]);
  const { browser } = await signedIn();

  const { data } = await browser.from('salons').select('name');

  expect(data).toEqual([{ name: 'Hania' }]);
  await database.query('delete from salons');
});

test('getUser returns the signed-in user', async () => {
  const { browser } = await signedIn();

  const { data } = await browser.auth.getUser();

  expect(data.user).toMatchObject({ id: userId, email: EMAIL });
});

test('a session is renewed with a new refresh token each time', async () => {
  const { session } = await signedIn();

  const first = await refresh(session.refresh_token);
  const second = await refresh(first.data.session?.refresh_token ?? '');

  expect(second.error).toBeNull();
  const tokens = [session, first.data.session, second.data.session].map((s) => s?.refresh_token);
  expect(new Set(tokens).size).toBe(3);
});

test('a renewal whose answer was lost can be repeated', async () => {
  const { session } = await signedIn();

  const lost = await refresh(session.refresh_token);
  await database.query("update auth.refresh_tokens set updated_at = now() - interval '1 hour'");
  const again = await refresh(session.refresh_token);

  expect(again.data.session?.refresh_token).toBe(lost.data.session?.refresh_token);
});

test('many renewals at once give one token', async () => {
  const { session } = await signedIn();

  const renewed = await Promise.all(
    Array.from({ length: 5 }, () => refresh(session.refresh_token)),
  );

  expect(new Set(renewed.map(({ data }) => data.session?.refresh_token)).size).toBe(1);
});

test('a session outlives a restart of the stack', async () => {
  const { session } = await signedIn();
  const restarted = await startApi(database, { auth: true });

  const browser = createClient(restarted.url, restarted.publishableKey, {
    auth: { autoRefreshToken: false, persistSession: false },
  });
  const { refresh_token } = session;
  const { error } = await browser.auth.refreshSession({ refresh_token });

  expect(error).toBeNull();
  await restarted.stop();
});

test('an old refresh token is refused and ends the session, also for a thief', async () => {
  const { session: { refresh_token: stolen } } = await signedIn();
  const next = await refresh(stolen);
  const newest = await refresh(next.data.session?.refresh_token ?? '');
  await database.query("update auth.refresh_tokens set updated_at = now() - interval '1 hour'");

  const replayed = await refresh(stolen);
  const after = await refresh(newest.data.session?.refresh_token ?? '');

  expect(replayed.error).toMatchObject({ status: 400, code: 'refresh_token_already_used' });
  expect(after.error).toMatchObject({ status: 400, code: 'refresh_token_already_used' });
});

test('an invented refresh token is refused', async () => {
  const { error } = await refresh('invented');

  expect(error).toMatchObject({ status: 400, code: 'refresh_token_not_found' });
});

test('signing out ends every session, and access tokens stop working', async () => {
  const { browser, session } = await signedIn();
  const { browser: other, session: elsewhere } = await signedIn();

  const { error } = await browser.auth.signOut();

  expect(error).toBeNull();
  for (const { refresh_token } of [session, elsewhere]) {
    expect((await refresh(refresh_token)).error).toMatchObject({ code: 'refresh_token_not_found' });
  }
  const { error: gone } = await other.auth.getUser(elsewhere.access_token);
  expect(gone).toMatchObject({ name: 'AuthSessionMissingError' });
});

test('signing out locally leaves other browsers signed in', async () => {
  const { browser } = await signedIn();
  const { session: elsewhere } = await signedIn();

  await browser.auth.signOut({ scope: 'local' });

  expect((await refresh(elsewhere.refresh_token)).error).toBeNull();
});

test('after thirty wrong passwords within five minutes even the right one is refused', async () => {
  const guesser = await startApi(database, { auth: true });
  const attempt = (password: string) =>
    createClient(guesser.url, guesser.publishableKey, { auth: { persistSession: false } })
      .auth.signInWithPassword({ email: EMAIL, password });

  const guesses = await Promise.all(Array.from({ length: 30 }, (_, n) => attempt(`guess ${n}`)));
  const { error } = await attempt(PASSWORD);

  expect(guesses.map((guess) => guess.error?.code)).toEqual(
    Array.from({ length: 30 }, () => 'invalid_credentials'),
  );
  expect(error).toMatchObject({ status: 429, code: 'over_request_rate_limit' });
  await guesser.stop();
});

test('an invitation creates a user without a password, once, and only for a secret key', async () => {
  const invite = (key: string, email: string) =>
    createClient(api.url, key, { auth: { persistSession: false } })
      .auth.admin.inviteUserByEmail(email);

  expect((await invite(api.publishableKey, 'ola@salon.example')).error?.code).toBe('not_admin');
  const { data } = await invite(api.secretKey, 'Ola@salon.example');
  expect(data.user).toMatchObject({ email: 'ola@salon.example', confirmed_at: null });
  expect((await invite(api.secretKey, 'ola@salon.example')).error?.code).toBe('email_exists');
  expect((await invite(api.secretKey, 'nobody')).error?.code).toBe('validation_failed');
});
