import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { functionsWhere } from '../support/inventory.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('only these functions run with the rights of postgres', async () => {
  expect(await functionsWhere(database, `p.prosecdef and p.proowner = 'postgres'::regrole`))
    .toEqual([
      'private.accepts_webhook_secret(uuid, text)',
      'private.announce_change()',
      'private.booking_of_delivery(uuid)',
      'private.client_link_token(uuid)',
      'private.delete_salon_secrets()',
      'private.end_feed_of_owner()',
      'private.erase_deleted_client()',
      'private.limit_salons_of_user()',
      'private.limit_service_texts()',
      'private.lock_salons_of_member()',
      'private.owned_salon_ids()',
      'private.pass_on_salon()',
      'private.record_activity()',
      'private.record_sms_change()',
      'private.restart_sms_texts()',
      'private.restore_opt_outs()',
      'private.salon_ids()',
      'private.salons_that_test()',
      'private.show_attendance()',
      'private.start_function(text)',
      'private.touch_sms_settings()',
      'private.withdraw_invitations()',
      'public.accept_invitation(uuid)',
      'public.activity_of_appointment(uuid)',
      'public.add_client_from_booking(uuid, text)',
      'public.booking_contact(uuid, uuid, uuid)',
      'public.calcom_api_key(uuid)',
      'public.calcom_sync_claim(uuid, timestamp with time zone, integer)',
      'public.confirm_webhook_secret(uuid)',
      'public.erase_client(uuid)',
      'public.export_client(uuid)',
      'public.health_report()',
      'public.invite_member(uuid, text, member_role)',
      'public.my_invitations()',
      'public.replay_deliveries(uuid, timestamp with time zone, timestamp with time zone, text)',
      'public.replay_delivery(uuid)',
      'public.retire_webhook_secret(uuid)',
      'public.revoke_webhook_secrets(uuid)',
      'public.rotate_calendar_feed_token(uuid)',
      'public.salons_with_webhook()',
      'public.search_clients(text, uuid, integer)',
      'public.search_pets(text, uuid, integer)',
      'public.send_reminder_now(uuid, sms_message_kind)',
      'public.send_test_sms(uuid, text)',
      'public.set_calcom_api_key(uuid, text)',
      'public.skip_reminder(uuid, sms_message_kind)',
      'public.stage_webhook_secret(uuid, text)',
      'public.unskip_reminder(uuid, sms_message_kind)',
      'public.webhook_secrets(uuid)',
      'public.worker_secret_hash()',
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
