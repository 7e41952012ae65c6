import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { tableGrants } from '../support/inventory.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

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
