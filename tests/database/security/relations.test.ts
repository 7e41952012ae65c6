import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { relationsWhere } from '../support/inventory.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('every table is listed here and has row-level security', async () => {
  expect(await relationsWhere(database, `c.relkind in ('r', 'p') and c.relrowsecurity`)).toEqual([
    'alerts',
    'calcom_sync_state',
    'calendar_event_uids',
    'calendar_events',
    'calendar_feeds',
    'client_erasures',
    'client_links',
    'client_pets',
    'clients',
    'deployments',
    'erased_opt_outs',
    'pets',
    'retention',
    'salon_activity',
    'salon_invitations',
    'salon_members',
    'salons',
    'salons_per_user',
    'sms_asked_runs',
    'sms_attempts',
    'sms_changes',
    'sms_inbox',
    'sms_message_events',
    'sms_messages',
    'sms_opt_outs',
    'sms_provider_state',
    'sms_replies',
    'sms_runs',
    'sms_service_texts',
    'sms_settings',
    'sms_texts',
    'sms_told_events',
    'sync_wake_up',
    'unfinished_erasures',
    'webhook_logs',
    'webhook_replays',
  ]);
  expect(await relationsWhere(database, `c.relkind in ('r', 'p') and not c.relrowsecurity`))
    .toEqual([]);
});

it('every view is listed here and has the rights of its reader', async () => {
  const invoking = `c.reloptions @> '{security_invoker=true}'`;
  expect(await relationsWhere(database, `c.relkind = 'v' and ${invoking}`)).toEqual([
    'appointment_daily_stats',
    'appointments',
    'call_list',
    'due_reminders',
    'failed_deliveries',
    'my_salons',
    'pet_history',
    'reminder_log',
    'sms_occasions',
    'sms_rules',
    'sync_lag',
    'this_weeks_appointments',
    'todays_appointments',
    'tomorrows_appointments',
    'unplanned_appointments',
    'upcoming_appointments',
    'upcoming_reminders',
    'webhook_health',
  ]);
  expect(await relationsWhere(database, `c.relkind = 'v' and ${invoking} is not true`)).toEqual([]);
});

it('there is no materialized view or foreign table, and two sequences', async () => {
  expect(await relationsWhere(database, `c.relkind in ('m', 'S', 'f')`))
    .toEqual(['alerts_id_seq', 'deployments_id_seq']);
});

it('every foreign key has an index', async () => {
  const withoutIndex = await database.query(
    `select k.conrelid::regclass::text as "table", k.conname as key
     from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace
       and not exists (
         select from pg_index i
         where i.indrelid = k.conrelid and i.indpred is null and i.indisvalid
           and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey
       )`,
  );
  expect(withoutIndex).toEqual([]);
});
