import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { changeSettings, createRemindingSalon } from '../support/reminders.ts';
import { ANNAS_PHONE } from '../support/scene.ts';

// Which messages count for the limits of a day and of a month, row by row.
let database: TestDatabase;
let salonId: string;
let otherId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salonId = (await createRemindingSalon(database)).id;
  otherId = (await createRemindingSalon(database)).id;
});
beforeEach(async () => {
  await database.query('delete from public.sms_messages');
  await changeSettings(database, salonId, { daily_cap: 10_000, monthly_cap: 10_000 });
});
afterAll(() => database.drop());

const NOW = '2026-11-23 12:00Z';
const SENT = { dispatch_started_at: '2026-11-23 11:00Z', status: 'sent' };

const message = async (columns: Record<string, unknown> = {}) => {
  const row = {
    salon_id: salonId,
    local_date: '2026-11-24',
    next_attempt_at: '2026-11-23 10:00Z',
    not_after: '2026-11-24 10:00Z',
    created_at: '2026-11-22 10:00Z',
    phone: ANNAS_PHONE,
    body: 'Do jutra!',
    segments: 4,
    ...SENT,
    ...columns,
  };
  const [inserted] = await database.query<{ id: string }>(
    `insert into public.sms_messages (${Object.keys(row).join(', ')})
     values (${Object.keys(row).map((_, index) => `$${index + 1}`).join(', ')}) returning id`,
    Object.values(row),
  );
  return inserted?.id;
};

/** What is answered for a message of so many segments; its id, unless it is a new one. */
const ask = async (call: string, segments: number, id: string | undefined) =>
  await database.as('service_role', null, async (client) => {
    await client.query(`set local barkbook.app_now = '${NOW}'`);
    await client.query('reset role');
    const { rows } = await client.query(
      `select ${call} as answer from public.sms_settings r
       left join public.sms_messages m on m.id = $3 where r.salon_id = $1 and $2::integer > 0`,
      [salonId, segments, id ?? null],
    );
    return rows[0]?.answer ?? null;
  });
const MESSAGE = `case when m.id is null
  then jsonb_populate_record(null::public.sms_messages,
    '{"id": "00000000-0000-4000-8000-000000000000"}') else m end`;
const exceeded = (segments = 1, id?: string) =>
  ask(
    `private.sms_exceeded_limit(
      ${MESSAGE}, r, 'Europe/Warsaw', '${ANNAS_PHONE}', $2::integer)::text`,
    segments,
    id,
  );

const COUNTED: [string, Record<string, unknown>][] = [
  ['that was sent', {}],
  ['that may have been sent', { status: 'unknown' }],
  ['that was first tried before, and may have been sent now', {
    dispatch_started_at: '2026-10-01 10:00Z',
    maybe_sent_since: '2026-11-23 11:00Z',
  }],
];
const NOT_COUNTED: [string, Record<string, unknown>][] = [
  ['of another salon', { salon_id: 'other' }],
  ['that was refused', { status: 'failed' }],
  ['that was not tried', { dispatch_started_at: null, status: 'pending' }],
  ['that was tried again now, and may have been sent before', {
    dispatch_started_at: '2026-11-23 11:00Z',
    maybe_sent_since: '2026-10-31 10:00Z',
  }],
];
const stored = (columns: Record<string, unknown>) =>
  message({ ...columns, ...(columns['salon_id'] === 'other' ? { salon_id: otherId } : {}) });

describe('the limit of a day', () => {
  beforeEach(() => changeSettings(database, salonId, { daily_cap: 10 }));

  it.each([[6, null], [7, 'daily_cap']])(
    'of ten has room for %i more than four: %s',
    async (segments, answer) => {
      await message();
      expect(await exceeded(segments)).toBe(answer);
    },
  );

  it('lets a salon that sent nothing send all of it', async () => {
    expect(await exceeded(10)).toBeNull();
    expect(await exceeded(11)).toBe('daily_cap');
  });

  it.each(COUNTED)('counts a message %s', async (_what, columns) => {
    await stored(columns);
    expect(await exceeded(7)).toBe('daily_cap');
  });

  it.each([...NOT_COUNTED, ['of the day before', { dispatch_started_at: '2026-11-22 23:59Z' }]])(
    'does not count a message %s',
    async (_what, columns) => {
      await stored(columns as Record<string, unknown>);
      expect(await exceeded(7)).toBeNull();
    },
  );

  it('begins at midnight', async () => {
    await message({ dispatch_started_at: '2026-11-23 00:00Z' });
    expect(await exceeded(7)).toBe('daily_cap');
  });

  it('does not count what is sent again', async () => {
    const id = await message();
    expect(await exceeded(10, id)).toBeNull();
  });

  it('is three messages for a client, whatever others get', async () => {
    await changeSettings(database, salonId, { daily_cap: 200 });
    for (const phone of [ANNAS_PHONE, ANNAS_PHONE, '+48600100299']) await message({ phone });
    expect(await exceeded()).toBeNull();
    await message();
    expect(await exceeded()).toBe('client_limit');
  });
});

describe('the limit of a month', () => {
  beforeEach(() => changeSettings(database, salonId, { monthly_cap: 10 }));

  it.each([[6, null], [7, 'cap']])(
    'of ten has room for %i more than four: %s',
    async (segments, answer) => {
      await message();
      expect(await exceeded(segments)).toBe(answer);
    },
  );

  it('lets a salon that sent nothing send all of it', async () => {
    expect([await exceeded(10), await exceeded(11)]).toEqual([null, 'cap']);
  });

  it('may be none', async () => {
    await changeSettings(database, salonId, { monthly_cap: null });
    expect(await exceeded(10_000)).toBeNull();
  });

  it.each(COUNTED)('counts a message %s', async (_what, columns) => {
    await stored(columns);
    expect(await exceeded(7)).toBe('cap');
  });

  it.each([...NOT_COUNTED, ['of the month before', { dispatch_started_at: '2026-10-31 22:59Z' }]])(
    'does not count a message %s',
    async (_what, columns) => {
      await stored(columns as Record<string, unknown>);
      expect(await exceeded(7)).toBeNull();
    },
  );

  it('begins at midnight of the salon', async () => {
    await message({ dispatch_started_at: '2026-10-31 23:00Z', created_at: '2026-10-30 10:00Z' });
    expect(await exceeded(7)).toBe('cap');
  });

  it('does not count what is sent again', async () => {
    const id = await message();
    expect(await exceeded(10, id)).toBeNull();
  });
});
