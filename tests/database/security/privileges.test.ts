import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { policies, relationsWhere, tableGrants } from '../support/inventory.ts';

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

it('the policies are exactly these', async () => {
  expect(await policies(database)).toEqual([
    'calcom_sync_state select to authenticated: members can see the sync state of their salon',
    "calendar_events select to authenticated: members can see their salon's appointments",
    'calendar_events select to sms_worker: the SMS worker can see future appointments',
    'calendar_events update to authenticated: members can add what the salon knows of an appointment',
    'calendar_feeds delete to authenticated: owners can delete the feed',
    'calendar_feeds select to authenticated: members can see the feed settings of their salon',
    'calendar_feeds update to authenticated: owners can change what the feed shows',
    'client_erasures select to authenticated: owners can see the erasures of their salon',
    'client_links insert to sms_worker: the SMS worker can record a link',
    'client_pets delete to authenticated: members can unlink a pet from a client',
    'client_pets insert to authenticated: members can link a pet to a client of the same salon',
    'client_pets select to authenticated: members can see which pets belong to their clients',
    'clients delete to authenticated: members can delete their clients',
    'clients insert to authenticated: members can add clients',
    'clients select to authenticated: members can see their clients',
    'clients select to sms_worker: the SMS worker can see clients with a future appointment',
    'clients update to authenticated: members can edit their clients',
    'erased_opt_outs delete to sms_worker: the SMS worker can withdraw erased opt-outs',
    'erased_opt_outs select to sms_worker: the SMS worker can see erased opt-outs',
    'pets delete to authenticated: members can delete their pets',
    'pets insert to authenticated: members can add pets',
    'pets select to authenticated: members can see their pets',
    'pets select to sms_worker: the SMS worker can see pets with a future appointment',
    'pets update to authenticated: members can edit their pets',
    'salon_activity select to authenticated: members can see what was done in their salon',
    'salon_invitations delete to authenticated: owners can withdraw an invitation',
    'salon_invitations select to authenticated: owners can see the invitations of their salon',
    'salon_members delete to authenticated: owners can remove members, and members can leave',
    'salon_members select to authenticated: members can see the members of their salon',
    "salon_members update to authenticated: owners can change a member's role",
    'salons insert to authenticated: users can create their own salon',
    'salons select to authenticated: members can see their salon',
    'salons select to sms_worker: the SMS worker can see salons whose settings it can see',
    'salons update to authenticated: owners can edit their salon',
    'sms_attempts insert to sms_worker: the SMS worker can record attempts',
    'sms_attempts select to sms_worker: the SMS worker can see attempts',
    'sms_attempts update to sms_worker: the SMS worker can record the outcome of an attempt',
    'sms_changes select to sms_worker: the SMS worker can see changes',
    'sms_inbox select to authenticated: members can see the replies to their salon',
    'sms_inbox update to authenticated: members can mark a reply as read',
    'sms_message_events delete to sms_worker: the SMS worker can release appointments that moved',
    'sms_message_events insert to sms_worker: the SMS worker can cover appointments',
    'sms_message_events select to authenticated: members can see which appointments a message covers',
    'sms_message_events select to sms_worker: the SMS worker can see which appointments are covered',
    'sms_message_events update to sms_worker: the SMS worker can cover an appointment by another message',
    'sms_messages insert to sms_worker: the SMS worker can create messages',
    'sms_messages select to authenticated: members can see the messages of their salon',
    'sms_messages select to sms_worker: the SMS worker can see messages',
    'sms_messages update to sms_worker: the SMS worker can update messages',
    'sms_opt_outs delete to authenticated: members can withdraw an opt-out that their salon recorded',
    'sms_opt_outs delete to sms_worker: the SMS worker can withdraw opt-outs',
    'sms_opt_outs insert to authenticated: members can record an opt-out',
    'sms_opt_outs insert to sms_worker: the SMS worker can record opt-outs',
    'sms_opt_outs select to authenticated: members can see the opt-outs of their salon',
    'sms_opt_outs select to sms_worker: the SMS worker can see opt-outs',
    'sms_provider_state insert to sms_worker: the SMS worker can pause a provider',
    'sms_provider_state select to sms_worker: the SMS worker can see which providers are paused',
    'sms_provider_state update to sms_worker: the SMS worker can extend a pause',
    'sms_runs insert to sms_worker: the SMS worker can record the start of a run',
    'sms_runs select to sms_worker: the SMS worker can see runs',
    'sms_runs update to sms_worker: the SMS worker can record the end of a run',
    'sms_service_texts delete to authenticated: owners can delete texts for services of their salon',
    'sms_service_texts insert to authenticated: owners can create texts for services of their salon',
    'sms_service_texts select to authenticated: members can see the texts for services of their salon',
    'sms_service_texts select to sms_worker: the SMS worker can see texts for services',
    'sms_service_texts update to authenticated: owners can change texts for services of their salon',
    'sms_settings insert to authenticated: owners can create the reminder settings of their salon',
    'sms_settings select to authenticated: members can see the reminder settings of their salon',
    'sms_settings select to sms_worker: the SMS worker can see settings of salons that remind or test',
    'sms_settings update to authenticated: owners can change the reminder settings of their salon',
    'sms_settings update to sms_worker: the SMS worker can record why it passed a salon over',
    'sms_texts insert to authenticated: owners can create the texts of their salon',
    'sms_texts select to authenticated: members can see the texts of their salon',
    'sms_texts select to sms_worker: the SMS worker can see texts',
    'sms_texts update to authenticated: owners can change the texts of their salon',
    'sms_told_events delete to sms_worker: the SMS worker can remove what was certainly not told',
    'sms_told_events insert to sms_worker: the SMS worker can record what is told',
    'sms_told_events select to sms_worker: the SMS worker can see what was told',
    "webhook_logs select to authenticated: members can see their salon's deliveries",
    'webhook_replays select to authenticated: owners can see the replays of their salon',
  ]);
});

it('the grants on tables and columns are exactly these', async () => {
  expect(await tableGrants(database)).toEqual([
    'appointment_daily_stats to authenticated: select',
    'appointments to authenticated: select',
    'appointments to service_role: select',
    'calcom_sync_state to authenticated: select (counts, last_error, last_scan_at, ' +
    'last_started_at, last_success_at, salon_id, scan_done, scan_from, scan_total)',
    'calcom_sync_state to service_role: delete, insert, select, update',
    'calendar_event_uids to service_role: delete, insert, select, update',
    'calendar_events to authenticated: select, ' +
    'update (attendance, client_id, client_response, pet_id, salon_note)',
    'calendar_events to service_role: delete, insert, select, update',
    'calendar_events to sms_worker: select (client_id, created_at, id, last_event_at, ' +
    'pet_id, salon_id, start_time, status, title)',
    'calendar_feeds to authenticated: delete, select (created_at, salon_id, shows_clients), ' +
    'update (shows_clients)',
    'calendar_feeds to service_role: delete, insert, select, update',
    'call_list to authenticated: select',
    'client_erasures to authenticated: select',
    'client_erasures to service_role: select',
    'client_links to service_role: select',
    'client_links to sms_worker: insert',
    'client_pets to authenticated: delete, insert, select',
    'client_pets to service_role: delete, insert, select, update',
    'clients to authenticated: delete, insert, select, update',
    'clients to service_role: delete, insert, select, update',
    'clients to sms_worker: select (has_gdpr_consent, id, name, phone_number, salon_id)',
    'due_reminders to sms_worker: select',
    'erased_opt_outs to sms_worker: delete, select',
    'failed_deliveries to authenticated: select',
    'my_salons to authenticated: select',
    'pet_history to authenticated: select',
    'pets to authenticated: delete, insert, select, update',
    'pets to service_role: delete, insert, select, update',
    'pets to sms_worker: select (id, name, salon_id)',
    'reminder_log to authenticated: select',
    'salon_activity to authenticated: select',
    'salon_activity to service_role: delete, insert, select, update',
    'salon_invitations to authenticated: delete, select',
    'salon_invitations to service_role: delete, insert, select, update',
    'salon_members to authenticated: delete, select, update (role)',
    'salon_members to service_role: delete, insert, select, update',
    'salons to authenticated: insert (address, id, name, nip, phone_number, timezone, user_id), ' +
    'select, update (address, name, nip, phone_number, timezone)',
    'salons to service_role: delete, insert, select, update',
    'salons to sms_worker: select (address, id, name, phone_number, timezone)',
    'sms_attempts to service_role: delete, insert, select, update',
    'sms_attempts to sms_worker: insert, select, update',
    'sms_changes to service_role: delete, select',
    'sms_changes to sms_worker: select',
    'sms_inbox to authenticated: select, update (read_at)',
    'sms_inbox to service_role: delete, insert, select, update',
    'sms_message_events to authenticated: select',
    'sms_message_events to service_role: delete, insert, select, update',
    'sms_message_events to sms_worker: delete, insert, select, update',
    'sms_messages to authenticated: select (attempts, body, client_id, created_at, encoding, ' +
    'error_code, final_at, id, kind, local_date, next_attempt_at, not_after, phone, ' +
    'phone_number, provider, provider_status, provider_status_at, reason, salon_id, ' +
    'segments, sender, sent_at, status, updated_at)',
    'sms_messages to service_role: delete, insert, select, update',
    'sms_messages to sms_worker: insert, select, update',
    'sms_occasions to sms_worker: select',
    'sms_opt_outs to authenticated: delete, insert (phone, salon_id), select',
    'sms_opt_outs to service_role: delete, insert, select, update',
    'sms_opt_outs to sms_worker: delete, insert, select',
    'sms_provider_state to service_role: delete, insert, select, update',
    'sms_provider_state to sms_worker: insert, select, update',
    'sms_replies to service_role: insert, select',
    'sms_rules to authenticated: select',
    'sms_rules to sms_worker: select',
    'sms_runs to service_role: delete, insert, select, update',
    'sms_runs to sms_worker: insert, select, update',
    'sms_service_texts to authenticated: delete, insert (salon_id, template, title_contains), ' +
    'select, update (template, title_contains)',
    'sms_service_texts to service_role: delete, insert, select, update',
    'sms_service_texts to sms_worker: select',
    'sms_settings to authenticated: insert (call_list_from, delay_after_booking, enabled, group_same_day, ' +
    'hours_before, language, max_segments, min_lead, mode, monthly_cap, notice_hours, quiet_from, quiet_to, ' +
    'salon_id, send_at_local, template, transliterate), select, update (call_list_from, ' +
    'delay_after_booking, enabled, group_same_day, hours_before, language, max_segments, min_lead, mode, monthly_cap, ' +
    'notice_hours, quiet_from, quiet_to, salon_id, send_at_local, template, transliterate)',
    'sms_settings to service_role: delete, insert, select, update',
    'sms_settings to sms_worker: select, update (problem, problem_since)',
    'sms_texts to authenticated: insert (enabled, hours_before, kind, mode, salon_id, ' +
    'send_at_local, template), select, update (enabled, hours_before, kind, mode, salon_id, ' +
    'send_at_local, template)',
    'sms_texts to service_role: delete, insert, select, update',
    'sms_texts to sms_worker: select',
    'sms_told_events to service_role: delete, insert, select',
    'sms_told_events to sms_worker: delete, insert, select',
    'sync_lag to authenticated: select',
    'this_weeks_appointments to authenticated: select',
    'todays_appointments to authenticated: select',
    'tomorrows_appointments to authenticated: select',
    'tomorrows_appointments to service_role: select',
    'tomorrows_appointments to sms_worker: select',
    'unplanned_appointments to sms_worker: select',
    'upcoming_appointments to authenticated: select',
    'upcoming_reminders to authenticated: select',
    'webhook_health to authenticated: select',
    'webhook_logs to authenticated: select (action, attempts, cal_com_event_id, created_at, ' +
    'duration_ms, erased_at, error_message, id, next_attempt_at, occurred_at, processed_at, ' +
    'reason, redacted_at, salon_id, status, warnings, webhook_type)',
    'webhook_logs to service_role: delete, insert, select, update',
    'webhook_replays to authenticated: select',
    'webhook_replays to service_role: select',
  ]);
});

it('the private schema is open to service_role and sms_worker only', async () => {
  expect(
    await database.query(
      `select role, has_schema_privilege(role, 'private', 'usage') as uses,
         has_schema_privilege(role, 'private', 'create') as creates
       from unnest(array['anon', 'authenticated', 'service_role', 'sms_worker']) as roles (role)`,
    ),
  ).toEqual([
    { role: 'anon', uses: false, creates: false },
    { role: 'authenticated', uses: false, creates: false },
    { role: 'service_role', uses: true, creates: false },
    { role: 'sms_worker', uses: true, creates: false },
  ]);
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
