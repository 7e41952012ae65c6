import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../shared/database.types.ts';
import { createTenant, type Tenant } from '../../database/support/tenant.ts';
import { addZofiasData, createZofiasSalon } from '../../database/support/erasure.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createTestDatabase } from '../../support/database.ts';

let api: TestApi;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  const database = await createTestDatabase();
  api = await startApi(database);
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
afterAll(async () => {
  await api.stop();
  await api.database.drop();
});

/** A client of supabase-js for a signed-in user. */
async function signedIn(userId: string) {
  const token = await api.userToken(userId);
  return createClient<Database>(api.url, api.publishableKey, {
    accessToken: () => Promise.resolve(token),
  });
}

describe('through supabase-js', () => {
  it('an owner replays a delivery', async () => {
    const supabase = await signedIn(ours.ownerId);
    const { data, status } = await supabase.rpc('replay_delivery', { p_log_id: ours.logId });
    expect([status, data]).toEqual([200, [
      { action: 'stale', event_id: ours.eventId, log_id: ours.logId, reason: null },
    ]]);
  });

  it('a delivery, client or salon of others is answered like an unknown one: 404', async () => {
    const supabase = await signedIn(theirs.ownerId);
    const answers = await Promise.all([
      supabase.rpc('replay_delivery', { p_log_id: ours.logId }),
      supabase.rpc('replay_deliveries', {
        p_salon_id: ours.salonId,
        p_from: '2000-01-01',
        p_to: '2100-01-01',
      }),
      supabase.rpc('export_client', { p_client_id: ours.clientId }),
      supabase.rpc('erase_client', { p_client_id: ours.clientId }),
    ]);
    expect(answers.map(({ status, error }) => [status, error?.message])).toEqual([
      [404, 'There is no such delivery'],
      [404, 'There is no such salon'],
      [404, 'There is no such client'],
      [404, 'There is no such client'],
    ]);
  });

  it('an owner exports a client, erases them, and sees the record of it', async () => {
    const supabase = await signedIn(ours.ownerId);
    const client = { p_client_id: ours.clientId };
    expect((await supabase.rpc('export_client', client)).data)
      .toMatchObject({ client: { id: ours.clientId }, calendar_events: [{ id: ours.eventId }] });
    expect((await supabase.rpc('erase_client', client)).data)
      .toMatchObject({ clients: 1, pets: 1, calendar_events: 1 });
    const { data } = await supabase.from('client_erasures').select('counts')
      .eq('client_id', ours.clientId);
    expect(data).toMatchObject([{ counts: { clients: 1 } }]);
  });

  it('an owner deletes a client as the BarkBook app does, and erases them', async () => {
    const salon = await createZofiasSalon(api.database, 'zofias-salon');
    await addZofiasData(api.database, salon, 'zofias-salon');
    const supabase = await signedIn(salon.salon.ownerId);
    const { status } = await supabase.from('clients').delete().eq('id', salon.clientId);
    expect(status).toBe(204);
    const { data } = await supabase.from('client_erasures').select('finished_at, counts');
    expect(data).toMatchObject([
      { finished_at: expect.any(String), counts: { clients: 1, webhook_logs: 7 } },
    ]);
    expect(
      await api.database.query(
        `select from public.webhook_logs
         where salon_id = $1 and concat(booking, payload) ~* 'zofia@poczta'`,
        [salon.salon.id],
      ),
    ).toEqual([]);
  });
});
