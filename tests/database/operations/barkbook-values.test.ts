import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyMigrations, type TestDatabase } from '../../support/database.ts';
import { ANNA, createBarkbookDatabase } from '../fixtures/barkbook.ts';

/** A BarkBook database with values that no rule allows, adopted. */
let adopted: TestDatabase;

beforeAll(async () => {
  adopted = await createBarkbookDatabase();
  await adopted.query(
    `insert into public.calendar_events (cal_com_event_id, client_id, title, start_time,
       end_time, status)
     select word, $1, 'Wizyta', '2026-01-01 10:00Z', '2026-01-01 11:00Z', word
     from unnest(array['no-show', 'No Show', 'NOSHOW', 'Scheduled', 'canceled', 'done', '?'])
       as word`,
    [ANNA.clientId],
  );
  await adopted.query(
    `insert into public.webhook_logs (webhook_type, payload, status)
     select word, '{}', word from unnest(array['failed', 'Processed', 'pending', '?']) as word`,
  );
  await applyMigrations(adopted);
});
afterAll(() => adopted.drop());

it('old statuses become ours', async () => {
  expect(
    await adopted.query(
      `select jsonb_object_agg(cal_com_event_id, status) as by_old_word
       from public.calendar_events where title = 'Wizyta'`,
    ),
  ).toEqual([{
    by_old_word: {
      'no-show': 'no_show',
      'No Show': 'no_show',
      NOSHOW: 'no_show',
      Scheduled: 'scheduled',
      canceled: 'cancelled',
      done: 'completed',
      '?': 'pending',
    },
  }]);
  expect(
    await adopted.query(
      `select jsonb_object_agg(webhook_type, status) as by_old_word
       from public.webhook_logs where cal_com_event_id is null`,
    ),
  ).toEqual([{
    by_old_word: { failed: 'error', Processed: 'success', pending: 'processing', '?': 'error' },
  }]);
});

it('an appointment without a salon gets that of its client', async () => {
  expect(
    await adopted.query(
      `select distinct salon_id from public.calendar_events where title = 'Wizyta'`,
    ),
  ).toEqual([{ salon_id: ANNA.salonId }]);
});

it('no old row stops a job or the deletion of a client', async () => {
  await adopted.query(`update public.webhook_logs set created_at = now() - interval '1 year'`);
  await adopted.query(`update public.calendar_event_uids set created_at = '2025-01-01'`);
  await adopted.query('select private.complete_past_appointments()');
  await adopted.query('select private.trim_deliveries()');
  await adopted.as(
    'authenticated',
    ANNA.userId,
    (client) => client.query('delete from public.clients'),
  );
  expect(
    await adopted.query(
      `select (select count(*)::integer from public.webhook_logs where redacted_at is null)
           as untrimmed,
         (select count(*)::integer from public.calendar_events
           where status = 'scheduled' and end_time < now() - interval '1 day') as open,
         (select count(*)::integer from public.calendar_events where client_id = $1) as linked`,
      [ANNA.clientId],
    ),
  ).toEqual([{ untrimmed: 0, open: 0, linked: 0 }]);
});

it('clients and pets with longer texts than new ones may have stay usable', async () => {
  const other = await createBarkbookDatabase();
  await other.query(
    `update public.pets set notes = repeat('x', 20000), name = repeat('x', 300);
     update public.clients set surname = repeat('x', 300)`,
  );
  await applyMigrations(other);
  // As BarkBook's form does, which sends every column.
  await other.query(`update public.pets set age = 7, name = name, notes = notes`);
  await other.query(`update public.clients set has_gdpr_consent = true, surname = surname`);
  await expect(other.query(`update public.pets set notes = repeat('y', 20000)`)).rejects
    .toMatchObject({ code: '23514', constraint: 'pets_notes_is_short' });
  await other.drop();
});

it('a consent that BarkBook recorded keeps its time and has a source', async () => {
  const other = await createBarkbookDatabase();
  await other.query(
    `update public.clients set has_gdpr_consent = true, gdpr_consent_date = '2025-03-01'
     where salon_id = 'a0000000-0000-4000-8000-000000000000'`,
  );
  await applyMigrations(other);
  const clients = await other.query(
    `select has_gdpr_consent as given, gdpr_consent_date = '2025-03-01' as kept,
       gdpr_consent_source as source
     from public.clients order by id`,
  );
  expect(clients).toEqual([
    { given: true, kept: true, source: 'barkbook' },
    { given: false, kept: null, source: null },
  ]);
  await other.drop();
});
