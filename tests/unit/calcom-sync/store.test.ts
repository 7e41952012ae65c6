import { PostgrestClient } from '@supabase/postgrest-js';
import { expect, test, vi } from 'vitest';
import type { Database } from '../../../shared/database.types.ts';
import { createStore } from '../../../supabase/functions/calcom-sync/store.ts';

const SALON = 'c0000000-0000-4000-8000-000000000001';
/** The length of Cal.com's uids. */
const uids = Array.from({ length: 120 }, (_, number) => `uid-${number}`.padEnd(22, 'x'));

/** A database in which every uid is known, or whose requests fail from one on. */
function connect(failFrom = Infinity) {
  const asked: string[][] = [];
  const fetch = vi.fn<typeof globalThis.fetch>().mockImplementation((url) => {
    const filter = new URL(String(url)).searchParams.get('booking_uid') ?? '';
    const listed = filter.slice('in.('.length, -1).split(',');
    asked.push(listed);
    return Promise.resolve(
      asked.length > failFrom
        ? Response.json({ code: '57014' }, { status: 500 })
        : Response.json(listed.map((booking_uid) => ({ booking_uid }))),
    );
  });
  const client = new PostgrestClient<Database>('https://ref.supabase.co/rest/v1', { fetch });
  return { store: createStore(client), asked };
}

test('known uids are asked in addresses that no server finds too long', async () => {
  const { store, asked } = connect();
  expect(await store.knownUids(SALON, uids)).toEqual({ ok: true, value: uids });
  expect(asked.map(({ length }) => length)).toEqual([50, 50, 20]);
});

test('known uids of which a part cannot be read are not known', async () => {
  const { store } = connect(1);
  expect(await store.knownUids(SALON, uids)).toEqual({ ok: false, code: '57014' });
});
