import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { beginDispatch, type Claim, claim, claimOne, settle } from '../support/outbox.ts';
import { forgetReminders } from '../support/reminders.ts';
import { monday, planReminder } from '../support/scene.ts';

const LINKED = { body: 'Do jutra! https://salon.example/c/#…' };

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

const hashes = async () =>
  (await database.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from private.client_links order by 1`,
  )).map(({ hash }) => hash);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('a claimed message has a token of 60 bits, of which only the hash is stored', async () => {
  await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  expect(claimed.link_token).toMatch(/^[a-km-np-z2-9]{12}$/);
  expect(await hashes()).toEqual([]);
  await beginDispatch(database, claimed, monday('17:00'), LINKED);
  expect(await hashes()).toEqual([sha256(claimed.link_token)]);
  const everything = await database.query('select * from public.sms_messages');
  expect(JSON.stringify(everything)).not.toContain(claimed.link_token);
});

it('a message without a link leaves none', async () => {
  await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  await beginDispatch(database, claimed, monday('17:00'), { body: 'Do jutra!' });
  expect(await hashes()).toEqual([]);
});

it('a repeated message has the same token, and every other message another one', async () => {
  await planReminder(database);
  await planReminder(database);
  const first = await claim(database, monday('17:00'));
  for (const claimed of first) {
    await beginDispatch(database, claimed, monday('17:00'), LINKED);
    await settle(database, claimed, monday('17:00:05'), { outcome: 'ambiguous' });
  }
  const again = await claim(database, monday('17:30'));
  const tokens = (claims: Claim[]) => claims.map(({ link_token }) => link_token).sort();
  expect(tokens(again)).toEqual(tokens(first));
  expect(new Set(tokens(first)).size).toBe(2);
});

it('the tokens depend on a secret in Vault, which the first runs make together', async () => {
  await planReminder(database);
  await database.query(`delete from vault.secrets where name = 'barkbook_client_link_secret'`);
  const token = () =>
    database.query<{ token: string }>(
      `select private.client_link_token('00000000-0000-4000-8000-000000000000') as token`,
    );
  const [one, other] = await Promise.all([token(), token()]);
  expect(one).toEqual(other);
  await database.query(`delete from vault.secrets where name = 'barkbook_client_link_secret'`);
  expect(await token()).not.toEqual(one);
});

it('a link is deleted with its salon', async () => {
  const { salon } = await planReminder(database);
  const claimed = await claimOne(database, monday('17:00'));
  await beginDispatch(database, claimed, monday('17:00'), LINKED);
  await database.query('delete from public.salons where id = $1', [salon.id]);
  expect(await hashes()).toEqual([]);
});
