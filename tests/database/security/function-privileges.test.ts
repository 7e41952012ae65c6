import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { functionsByExecutors, functionsWhere } from '../support/inventory.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('each function can be executed only by the roles listed here', async () => {
  expect(await functionsByExecutors(database)).toEqual({
    'the owner only': [
      'private.apply_deferred_on_username()',
      'private.appointment_deliveries(clients, uuid[])',
      'private.assign_to_sms_worker(regprocedure)',
      'private.call_function(text)',
      'private.can_manage_salon(uuid)',
      'private.check_sms_template()',
      'private.clear_client_of_message()',
      'private.client_appointments(clients, text, text)',
      'private.complete_past_appointments(interval, integer)',
      'private.contact_pattern(text, text)',
      'private.delete_salon_secrets()',
      'private.deliveries_to_replay(uuid, timestamp with time zone, timestamp with time zone, text, integer)',
      'private.derive_appointment_columns()',
      'private.erase_client_data(clients, uuid[])',
      'private.erase_mentions(uuid, uuid[], text)',
      'private.erase_messages(clients, text)',
      'private.erase_unapplied_deliveries(uuid[], text, text)',
      'private.export_deliveries(clients, uuid[], text)',
      'private.export_delivery(webhook_logs, boolean, text)',
      'private.has_salon_secret(text, uuid)',
      'private.is_about_appointment(webhook_logs, uuid)',
      'private.lock_deliveries(uuid[])',
      'private.pets_only_of_client(clients, uuid[])',
      'private.previous_webhook_secrets(uuid)',
      'private.protect_salon_id()',
      'private.redact_contact(jsonb, text)',
      'private.redact_text(text, text)',
      'private.register_appointment_uid()',
      'private.release_deleted_appointment()',
      'private.replay(webhook_logs)',
      'private.require_salon(uuid)',
      'private.retain_webhook_secret(uuid, text, timestamp with time zone)',
      'private.retry_deferred_on_username()',
      'private.retry_deliveries(integer)',
      'private.salon_secret(text, uuid)',
      'private.salon_secret_name(text, uuid)',
      'private.scheduler_report()',
      'private.set_salon_secret(text, uuid, text)',
      'private.set_updated_at()',
      'private.setup_schedules()',
      'private.trim_deliveries(integer)',
      'private.trim_job_history()',
      'private.trim_messages(integer)',
      'private.unique_contacts(clients)',
      'private.unlinked_client_deliveries(clients, uuid[], text)',
      'private.vault_secret(text)',
    ],
    'authenticated': [
      'private.owned_salon_ids()',
      'private.salon_ids()',
      'public.rotate_calendar_feed_token(uuid)',
    ],
    'authenticated, sms_worker': [
      'private.sms_allowed_at(timestamp with time zone, text, time without time zone, time without time zone)',
    ],
    'authenticated, service_role': [
      'private.local_span(text, timestamp with time zone, text)',
      'public.erase_client(uuid)',
      'public.export_client(uuid)',
      'public.replay_deliveries(uuid, timestamp with time zone, timestamp with time zone, text)',
      'public.replay_delivery(uuid)',
    ],
    'authenticated, service_role, sms_worker': [
      'private.app_now()',
      'private.e164(text)',
      'private.is_time_zone(text)',
    ],
    'service_role': [
      'private.apply_deferred_bookings(text[], uuid)',
      'private.apply_delivery(webhook_logs)',
      'private.apply_delivery_to_salon(webhook_logs)',
      'private.apply_local_decisions(calendar_events)',
      'private.appointment_key(jsonb)',
      'private.appointment_of_delivery(webhook_logs)',
      'private.assign_deferred_deliveries(jsonb, uuid)',
      'private.attach_booking(webhook_logs, jsonb, uuid)',
      'private.belongs_to_other_salon(jsonb, uuid, boolean)',
      'private.booking_seat_id(jsonb)',
      'private.booking_uids(jsonb)',
      'private.complete_deferred_deliveries(uuid, uuid)',
      'private.defer_rate_limited(uuid, integer)',
      'private.delivery_error_message(webhook_logs, delivery_reason, text, boolean)',
      'private.delivery_warnings(jsonb, uuid[])',
      'private.erase_deliveries(calendar_events)',
      'private.erased_email()',
      'private.feed_time(timestamp with time zone, text)',
      'private.fill_seat_placeholder(jsonb, text, text)',
      'private.find_appointments(jsonb, text, uuid)',
      'private.find_client(uuid, jsonb)',
      'private.find_pet(uuid, uuid, uuid[], boolean)',
      'private.find_predecessor(jsonb, uuid, timestamp with time zone)',
      'private.find_salon(jsonb)',
      'private.first_occurred_at(text)',
      'private.fold_appointment(calendar_events)',
      'private.follow_slot_moves(uuid, uuid)',
      'private.has_full_booking(text)',
      'private.is_over_rate_limit(uuid, integer)',
      'private.is_same_person(text, text, text, text)',
      'private.locate_appointments(webhook_logs, uuid)',
      'private.lock_bookings(jsonb[])',
      'private.match_seat_placeholder(jsonb, text, text)',
      'private.matches_snapshot(uuid, jsonb, timestamp with time zone)',
      'private.matching_attendee(jsonb, text, text)',
      'private.max_delivery_attempts()',
      'private.merge_appointments(uuid, uuid[])',
      'private.new_appointment(uuid, webhook_logs)',
      'private.number_generations(uuid)',
      'private.original_uid(jsonb)',
      'private.precedence(text)',
      'private.previous_slot_of_seat(uuid, jsonb, timestamp with time zone)',
      'private.process_delivery(webhook_logs)',
      'private.redact_booking(jsonb, text, text, text)',
      'private.redact_slot_booking(jsonb, calendar_events)',
      'private.redacted_payload(text)',
      'private.refold_appointment(uuid, uuid, webhook_logs)',
      'private.remove_local_decisions(calendar_events)',
      'private.resolve_appointment(jsonb, text, uuid, timestamp with time zone)',
      'private.retry_delay(integer, double precision)',
      'private.seat_existed_at(text, timestamp with time zone)',
      'private.snapshot_delivery_key(text, jsonb, timestamp with time zone)',
      'private.status_after(calendar_events, webhook_logs, jsonb, boolean)',
      'private.status_by_attendance(calendar_events, webhook_logs, jsonb)',
      'private.status_by_delivery(calendar_events, webhook_logs, jsonb, boolean)',
      'private.status_by_snapshot(calendar_events, jsonb, timestamp with time zone, boolean)',
      'private.sync_booking(uuid, jsonb, jsonb)',
      'private.try_lock_booking(jsonb)',
      'private.without_personal_data(jsonb)',
      'public.calcom_api_key(uuid)',
      'public.calcom_sync_claim(uuid, timestamp with time zone, integer)',
      'public.calcom_sync_release(uuid, uuid, jsonb, text, integer)',
      'public.calcom_sync_save_progress(uuid, uuid, jsonb, integer)',
      'public.calendar_feed(text)',
      'public.confirm_webhook_secret(uuid)',
      'public.health_report()',
      'public.retire_webhook_secret(uuid)',
      'public.set_calcom_api_key(uuid, text)',
      'public.sms_apply_receipts(sms_provider, jsonb, timestamp with time zone)',
      'public.sms_begin_dispatch(uuid, uuid, text, text, sms_encoding, integer, sms_reason, timestamp with time zone)',
      'public.sms_claim(sms_provider, integer, interval, timestamp with time zone)',
      'public.sms_finish_run(uuid, jsonb, text)',
      'public.sms_plan(uuid, timestamp with time zone)',
      'public.sms_preview(integer, timestamp with time zone)',
      'public.sms_record_opt_out(text, sms_opt_out_source)',
      'public.sms_recover_and_expire(sms_provider[], timestamp with time zone)',
      'public.sms_settle(uuid, uuid, sms_attempt_outcome, text, text, integer, boolean, sms_ambiguity_policy, double precision, timestamp with time zone)',
      'public.sms_start_run(sms_provider)',
      'public.sms_withdraw_opt_out(text, sms_opt_out_source)',
      'public.stage_webhook_secret(uuid, text)',
      'public.sync_bookings(uuid, jsonb)',
      'public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer)',
      'public.webhook_secrets(uuid)',
    ],
    'service_role, sms_worker': [
      'private.may_have_been_sent(sms_messages)',
    ],
    'sms_worker': [
      'private.set_app_clock(timestamp with time zone)',
      'private.sms_cap_is_reached(sms_messages, sms_settings, text, integer)',
      'private.sms_close_lease(uuid, sms_message_status, sms_reason, text, timestamp with time zone)',
      'private.sms_dispatch_decision(sms_messages, text, integer, sms_reason)',
      'private.sms_drop(sms_messages, sms_dispatch_answer, text)',
      'private.sms_expire_messages()',
      'private.sms_lock_due_messages(sms_provider, integer)',
      'private.sms_max_attempts()',
      'private.sms_message_of_receipt(sms_provider, jsonb)',
      'private.sms_plan_salon(uuid)',
      'private.sms_postpone(sms_messages, sms_dispatch_answer)',
      'private.sms_provider_is_paused(sms_provider)',
      'private.sms_recover_expired_leases(sms_provider[])',
      'private.sms_settle_accepted(sms_messages, text)',
      'private.sms_settle_after_lease(sms_messages, sms_attempt_outcome, text)',
      'private.sms_settle_ambiguous(sms_messages, text)',
      'private.sms_settle_not_found(sms_messages, text, sms_ambiguity_policy)',
      'private.sms_settle_not_sent(sms_messages, boolean, text, integer, double precision)',
      'private.sms_settle_paused(sms_messages, text)',
      'private.sms_skip_is_resolved(sms_messages, uuid, boolean, text, timestamp with time zone)',
      'private.sms_start_attempt(sms_messages, text, text, sms_encoding, integer)',
    ],
  });
});

it('only these functions run with the rights of postgres', async () => {
  expect(await functionsWhere(database, `p.prosecdef and p.proowner = 'postgres'::regrole`))
    .toEqual([
      'private.delete_salon_secrets()',
      'private.owned_salon_ids()',
      'private.salon_ids()',
      'public.calcom_api_key(uuid)',
      'public.calcom_sync_claim(uuid, timestamp with time zone, integer)',
      'public.confirm_webhook_secret(uuid)',
      'public.erase_client(uuid)',
      'public.export_client(uuid)',
      'public.health_report()',
      'public.replay_deliveries(uuid, timestamp with time zone, timestamp with time zone, text)',
      'public.replay_delivery(uuid)',
      'public.retire_webhook_secret(uuid)',
      'public.rotate_calendar_feed_token(uuid)',
      'public.set_calcom_api_key(uuid, text)',
      'public.stage_webhook_secret(uuid, text)',
      'public.webhook_secrets(uuid)',
    ]);
});

it('only these functions run with the rights of sms_worker', async () => {
  expect(await functionsWhere(database, `p.prosecdef and p.proowner <> 'postgres'::regrole`))
    .toEqual([
      'public.sms_apply_receipts(sms_provider, jsonb, timestamp with time zone)',
      'public.sms_begin_dispatch(uuid, uuid, text, text, sms_encoding, integer, sms_reason, timestamp with time zone)',
      'public.sms_claim(sms_provider, integer, interval, timestamp with time zone)',
      'public.sms_finish_run(uuid, jsonb, text)',
      'public.sms_plan(uuid, timestamp with time zone)',
      'public.sms_preview(integer, timestamp with time zone)',
      'public.sms_record_opt_out(text, sms_opt_out_source)',
      'public.sms_recover_and_expire(sms_provider[], timestamp with time zone)',
      'public.sms_settle(uuid, uuid, sms_attempt_outcome, text, text, integer, boolean, sms_ambiguity_policy, double precision, timestamp with time zone)',
      'public.sms_start_run(sms_provider)',
      'public.sms_withdraw_opt_out(text, sms_opt_out_source)',
    ]);
  expect(await functionsWhere(database, `p.proowner = 'sms_worker'::regrole and not p.prosecdef`))
    .toEqual([]);
  expect(
    await functionsWhere(
      database,
      `p.proowner not in ('postgres'::regrole, 'sms_worker'::regrole)`,
    ),
  ).toEqual([]);
});

it('the comment of each security definer function says why', async () => {
  const unexplained = `p.prosecdef and coalesce(obj_description(p.oid, 'pg_proc'), '')
    !~ '[Ss]ecurity definer,? (because|for) '`;
  expect(await functionsWhere(database, unexplained)).toEqual([]);
});

it('every function sets an empty search path', async () => {
  const unpinned = `p.proconfig is null or not p.proconfig @> '{"search_path=\\"\\""}'`;
  expect(await functionsWhere(database, unpinned)).toEqual([]);
});

it('a new function cannot be executed without a grant', async () => {
  await database.query(
    `create function public.brand_new() returns integer language sql return 1`,
  );
  const [open] = await database.query(
    `select array(
       select role from unnest(array['anon', 'authenticated', 'service_role']) as roles (role)
       where has_function_privilege(role, 'public.brand_new()', 'execute')
     ) as roles`,
  );
  await database.query('drop function public.brand_new()');
  expect(open).toEqual({ roles: [] });
});
