import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { functionsByExecutors, functionsWhere } from '../support/inventory.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('these are the functions, and these roles may execute them', async () => {
  expect(await functionsByExecutors(database)).toEqual({
    'nobody': [
      'private.apply_waiting_deliveries()',
      'private.call_function(text)',
      'private.check_sms_template()',
      'private.client_visits(clients, text, text)',
      'private.complete_past_visits(interval, integer)',
      'private.contact_pattern(text, text)',
      'private.crossed_out(text, text)',
      'private.derive_event_columns()',
      'private.erase(clients, uuid[])',
      'private.erase_mentions(uuid, text)',
      'private.erase_messages(clients, text)',
      'private.exported_delivery(webhook_logs, boolean, text)',
      'private.forget_client_of_message()',
      'private.forget_covered_visit()',
      'private.forget_salon_secrets()',
      'private.hand_to_sms_worker(regprocedure)',
      'private.is_of_a_visit(webhook_logs, uuid)',
      'private.keep_salon()',
      'private.keep_webhook_secret(uuid, text, timestamp with time zone)',
      'private.lock_deliveries(uuid[])',
      'private.may_manage(uuid)',
      'private.other_deliveries(clients, uuid[], text)',
      'private.own_contacts(clients)',
      'private.pets_of_nobody_else(clients, uuid[])',
      'private.previous_webhook_secrets(uuid)',
      'private.register_event_uid()',
      'private.replay(webhook_logs)',
      'private.require_salon(uuid)',
      'private.retry_deliveries(integer)',
      'private.salon_secret(text, uuid)',
      'private.salon_secret_name(text, uuid)',
      'private.scheduler_report()',
      'private.set_salon_secret(text, uuid, text)',
      'private.set_updated_at()',
      'private.setup_schedules()',
      'private.trim_cron()',
      'private.trim_deliveries(integer)',
      'private.trim_sms(integer)',
      'private.vault_secret(text)',
      'private.visit_deliveries(clients, uuid[])',
      'private.wake_waiting_deliveries()',
      'private.without_contact(jsonb, text)',
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
      'private.e164(text)',
      'private.is_time_zone(text)',
      'private.sms_now()',
    ],
    'service_role': [
      'private.adopt_unseen_seat(jsonb, text, text)',
      'private.adopt_waiting(jsonb, uuid)',
      'private.apply_booking(webhook_logs)',
      'private.apply_to_salon(webhook_logs)',
      'private.apply_waiting_bookings(text[], uuid)',
      'private.blanked(text)',
      'private.books_a_time(text)',
      'private.claim_event(jsonb, text, uuid, timestamp with time zone)',
      'private.defer_for_rate(uuid, integer)',
      'private.delivery_warnings(jsonb, uuid[])',
      'private.erase_deliveries(calendar_events)',
      'private.event_key(jsonb)',
      'private.event_of_delivery(webhook_logs)',
      'private.events_of(jsonb, text, uuid)',
      'private.feed_time(timestamp with time zone, text)',
      'private.find_client(uuid, jsonb)',
      'private.find_pet(uuid, uuid, uuid[], boolean)',
      'private.find_predecessor(jsonb, uuid, timestamp with time zone)',
      'private.find_salon(jsonb)',
      'private.first_heard_of(text)',
      'private.first_uid(jsonb)',
      'private.fold_event(calendar_events)',
      'private.follow_slot_moves(uuid, uuid)',
      'private.impersonal(jsonb)',
      'private.is_of_other_salon(jsonb, uuid, boolean)',
      'private.is_over_rate(uuid, integer)',
      'private.is_same_person(text, text, text, text)',
      'private.keep_decisions(calendar_events)',
      'private.lock_bookings(jsonb[])',
      'private.max_attempts()',
      'private.merge_events(uuid, uuid[])',
      'private.moved_from_slot(uuid, jsonb, timestamp with time zone)',
      'private.names_attendee(jsonb, text, text)',
      'private.nobody()',
      'private.number_generations(uuid)',
      'private.precedence(text)',
      'private.process_delivery(webhook_logs)',
      'private.refold_event(uuid, uuid, webhook_logs)',
      'private.retry_delay(integer, double precision)',
      'private.says_what_snapshot_says(uuid, jsonb, timestamp with time zone)',
      'private.seat_of(jsonb)',
      'private.settle_waiting(uuid, uuid)',
      'private.snapshot_key(text, jsonb, timestamp with time zone)',
      'private.status_after(calendar_events, webhook_logs, jsonb, boolean)',
      'private.status_by_delivery(calendar_events, webhook_logs, jsonb, boolean)',
      'private.status_by_snapshot(calendar_events, jsonb, timestamp with time zone, boolean)',
      'private.sync_booking(uuid, jsonb, jsonb)',
      'private.take_kept_place(jsonb, text, text)',
      'private.try_lock_booking(jsonb)',
      'private.uids_of(jsonb)',
      'private.undo_decisions(calendar_events)',
      'private.was_there(text, timestamp with time zone)',
      'private.without_person(jsonb, text, text, text)',
      'private.without_seat(jsonb, calendar_events)',
      'public.calcom_api_key(uuid)',
      'public.calcom_sync_claim(uuid, timestamp with time zone, integer)',
      'public.calcom_sync_note(uuid, uuid, jsonb, integer)',
      'public.calcom_sync_release(uuid, uuid, jsonb, text, integer)',
      'public.calendar_feed(text)',
      'public.confirm_webhook_secret(uuid)',
      'public.health_report()',
      'public.retire_webhook_secret(uuid)',
      'public.set_calcom_api_key(uuid, text)',
      'public.sms_apply_receipts(text, jsonb, timestamp with time zone)',
      'public.sms_begin_dispatch(uuid, uuid, text, text, text, integer, text, timestamp with time zone)',
      'public.sms_claim(text, integer, interval, timestamp with time zone)',
      'public.sms_finish_run(uuid, jsonb, text)',
      'public.sms_plan(uuid, timestamp with time zone)',
      'public.sms_preview(integer, timestamp with time zone)',
      'public.sms_record_opt_out(text, text)',
      'public.sms_settle(uuid, uuid, text, text, text, integer, boolean, text, double precision, timestamp with time zone)',
      'public.sms_start_run(text)',
      'public.sms_sweep(text[], timestamp with time zone)',
      'public.sms_withdraw_opt_out(text, text)',
      'public.stage_webhook_secret(uuid, text)',
      'public.sync_bookings(uuid, jsonb)',
      'public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer)',
      'public.webhook_secrets(uuid)',
    ],
    'service_role, sms_worker': [
      'private.may_have_gone_out(sms_messages)',
    ],
    'sms_worker': [
      'private.set_sms_clock(timestamp with time zone)',
      'private.sms_cap_is_reached(sms_messages, sms_settings, text, integer)',
      'private.sms_plan_salon(uuid)',
      'private.sms_receipt_message(text, jsonb)',
      'private.sms_release(uuid, text, text, text, timestamp with time zone)',
      'private.sms_settle_late(sms_messages, text, text)',
      'private.sms_skip_is_cured(sms_messages, uuid, boolean, text, timestamp with time zone)',
      'private.sms_verdict(sms_messages, text, integer, text)',
    ],
  });
});

it('these functions run with the rights of postgres', async () => {
  expect(await functionsWhere(database, `p.prosecdef and p.proowner = 'postgres'::regrole`))
    .toEqual([
      'private.forget_salon_secrets()',
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

it('these functions run with the rights of sms_worker', async () => {
  expect(await functionsWhere(database, `p.prosecdef and p.proowner <> 'postgres'::regrole`))
    .toEqual([
      'public.sms_apply_receipts(text, jsonb, timestamp with time zone)',
      'public.sms_begin_dispatch(uuid, uuid, text, text, text, integer, text, timestamp with time zone)',
      'public.sms_claim(text, integer, interval, timestamp with time zone)',
      'public.sms_finish_run(uuid, jsonb, text)',
      'public.sms_plan(uuid, timestamp with time zone)',
      'public.sms_preview(integer, timestamp with time zone)',
      'public.sms_record_opt_out(text, text)',
      'public.sms_settle(uuid, uuid, text, text, text, integer, boolean, text, double precision, timestamp with time zone)',
      'public.sms_start_run(text)',
      'public.sms_sweep(text[], timestamp with time zone)',
      'public.sms_withdraw_opt_out(text, text)',
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

it('a function with the rights of its owner says why in its comment', async () => {
  const unexplained = `p.prosecdef and coalesce(obj_description(p.oid, 'pg_proc'), '')
    !~ '[Ss]ecurity definer,? (because|for) '`;
  expect(await functionsWhere(database, unexplained)).toEqual([]);
});

it('every function pins an empty search path', async () => {
  const unpinned = `p.proconfig is null or not p.proconfig @> '{"search_path=\\"\\""}'`;
  expect(await functionsWhere(database, unpinned)).toEqual([]);
});

it('a new function can be executed by nobody until it is granted', async () => {
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
