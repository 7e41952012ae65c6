import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type Caller, signedIn } from '../support/attempt.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

/** Calls that only owners may make, about a row of a salon or, without one, about no row. */
const CALLS: Record<string, (of: Tenant | null) => string> = {
  replay_delivery: (of) => `replay_delivery('${of?.logId ?? randomUUID()}')`,
  replay_deliveries: (of) =>
    `replay_deliveries('${of?.salonId ?? randomUUID()}', '2000-01-01', '2100-01-01')`,
  export_client: (of) => `export_client('${of?.clientId ?? randomUUID()}')`,
  // Last, because the other calls need the client.
  erase_client: (of) => `erase_client('${of?.clientId ?? randomUUID()}')`,
};

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
afterAll(() => database.drop());

/** The error code and message that a caller gets; null on success. */
async function refusal({ role, userId }: Caller, call: string) {
  try {
    await database.as(role, userId, async (client) => {
      await client.query(`select * from public.${call}`);
      await client.query('rollback; begin');
    });
    return null;
  } catch (failure) {
    if (failure instanceof pg.DatabaseError) return [failure.code, failure.message];
    throw failure;
  }
}

/** All rows that the calls could change. */
async function allRows() {
  return await database.query(
    `select (select jsonb_agg(to_jsonb(e) order by e.id) from calendar_events e) as events,
       (select jsonb_agg(to_jsonb(l) order by l.id) from webhook_logs l) as logs,
       (select jsonb_agg(to_jsonb(c) order by c.id) from clients c) as clients,
       (select jsonb_agg(to_jsonb(r) order by r.id) from webhook_replays r) as replays`,
  );
}

describe.each(Object.entries(CALLS))('%s', (_name, call) => {
  it('is allowed for an owner and for service_role', async () => {
    expect(await refusal(signedIn(ours.ownerId), call(ours))).toBeNull();
    expect(await refusal({ role: 'service_role', userId: null }, call(ours))).toBeNull();
  });

  it('fails for staff and outsiders as if the row did not exist', async () => {
    const before = await allRows();
    const nothing = await refusal(signedIn(ours.ownerId), call(null));
    expect(nothing).toEqual(['PT404', expect.stringMatching(/^There is no such /)]);
    expect(await refusal(signedIn(ours.staffId), call(ours))).toEqual(nothing);
    expect(await refusal(signedIn(theirs.ownerId), call(ours))).toEqual(nothing);
    expect(await refusal(signedIn(ours.newcomerId), call(ours))).toEqual(nothing);
    expect(await refusal({ role: 'authenticated', userId: null }, call(ours))).toEqual(nothing);
    expect(await allRows()).toEqual(before);
  });

  it('is denied to anon', async () => {
    expect(await refusal({ role: 'anon', userId: null }, call(ours)))
      .toEqual(['42501', expect.stringMatching(/^permission denied for function /)]);
  });
});

it('an owner cannot replay deliveries without a salon', async () => {
  const of = '2000-01-01';
  expect(
    await refusal(signedIn(ours.ownerId), `replay_deliveries(null, '${of}', '2100-01-01')`),
  ).toMatchObject(['PT404', 'There is no such salon']);
});
