-- Staff act on appointments, clients answer through the link in an SMS or by SMS, salons send further
-- reminders and notices, alerts tell the operator, and Realtime announces changes. Drafted by
-- `npm run schema`.
-- Objects: tables salon_activity, sms_texts, sms_service_texts, sms_inbox and, in private, alerts,
-- client_links, sms_changes, sms_replies; columns of calendar_events and sms_settings; the views and
-- functions that read or write them.
-- Destructive: no. Views and functions whose columns or arguments change are dropped and made again.
-- Undo: drop the tables and columns, and make the views and functions of the baseline again.

do $$ begin if to_regtype('"public"."action_outcome"') is null then CREATE TYPE "public"."action_outcome" AS ENUM ('pending', 'done', 'failed'); end if; end $$;

do $$ begin if to_regtype('"public"."appointment_attendance"') is null then CREATE TYPE "public"."appointment_attendance" AS ENUM ('completed', 'no_show'); end if; end $$;

do $$ begin if to_regtype('"public"."client_link_answer"') is null then CREATE TYPE "public"."client_link_answer" AS ENUM ('recorded', 'not_found', 'moved', 'too_late'); end if; end $$;

do $$ begin if to_regtype('"public"."client_response"') is null then CREATE TYPE "public"."client_response" AS ENUM ('coming', 'wants_to_cancel', 'wants_to_move'); end if; end $$;

do $$ begin if to_regtype('"public"."salon_action"') is null then CREATE TYPE "public"."salon_action" AS ENUM ('assign', 'add_client', 'correct_contact', 'consent', 'note', 'attendance', 'cancel', 'move', 'no_show', 'confirm', 'decline', 'book', 'client_coming', 'client_cancel', 'client_move', 'take_back_answer', 'send_now', 'skip', 'unskip', 'test_sms'); end if; end $$;

do $$ begin if to_regtype('"public"."sms_reply_outcome"') is null then CREATE TYPE "public"."sms_reply_outcome" AS ENUM ('answered', 'kept', 'repeated', 'unknown'); end if; end $$;

set local check_function_bodies = off;

drop policy "members can assign a client and a pet" on "public"."calendar_events";

drop policy "the SMS worker can see future appointments" on "public"."calendar_events";

drop policy "the SMS worker can see salons that remind" on "public"."salons";

drop policy "the SMS worker can see the settings of salons that remind" on "public"."sms_settings";

drop index "public"."sms_messages_salon_id_created_at_idx";

drop view "public"."due_reminders";

drop view "private"."unplanned_appointments";

drop view "public"."pet_history";

drop view "public"."reminder_log";

drop view "public"."this_weeks_appointments";

drop view "public"."todays_appointments";

drop view "public"."upcoming_appointments";

drop view "public"."appointments";

drop view "public"."upcoming_reminders";

drop function "private"."due_deliveries"(integer);

drop function "private"."fill_seat_placeholder"(text, text, text, text, text);

drop function "private"."has_bad_id"(jsonb);

drop function "private"."may_have_been_sent"(public.sms_messages);

drop function "private"."reminder_due_at"(timestamp
  with time zone, text, public.sms_settings, timestamp with time zone);

drop function "private"."retry_delay"(integer, double precision);

drop function "private"."retry_deliveries"(integer);

drop function
  "private"."sms_cap_is_reached"(public.sms_messages, public.sms_settings, text, integer);

drop function
  "private"."sms_close_lease"(uuid, public.sms_message_status, public.sms_reason, text, timestamp
  with time zone);

drop function "private"."sms_day_start"();

drop function "private"."sms_last_text"(uuid, text, uuid);

drop function "private"."sms_lease_messages"(uuid[], uuid[], public.sms_provider, interval);

drop function "private"."sms_limit_of_day"(public.sms_messages, public.sms_settings, text, integer);

drop function "private"."sms_message_of_receipt"(public.sms_provider, jsonb);

drop function "private"."sms_skip_is_resolved"(public.sms_messages, uuid, boolean, text, timestamp
  with time zone, text);

drop function "private"."sms_waiting_message"(uuid, uuid, date);

drop function "private"."start_sync"();

drop function "private"."without_personal_data"(jsonb);

drop function "public"."health_report"();

drop function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone);

drop function "public"."sms_preview"(integer, timestamp with time zone);

create table "private"."alerts" (
  "id"            bigint                   generated always as identity not null,
  "channel"       text                     not null,
  "salon_id"      uuid,
  "code"          text                     not null,
  "began_at"      timestamp with time zone not null default now(),
  "seen_at"       timestamp with time zone not null default now(),
  "ended_at"      timestamp with time zone,
  "began_told_at" timestamp with time zone,
  "ended_told_at" timestamp with time zone,
  "request_id"    bigint,
  "requested_at"  timestamp with time zone,
  "failure"       text,
  constraint "alerts_channel_is_valid"
    check ((channel = ANY (ARRAY['webhook'::text, 'email'::text]))),
  constraint "alerts_pkey" primary key (id)
);

alter table "private"."alerts"
  enable row level security;

alter table "private"."alerts"
  owner to "postgres";

create table "private"."client_links" (
  "token_hash" bytea not null,
  "message_id" uuid  not null,
  constraint "client_links_pkey" primary key (token_hash),
  constraint "client_links_token_hash_is_sha256" check ((length(token_hash) = 32))
);

alter table "private"."client_links"
  enable row level security;

alter table "private"."client_links"
  owner to "postgres";

create table "private"."sms_asked_runs" (
  "salon_id" uuid                     not null,
  "asked_at" timestamp with time zone not null,
  constraint "sms_asked_runs_pkey" primary key (salon_id)
);

alter table "private"."sms_asked_runs"
  enable row level security;

alter table "private"."sms_asked_runs"
  owner to "postgres";

create table "private"."sms_changes" (
  "event_id"    uuid                     not null,
  "kind"        public.sms_message_kind  not null,
  "salon_id"    uuid                     not null,
  "happened_at" timestamp with time zone not null,
  "known_start" timestamp with time zone,
  constraint "sms_changes_kind_is_notice"
    check
    ((kind = ANY (ARRAY['booked'::public.sms_message_kind, 'moved'::public.sms_message_kind,
    'cancelled'::public.sms_message_kind]))),
  constraint "sms_changes_pkey" primary key (event_id, kind)
);

alter table "private"."sms_changes"
  enable row level security;

alter table "private"."sms_changes"
  owner to "postgres";

create table "private"."sms_replies" (
  "provider"    public.sms_provider      not null,
  "reply_id"    text                     not null,
  "received_at" timestamp with time zone not null default now(),
  constraint "sms_replies_pkey" primary key (provider, reply_id),
  constraint "sms_replies_reply_id_is_short"
    check (((length(reply_id) >= 1) AND (length(reply_id) <= 64)))
);

alter table "private"."sms_replies"
  enable row level security;

alter table "private"."sms_replies"
  owner to "postgres";

create table "public"."salon_activity" (
  "id"          uuid                     not null default gen_random_uuid(),
  "salon_id"    uuid                     not null,
  "event_id"    uuid,
  "client_id"   uuid,
  "action"      public.salon_action      not null,
  "actor_id"    uuid,
  "outcome"     public.action_outcome    not null default 'done'::public.action_outcome,
  "error_code"  text,
  "request_key" uuid,
  "created_at"  timestamp with time zone not null default clock_timestamp(),
  "finished_at" timestamp with time zone,
  "is_shown"    boolean,
  constraint "salon_activity_failure_has_a_code"
    check (((outcome = 'failed'::public.action_outcome) = (error_code IS NOT NULL))),
  constraint "salon_activity_pkey" primary key (id),
  constraint "salon_activity_salon_id_request_key_key" unique (salon_id, request_key)
);

alter table "public"."salon_activity"
  enable row level security;

revoke all on table "public"."salon_activity" from "anon";

alter table "public"."salon_activity"
  owner to "postgres";

create table "public"."sms_inbox" (
  "id"          uuid                     not null default gen_random_uuid(),
  "salon_id"    uuid                     not null,
  "client_id"   uuid,
  "event_id"    uuid,
  "phone"       text                     not null,
  "body"        text                     not null,
  "received_at" timestamp with time zone not null default now(),
  "read_at"     timestamp with time zone,
  "read_by"     uuid,
  constraint "sms_inbox_body_is_short" check (((length(body) >= 1) AND (length(body) <= 1600))),
  constraint "sms_inbox_phone_is_e164" check ((phone ~ '^\+[1-9][0-9]{6,14}$'::text)),
  constraint "sms_inbox_pkey" primary key (id)
);

alter table "public"."sms_inbox"
  enable row level security;

revoke all on table "public"."sms_inbox" from "anon";

alter table "public"."sms_inbox"
  owner to "postgres";

create table "public"."sms_service_texts" (
  "id"             uuid                     not null default gen_random_uuid(),
  "salon_id"       uuid                     not null,
  "title_contains" text                     not null,
  "template"       text                     not null,
  "updated_at"     timestamp with time zone not null default now(),
  constraint "sms_service_texts_pkey" primary key (id),
  constraint "sms_service_texts_template_is_short"
    check (((TRIM(BOTH FROM template) <> ''::text) AND (length(template) <= 600))),
  constraint "sms_service_texts_title_contains_is_short"
    check (((TRIM(BOTH FROM title_contains) <> ''::text) AND (length(title_contains) <= 100)))
);

alter table "public"."sms_service_texts"
  enable row level security;

revoke all on table "public"."sms_service_texts" from "anon";

alter table "public"."sms_service_texts"
  owner to "postgres";

create table "public"."sms_texts" (
  "salon_id"      uuid                     not null,
  "kind"          public.sms_message_kind  not null,
  "enabled"       boolean                  not null default false,
  "mode"          public.reminder_mode     not null default 'hours_before'::public.reminder_mode,
  "send_at_local" time without time zone   not null default '17:00:00'::time without time zone,
  "hours_before"  smallint                 not null default 2,
  "template"      text                     not null default ''::text,
  "enabled_at"    timestamp with time zone,
  "updated_at"    timestamp with time zone not null default now(),
  constraint "sms_texts_hours_before_is_at_most_a_week"
    check (((hours_before >= 1) AND (hours_before <= 168))),
  constraint "sms_texts_kind_has_own_text"
    check
    ((kind <> ALL (ARRAY['reminder'::public.sms_message_kind, 'test'::public.sms_message_kind]))),
  constraint "sms_texts_pkey" primary key (salon_id, kind),
  constraint "sms_texts_template_is_short"
    check (((TRIM(BOTH FROM template) <> ''::text) AND (length(template) <= 600)))
);

alter table "public"."sms_texts"
  enable row level security;

revoke all on table "public"."sms_texts" from "anon";

alter table "public"."sms_texts"
  owner to "postgres";

alter table "public"."calendar_events"
  add column if not exists "salon_note" text;

alter table "public"."calendar_events"
  add column if not exists "attendance" public.appointment_attendance;

alter table "public"."calendar_events"
  add column if not exists "client_response" public.client_response;

alter table "public"."calendar_events"
  add column if not exists "client_responded_at" timestamp with time zone;

alter table "public"."sms_settings"
  add column if not exists "call_list_from" time without time zone
    not null default '15:00:00'::time without time zone;

alter table "public"."sms_settings"
  add column if not exists "notice_hours" smallint not null default 24;

alter table "public"."sms_settings"
  alter column "template"
    set default
    'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. {{salon}} {{phone}} {{link}}'::text;

create or replace function private.accepts_webhook_secret (
  salon       uuid,
  secret_hash text
)
  returns boolean
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  -- Until the delivery is stored: whoever changes the secrets waits for it. The secrets are read
  -- after the lock, so a delivery that waited for a revocation sees it.
  perform pg_advisory_xact_lock_shared(private.lock_key('webhook secret', salon::text));
  return exists (
    select from unnest(public.webhook_secrets(salon)) as s (secret)
    where encode(sha256(convert_to(s.secret, 'UTF8')), 'hex') = secret_hash);
end;
$function$;

create or replace function private.action_of_response (
  response public.client_response
)
  returns public.salon_action
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  return case response
    when 'coming' then 'client_coming'
    when 'wants_to_cancel' then 'client_cancel'
    when 'wants_to_move' then 'client_move'
    else 'take_back_answer'
  end::public.salon_action;
end;
$function$;

alter function "private"."action_of_response"(public.client_response) owner to "postgres";

create or replace function private.alert_channels()
  returns text[]
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return array_remove(array[
    case when private.alert_setting('webhook_url') is not null then 'webhook' end,
    case when private.alert_setting('email_key') is not null then 'email' end
  ], null);
end;
$function$;

alter function "private"."alert_channels"() owner to "postgres";

create or replace function private.alert_line (
  alert private.alerts
)
  returns text
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  began text := to_char(alert.began_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI');
  ended text := to_char(alert.ended_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI');
begin
  return case when alert.ended_at is null then 'Began: ' else 'Over: ' end
    || alert.code
    || coalesce(' in salon ' || alert.salon_id, '')
    || coalesce(', ' || private.alert_meaning(alert.code), '')
    || ' (' || began || coalesce(' to ' || ended, '') || ' UTC)';
end;
$function$;

alter function "private"."alert_line"(private.alerts) owner to "postgres";

create or replace function private.alert_meaning (
  code text
)
  returns text
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  -- A message names twelve of them, in Discord with at most 2,000 characters.
  return case code
    when 'deliveries_unapplied' then 'a delivery was not applied for an hour'
    when 'retries_overdue' then 'the retry job is 15 minutes late'
    when 'dead_letters' then 'a delivery was given up'
    when 'reminders_overdue' then 'a reminder is half an hour late'
    when 'salons_passed_over' then 'the reminder job passes a salon over'
    when 'syncs_stale' then 'a salon was not synced with Cal.com for two hours'
    when 'reminders_not_woken' then 'sms-reminders was not started for 20 minutes'
    when 'sync_not_woken' then 'calcom-sync was not started for 40 minutes'
    when 'jobs_missing' then 'a job is not scheduled'
    when 'scheduler_silent' then 'no job ran for 15 minutes'
    when 'jobs_failing' then 'a job failed when it last ran'
    when 'salon_deliveries_dead' then 'deliveries were given up'
    when 'salon_deliveries_silent' then 'far longer without a delivery than usual'
    when 'test' then 'alerts arrive here'
  end;
end;
$function$;

alter function "private"."alert_meaning"(text) owner to "postgres";

create or replace function private.alert_setting (
  setting text
)
  returns text
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return (
    select nullif(trim(s.decrypted_secret), '')
    from vault.decrypted_secrets s where s.name = 'barkbook_alert_' || setting
  );
end;
$function$;

alter function "private"."alert_setting"(text) owner to "postgres";

create or replace function private.alert_webhook_format (
  p_url    text,
  p_format text
)
  returns text
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
declare
  format text := coalesce(nullif(trim(p_format), ''), case
    when p_url ~ '^https://hooks\.slack\.com/' then 'slack'
    when p_url ~ '^https://(\w+\.)?discord(app)?\.com/' then 'discord'
    when p_url ~ '^https://ntfy\.sh/' then 'ntfy'
  end);
begin
  if p_url !~ '^https?://[^\s?#/]+/[^\s?#]*[^\s?#/](\?[^\s#]*)?$' then
    raise exception 'The address for alerts cannot be used'
      using errcode = 'invalid_parameter_value',
        hint = 'Pass the whole address of the webhook, or https://ntfy.sh/<topic>.';
  elsif format is null or format not in ('slack', 'discord', 'ntfy') then
    raise exception 'The format of the alerts is unknown'
      using errcode = 'invalid_parameter_value',
        hint = 'Pass slack, discord or ntfy as p_webhook_format.';
  end if;
  return format;
end;
$function$;

alter function "private"."alert_webhook_format"(text, text) owner to "postgres";

create or replace function private.alert_webhook_request (
  p_text text,
  OUT    url text,
  OUT    body jsonb
)
  returns record
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  topic text;
begin
  url := private.alert_setting('webhook_url');
  case private.alert_setting('webhook_format')
    when 'slack' then
      -- https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
      body := jsonb_build_object('text', p_text);
    when 'discord' then
      -- https://discord.com/developers/docs/resources/webhook#execute-webhook
      body := jsonb_build_object('content', p_text);
    when 'ntfy' then
      -- https://docs.ntfy.sh/publish/#publish-as-json: to the root, with the topic in the body.
      topic := substring(url from '/([^/?]+)(?:\?.*)?$');
      url := regexp_replace(url, '/[^/?]+(\?.*)?$', '/\1');
      body := jsonb_build_object('topic', topic, 'title', 'BarkBook', 'message', p_text);
  end case;
end;
$function$;

alter function "private"."alert_webhook_request"(text) owner to "postgres";

create or replace function private.announce_change()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  salon uuid := coalesce(new.salon_id, old.salon_id);
  announced text := coalesce(current_setting('barkbook.announced', true), '');
begin
  if salon is null or position(salon::text in announced) > 0 then
    return null;
  end if;
  -- A rollback to a savepoint takes the message back, and this with it.
  -- The last hundred are enough: a longer list takes longer to search for each row than a second
  -- announcement costs.
  announced := set_config('barkbook.announced', right(announced || salon, 100 * 36), true);
  if to_regprocedure('realtime.send(jsonb, text, text, boolean)') is not null then
    begin
      -- Not dynamic, which would cost more than sending.
      perform realtime.send('{}', 'changed', 'salon:' || salon, true);
    exception
      when others then
        raise warning 'Realtime is not told of a change: %', sqlerrm;
    end;
  end if;
  return null;
end;
$function$;

alter function "private"."announce_change"() owner to "postgres";

create or replace function private.answers_of (
  appointment public.calendar_events
)
  returns jsonb
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  answers jsonb := coalesce(appointment.fold_state -> 'answers', '[]'::jsonb);
begin
  if appointment.attendance is not null then
    answers := answers || jsonb_build_object('start', appointment.start_time,
      'attendance', appointment.attendance, 'at', appointment.fold_state -> 'attendanceAt');
  end if;
  if appointment.client_response is not null then
    answers := answers || jsonb_build_object('start', appointment.start_time,
      'response', appointment.client_response, 'at', appointment.client_responded_at);
  end if;
  return answers;
end;
$function$;

alter function "private"."answers_of"(public.calendar_events) owner to "postgres";

create or replace function private.apply_local_decisions (
  appointment public.calendar_events
)
  returns public.calendar_events
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  appointment.fold_state := appointment.fold_state || jsonb_build_object(
    'status', appointment.status, 'statusBeforeNoShow', appointment.status_before_no_show);
  appointment.status := coalesce(appointment.status, 'scheduled');
  appointment.duration_minutes := round(
    extract(epoch from appointment.end_time - appointment.start_time) / 60);
  if appointment.auto_completed_at is not null then
    if appointment.end_time > appointment.auto_completed_at
      or appointment.status not in ('scheduled', 'confirmed', 'no_show') then
      appointment.auto_completed_at := null;
    elsif appointment.status = 'no_show' then
      appointment.status_before_no_show := 'completed';
    else
      appointment.status := 'completed';
    end if;
  end if;
  if appointment.attendance = 'completed' then
    appointment.status := 'completed';
    appointment.status_before_no_show := null;
  elsif appointment.attendance = 'no_show' and appointment.status <> 'no_show' then
    appointment.status_before_no_show := appointment.status;
    appointment.status := 'no_show';
  end if;
  appointment.attendee_email := nullif(appointment.attendee_email, private.erased_email());
  if appointment.erased_at is not null then
    appointment.title := 'Wizyta';
    appointment.description := null;
    appointment.attendee_name := null;
    appointment.attendee_email := null;
    appointment.attendee_phone := null;
    appointment.location := null;
    appointment.meeting_url := null;
    appointment.cancellation_reason := null;
    appointment.salon_note := null;
    appointment.ical_uid := substring(appointment.ical_uid from '^[^@]+@Cal\.com$');
  end if;
  return appointment;
end;
$function$;

create or replace function private.apply_waiting (
  delivery public.webhook_logs,
  is_batch boolean
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  -- Each stays locked until this transaction ends, in a table of locks that all salons share.
  most constant integer := 100;
  deadline timestamptz := clock_timestamp() + interval '1 second';
  uids text[] := private.booking_uids(delivery.booking);
  tried uuid[] := array[delivery.id];
  waiting public.webhook_logs;
  is_locked boolean;
  result private.delivery_result;
  is_known boolean := delivery.status = 'success';
  applied boolean := false;
begin
  loop
    select l.* into waiting
    from public.webhook_logs l
    where l.status <> 'success' and l.booking is not null and l.id <> all (tried)
      and (l.booking_uid = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
      and (l.salon_id = delivery.salon_id
        -- A salon's own webhook could name any uid, and would learn what waits for it.
        or l.salon_id is null and not delivery.from_salon_webhook)
    -- Bookings first, because the others need them.
    order by private.has_full_booking(l.webhook_type) desc, l.occurred_at, l.id
    limit 1
    -- A row that another transaction has is being applied there.
    for update skip locked;
    -- While the booking is unknown, only another booking can change that.
    exit when waiting.id is null
      or not (is_known or applied or private.has_full_booking(waiting.webhook_type));
    if clock_timestamp() > deadline or cardinality(tried) > most then
      update public.webhook_logs l set next_attempt_at = now()
      -- Otherwise those that cannot be applied would make each other due for ever.
      where (is_known or applied) and l.id in (
        select rest.id from public.webhook_logs rest
        where rest.status <> 'success' and rest.booking is not null and rest.id <> all (tried)
          and (rest.booking_uid = any (uids) or rest.booking ->> 'rescheduleUid' = any (uids))
          and (rest.salon_id = delivery.salon_id
            or rest.salon_id is null and not delivery.from_salon_webhook)
        for update skip locked);
      exit;
    end if;
    tried := tried || waiting.id;
    is_locked := is_batch and waiting.salon_id is not null;
    waiting.salon_id := coalesce(
      waiting.salon_id, private.find_salon(waiting.booking), delivery.salon_id);
    -- Waiting for a lock could deadlock, because this transaction holds other bookings.
    if not is_locked and not (private.try_lock_booking(waiting.booking)
      and private.try_lock_salon(waiting.salon_id)) then
      update public.webhook_logs l set next_attempt_at = now() where l.id = waiting.id;
      continue;
    end if;
    result := private.attempt_delivery(waiting, true);
    if result.reason is null then
      applied := true;
      uids := uids || private.booking_uids(waiting.booking);
    end if;
  end loop;
  return applied;
end;
$function$;

create or replace function private.apply_waiting_on_username()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
declare
  delivery public.webhook_logs;
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
begin
  -- A concurrent delivery either is seen here, or waits for this lock and then sees the salon.
  perform pg_advisory_xact_lock(private.lock_key('username', lower(new.cal_com_username)));
  perform private.lock_salon(new.id);
  for delivery in
    select l.* from public.webhook_logs l
    where l.salon_id is null and l.status = 'error' and l.booking is not null
      and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username)
    order by l.created_at
    limit 500
    for update skip locked
  loop
    delivery.salon_id := new.id;
    perform private.process_delivery(delivery, is_stored => true, is_batch => true);
    exit when clock_timestamp() > deadline;
  end loop;
  update public.webhook_logs l
  set next_attempt_at = now()
  where l.salon_id is null and l.status = 'error' and l.booking is not null
    and lower(l.booking ->> 'organizerUsername') = lower(new.cal_com_username);
  return null;
end;
$function$;

create or replace function private.base_of_appointment (
  appointment public.calendar_events
)
  returns jsonb
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  if appointment.fold_state is not null then
    return appointment.fold_state -> 'base';
  end if;
  return to_jsonb(appointment)
    - '{id,cal_com_event_id,salon_id,client_id,pet_id,link_source,seat_id}'::text[]
    - '{duration_minutes,updated_at,auto_completed_at,erased_at,fold_state}'::text[]
    - '{salon_note,attendance,client_response,client_responded_at}'::text[]
    || case when appointment.auto_completed_at is not null and appointment.status = 'completed'
      then '{"status": "scheduled"}' else '{}' end::jsonb;
end;
$function$;

create or replace function private.check_sms_links()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
declare
  -- As it may be sent: without ligatures, and digits and letters of other widths.
  message text := lower(normalize(regexp_replace(
    -- A variable is a word, so that what stands beside it cannot make a link of its value.
    regexp_replace(new.template, '\{\{[^{}]*\}\}', 'xx', 'g'),
    -- Removed before an SMS is sent: soft hyphens, zero-width and other format characters.
    '[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]', '', 'g'), NFKC));
  dots constant text := '.\uff0e\u3002\uff61\u2024';
  -- A dot of any script, then two characters that are neither digits nor punctuation, or one that
  -- may be written as two, such as a thorn.
  domain constant text := format(
    '[^%1$s][%1$s]([^\u0001-\u0040\u005b-\u0060\u007b-\u00bf]{2}|[^\u0001-\u00bf])', dots);
  ipv4_address constant text := format('(?<![0-9])%1$s([%2$s]%1$s){3}(?![0-9])',
    '(25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])', dots);
  link text;
  address text;
  allowed text[];
begin
  if tg_table_name = 'sms_settings' then
    allowed := new.allowed_links;
  else
    allowed := (select r.allowed_links from public.sms_settings r where r.salon_id = new.salon_id);
  end if;
  foreach link in array regexp_split_to_array(message, '\s+') loop
    link := btrim(link, '.,;:!?()[]{}<>"''');
    address := regexp_replace(link, '^([a-z][a-z0-9+.-]*://)?(www\.)?', '');
    if (link ~ '[a-z]://' or link ~ domain or link ~ ipv4_address)
      and not exists (
        select from unnest(allowed) as entry
        where address = entry
          or address ^@ any (array[entry || '/', entry || '?', entry || '#'])) then
      raise exception 'The SMS template has a link that is not allowed: %', link
        using errcode = 'check_violation', constraint = tg_table_name || '_template_links_are_allowed',
          hint = 'Remove it, or put a space after the full stop. The operator can allow an '
            'address in sms_settings.allowed_links.';
    end if;
  end loop;
  return new;
end;
$function$;

create or replace function private.check_sms_template()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
declare
  known text[] := array[
    'when', 'weekday', 'date', 'time', 'appointments', 'pets', 'client', 'salon', 'phone',
    'address', 'link'];
  -- Replaced by a space, so that single braces on both sides do not become a pair.
  rest text := regexp_replace(
    new.template, '\{\{\s*(' || array_to_string(known, '|') || ')\s*\}\}', ' ', 'g');
begin
  if rest ~ '\{\{|\}\}' then
    raise exception 'The SMS template has an unknown variable: %',
      coalesce(substring(rest from '\{\{[^{}]*\}\}'), substring(rest from '\{\{.{0,20}|\}\}'))
      using errcode = 'check_violation', constraint = tg_table_name || '_template_knows_its_variables',
        hint = 'Use {{' || array_to_string(known, '}}, {{') || '}}.';
  end if;
  return new;
end;
$function$;

create or replace function private.client_link_appointments (
  token text
)
  returns SETOF public.calendar_events
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return query
  select e.*
  from private.client_links l
  join public.sms_messages m on m.id = l.message_id
  -- The link is not for whoever has the client's old number, or the client's old appointment.
  join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
    and private.e164(c.phone_number) = m.phone
  join private.sms_told_events told on told.message_id = m.id
  join public.calendar_events e
    on e.id = told.event_id and e.client_id = m.client_id and e.salon_id = m.salon_id
  where l.token_hash = sha256(convert_to(token, 'UTF8'))
    and e.end_time > private.app_now()
    and e.status in ('pending', 'scheduled', 'confirmed', 'cancelled');
end;
$function$;

alter function "private"."client_link_appointments"(text) owner to "postgres";

create or replace function private.client_link_token (
  message uuid
)
  returns text
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  secret_name constant text := 'barkbook_client_link_secret';
  -- Letters and digits that nobody confuses. Their number divides 256, so each is equally likely.
  alphabet constant text := 'abcdefghijkmnpqrstuvwxyz23456789';
  secret text;
  digest bytea;
begin
  select s.decrypted_secret into secret
  from vault.decrypted_secrets s where s.name = secret_name;
  if secret is null then
    -- Of two first runs at once, the second one uses the secret of the first.
    perform pg_advisory_xact_lock(private.lock_key('secret', secret_name));
    select s.decrypted_secret into secret
    from vault.decrypted_secrets s where s.name = secret_name;
  end if;
  if secret is null then
    -- Twice 122 random bits, without an extension.
    secret := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
    perform private.set_vault_secret(secret_name, secret);
  end if;
  -- No HMAC is needed, since the id has a fixed length and most of the digest stays secret.
  digest := sha256(convert_to(secret || message, 'UTF8'));
  return (
    select string_agg(substr(alphabet, 1 + get_byte(digest, i) % length(alphabet), 1), '' order by i)
    from generate_series(0, 11) as i
  );
end;
$function$;

alter function "private"."client_link_token"(uuid) owner to "postgres";

create or replace function private.client_may_change (
  event public.calendar_events
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return event.status <> 'cancelled' and exists (
    select
    from public.salons s
    left join public.sms_settings r on r.salon_id = s.id
    where s.id = event.salon_id
      -- A day before 10:00 is 10:00, also when the clocks change in between.
      and private.app_now() <= ((event.start_time at time zone s.timezone)
        - make_interval(hours => coalesce(r.notice_hours, 24))) at time zone s.timezone);
end;
$function$;

alter function "private"."client_may_change"(public.calendar_events) owner to "postgres";

create or replace function private.client_of_booking (
  appointment public.calendar_events
)
  returns uuid
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  phone text := private.e164(appointment.attendee_phone);
  claims jsonb := coalesce(
    nullif(appointment.fold_state -> 'claims', '[]'::jsonb),
    jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
      'phone', phone, 'email', lower(appointment.attendee_email)))));
  client uuid := (
    private.find_client(appointment.salon_id, claims, appointment.seat_id is not null)).client_id;
begin
  if client is null and exists (
    select from public.clients c
    where c.salon_id = appointment.salon_id and private.e164(c.phone_number) = phone) then
    raise exception 'Several clients have the phone number of the booking'
      using errcode = 'PT409', hint = 'Choose one of them.';
  end if;
  return client;
end;
$function$;

alter function "private"."client_of_booking"(public.calendar_events) owner to "postgres";

create or replace function private.complete_sms_text()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
begin
  new.template := coalesce(nullif(trim(new.template), ''), public.default_sms_text(new.kind, (
    select r.language from public.sms_settings r where r.salon_id = new.salon_id)));
  new.enabled_at := case
    when not new.enabled then null
    when tg_op = 'UPDATE' and old.enabled
      and (new.mode, new.send_at_local, new.hours_before)
        = (old.mode, old.send_at_local, old.hours_before) then new.enabled_at
    else now() end;
  return new;
end;
$function$;

alter function "private"."complete_sms_text"() owner to "postgres";

create or replace function private.concerns_appointment (
  appointment public.calendar_events,
  delivery    public.webhook_logs,
  person      jsonb
)
  returns boolean
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
declare
  slot text := appointment.fold_state ->> 'uid';
  in_slot_since timestamptz := (appointment.fold_state ->> 'inSlotSince')::timestamptz;
begin
  if appointment.seat_id is null or delivery.seat_id <> '' then
    return true;
  end if;
  if slot is null
    or slot not in (delivery.booking_uid, coalesce(delivery.booking ->> 'rescheduleUid', '')) then
    return false;
  end if;
  -- A seat that was taken later has all that was known of the slot by then, and somebody who gave up a
  -- seat may have taken another one in the same slot. A slot that was cancelled has no later seats.
  return delivery.webhook_type in ('BOOKING_CANCELLED', 'BOOKING_REJECTED')
      and (delivery.booking ->> 'wholeSlot')::boolean
    or ((delivery.booking ->> 'wholeSlot')::boolean or person is not null)
      and delivery.occurred_at + 2 * private.stamp_tolerance() > in_slot_since;
end;
$function$;

create or replace function private.continue_erasures (
  after uuid    default null::uuid,
  batch integer default 500
)
  returns uuid
  language plpgsql
  set search_path to ''
  AS $function$
declare
  erasure record;
begin
  for erasure in
    select u.client_id, u.salon_id from private.unfinished_erasures u
    -- The salons take turns: one with many erasures does not keep the others waiting.
    order by coalesce(u.salon_id <= after, false), u.salon_id, u.searched_at, u.client_id
    for update skip locked
  loop
    -- A busy salon does not stop the others.
    continue when not pg_try_advisory_xact_lock(
      private.lock_key('salon', erasure.salon_id::text));
    begin
      perform private.continue_erasure(erasure.salon_id, erasure.client_id, batch);
      return erasure.salon_id;
    exception
      when others then
        raise warning 'The erasure of client % failed: % %', erasure.client_id, sqlstate, sqlerrm;
    end;
  end loop;
  return null;
end;
$function$;

create or replace function private.delivery_report (
  OUT last_delivery_at timestamp with time zone,
  OUT oldest_unapplied_at timestamp with time zone,
  OUT oldest_overdue_retry_at timestamp with time zone,
  OUT dead_letters integer
)
  returns record
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  select max(l.created_at) into last_delivery_at
  from public.webhook_logs l where l.webhook_type <> 'BOOKING_SYNCED';
  select
    min(l.created_at) filter (
      where o.is_ours and private.has_full_booking(l.webhook_type)
        and l.next_attempt_at is not null),
    min(l.next_attempt_at) filter (where l.next_attempt_at < now()),
    count(*) filter (
      where o.is_ours and l.next_attempt_at is null
        and l.processed_at > now() - interval '1 day')
  into oldest_unapplied_at, oldest_overdue_retry_at, dead_letters
  from public.webhook_logs l
  -- What a salon can bring about by its own webhook is an alert of that salon.
  cross join lateral (
    select l.salon_id is null or l.reason = 'apply_failed' as is_ours) o
  where l.status <> 'success' and l.booking is not null;
end;
$function$;

alter function "private"."delivery_report"() owner to "postgres";

create or replace function private.derive_appointment_columns()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
begin
  new.duration_minutes := round(extract(epoch from new.end_time - new.start_time) / 60);
  if tg_op = 'UPDATE' then
    new.updated_at := now();
    if new.start_time <> old.start_time then
      new := private.forget_answers(new);
    end if;
    if current_user = 'authenticated' then
      if (new.client_id, new.pet_id) is distinct from (old.client_id, old.pet_id) then
        new.link_source := 'manual';
      end if;
      if new.client_response is distinct from old.client_response then
        new.client_responded_at := case when new.client_response is not null then now() end;
      end if;
    end if;
  end if;
  return new;
end;
$function$;

create or replace function private.due_deliveries (
  salon uuid,
  batch integer
)
  returns table (
    id uuid
  )
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  -- Not "is not distinct from", for which Postgres would read what waits of all salons.
  return query
  (select l.id from public.webhook_logs l
    where l.salon_id = salon
      and l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
    order by l.next_attempt_at limit batch)
  union all
  (select l.id from public.webhook_logs l
    where salon is null and l.salon_id is null
      and l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
    order by l.next_attempt_at limit batch);
end;
$function$;

alter function "private"."due_deliveries"(uuid, integer) owner to "postgres";

create or replace function private.erase_client_data (
  client public.clients
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  own private.contacts := private.unique_contacts(client);
  appointments uuid[];
  pets uuid[];
  deliveries uuid[];
  mentions uuid[];
  appointment uuid;
  counts jsonb;
  mentioning integer := 0;
begin
  -- Find what is the client's.
  appointments := private.client_appointments(client, own.phone, own.email);
  pets := private.pets_only_of_client(client, appointments);
  select coalesce(array_agg(v.log_id), '{}'),
    coalesce(array_agg(v.log_id) filter (where v.is_mention), '{}')
  into deliveries, mentions
  from private.appointment_deliveries(client, appointments) v;

  -- Count it before it is gone.
  counts := jsonb_build_object(
    'clients', 1,
    'pets', cardinality(pets),
    'client_pets', (
      select count(*) from public.client_pets cp
      where cp.client_id = client.id or cp.pet_id = any (pets)),
    'calendar_events', cardinality(appointments));

  -- Erase appointments and deliveries.
  update public.calendar_events e
  set erased_at = now(), client_id = null, pet_id = null, link_source = null, salon_note = null
  where e.id = any (appointments);
  foreach appointment in array appointments loop
    -- Redacts the deliveries as well, so that every later fold gives the same row.
    perform private.write_appointment(
      appointment, false, true, false, true, null::public.webhook_logs);
  end loop;
  perform private.erase_unapplied_deliveries(
    array(select unnest(deliveries) except select unnest(mentions)), own.email, own.phone);
  if own.pattern is not null then
    perform private.redact_mentions(mentions, own.pattern);
    mentioning := private.erase_mentions(client.salon_id, client.id, own);
  end if;

  -- Erase the rest.
  counts := counts || jsonb_build_object(
    'webhook_logs', cardinality(deliveries) + mentioning,
    'sms_messages', private.erase_messages(client, own.phone),
    'sms_inbox', private.erase_replies(client, own.phone),
    'sms_opt_outs', private.erase_opt_outs(client.salon_id, own.phone));
  delete from public.pets p where p.id = any (pets);
  perform private.record_erasure(client, own, counts);
end;
$function$;

create or replace function private.erase_mentions (
  salon  uuid,
  client uuid,
  own    private.contacts
)
  returns integer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  mentioning uuid[];
  deliveries uuid[];
  appointment uuid;
begin
  mentioning := array(
    select e.id from public.calendar_events e
    where e.salon_id = salon
      and private.names_contact(
        concat_ws(' ', e.title, e.description, e.location, e.meeting_url, e.cancellation_reason,
          e.salon_note, e.attendee_name, e.attendee_email, e.attendee_phone, e.fold_state), own));
  -- They are folded again below, from their deliveries.
  deliveries := array(
    select distinct l.id
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id in (u.seat_id, '')
    where u.event_id = any (mentioning) and l.salon_id = salon
      and private.names_contact(concat(l.booking::text, ' ', l.payload::text), own));
  perform private.redact_mentions(deliveries, own.pattern);
  update public.calendar_events e
  set title = private.redact_text(e.title, own.pattern),
    description = private.redact_text(e.description, own.pattern),
    location = private.redact_text(e.location, own.pattern),
    meeting_url = private.redact_text(e.meeting_url, own.pattern),
    cancellation_reason = private.redact_text(e.cancellation_reason, own.pattern),
    salon_note = private.redact_text(e.salon_note, own.pattern),
    attendee_name = case when e.attendee_email ~* own.pattern then null
      else private.redact_text(e.attendee_name, own.pattern) end,
    attendee_email = case when e.attendee_email !~* own.pattern then e.attendee_email end,
    attendee_phone = case when e.attendee_phone !~* own.pattern then e.attendee_phone end,
    fold_state = private.redact_base(e.fold_state, own.pattern)
  where e.id = any (mentioning);
  foreach appointment in array mentioning loop
    perform private.write_appointment(
      appointment, false, true, false, true, null::public.webhook_logs);
  end loop;
  update public.pets p
  set notes = private.redact_text(p.notes, own.pattern),
    preferences = private.redact_text(p.preferences, own.pattern),
    allergies = private.redact_text(p.allergies, own.pattern),
    health_issues = private.redact_text(p.health_issues, own.pattern)
  where p.salon_id = salon
    and private.names_contact(
      concat_ws(' ', p.notes, p.preferences, p.allergies, p.health_issues), own);
  update public.clients c
  set address = private.redact_text(c.address, own.pattern)
  -- The row of the client is about to be deleted.
  where c.salon_id = salon and private.names_contact(c.address, own) and c.id <> client;
  return cardinality(deliveries);
end;
$function$;

create or replace function private.erase_messages (
  client public.clients,
  phone  text
)
  returns integer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  messages uuid[] := array(
    select m.id from public.sms_messages m
    where m.salon_id = client.salon_id
      and (m.client_id = client.id
        or m.client_id is null and m.phone = erase_messages.phone)
    -- In the order in which receipts lock them.
    order by m.id for no key update);
begin
  update public.sms_messages m
  set client_id = null, phone_number = null, phone = null, body = null,
    lease_token = null, lease_until = null,
    -- A run that has claimed it learns before its POST that the lease is lost.
    status = case
      when m.status not in ('pending', 'leased', 'unknown') then m.status
      when private.may_have_been_sent(m) then 'dead'
      else 'cancelled'
    end,
    reason = case when m.status in ('pending', 'leased', 'unknown') then 'erased'
      else m.reason end,
    final_at = case when m.status in ('pending', 'leased', 'unknown') then now()
      else m.final_at end
  where m.id = any (messages);
  return cardinality(messages);
end;
$function$;

create or replace function private.erase_replies (
  client public.clients,
  phone  text
)
  returns integer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  erased integer;
begin
  delete from public.sms_inbox i
  where i.salon_id = client.salon_id
    and (i.client_id = client.id or i.client_id is null and i.phone = erase_replies.phone);
  get diagnostics erased = row_count;
  return erased;
end;
$function$;

alter function "private"."erase_replies"(public.clients, text) owner to "postgres";

create or replace function private.fill_seat_placeholder (
  uid         text,
  seat        text,
  placeholder text,
  old_uid     text,
  old_seat    text
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
begin
  if exists (
    select from public.calendar_event_uids u where u.booking_uid = uid and u.seat_id = seat
  ) then
    -- The seat returned to the slot before its first delivery arrived, which is this one.
    delete from public.calendar_event_uids u
    using public.calendar_event_uids k
    where old_uid is null and u.booking_uid = uid and u.seat_id = placeholder
      and k.booking_uid = uid and k.seat_id = seat and k.event_id = u.event_id;
    if not found then
      return false;
    end if;
    update public.calendar_event_uids u set replaced_seat_id = seat
    where u.replaced_uid = uid and u.replaced_seat_id = placeholder;
    return true;
  end if;
  -- A seat that returns to this slot is not necessarily the one that left it.
  if exists (
    select from public.calendar_event_uids u
    join public.calendar_event_uids o on o.event_id = u.event_id
    where u.booking_uid = uid and u.seat_id = placeholder
      and o.booking_uid = old_uid and o.seat_id = old_seat
  ) then
    return false;
  end if;
  update public.calendar_event_uids u set seat_id = seat
  where u.booking_uid = uid and u.seat_id = placeholder;
  update public.calendar_event_uids u set replaced_seat_id = seat
  where u.replaced_uid = uid and u.replaced_seat_id = placeholder;
  return true;
end;
$function$;

alter function "private"."fill_seat_placeholder"(text, text, text, text, text) owner to "postgres";

create or replace function private.find_predecessor (
  delivery public.webhook_logs,
  salon    uuid,
  OUT      old_uid text,
  OUT      old_seat text
)
  returns record
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  booking jsonb := delivery.booking;
begin
  if booking ->> 'rescheduleUid' is null or booking ->> 'rescheduleUid' = delivery.booking_uid then
    return;
  end if;
  old_uid := booking ->> 'rescheduleUid';
  if not (booking ->> 'seated')::boolean then
    old_seat := '';
    return;
  end if;
  -- A seat that moves into an existing slot keeps its seat id. One that moves to a free time gets a
  -- new id, and only the attendee identifies the old seat. A seat in a slot that its holder
  -- returned to later is not the old seat.
  if exists (
    select from public.calendar_event_uids u
    where u.booking_uid = old_uid and u.seat_id = delivery.seat_id
      and private.seat_existed_at(u.booking_uid, u.seat_id, delivery.occurred_at)
  ) then
    old_seat := delivery.seat_id;
    return;
  end if;
  old_seat := coalesce(private.seat_of_person(delivery, salon), (
    select p.seat from private.contact_seat_id(booking) as p (seat)
    where not exists (
      select from public.calendar_event_uids u
      where u.booking_uid = old_uid and u.seat_id = p.seat
        and private.has_moved_elsewhere(u, delivery))));
  if old_seat is null then
    old_uid := null;
  end if;
end;
$function$;

create or replace function private.find_salon (
  booking jsonb
)
  returns uuid
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  salon uuid;
begin
  select s.id into salon from public.salons s
  where lower(s.cal_com_username) = lower(booking ->> 'organizerUsername');
  if salon is not null then
    return salon;
  end if;
  salon := coalesce(
    private.proven_salon(booking ->> 'uid'), private.proven_salon(booking ->> 'rescheduleUid'));
  if salon is null and booking ->> 'clientId' is not null then
    select c.salon_id into salon from public.clients c
    where c.id = (booking ->> 'clientId')::uuid;
  end if;
  if salon is null and booking ->> 'petId' is not null then
    select p.salon_id into salon from public.pets p where p.id = (booking ->> 'petId')::uuid;
  end if;
  return salon;
end;
$function$;

create or replace function private.fold_appointment (
  appointment public.calendar_events,
  latest      public.webhook_logs,
  is_new      boolean,
  from_start  boolean
)
  returns public.calendar_events
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  state jsonb := appointment.fold_state;
  generation integer;
  folded public.calendar_events;
begin
  if is_new and not from_start then
    generation := 0;
  elsif not from_start and state is not null and not state ? 'base' then
    generation := private.generation_of_delivery(appointment.id, latest);
    from_start := coalesce(
      private.fold_position(latest, generation) <= (state ->> 'position') collate "C", false);
  else
    from_start := true;
  end if;
  if from_start then
    folded := private.refold_appointment(appointment, latest);
    -- No delivery with the whole booking is stored any more.
    if folded.created_at is null and appointment.created_at is not null then
      generation := private.generation_of_delivery(appointment.id, latest);
      appointment.fold_state := appointment.fold_state || '{"claims": []}';
      from_start := false;
      -- It cannot be added without what follows it.
      if private.fold_position(latest, generation) <= (state ->> 'position') collate "C" then
        latest := null;
      end if;
    end if;
  end if;
  if not from_start then
    folded := private.remove_local_decisions(appointment);
    if latest.id is not null then
      folded := private.fold_step(folded, latest, generation);
    end if;
  end if;
  if folded.client_id is null
    or folded.fold_state -> 'claims' is distinct from state -> 'claims' then
    folded := private.link_appointment(folded);
  end if;
  return private.apply_local_decisions(
    private.recall_answers(folded, private.answers_of(appointment)));
end;
$function$;

create or replace function private.fold_facts (
  appointment public.calendar_events,
  delivery    public.webhook_logs,
  whole_slot  boolean
)
  returns public.calendar_events
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  new jsonb := delivery.booking;
  old public.calendar_events := appointment;
  is_full boolean := private.has_full_booking(delivery.webhook_type);
  phone text := coalesce(private.e164(new ->> 'attendeePhone'), new ->> 'attendeePhone');
begin
  -- A snapshot of a cancelled slot is folded last, although its seats may have moved since.
  if is_full and not (whole_slot
    and coalesce(new -> 'snapshot' ->> 'status' in ('cancelled', 'rejected'), false)) then
    appointment.start_time := coalesce((new ->> 'startTime')::timestamptz, old.start_time);
    appointment.end_time := coalesce((new ->> 'endTime')::timestamptz, old.end_time);
    if appointment.start_time <> old.start_time then
      appointment.fold_state := appointment.fold_state
        || jsonb_build_object('movedAt', delivery.occurred_at);
    end if;
    appointment.location := coalesce(new ->> 'location', old.location);
    appointment.meeting_url := coalesce(new ->> 'meetingUrl', case
      -- The link belonged to the old place.
      when delivery.webhook_type <> 'BOOKING_LOCATION_UPDATED' or new ->> 'location' is null
        then old.meeting_url end);
    -- Another person, who may have no account and therefore only a name.
    if new ->> 'hostUsername' <> old.host_username
      or new ->> 'hostUsername' is null and new ->> 'hostName' <> old.host_name then
      appointment.host_username := null;
      appointment.host_name := null;
    end if;
    appointment.host_username := coalesce(new ->> 'hostUsername', appointment.host_username);
    appointment.host_name := coalesce(new ->> 'hostName', appointment.host_name);
  end if;
  -- The rest of a delivery about a whole slot is about one of its bookers, or nobody.
  if whole_slot or delivery.webhook_type = 'BOOKING_NO_SHOW_UPDATED' then
    return appointment;
  end if;

  if is_full then
    appointment.title := coalesce(new ->> 'title', old.title);
    appointment.description := coalesce(new ->> 'description', old.description);
    appointment.attendee_name := coalesce(new ->> 'attendeeName', old.attendee_name);
    appointment.attendee_email := coalesce(new ->> 'attendeeEmail', old.attendee_email);
    appointment.attendee_phone := coalesce(phone, old.attendee_phone);
    appointment.ical_uid := coalesce(new ->> 'icalUid', old.ical_uid);
    -- Stamps are late, so the earliest is the best; a snapshot has the exact time.
    appointment.created_at := least(old.created_at, coalesce(
      (new -> 'snapshot' ->> 'createdAt')::timestamptz, delivery.occurred_at));
    appointment.synced_at := least(old.synced_at, delivery.created_at);
  else
    appointment.description := coalesce(old.description, new ->> 'description');
    appointment.start_time := coalesce(old.start_time, (new ->> 'startTime')::timestamptz);
    appointment.end_time := coalesce(old.end_time, (new ->> 'endTime')::timestamptz);
    appointment.attendee_name := coalesce(old.attendee_name, new ->> 'attendeeName');
    appointment.attendee_email := coalesce(old.attendee_email, new ->> 'attendeeEmail');
    appointment.attendee_phone := coalesce(old.attendee_phone, phone);
    appointment.location := coalesce(old.location, new ->> 'location');
    appointment.meeting_url := coalesce(old.meeting_url, new ->> 'meetingUrl');
    if coalesce(old.host_username, old.host_name) is null then
      appointment.host_username := new ->> 'hostUsername';
      appointment.host_name := new ->> 'hostName';
    end if;
    appointment.ical_uid := coalesce(old.ical_uid, new ->> 'icalUid');
  end if;
  appointment.fold_state := appointment.fold_state || jsonb_build_object('claims',
    private.with_claim(appointment.fold_state -> 'claims', new, is_full));
  return appointment;
end;
$function$;

create or replace function private.fold_status (
  appointment public.calendar_events,
  delivery    public.webhook_logs,
  person      jsonb,
  whole_slot  boolean
)
  returns public.calendar_events
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  appointment := case when delivery.webhook_type = 'BOOKING_SYNCED'
    then private.status_by_snapshot(appointment, delivery, whole_slot)
    else private.status_by_delivery(appointment, delivery, person, whole_slot) end;
  if appointment.status is distinct from 'no_show' then
    appointment.status_before_no_show := null;
  end if;
  if appointment.status is distinct from 'cancelled' then
    appointment.cancelled_at := null;
    appointment.cancellation_reason := null;
    appointment.fold_state := appointment.fold_state - 'cancelledBySalon';
  end if;
  return appointment;
end;
$function$;

create or replace function private.fold_step (
  appointment public.calendar_events,
  delivery    public.webhook_logs,
  generation  integer
)
  returns public.calendar_events
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  is_full boolean := private.has_full_booking(delivery.webhook_type);
  whole_slot boolean := appointment.seat_id is not null and delivery.seat_id = '';
  person jsonb;
begin
  -- A cancellation, an end and a no-show hide it.
  if 'confirmed' in (appointment.status, appointment.status_before_no_show) then
    appointment.fold_state := appointment.fold_state || '{"wasConfirmed": true}'::jsonb;
  end if;
  if generation is distinct from (appointment.fold_state ->> 'generation')::integer then
    appointment := private.start_generation(appointment, generation);
  end if;
  appointment.fold_state := appointment.fold_state
    || jsonb_build_object('position', private.fold_position(delivery, generation));
  if not is_full then
    person := private.named_person(appointment, delivery);
  end if;
  if not private.concerns_appointment(appointment, delivery, person) then
    return appointment;
  end if;
  if is_full then
    appointment := private.fold_uid(appointment, delivery, whole_slot);
  end if;
  appointment := private.fold_facts(appointment, delivery, whole_slot);
  appointment := private.fold_status(appointment, delivery, person, whole_slot);
  if delivery.webhook_type <> 'BOOKING_SYNCED' then
    appointment.last_event_at := greatest(appointment.last_event_at, delivery.occurred_at);
  end if;
  return appointment;
end;
$function$;

create or replace function private.follow_slot_moves (
  appointment uuid,
  latest      public.webhook_logs
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  slot text;
  moved boolean;
  followed boolean := false;
begin
  loop
    moved := false;
    for slot in
      insert into public.calendar_event_uids
        (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id, generation)
      select m.uid, u.seat_id, appointment, u.booking_uid, u.seat_id, u.generation
      from public.calendar_event_uids u
      cross join lateral (
        select l.booking_uid as uid from public.webhook_logs l
        where l.booking ->> 'rescheduleUid' = u.booking_uid
          and l.webhook_type = 'BOOKING_RESCHEDULED' and (l.booking ->> 'wholeSlot')::boolean
          and l.salon_id is not distinct from latest.salon_id and l.status = 'success'
        union
        select latest.booking_uid
        where latest.webhook_type = 'BOOKING_RESCHEDULED'
          and (latest.booking ->> 'wholeSlot')::boolean
          and latest.booking ->> 'rescheduleUid' = u.booking_uid
      ) m
      where u.event_id = appointment and u.seat_id <> '' and m.uid <> u.booking_uid
        and not exists (
          select from public.calendar_event_uids later
          where later.event_id = appointment
            and later.replaced_uid = u.booking_uid and later.replaced_seat_id = u.seat_id)
      on conflict do nothing
      returning booking_uid
    loop
      perform private.lock_more_bookings(array[slot]);
      moved := true;
    end loop;
    exit when not moved;
    followed := true;
  end loop;
  return followed;
end;
$function$;

create or replace function private.forget_answers (
  appointment public.calendar_events
)
  returns public.calendar_events
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  appointment.attendance := null;
  appointment.client_response := null;
  appointment.client_responded_at := null;
  return appointment;
end;
$function$;

alter function "private"."forget_answers"(public.calendar_events) owner to "postgres";

create or replace function private.has_moved_elsewhere (
  seat     public.calendar_event_uids,
  delivery public.webhook_logs
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return exists (
    select from public.calendar_event_uids later
    where later.event_id = seat.event_id
      and later.replaced_uid = seat.booking_uid and later.replaced_seat_id = seat.seat_id
      and (later.booking_uid, later.seat_id) <> (delivery.booking_uid, delivery.seat_id));
end;
$function$;

alter function "private"."has_moved_elsewhere"(public.calendar_event_uids, public.webhook_logs)
  owner to "postgres";

create or replace function private.initial_appointment (
  appointment public.calendar_events,
  is_booked   boolean
)
  returns public.calendar_events
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  initial public.calendar_events;
  base jsonb := private.base_of_appointment(appointment);
begin
  if appointment.erased_at is not null then
    base := base - '{title,description,attendee_name,attendee_email,attendee_phone}'::text[]
      - '{location,meeting_url,cancellation_reason}'::text[];
  end if;
  if is_booked then
    base := base - '{status,status_before_no_show,cancelled_at,cancellation_reason}'::text[];
  end if;
  initial.title := 'Wizyta';
  initial := jsonb_populate_record(initial, coalesce(base, '{}'::jsonb));
  initial.id := appointment.id;
  initial.cal_com_event_id := appointment.cal_com_event_id;
  initial.seat_id := appointment.seat_id;
  initial.salon_id := appointment.salon_id;
  initial.client_id := appointment.client_id;
  initial.pet_id := appointment.pet_id;
  initial.link_source := appointment.link_source;
  initial.erased_at := appointment.erased_at;
  initial.auto_completed_at := appointment.auto_completed_at;
  initial.updated_at := appointment.updated_at;
  initial.salon_note := appointment.salon_note;
  initial.fold_state := jsonb_strip_nulls(jsonb_build_object('claims', '[]'::jsonb, 'base', base,
    'generation', case when base is not null then 0 end));
  return initial;
end;
$function$;

create or replace function private.job_is_switched_off (
  job text
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  if to_regclass('cron.job') is null then
    return false;
  end if;
  return exists (select from cron.job j where j.jobname = job and not j.active);
end;
$function$;

alter function "private"."job_is_switched_off"(text) owner to "postgres";

create or replace function private.limit_service_texts()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  texts_of_salon constant integer := 50;
begin
  -- Otherwise two statements could both see room for the last one.
  perform from public.sms_settings r where r.salon_id = new.salon_id for no key update;
  if texts_of_salon <= (
    select count(*) from public.sms_service_texts t where t.salon_id = new.salon_id
  ) then
    raise exception 'The salon has % texts for services already', texts_of_salon
      using errcode = 'check_violation', constraint = 'sms_service_texts_are_few',
        hint = 'Delete one that is not needed.';
  end if;
  return new;
end;
$function$;

alter function "private"."limit_service_texts"() owner to "postgres";

create or replace function private.lock_bookings (
  VARIADIC bookings jsonb[]
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  uid text;
  uids text[];
begin
  if cardinality(bookings) = 1 then
    uids := private.booking_uids(bookings[1]);
  else
    uids := array(
      select u.uid from unnest(bookings) as b (booking),
        unnest(private.booking_uids(b.booking)) as u (uid));
  end if;
  if cardinality(uids) > 1 then
    uids := array(select distinct u.uid from unnest(uids) as u (uid) order by u.uid);
  end if;
  foreach uid in array uids loop
    perform pg_advisory_xact_lock(private.lock_key('booking', uid));
  end loop;
end;
$function$;

create or replace function private.lock_for_delivery (
  booking            jsonb,
  salon              uuid,
  from_salon_webhook boolean
)
  returns uuid
  language plpgsql
  set search_path to ''
  AS $function$
declare
  host text := lower(booking ->> 'organizerUsername');
begin
  salon := coalesce(salon, private.find_salon(booking));
  -- Until the salon of this host exists, or while it is about to get its username: otherwise the
  -- salon and the delivery could miss each other.
  if salon is null and host is not null then
    perform pg_advisory_xact_lock_shared(private.lock_key('username', host));
  end if;
  if booking ->> 'rescheduleUid' is null then
    perform pg_advisory_xact_lock(private.lock_key('booking', booking ->> 'uid'));
  else
    perform private.lock_bookings(booking);
  end if;
  salon := coalesce(salon, private.find_salon(booking));
  -- A salon's own webhook can name a booking of another salon, which must not stay locked while a
  -- batch of this one is running.
  if salon is not null and not (from_salon_webhook
    and private.belongs_to_other_salon(private.booking_uids(booking), salon, true)) then
    perform pg_advisory_xact_lock_shared(private.lock_key('salon', salon::text));
  end if;
  return salon;
end;
$function$;

create or replace function private.lock_key (
  kind text,
  id   text
)
  returns bigint
  language plpgsql
  immutable
  parallel safe
  set search_path to ''
  AS $function$
begin
  -- Not hashtextextended, which can be computed backwards: whoever chooses an id, as each salon's own
  -- webhook does, could choose one with the key of any other lock.
  return ('x' || left(encode(sha256(convert_to(kind || ' ' || id, 'UTF8')), 'hex'), 16))
    ::bit(64)::bigint;
end;
$function$;

alter function "private"."lock_key"(text, text) owner to "postgres";

create or replace function private.lock_more_bookings (
  uids text[]
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  if exists (
    select from unnest(uids) as u (uid)
    where not pg_try_advisory_xact_lock(private.lock_key('booking', u.uid))) then
    raise exception 'Another booking is being written' using errcode = 'lock_not_available';
  end if;
end;
$function$;

alter function "private"."lock_more_bookings"(text[]) owner to "postgres";

create or replace function private.lock_salon (
  salon uuid
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  perform pg_advisory_xact_lock(private.lock_key('salon', salon::text));
end;
$function$;

create or replace function private.match_seat_placeholder (
  delivery public.webhook_logs,
  old_uid  text,
  old_seat text
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  uid text := delivery.booking_uid;
  placeholder text := private.contact_seat_id(delivery.booking);
  kept public.calendar_event_uids;
  moved_at timestamptz;
begin
  select u.* into kept from public.calendar_event_uids u
  where u.booking_uid = uid and u.seat_id = placeholder;
  if kept.event_id is null or placeholder = delivery.seat_id
    or private.first_occurred_at(uid, placeholder) is not null then
    return false;
  end if;
  -- Deliveries of other salons about these uids do not count.
  select min(l.occurred_at) into moved_at
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
    and l.salon_id is not distinct from e.salon_id and l.status = 'success'
    and l.booking ->> 'rescheduleUid' = uid
  where u.event_id = kept.event_id
    and u.replaced_uid = uid and u.replaced_seat_id = placeholder;
  if coalesce(least(private.first_occurred_at(uid, delivery.seat_id), delivery.occurred_at)
    > moved_at + 2 * private.stamp_tolerance(), false) then
    return false;
  end if;
  return private.fill_seat_placeholder(uid, delivery.seat_id, placeholder, old_uid, old_seat);
end;
$function$;

create or replace function private.may_have_been_sent (
  message public.sms_messages
)
  returns boolean
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  return message.status in ('sent', 'delivered', 'undelivered', 'unknown')
    or message.maybe_sent_since is not null
    or (message.status = 'leased' and message.dispatch_started_at is not null);
end;
$function$;

alter function "private"."may_have_been_sent"(public.sms_messages) owner to "postgres";

create or replace function private.merge_appointments (
  kept   uuid,
  merged uuid[]
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  -- Excludes the planner: planner and merge would each miss what the other writes.
  perform pg_advisory_xact_lock(private.lock_key('sms_plan', salon.id::text))
  from (
    select distinct e.salon_id as id from public.calendar_events e
    where (e.id = kept or e.id = any (merged)) and e.salon_id is not null order by 1
  ) salon;
  update public.calendar_event_uids set event_id = kept where event_id = any (merged);
  insert into public.sms_message_events as covered
    (event_id, start_time, kind, message_id, salon_id)
  select distinct on (c.start_time, c.kind) kept, c.start_time, c.kind, c.message_id, c.salon_id
  from public.sms_message_events c
  join public.sms_messages m on m.id = c.message_id
  where c.event_id = any (merged)
  order by c.start_time, c.kind, private.may_have_been_sent(m) desc, m.created_at
  on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id
  where exists (
    select from public.sms_messages here, public.sms_messages there
    where here.id = covered.message_id and there.id = excluded.message_id
      and private.may_have_been_sent(there) and not private.may_have_been_sent(here));
  insert into private.sms_told_events (event_id, start_time, message_id)
  select kept, told.start_time, told.message_id
  from private.sms_told_events told
  where told.event_id = any (merged)
  on conflict do nothing;
  perform private.merge_salon_data(kept, merged);
  -- An erasure is permanent, and so is what BarkBook wrote.
  update public.calendar_events k
  set erased_at = coalesce(k.erased_at, m.erased_at),
    salon_note = case when coalesce(k.erased_at, m.erased_at) is null then k.salon_note end,
    fold_state = case
      when k.fold_state is null or private.base_of_appointment(k) is not null
        or m.base is null then k.fold_state
      else k.fold_state || jsonb_build_object('base', m.base) end
  from (
    select min(a.erased_at) as erased_at,
      (array_agg(b.base order by a.created_at) filter (where b.base is not null))[1] as base
    from public.calendar_events a
    cross join private.base_of_appointment(a) as b (base)
    where a.id = any (merged)
  ) m
  where k.id = kept;
  delete from public.calendar_events where id = any (merged);
end;
$function$;

create or replace function private.merge_salon_data (
  kept   uuid,
  merged uuid[]
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  -- A row that BarkBook inserted may have no salon yet, and only one with a salon can have a client.
  update public.calendar_events k
  set salon_id = m.salon_id, client_id = m.client_id, pet_id = m.pet_id,
    link_source = m.link_source
  from (
    select e.* from public.calendar_events e
    where (e.id = kept or e.id = any (merged)) and e.link_source = 'manual'
    order by (
      select max(a.created_at) from public.salon_activity a
      where a.event_id = e.id and a.action = 'assign') desc nulls last, e.id = kept desc
    limit 1
  ) m
  where k.id = kept and m.id <> kept;
  update public.calendar_events k
  set salon_note = (
    select string_agg(n.salon_note, E'\n' order by n.is_kept desc, n.booked_at)
    from (
      select m.salon_note, bool_or(m.id = kept) as is_kept, min(m.created_at) as booked_at
      from public.calendar_events m
      where m.id = kept or m.id = any (merged)
      group by m.salon_note
    ) n)
  where k.id = kept and k.erased_at is null and exists (
    select from public.calendar_events m where m.id = any (merged) and m.salon_note is not null);
  -- Only the fold that follows knows which of the starts is right.
  update public.calendar_events k
  set attendance = null, client_response = null, client_responded_at = null,
    fold_state = coalesce(k.fold_state, (private.initial_appointment(k, false)).fold_state)
      || jsonb_build_object('answers', said.answers)
  from (
    select jsonb_agg(answer.value order by m.id = kept, m.created_at) as answers
    from public.calendar_events m
    cross join jsonb_array_elements(private.answers_of(m)) answer (value)
    where m.id = kept or m.id = any (merged)
  ) said
  where k.id = kept and said.answers is not null;
  update public.salon_activity a set event_id = kept where a.event_id = any (merged);
  update public.sms_inbox m set event_id = kept where m.event_id = any (merged);
end;
$function$;

alter function "private"."merge_salon_data"(uuid, uuid[]) owner to "postgres";

create or replace function private.new_client_of_booking (
  appointment public.calendar_events
)
  returns uuid
  language plpgsql
  set search_path to ''
  AS $function$
declare
  full_name text := regexp_replace(trim(appointment.attendee_name), '\s+', ' ', 'g');
  client uuid;
begin
  if coalesce(full_name, '') = '' or private.e164(appointment.attendee_phone) is null then
    raise exception 'The booking has no name or no phone number'
      using errcode = 'PT422', hint = 'Add the client by hand, then assign them.';
  end if;
  insert into public.clients (salon_id, name, surname, phone_number, email)
  values (appointment.salon_id, left(split_part(full_name, ' ', 1), 200),
    left(substr(full_name, strpos(full_name || ' ', ' ') + 1), 200),
    appointment.attendee_phone, appointment.attendee_email)
  returning id into client;
  insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
  values (appointment.salon_id, appointment.id, client, 'add_client', auth.uid());
  return client;
end;
$function$;

alter function "private"."new_client_of_booking"(public.calendar_events) owner to "postgres";

create or replace function private.next_due_salon (
  after uuid
)
  returns uuid
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return (
    select l.salon_id from public.webhook_logs l
    where l.status <> 'success' and l.next_attempt_at <= now()
      and l.salon_id > coalesce(after, '00000000-0000-0000-0000-000000000000')
    order by l.salon_id limit 1);
end;
$function$;

alter function "private"."next_due_salon"(uuid) owner to "postgres";

create or replace function private.note_alerts (
  p_channels text[]
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  insert into private.alerts (channel, salon_id, code)
  select c.channel, p.salon_id, p.code
  from unnest(p_channels) as c (channel)
  cross join (
    select null::uuid as salon_id, f.code
    from public.health_report() r cross join lateral unnest(r.failing) as f (code)
    union all
    select s.salon_id, s.code from private.salon_problems() s
  ) p
  on conflict (channel, salon_id, code) where ended_at is null
  do update set seen_at = now();
  update private.alerts a set ended_at = now()
  where a.ended_at is null
    -- One that comes and goes has to stay away twice as long each time it came back within a day.
    and a.seen_at < now() - interval '15 minutes' * power(2, least(6, (
      select count(*) from private.alerts e
      where e.channel = a.channel and e.salon_id is not distinct from a.salon_id
        and e.code = a.code and e.ended_at > now() - interval '1 day')));
end;
$function$;

alter function "private"."note_alerts"(text[]) owner to "postgres";

create or replace function private.number_generations (
  appointment uuid,
  latest      public.webhook_logs
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  with recursive uids as (
    select u.booking_uid, u.seat_id, coalesce(nullif(u.seat_id, ''), u.booking_uid) as unit,
      case when not u.is_guess then coalesce(nullif(u.replaced_seat_id, ''), u.replaced_uid) end
        as replaced_unit,
      case when u.is_guess then u.replaced_uid end as first_uid
    from public.calendar_event_uids u where u.event_id = appointment
  ),
  links as (
    select distinct child.unit, child.replaced_unit from uids child
    where child.replaced_unit <> child.unit
      and exists (select from uids parent where parent.unit = child.replaced_unit)
  ),
  -- Without the paths, which a seat that moved back and forth has exponentially many of. A circle
  -- ends at the depth that no chain can exceed.
  chain as (
    select u.unit, u.unit as root, 0 as depth
    from uids u where not exists (select from links l where l.unit = u.unit)
    union
    select l.unit, c.root, c.depth + 1
    from chain c join links l on l.replaced_unit = c.unit
    where c.depth < (select count(distinct u.unit) from uids u)
  ),
  placed as (
    select distinct on (u.unit) u.unit, coalesce(c.root, u.unit) as root,
      coalesce(c.depth, 0) as depth
    from uids u left join chain c on c.unit = u.unit
    order by u.unit, c.depth desc, c.root
  ),
  heard as (select h.* from private.heard_of_units(appointment, latest) h),
  segments as (
    select p.root, max(h.last_heard) as last_heard,
      bool_or(p.unit in (select u.first_uid from uids u where u.first_uid is not null))
        as is_first
    from placed p join heard h on h.unit = p.unit group by p.root
  ),
  numbered as (
    select p.unit, dense_rank() over (
      order by s.is_first desc, s.last_heard nulls first, p.root, p.depth,
        h.first_heard nulls first, p.unit
    ) - 1 as generation
    from placed p join heard h on h.unit = p.unit join segments s on s.root = p.root
  )
  update public.calendar_event_uids u
  set generation = n.generation
  from uids k join numbered n on n.unit = k.unit
  where u.booking_uid = k.booking_uid and u.seat_id = k.seat_id
    and u.generation <> n.generation;
end;
$function$;

create or replace function private.other_slots_of_seat (
  delivery public.webhook_logs,
  salon    uuid,
  old_uid  text,
  old_seat text
)
  returns text[]
  language plpgsql
  set search_path to ''
  AS $function$
declare
  slots text[];
begin
  if delivery.booking ->> 'seatId' is null or exists (
    select from public.calendar_event_uids u
    where u.seat_id = delivery.seat_id and (u.booking_uid = delivery.booking_uid
      or u.booking_uid = old_uid and u.seat_id = old_seat)) then
    return '{}'::text[];
  end if;
  -- Not "=", for which Postgres might read all appointments of the salon.
  slots := array(
    select distinct on (u.event_id) u.booking_uid
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id is not distinct from salon
    where u.seat_id = delivery.seat_id and u.seat_id <> ''
    order by u.event_id, u.booking_uid);
  perform private.lock_more_bookings(slots);
  return slots;
end;
$function$;

alter function "private"."other_slots_of_seat"(public.webhook_logs, uuid, text, text) owner to
  "postgres";

create or replace function private.pet_for_booking (
  salon    uuid,
  client   uuid,
  pet_name text
)
  returns uuid
  language plpgsql
  set search_path to ''
  AS $function$
declare
  pet uuid;
begin
  if pet_name is null then
    return private.find_pet(salon, client, '[]', false);
  end if;
  select p.id into pet
  from public.client_pets cp join public.pets p on p.id = cp.pet_id
  where cp.client_id = client and lower(trim(p.name)) = lower(pet_name)
  limit 1;
  if pet is null then
    insert into public.pets (salon_id, name) values (salon, pet_name) returning id into pet;
    insert into public.client_pets (client_id, pet_id) values (client, pet);
  end if;
  return pet;
end;
$function$;

alter function "private"."pet_for_booking"(uuid, uuid, text) owner to "postgres";

create or replace function private.post_alerts (
  p_channel text,
  p_ids     bigint[]
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  message text := (
    select string_agg(private.alert_line(a), E'\n' order by a.id)
    from private.alerts a where a.id = any (p_ids));
  webhook record;
  new_request_id bigint;
begin
  if p_channel = 'webhook' then
    webhook := private.alert_webhook_request(message);
    new_request_id := net.http_post(
      url => webhook.url, body => webhook.body,
      headers => '{"content-type": "application/json"}', timeout_milliseconds => 5000);
  else
    -- https://resend.com/docs/api-reference/emails/send-email
    new_request_id := net.http_post(
      url => coalesce(private.alert_setting('email_url'), 'https://api.resend.com/emails'),
      body => jsonb_build_object(
        'from', private.alert_setting('email_from'),
        'to', jsonb_build_array(private.alert_setting('email_to')),
        'subject', 'BarkBook alert',
        'text', message),
      headers => jsonb_build_object(
        'content-type', 'application/json',
        'authorization', 'Bearer ' || private.alert_setting('email_key'),
        -- The same message twice within a day, because its first answer was lost, is sent once.
        'idempotency-key', encode(sha256(convert_to(message, 'UTF8')), 'hex')),
      timeout_milliseconds => 5000);
  end if;
  update private.alerts a set request_id = new_request_id, requested_at = now()
  where a.id = any (p_ids);
end;
$function$;

alter function "private"."post_alerts"(text, bigint[]) owner to "postgres";

create or replace function private.previous_slot_of_seat (
  salon   uuid,
  booking jsonb,
  as_of   timestamp with time zone
)
  returns text
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return (
    select e.fold_state ->> 'uid'
    from public.calendar_events e
    where e.salon_id = salon and e.seat_id = booking ->> 'seatId'
      and e.fold_state ->> 'uid' <> booking ->> 'uid'
      -- A later webhook delivery is about a later move.
      and coalesce(e.last_event_at <= as_of, true)
    limit 1
  );
end;
$function$;

create or replace function private.recall_answers (
  appointment public.calendar_events,
  answers     jsonb
)
  returns public.calendar_events
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  answer jsonb;
  wishes_since timestamptz;
  set_aside jsonb := '[]'::jsonb;
begin
  if answers = '[]'::jsonb then
    return appointment;
  end if;
  -- A wish to move or cancel is over once the appointment moved, even if it returns.
  wishes_since := (appointment.fold_state ->> 'movedAt')::timestamptz - private.stamp_tolerance();
  appointment := private.forget_answers(appointment);
  appointment.fold_state := appointment.fold_state - '{answers,attendanceAt}'::text[];
  for answer in
    select a.value from jsonb_array_elements(answers) with ordinality a (value, position)
    order by (a.value ->> 'at')::timestamptz nulls first, a.position
  loop
    if (answer ->> 'start')::timestamptz <> appointment.start_time
      or coalesce(answer ->> 'response' <> 'coming'
        and (answer ->> 'at')::timestamptz < wishes_since, false) then
      set_aside := set_aside || answer;
    elsif answer ? 'attendance' then
      appointment.attendance := (answer ->> 'attendance')::public.appointment_attendance;
      appointment.fold_state := appointment.fold_state
        || jsonb_build_object('attendanceAt', answer -> 'at');
    else
      appointment.client_response := (answer ->> 'response')::public.client_response;
      appointment.client_responded_at := (answer ->> 'at')::timestamptz;
    end if;
  end loop;
  if set_aside <> '[]'::jsonb then
    appointment.fold_state := appointment.fold_state || jsonb_build_object('answers', set_aside);
  end if;
  return appointment;
end;
$function$;

alter function "private"."recall_answers"(public.calendar_events, jsonb) owner to "postgres";

create or replace function private.record_action (
  action      public.salon_action,
  salon       uuid,
  appointment uuid                default null::uuid,
  client      uuid                default null::uuid
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
  values (salon, appointment, client, action, auth.uid());
end;
$function$;

alter function "private"."record_action"(public.salon_action, uuid, uuid, uuid) owner to "postgres";

create or replace function private.record_activity()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  changed jsonb := to_jsonb(new);
  is_client boolean := tg_table_name = 'clients';
begin
  insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
  values (new.salon_id, case when not is_client then new.id end,
    case when is_client then new.id else (changed ->> 'client_id')::uuid end,
    coalesce(tg_argv[0]::public.salon_action, private.action_of_response(
      (changed ->> 'client_response')::public.client_response)), auth.uid());
  return null;
end;
$function$;

alter function "private"."record_activity"() owner to "postgres";

create or replace function private.record_client_response (
  event     uuid,
  starts_at timestamp with time zone,
  response  public.client_response
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  appointment public.calendar_events;
begin
  -- Waits for a delivery that moves or cancels it.
  select e.* into appointment
  from public.calendar_events e
  where e.id = event and e.start_time = starts_at
    and e.status in ('pending', 'scheduled', 'confirmed')
  for no key update;
  if not found then
    return false;
  elsif appointment.client_response is distinct from response then
    update public.calendar_events e
    set client_response = response, client_responded_at = private.app_now()
    where e.id = event;
    insert into public.salon_activity (salon_id, event_id, client_id, action)
    values (appointment.salon_id, event, appointment.client_id,
      private.action_of_response(response));
  end if;
  return true;
end;
$function$;

alter function "private"."record_client_response"(uuid, timestamp
  with time zone, public.client_response) owner to "postgres";

create or replace function private.record_reader()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
begin
  new.read_at := case when new.read_at is not null then coalesce(old.read_at, now()) end;
  new.read_by := case
    when new.read_at is null then null
    when old.read_at is null then auth.uid()
    else old.read_by
  end;
  return new;
end;
$function$;

alter function "private"."record_reader"() owner to "postgres";

create or replace function private.record_sms_change()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  now_at timestamptz;
  change public.sms_message_kind;
begin
  -- Most salons send no notices, and every booking comes here.
  if not exists (
    select from public.sms_texts t
    where t.salon_id = new.salon_id and t.enabled and t.kind in ('booked', 'moved', 'cancelled')
  ) then
    return null;
  end if;
  now_at := private.app_now();
  change := case
    when new.start_time <= now_at or new.erased_at is not null then null
    when new.status = 'cancelled' then case
      when old.status in ('pending', 'scheduled', 'confirmed')
        and private.was_cancelled_by_salon(new) then 'cancelled' end
    when new.status not in ('scheduled', 'confirmed') then null
    when tg_op = 'INSERT' or old.status = 'pending' or old.salon_id is null then 'booked'
    when old.start_time <> new.start_time then 'moved'
  end;
  insert into private.sms_changes as known (event_id, kind, salon_id, happened_at, known_start)
  select new.id, change, t.salon_id, now_at, case change when 'moved' then old.start_time end
  from public.sms_texts t
  join public.sms_settings r on r.salon_id = t.salon_id
  where t.salon_id = new.salon_id and t.kind = change and r.enabled
    -- Not what a sync imports, and what was booked before the salon sent such notices.
    and (change <> 'booked'
      or greatest(new.created_at, case when old.status = 'pending' then new.last_event_at end)
        >= greatest(t.enabled_at, now_at - interval '1 day'))
  on conflict (event_id, kind) do update
  set salon_id = excluded.salon_id, happened_at = excluded.happened_at,
    known_start = case when known.happened_at > now_at - interval '1 day'
      then known.known_start else excluded.known_start end;
  return null;
end;
$function$;

alter function "private"."record_sms_change"() owner to "postgres";

create or replace function private.release_deleted_appointment()
  returns trigger
  language plpgsql
  set search_path to ''
  AS $function$
begin
  delete from public.sms_message_events covered where covered.event_id = old.id;
  delete from private.sms_told_events told where told.event_id = old.id;
  delete from private.sms_changes changed where changed.event_id = old.id;
  return null;
end;
$function$;

create or replace function private.reminder_due_at (
  start_time    timestamp with time zone,
  zone          text,
  mode          public.reminder_mode,
  send_at_local time without time zone,
  hours_before  smallint,
  quiet_from    time without time zone,
  lead          interval,
  allowed_at    timestamp with time zone
)
  returns timestamp with time zone
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  due_at timestamptz := start_time - make_interval(hours => reminder_due_at.hours_before);
  clock timestamp;
begin
  if reminder_due_at.mode = 'day_before' then
    return ((start_time at time zone zone)::date - 1 + reminder_due_at.send_at_local) at time zone zone;
  end if;
  if allowed_at < start_time - reminder_due_at.lead then
    return due_at;
  end if;
  clock := due_at at time zone zone;
  -- Early enough for several runs.
  return (clock::date - (clock::time < reminder_due_at.quiet_from)::integer + reminder_due_at.quiet_from)
    at time zone zone - interval '30 minutes';
end;
$function$;

alter function "private"."reminder_due_at"(timestamp
  with time zone,
  text,
  public.reminder_mode,
  time without time zone,
  smallint, time without time zone, interval, timestamp with time zone) owner to "postgres";

create or replace function private.replay (
  delivery public.webhook_logs,
  is_batch boolean,
  OUT      action public.delivery_action,
  OUT      event_id uuid,
  OUT      reason public.delivery_reason
)
  returns record
  language plpgsql
  set search_path to ''
  AS $function$
begin
  delivery.salon_id := coalesce(delivery.salon_id, private.find_salon(delivery.booking));
  if delivery.booking is null or delivery.erased_at is not null then
    action := 'refused';
    reason := case
      when delivery.erased_at is not null then 'erased'
      when delivery.redacted_at is not null then 'redacted'
      when delivery.action = 'invalid' then 'invalid_payload'
      else 'no_booking'
    end::public.delivery_reason;
  elsif not is_batch and not private.try_lock_salon(delivery.salon_id) then
    -- Waiting could deadlock with an erasure, which waits for the row of the delivery.
    action := 'deferred';
    update public.webhook_logs l set next_attempt_at = now()
    where l.id = delivery.id and l.status <> 'success';
  else
    select r.action, r.event_id, r.reason into action, event_id, reason
    from private.process_delivery(delivery, is_stored => true, is_batch => is_batch) r;
    -- A replay does not change the fact that the delivery was applied.
    update public.webhook_logs l
    set action = delivery.action, status = delivery.status, reason = null, error_message = null,
      next_attempt_at = null
    where l.id = delivery.id and delivery.status = 'success'
      and (l.action = 'stale' or l.status <> 'success');
  end if;
  insert into public.webhook_replays (log_id, salon_id, replayed_by, action, reason)
  select l.id, l.salon_id, (select auth.uid()), replay.action, replay.reason
  from public.webhook_logs l where l.id = delivery.id;
end;
$function$;

create or replace function private.request_sync (
  salon uuid
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  update public.calcom_sync_state c set requested_at = now()
  where c.salon_id = salon and c.requested_at is null;
  -- One call until a run has started, however many deliveries ask for it.
  if found then
    perform private.start_function('calcom-sync');
  end if;
end;
$function$;

create or replace function private.require_appointment (
  p_event_id uuid
)
  returns public.calendar_events
  language plpgsql
  set search_path to ''
  AS $function$
declare
  appointment public.calendar_events;
begin
  select e.* into appointment
  from public.calendar_events e
  where e.id = p_event_id and e.salon_id = any (private.salon_ids());
  if appointment.id is null then
    raise exception 'There is no such appointment'
      using errcode = 'PT404', hint = 'Look up the id in appointments.';
  end if;
  -- Salon, row, planner: as an erasure and a merge lock them. The row is locked by the foreign key
  -- of what private.record_action writes.
  perform private.share_salon(appointment.salon_id);
  perform from public.calendar_events e where e.id = p_event_id for key share;
  -- Excludes the planner and a merge: each would miss what the other writes.
  perform pg_advisory_xact_lock(private.lock_key('sms_plan', appointment.salon_id::text));
  select e.* into appointment
  from public.calendar_events e
  where e.id = p_event_id and e.status in ('scheduled', 'confirmed')
    and e.start_time > private.app_now();
  if appointment.id is null then
    raise exception 'The appointment does not take place any more'
      using errcode = 'PT422', detail = 'appointment_over', hint = 'Reload the appointments.';
  end if;
  return appointment;
end;
$function$;

alter function "private"."require_appointment"(uuid) owner to "postgres";

create or replace function private.require_reminder (
  appointment public.calendar_events,
  reminder    public.sms_message_kind
)
  returns public.sms_messages
  language plpgsql
  set search_path to ''
  AS $function$
declare
  message public.sms_messages;
begin
  if reminder is null
    or reminder not in ('reminder', 'second_reminder', 'third_reminder') then
    raise exception 'This is no kind of reminder'
      using errcode = 'PT400', hint = 'Use reminder, second_reminder or third_reminder.';
  end if;
  if not private.sms_kind_is_enabled(appointment.salon_id, reminder) then
    raise exception 'The salon does not send this reminder'
      using errcode = 'PT422', detail = 'reminder_off', hint = 'An owner can switch it on in the settings.';
  end if;
  select m.* into message
  from public.sms_message_events covered
  join public.sms_messages m on m.id = covered.message_id
  where covered.event_id = appointment.id and covered.start_time = appointment.start_time
    and covered.kind = reminder
  -- A run that claims the message waits, or has claimed it already.
  for update of m;
  return message;
end;
$function$;

alter function "private"."require_reminder"(public.calendar_events, public.sms_message_kind) owner
  to "postgres";

create or replace function private.require_room_for_salon()
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  most integer := (select l.most from private.salons_per_user l);
begin
  -- Two concurrent calls could both get the last place.
  perform pg_advisory_xact_lock(private.lock_key('salons of', auth.uid()::text));
  if cardinality(private.salon_ids()) >= most then
    raise exception 'You belong to % salons already', most
      using errcode = 'PT409',
        hint = 'Leave a salon that you no longer need, or ask the operator to raise the limit.';
  end if;
end;
$function$;

create or replace function private.resolve_appointment (
  delivery public.webhook_logs,
  salon    uuid,
  OUT      appointment uuid,
  OUT      is_new boolean,
  OUT      reordered boolean,
  OUT      is_linked boolean
)
  returns record
  language plpgsql
  set search_path to ''
  AS $function$
declare
  old record;
  first_uid text := private.original_uid(delivery.booking);
  slots text[];
  found_ids uuid[];
  registered record;
begin
  old := private.find_predecessor(delivery, salon);
  reordered := delivery.seat_id <> ''
    and private.match_seat_placeholder(delivery, old.old_uid, old.old_seat);
  if delivery.seat_id <> '' then
    reordered := private.undo_guessed_move(delivery) or reordered;
  end if;
  slots := private.other_slots_of_seat(delivery, salon, old.old_uid, old.old_seat);
  reordered := reordered or cardinality(slots) > 0;
  found_ids := private.appointments_under(
    array[first_uid, old.old_uid, delivery.booking_uid] || slots,
    array['', old.old_seat, delivery.seat_id]
      || array_fill(delivery.seat_id, array[cardinality(slots)]));
  is_new := found_ids is null;
  appointment := case when is_new then gen_random_uuid() else found_ids[1] end;
  if appointment <> any (found_ids) then
    perform private.merge_appointments(appointment, array_remove(found_ids, appointment));
    reordered := true;
  end if;

  registered := private.register_uids(
    appointment, delivery.booking_uid, delivery.seat_id, old.old_uid, old.old_seat, first_uid);
  is_linked := reordered or registered.is_added or registered.reordered;
  reordered := reordered or registered.reordered
    -- Guesses are ordered by when they were heard of, which every booking may change.
    or exists (
      select from public.calendar_event_uids u where u.event_id = appointment and u.is_guess);
  if reordered then
    perform private.number_generations(appointment, delivery);
  end if;
  -- Something may have been known about a uid before it had an appointment.
  reordered := reordered or registered.is_added and exists (
    select from public.webhook_logs l
    where l.booking_uid = delivery.booking_uid and l.id <> delivery.id);
end;
$function$;

create or replace function private.restart_sms_texts()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  update public.sms_texts t set enabled_at = now()
  where t.salon_id = new.salon_id and t.enabled;
  return null;
end;
$function$;

alter function "private"."restart_sms_texts"() owner to "postgres";

create or replace function private.retry_delay (
  attempts integer,
  jitter   double precision default random()
)
  returns interval
  language plpgsql
  set search_path to ''
  AS $function$
begin
  -- Jitter spreads out deliveries that failed together.
  return least(interval '1 minute' * 2 ^ least(attempts - 1, 20), interval '6 hours')
    * (0.75 + 0.5 * jitter);
end;
$function$;

alter function "private"."retry_delay"(integer, double precision) owner to "postgres";

create or replace function private.retry_deliveries (
  after uuid          default null::uuid,
  batch integer       default 50,
  OUT   salon uuid,
  OUT   tried integer
)
  returns record
  language plpgsql
  set search_path to ''
  AS $function$
declare
  -- Those of no salon come last, and then the first salon again.
  is_last_round boolean := after is null;
begin
  tried := 0;
  if not pg_try_advisory_xact_lock(private.lock_key('retry', '')) then
    return;
  end if;
  salon := after;
  loop
    salon := private.next_due_salon(salon);
    tried := private.retry_salon(salon, batch);
    exit when tried > 0 or salon is null and is_last_round;
    is_last_round := is_last_round or salon is null;
  end loop;
end;
$function$;

alter function "private"."retry_deliveries"(uuid, integer) owner to "postgres";

create or replace function private.retry_salon (
  salon uuid,
  batch integer
)
  returns integer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  -- The bookings of the batch stay locked until this transaction ends.
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
  due record;
  tried integer := 0;
begin
  -- Otherwise the bookings of a salon that is passed over would stay locked during the next turn.
  if not private.try_lock_salon(salon) then
    return 0;
  end if;
  for due in select d.id from private.due_deliveries(salon, batch) d loop
    tried := tried + private.retry_delivery(due.id)::integer;
    exit when clock_timestamp() > deadline;
  end loop;
  return tried;
end;
$function$;

alter function "private"."retry_salon"(uuid, integer) owner to "postgres";

create or replace function private.salon_problems()
  returns table (
    salon_id uuid,
    code     text
  )
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return query
  select distinct l.salon_id, 'salon_deliveries_dead'
  from public.webhook_logs l
  where l.status <> 'success' and l.booking is not null and l.next_attempt_at is null
    and l.salon_id is not null and l.processed_at > now() - interval '1 day'
  union all
  select s.id, 'salon_deliveries_silent' from private.silent_salons() as s (id);
end;
$function$;

alter function "private"."salon_problems"() owner to "postgres";

create or replace function private.salons_that_test()
  returns uuid[]
  language plpgsql
  stable
  security definer
  set search_path to ''
  AS $function$
begin
  return array(
    select distinct m.salon_id
    from public.sms_messages m
    where m.kind = 'test' and m.status in ('pending', 'leased', 'unknown'));
end;
$function$;

alter function "private"."salons_that_test"() owner to "postgres";

create or replace function private.scheduled_jobs()
  returns table (
    jobname  text,
    schedule text,
    command  text
  )
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  -- Jobs that loop commit after each turn, so that nobody waits for a row or a salon longer than
  -- one turn.
  return query values
    ('barkbook_sms_reminders', '*/5 * * * *', $job$select private.call_function('sms-reminders')$job$),
    ('barkbook_calcom_sync', '*/10 * * * *', $job$select private.call_function('calcom-sync')$job$),
    ('barkbook_alerts', '*/5 * * * *', $job$select private.send_alerts()$job$),
    ('barkbook_retry', '* * * * *',
      -- Begins at random, so that no salon is always the first.
      $job$do $$declare salon uuid := gen_random_uuid(); tried integer; begin
loop select r.salon, r.tried into salon, tried from private.retry_deliveries(salon) r;
exit when tried = 0; commit; end loop; end$$$job$),
    ('barkbook_erase', '* * * * *',
      $job$do $$declare salon uuid; begin
loop salon := private.continue_erasures(salon); exit when salon is null; commit; end loop;
end$$$job$),
    ('barkbook_complete', '7 * * * *',
      $job$do $$begin
while private.complete_past_appointments() > 0 loop commit; end loop; end$$$job$),
    ('barkbook_trim', '17 3 * * *',
      $job$do $$declare kept integer := (select r.kept_days from private.retention r); begin
while private.trim_deliveries() > 0 loop commit; end loop;
while private.trim_activity(kept) > 0 loop commit; end loop;
perform private.trim_messages(kept), private.trim_job_history(); end$$$job$);
end;
$function$;

create or replace function private.scheduler_report (
  OUT missing_jobs integer,
  OUT failing_jobs integer,
  OUT ran_at timestamp with time zone
)
  returns record
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  failing_jobs := 0;
  select count(*) into missing_jobs from private.scheduled_jobs();
  if to_regclass('cron.job') is null then
    return;
  end if;
  select count(*) into missing_jobs from private.scheduled_jobs() n
  where not exists (select from cron.job j where j.jobname = n.jobname);
  select count(*) filter (where r.status = 'failed'),
    coalesce(max(r.start_time), private.scheduled_at())
  into failing_jobs, ran_at
  from cron.job j
  left join (
    select distinct on (d.jobid) d.jobid, d.status, d.start_time
    from (
      -- By the primary key, the only index of this table. Our jobs run about 3,600 times a day
      -- together, and one of them only once.
      select l.* from cron.job_run_details l order by l.runid desc limit 5000
    ) d
    where d.status in ('succeeded', 'failed')
    order by d.jobid, d.runid desc
  ) r on r.jobid = j.jobid
  where j.active and j.jobname in (select n.jobname from private.scheduled_jobs() n);
end;
$function$;

create or replace function private.seat_of_person (
  delivery public.webhook_logs,
  salon    uuid
)
  returns text
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  old_uid text := delivery.booking ->> 'rescheduleUid';
  seats text[];
begin
  -- A seat that was given up is the one only if there is no other: a poll may have missed it because
  -- it moved. One that has moved before is another one.
  seats := array(
    select ranked.seat_id
    from (
      select k.seat_id, rank() over (order by (
        e.status = 'cancelled'
          and e.cal_com_event_id = private.cal_com_event_id(k.booking_uid, k.seat_id))::integer)
        as place
      from public.calendar_event_uids k
      join public.calendar_events e on e.id = k.event_id and e.salon_id = salon
      where k.booking_uid = old_uid
        and not private.has_moved_elsewhere(k, delivery)
        and private.seat_existed_at(k.booking_uid, k.seat_id, delivery.occurred_at)
        and private.is_same_person(e.attendee_email, e.attendee_phone,
          delivery.booking ->> 'attendeeEmail', delivery.booking ->> 'attendeePhone')
    ) ranked
    where ranked.place = 1
    limit 2
  );
  return case when cardinality(seats) = 1 then seats[1] end;
end;
$function$;

create or replace function private.send_alerts()
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  channels text[] := private.alert_channels();
  message record;
begin
  delete from private.alerts a
  where a.channel <> all (channels) or a.ended_at < now() - interval '7 days';
  if channels = '{}' then
    return;
  end if;
  perform private.settle_alerts(), private.note_alerts(channels);
  for message in
    select n.channel, array_agg(n.id) as ids
    from (
      select a.channel, a.id, row_number() over (
        -- Salons, however many, do not keep the operator from news of the project.
        partition by a.channel order by a.salon_id is not null, a.id) - 1 as place
      from private.alerts a
      where a.request_id is null
        and (a.began_told_at is null or (a.ended_at is not null and a.ended_told_at is null))
    ) n
    -- Slack and Discord refuse many messages at a time: the others follow in the next run.
    where n.place < 48
    group by n.channel, n.place / 12
    order by n.channel, n.place / 12
  loop
    perform private.post_alerts(message.channel, message.ids);
  end loop;
end;
$function$;

alter function "private"."send_alerts"() owner to "postgres";

create or replace function private.set_vault_secret (
  secret_name text,
  secret      text
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  secret_id uuid;
begin
  -- Two concurrent calls that set the first secret would both insert.
  perform pg_advisory_xact_lock(private.lock_key('secret', secret_name));
  select s.id into secret_id from vault.secrets s where s.name = secret_name;
  if secret is null then
    delete from vault.secrets s where s.id = secret_id;
  elsif secret_id is null then
    perform vault.create_secret(new_secret => secret, new_name => secret_name);
  else
    perform vault.update_secret(secret_id => secret_id, new_secret => secret);
  end if;
end;
$function$;

create or replace function private.settle_alerts()
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  -- Answers of pg_net are taken out of its table, where the doctor looks for those of the functions.
  with answers as (
    delete from net._http_response r
    where r.id in (select a.request_id from private.alerts a)
    returning r.id, r.status_code, r.error_msg
  ), results as (
    select a.id, n.status_code between 200 and 299 as is_accepted,
      coalesce(n.status_code::text, n.error_msg, 'no answer') as failure
    from private.alerts a
    left join answers n on n.id = a.request_id
    -- pg_net forgets its requests when the database crashes.
    where n.id is not null or a.requested_at < now() - interval '30 minutes'
  )
  update private.alerts a
  set request_id = null,
    began_told_at = case when r.is_accepted then coalesce(a.began_told_at, now())
      else a.began_told_at end,
    ended_told_at = case when r.is_accepted and a.ended_at <= a.requested_at then now() end,
    failure = case when r.is_accepted then null else r.failure end
  from results r
  where a.id = r.id and a.request_id is not null;
end;
$function$;

alter function "private"."settle_alerts"() owner to "postgres";

create or replace function private.setup_alerts (
  p_webhook_url    text default null::text,
  p_webhook_format text default null::text,
  p_email_key      text default null::text,
  p_email_from     text default null::text,
  p_email_to       text default null::text,
  p_email_url      text default null::text
)
  returns text
  language plpgsql
  set search_path to ''
  AS $function$
declare
  webhook_format text := case when p_webhook_url = '' then '' when p_webhook_url is not null
    then private.alert_webhook_format(p_webhook_url, p_webhook_format) end;
  setting record;
  changed text[] := array[]::text[];
begin
  for setting in
    select v.channel, v.name, nullif(trim(v.value), '') as value
    from (values
      ('webhook', 'webhook_url', p_webhook_url), ('webhook', 'webhook_format', webhook_format),
      ('email', 'email_key', p_email_key), ('email', 'email_from', p_email_from),
      ('email', 'email_to', p_email_to), ('email', 'email_url', p_email_url)
    ) as v (channel, name, value)
    where v.value is not null
      and nullif(trim(v.value), '') is distinct from private.alert_setting(v.name)
  loop
    perform private.set_vault_secret('barkbook_alert_' || setting.name, setting.value);
    changed := changed || setting.channel;
  end loop;
  if num_nulls(private.alert_setting('email_key'), private.alert_setting('email_from'),
    private.alert_setting('email_to')) not in (0, 3)
  then
    raise exception 'Alerts by e-mail need a key, a sender and a recipient'
      using errcode = 'invalid_parameter_value',
        hint = 'Pass p_email_key, p_email_from and p_email_to, or empty texts for all three.';
  end if;
  insert into private.alerts (channel, code, ended_at)
  select c.channel, 'test', now() from unnest(private.alert_channels()) as c (channel)
  where c.channel = any (changed);
  return coalesce(nullif(array_to_string(private.alert_channels(), ', '), ''), 'nowhere');
end;
$function$;

alter function "private"."setup_alerts"(text, text, text, text, text, text) owner to "postgres";

create or replace function private.setup_realtime()
  returns text
  language plpgsql
  set search_path to ''
  AS $function$
declare
  messages regclass := to_regclass('realtime.messages');
begin
  if messages is null then
    return 'there is none';
  elsif not exists (
    select from pg_catalog.pg_policy p
    where p.polrelid = messages and p.polname = 'members can hear of changes to their salon')
  then
    -- https://supabase.com/docs/guides/realtime/authorization
    execute $policy$
      create policy "members can hear of changes to their salon" on realtime.messages
        for select to authenticated
        using (
          extension = 'broadcast'
          and (select realtime.topic()) in (
            select 'salon:' || s.id from unnest(private.salon_ids()) as s (id)))
    $policy$;
  end if;
  return 'members hear of changes';
exception
  -- Supabase lets only the role postgres itself make policies there, not one that acts for it.
  when insufficient_privilege then
    return 'members hear of nothing: ' || sqlerrm;
end;
$function$;

alter function "private"."setup_realtime"() owner to "postgres";

create or replace function private.share_salon (
  salon uuid
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  perform pg_advisory_xact_lock_shared(private.lock_key('salon', salon::text));
end;
$function$;

alter function "private"."share_salon"(uuid) owner to "postgres";

create or replace function private.show_attendance()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  initial public.calendar_events;
begin
  -- An appointment that BarkBook inserted has no other place for the status to return to.
  if new.fold_state is null then
    initial := private.initial_appointment(old, false);
    new.fold_state := (private.apply_local_decisions(initial)).fold_state;
  end if;
  new.fold_state := new.fold_state - 'attendanceAt'
    || case when new.attendance is null then '{}'::jsonb
      else jsonb_build_object('attendanceAt', now()) end;
  return private.apply_local_decisions(private.remove_local_decisions(new));
end;
$function$;

alter function "private"."show_attendance"() owner to "postgres";

create or replace function private.shows_change (
  before      public.calendar_events,
  after       public.calendar_events,
  is_snapshot boolean
)
  returns boolean
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  if is_snapshot then
    return (before.cal_com_event_id, before.salon_id, before.status, before.start_time,
        before.end_time)
      is distinct from (after.cal_com_event_id, after.salon_id, after.status, after.start_time,
        after.end_time)
      -- What staff say hides the status by Cal.com, until they take it back.
      or before.attendance is not null
        and before.fold_state ->> 'status' is distinct from after.fold_state ->> 'status'
      -- A value that is missing here may have been erased.
      or before.title <> after.title or coalesce(before.location <> after.location, false)
      or coalesce(before.attendee_name <> after.attendee_name, false)
      or coalesce(before.attendee_email <> after.attendee_email, false)
      or coalesce(before.attendee_phone <> after.attendee_phone, false)
      or before.host_username is distinct from after.host_username
      or after.host_username is null and before.host_name is distinct from after.host_name
      or before.created_at > after.created_at + private.stamp_tolerance();
  end if;
  before.fold_state := after.fold_state;
  return before is distinct from after;
end;
$function$;

create or replace function private.silent_salons()
  returns SETOF uuid
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return query
  select s.id
  from public.salons s
  cross join lateral (
    select l.created_at
    from public.webhook_logs l
    where l.salon_id = s.id and l.webhook_type <> 'BOOKING_SYNCED'
    order by l.created_at desc
    limit 1
  ) latest
  cross join lateral (
    select count(*) as deliveries, min(d.created_at) as began_at, max(d.pause) as longest_pause
    from (
      select l.created_at, l.created_at - lag(l.created_at) over (order by l.created_at) as pause
      from public.webhook_logs l
      where l.salon_id = s.id and l.webhook_type <> 'BOOKING_SYNCED'
        and l.created_at > latest.created_at - interval '28 days'
    ) d
  ) history
  -- The history is read only of salons that have been quiet for a day.
  where latest.created_at < now() - interval '1 day'
    and history.deliveries >= 10
    and history.began_at < latest.created_at - interval '14 days'
    and now() - latest.created_at > 2 * history.longest_pause;
end;
$function$;

alter function "private"."silent_salons"() owner to "postgres";

create or replace function private.sms_ask_for_run (
  salon uuid
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  messages_a_minute constant integer := 10;
begin
  if messages_a_minute < (
    select count(*) from public.salon_activity a
    where a.salon_id = salon and a.action in ('send_now', 'test_sms')
      and a.created_at > clock_timestamp() - interval '1 minute'
  ) then
    return false;
  end if;
  insert into private.sms_asked_runs as last (salon_id, asked_at)
  values (salon, clock_timestamp())
  on conflict (salon_id) do update set asked_at = excluded.asked_at
  where private.sms_asked_run_is_over(last.asked_at);
  -- Otherwise a run of this salon is coming or under way, and takes everything along that is due.
  if found and not private.start_function('sms-reminders') then
    delete from private.sms_asked_runs a where a.salon_id = salon;
    return false;
  end if;
  return true;
end;
$function$;

alter function "private"."sms_ask_for_run"(uuid) owner to "postgres";

create or replace function private.sms_asked_run_is_over (
  asked_at timestamp with time zone
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  -- The longest run, SMS_RUN_BUDGET_MS.
  return asked_at < clock_timestamp() - interval '5 minutes'
    or coalesce(
      (select bool_or(r.finished_at is not null) from public.sms_runs r
        where r.started_at > asked_at),
      -- None has begun: the call was lost.
      asked_at < clock_timestamp() - interval '30 seconds');
end;
$function$;

alter function "private"."sms_asked_run_is_over"(timestamp with time zone) owner to "postgres";

create or replace function private.sms_close_lease (
  message_id uuid,
  new_status public.sms_message_status,
  new_reason public.sms_reason,
  code       text,
  next_at    timestamp with time zone  default null::timestamp with time zone
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  update public.sms_messages m
  -- A refusal says nothing about an earlier POST that may have arrived. With dead, a receipt of that
  -- one is still accepted, and its segments count.
  set status = case
      when new_status = 'failed' and m.maybe_sent_since is not null then 'dead' else new_status
    end,
    reason = case
      when new_status = 'failed' and m.maybe_sent_since is not null then 'ambiguous' else new_reason
    end,
    error_code = code, lease_token = null, lease_until = null,
    next_attempt_at = coalesce(next_at, m.next_attempt_at),
    final_at = case when new_status in ('failed', 'dead') then private.app_now() end
  where m.id = message_id;
end;
$function$;

alter function
  "private"."sms_close_lease"(uuid, public.sms_message_status, public.sms_reason, text, timestamp
  with time zone) owner to "postgres";

create or replace function private.sms_day_start()
  returns timestamp with time zone
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  -- Of UTC: an owner who changes the salon's time zone would begin another day.
  return date_trunc('day', private.app_now(), 'UTC');
end;
$function$;

alter function "private"."sms_day_start"() owner to "postgres";

create or replace function private.sms_dispatch_decision (
  message  public.sms_messages,
  phone    text,
  segments integer,
  problem  public.sms_reason
)
  returns public.sms_dispatch_answer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  now_at timestamptz := private.app_now();
  -- A test tells of no appointment, and an owner named its number.
  is_test boolean := message.kind = 'test';
  to_tell bigint := is_test::integer + (
    select count(*)
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number));
  target record;
  is_as_planned boolean;
begin
  select s.timezone, r as settings,
    case when is_test then message.phone_number else c.phone_number end as number_typed,
    is_test or c.has_gdpr_consent as has_consent,
    is_test::integer + (
      select count(*) from public.sms_message_events e where e.message_id = message.id
    ) as planned_to_tell
  into target
  from public.salons s
  join public.sms_settings r on r.salon_id = s.id
  left join public.clients c
    on c.id = message.client_id and c.salon_id is not distinct from s.id
  where s.id = message.salon_id;
  is_as_planned := to_tell = target.planned_to_tell
    and (target.number_typed is not distinct from message.phone_number
      or private.e164(target.number_typed) = sms_dispatch_decision.phone);

  return case
    when message.not_after <= now_at then 'expired'
    when not private.sms_kind_is_enabled(message.salon_id, message.kind) then 'disabled'
    when to_tell = 0 then 'event_gone'
    -- The provider would take another text, or a text to another number, for the first one.
    when message.maybe_sent_since is not null
      and not (is_as_planned and private.sms_may_be_repeated(message, phone)) then 'event_gone'
    when not is_as_planned then 'needs_rerender'
    when target.has_consent is not true then 'no_consent'
    when problem is not null then problem::text
    -- Opt-outs and erasures know a client by this number, so nothing is sent to another.
    when phone is distinct from private.e164(target.number_typed) then 'no_phone'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = message.salon_id and o.phone = sms_dispatch_decision.phone
    ) then 'opted_out'
    when private.sms_provider_is_paused(message.provider) then 'paused'
    when not is_test and private.sms_allowed_at(now_at, target.timezone,
        (target.settings).quiet_from, (target.settings).quiet_to) > now_at
      then 'quiet_hours'
    else coalesce(private.sms_exceeded_limit(
      message, target.settings, target.timezone, phone, segments)::text, 'go')
  end::public.sms_dispatch_answer;
end;
$function$;

create or replace function private.sms_exceeded_limit (
  message       public.sms_messages,
  settings      public.sms_settings,
  zone          text,
  phone         text,
  more_segments integer
)
  returns public.sms_dispatch_answer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  most_for_client constant integer := 3;
  day_start timestamptz := private.sms_day_start();
  month_start timestamptz := case when settings.monthly_cap is not null then
    date_trunc('month', private.app_now() at time zone zone) at time zone zone end;
  sent record;
begin
  -- Otherwise two runs could both see room for the last message.
  perform pg_advisory_xact_lock(private.lock_key('sms_cap', settings.salon_id::text));
  select sum(m.segments) filter (where m.began_at >= month_start) as segments_of_month,
    sum(m.segments) filter (where m.began_at >= day_start) as segments_of_day,
    count(*) filter (where m.began_at >= day_start and m.phone = sms_exceeded_limit.phone)
      as messages_to_client
  into sent
  from (
    select m.segments, m.phone, coalesce(m.maybe_sent_since, m.dispatch_started_at) as began_at
    from public.sms_messages m
    where m.salon_id = settings.salon_id and m.id <> message.id and m.status <> 'failed'
      -- Nothing is planned earlier than nine days before it is sent.
      and m.created_at >= least(month_start, day_start) - interval '9 days'
  ) m;
  return case
    when coalesce(sent.segments_of_month, 0) + more_segments > settings.monthly_cap then 'cap'
    when sent.messages_to_client >= most_for_client then 'client_limit'
    when coalesce(sent.segments_of_day, 0) + more_segments > settings.daily_cap then 'daily_cap'
  end::public.sms_dispatch_answer;
end;
$function$;

alter function
  "private"."sms_exceeded_limit"(public.sms_messages, public.sms_settings, text, text, integer)
  owner to "postgres";

create or replace function private.sms_has_coming_appointment (
  salon uuid
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return exists (
    select from public.calendar_events e
    where e.salon_id = salon and e.status in ('scheduled', 'confirmed', 'cancelled')
      and e.start_time > private.app_now());
end;
$function$;

create or replace function private.sms_is_being_told (
  event      uuid,
  starts_at  timestamp with time zone,
  other_than public.sms_message_kind
)
  returns boolean
  language plpgsql
  stable
  cost 10000
  set search_path to ''
  AS $function$
begin
  return exists (
    select
    from public.sms_message_events covered
    join public.sms_messages m on m.id = covered.message_id
    where covered.event_id = event and covered.start_time = starts_at
      and covered.kind not in (other_than, 'answer')
      and (covered.kind = 'cancelled') = (other_than = 'cancelled')
      and private.sms_may_still_be_sent(m));
end;
$function$;

alter function "private"."sms_is_being_told"(uuid, timestamp
  with time zone, public.sms_message_kind) owner to "postgres";

create or replace function private.sms_is_told (
  event        uuid,
  number_typed text,
  kind         public.sms_message_kind,
  true_start   timestamp with time zone,
  since        timestamp with time zone,
  known_start  timestamp with time zone default null::timestamp with time zone,
  other_than   uuid                     default null::uuid
)
  returns boolean
  language plpgsql
  stable
  cost 10000
  set search_path to ''
  AS $function$
declare
  last record;
begin
  -- It says how to answer, and names no start.
  if kind = 'answer' then
    return false;
  end if;
  -- Most appointments were never told of, which is found out faster than what was told last.
  if not exists (
    select from private.sms_told_events told
    where told.event_id = event and told.message_id is distinct from other_than
  ) then
    return coalesce(known_start = true_start, false);
  end if;
  select t.* into last from private.sms_last_text(event, number_typed, other_than) t;
  return coalesce(case
    when last.start_time is null then known_start = true_start
    else last.start_time = true_start and (
      kind in ('booked', 'moved', 'cancelled') or kind = any (last.kinds) or last.told_at >= since)
  end, false);
end;
$function$;

alter function "private"."sms_is_told"(uuid, text, public.sms_message_kind, timestamp
  with time zone, timestamp with time zone, timestamp with time zone, uuid) owner to "postgres";

create or replace function private.sms_kind_is_enabled (
  salon uuid,
  kind  public.sms_message_kind
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  salon_is_enabled boolean;
  kind_is_enabled boolean;
begin
  select r.enabled, t.enabled into salon_is_enabled, kind_is_enabled
  from public.sms_settings r
  left join public.sms_texts t
    on t.salon_id = r.salon_id and t.kind = sms_kind_is_enabled.kind
  where r.salon_id = salon;
  return coalesce(case kind
    -- Before an owner switches messages on, they try them.
    when 'test' then salon_is_enabled is not null
    when 'reminder' then salon_is_enabled
    when 'answer' then salon_is_enabled and kind_is_enabled is not false
    else salon_is_enabled and kind_is_enabled
  end, false);
end;
$function$;

alter function "private"."sms_kind_is_enabled"(uuid, public.sms_message_kind) owner to "postgres";

create or replace function private.sms_last_text (
  event        uuid,
  number_typed text,
  other_than   uuid default null::uuid
)
  returns table (
    start_time    timestamp with time zone,
    told_at       timestamp with time zone,
    is_being_sent boolean,
    kinds         public.sms_message_kind[]
  )
  language plpgsql
  stable
  rows 1
  set search_path to ''
  AS $function$
declare
  number text := private.e164(number_typed);
begin
  return query
  with texts as (
    select told.start_time, coalesce(m.maybe_sent_since, m.dispatch_started_at) as told_at,
      m.status = 'leased' as is_being_sent, m.kind
    from private.sms_told_events told
    join public.sms_messages m on m.id = told.message_id
    where told.event_id = event and m.id is distinct from other_than
      -- Its text need not name a start.
      and m.kind <> 'answer'
      -- The typed numbers are compared, too, so that a number that the provider's form differs from
      -- is not told again and again.
      and (m.phone = number or m.phone_number = number_typed)
      and private.may_have_been_sent(m)
  )
  select last.start_time, last.told_at, last.is_being_sent, array(
      select same.kind from texts same
      where same.start_time = last.start_time and not exists (
        select from texts other
        where other.start_time <> last.start_time and other.told_at > same.told_at))
  from texts last
  order by last.told_at desc,
    -- Of texts that went out at once, any may be the last.
    last.start_time = (
      select e.start_time from public.calendar_events e where e.id = event) desc nulls last
  limit 1;
end;
$function$;

alter function "private"."sms_last_text"(uuid, text, uuid) owner to "postgres";

create or replace function private.sms_lease_messages (
  due_ids          uuid[],
  unknown_ids      uuid[],
  sending_provider public.sms_provider,
  lease_time       interval
)
  returns table (
    message_id    uuid,
    lease_token   uuid,
    was_unknown   boolean,
    salon_id      uuid,
    salon_name    text,
    salon_address text,
    timezone      text,
    template      text,
    language      public.reminder_language,
    transliterate boolean,
    max_segments  integer,
    sender        text,
    client_name   text,
    phone         text,
    not_after     timestamp with time zone,
    appointments  jsonb,
    sent_to       text,
    sent_body     text,
    sent_since    timestamp with time zone,
    allowed_links text[],
    salon_phone   text,
    link_token    text
  )
  language plpgsql
  set search_path to ''
  set plan_cache_mode to 'force_generic_plan'
  AS $function$
begin
  return query
  with due as (
    select m.id, c.name as client_name, c.phone_number
    from public.sms_messages m
    -- Not by =, or Postgres may read all clients of the salon, and so for pets.
    left join public.clients c
      on c.id = m.client_id and c.salon_id is not distinct from m.salon_id
    where m.id = any (due_ids)
  ), claimed as (
    update public.sms_messages m
    set status = 'leased', lease_token = gen_random_uuid(),
      lease_until = private.app_now() + lease_time, provider = sending_provider,
      dispatch_started_at = null,
      -- An unknown message is looked up or repeated, which does not count as an attempt.
      attempts = m.attempts + (m.status = 'pending')::integer,
      -- One that may have been sent belongs to the number that it was sent to.
      phone_number = case when m.maybe_sent_since is null and m.kind <> 'test'
        then due.phone_number else m.phone_number end
    from due
    where m.id = due.id
    returning m.*, due.client_name
  )
  select m.id, m.lease_token, coalesce(m.id = any (unknown_ids), false), m.salon_id, s.name,
    s.address, s.timezone,
    private.sms_template(m.salon_id, m.kind, array(
      select c.event_id from public.sms_message_events c where c.message_id = m.id)),
    r.language, r.transliterate, r.max_segments::integer, r.sender, m.client_name,
    private.e164(m.phone_number), m.not_after, coalesce(a.appointments, '[]'),
    m.phone, m.body, m.maybe_sent_since, r.allowed_links, s.phone_number,
    private.client_link_token(m.id)
  from claimed m
  left join public.salons s on s.id = m.salon_id
  left join public.sms_settings r on r.salon_id = m.salon_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('startTime', a.start_time, 'pet', p.name)
      order by a.start_time, a.event_id) as appointments
    from private.sms_still_to_tell(m.id, m.client_id, m.phone_number) a
    left join public.pets p on p.id = a.pet_id and p.salon_id is not distinct from m.salon_id
    where m.kind <> 'test'
    union all
    -- A test shows what a client would get.
    select jsonb_build_array(jsonb_build_object(
      'startTime', (m.local_date + time '10:00') at time zone s.timezone, 'pet', 'Reksio'))
    where m.kind = 'test'
  ) a on a.appointments is not null;
end;
$function$;

alter function "private"."sms_lease_messages"(uuid[], uuid[], public.sms_provider, interval) owner
  to "postgres";

create or replace function private.sms_may_still_be_sent (
  message public.sms_messages
)
  returns boolean
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  return coalesce(message.status in ('pending', 'leased')
    or (message.status = 'unknown' and message.next_attempt_at < 'infinity'), false);
end;
$function$;

alter function "private"."sms_may_still_be_sent"(public.sms_messages) owner to "postgres";

create or replace function private.sms_message_of_receipt (
  sending_provider public.sms_provider,
  receipt          jsonb
)
  returns uuid
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return coalesce(
    (
      select m.id from public.sms_messages m
      where m.provider = sending_provider and m.provider_message_id = receipt ->> 'providerMessageId'
    ),
    (
      select m.id from public.sms_messages m
      where m.provider = sending_provider
        and m.id = case
          when receipt ->> 'messageId' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            then (receipt ->> 'messageId')::uuid
        end
        and coalesce(m.maybe_sent_since, m.dispatch_started_at) is not null
    )
  );
end;
$function$;

alter function "private"."sms_message_of_receipt"(public.sms_provider, jsonb) owner to "postgres";

create or replace function private.sms_must_tell_again (
  covering     public.sms_messages,
  event        uuid,
  starts_at    timestamp with time zone,
  number_typed text
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  may_have_arrived boolean := private.may_have_been_sent(covering);
  went_elsewhere boolean := covering.phone_number <> number_typed
    -- One that was given up may never have got as far as a POST.
    and coalesce(covering.phone <> private.e164(number_typed), covering.status = 'dead');
  last record;
begin
  -- It may still be sent, and then it is the last text.
  if private.sms_may_still_be_sent(covering) then
    return false;
  end if;
  -- Most have its own text only, which is found out faster than what was told last.
  if covering.phone_number = number_typed and not exists (
    select from private.sms_told_events told
    where told.event_id = event
      and (told.message_id <> covering.id or told.start_time <> starts_at)
  ) then
    return false;
  end if;
  select t.* into last from private.sms_last_text(event, number_typed) t;
  return
    last.start_time is distinct from starts_at
    -- What is being sent right now is known a moment later.
    and last.is_being_sent is not true
    and (
      (went_elsewhere and (may_have_arrived or covering.status = 'dead'))
      -- A message that was refused or given up is not tried again for an older text.
      or (last.told_at is not null
        and (may_have_arrived or last.told_at > covering.created_at))
    );
end;
$function$;

create or replace function private.sms_occasions_of (
  salon uuid
)
  returns table (
    event_id            uuid,
    kind                public.sms_message_kind,
    due_at              timestamp with time zone,
    lead                interval,
    true_start          timestamp with time zone,
    told_since          timestamp with time zone,
    known_start         timestamp with time zone,
    settings_changed_at timestamp with time zone,
    message             public.sms_messages,
    is_superseded       boolean
  )
  language plpgsql
  stable
  set search_path to ''
  set enable_bitmapscan to 'off'
  set plan_cache_mode to 'force_generic_plan'
  AS $function$
begin
  return query
  select o.event_id, o.kind, o.due_at, o.lead, o.true_start, o.told_since, o.known_start,
    o.settings_changed_at, o.message, o.is_superseded
  from private.sms_occasions o
  where o.salon_id = salon;
end;
$function$;

alter function "private"."sms_occasions_of"(uuid) owner to "postgres";

create or replace function private.sms_plan_salon (
  p_salon_id uuid
)
  returns table (
    planned integer,
    skipped integer
  )
  language plpgsql
  set search_path to ''
  set plan_cache_mode to 'force_generic_plan'
  AS $function$
begin
  return query
  with reminder as materialized (
    -- Without the text, which is written when the message is claimed.
    select gen_random_uuid() as new_message_id, r.salon_id, r.kind, r.client_id, r.local_date,
      r.phone_number, r.event_ids, r.start_times, r.waiting_message_id, r.send_at, r.not_after,
      r.skip_reason
    from public.due_reminders r
    where r.salon_id = p_salon_id
  ), waiting as materialized (
    select m.id
    from public.sms_messages m
    where m.status = 'pending'
      and m.id in (
        select r.waiting_message_id from reminder r where r.skip_reason is null)
    -- A run that claims a message reads its appointments: they join it before, or not at all.
    for update skip locked
  ), due as (
    select coalesce(w.id, r.new_message_id) as message_id, w.id is not null as joins, r.*
    from reminder r
    left join waiting w on w.id = r.waiting_message_id and r.skip_reason is null
  ), message as (
    insert into public.sms_messages (
      id, salon_id, client_id, kind, local_date, phone_number, status, reason, next_attempt_at,
      not_after, final_at, created_at
    )
    select d.message_id, d.salon_id, d.client_id, d.kind, d.local_date, d.phone_number,
      case when d.skip_reason is null then 'pending' else 'skipped' end::public.sms_message_status,
      d.skip_reason, d.send_at, d.not_after,
      case when d.skip_reason is not null then private.app_now() end, private.app_now()
    from due d
    where not d.joins
    returning status
  ), joined as (
    update public.sms_messages m set not_after = least(m.not_after, d.not_after)
    from due d
    where d.joins and m.id = d.message_id
  ), coverage as (
    insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
    select a.event_id, a.start_time, d.kind, d.message_id, d.salon_id
    from due d, unnest(d.event_ids, d.start_times) as a (event_id, start_time)
    -- Covered until now by a message that was cancelled, skipped for a cause that is gone, or sent
    -- and no longer true.
    on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id
  )
  select count(*) filter (where m.status = 'pending')::integer,
    count(*) filter (where m.status = 'skipped')::integer
  from message m;
end;
$function$;

create or replace function private.sms_postpone (
  message public.sms_messages,
  answer  public.sms_dispatch_answer
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
declare
  now_at timestamptz := private.app_now();
  later timestamptz := now_at;
begin
  if answer = 'paused' then
    select s.paused_until into later
    from public.sms_provider_state s where s.provider = message.provider;
  elsif answer = 'quiet_hours' then
    select private.sms_allowed_at(now_at, s.timezone, r.quiet_from, r.quiet_to) into later
    from public.salons s join public.sms_settings r on r.salon_id = s.id
    where s.id = message.salon_id;
  end if;
  -- Appointments that moved get a message of their own.
  delete from public.sms_message_events covered
  where covered.message_id = message.id and covered.event_id not in (
    select t.event_id
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number) t
    where t.start_time = covered.start_time);
  update public.sms_messages m
  set status = 'pending', reason = answer::text::public.sms_reason, next_attempt_at = later,
    -- The claim counted an attempt, but nothing was tried.
    attempts = greatest(m.attempts - 1, 0), lease_token = null, lease_until = null,
    not_after = coalesce((
      select min(covered.start_time) - rule.lead
      from public.sms_message_events covered
      join private.sms_rules rule on rule.salon_id = message.salon_id and rule.kind = message.kind
      where covered.message_id = message.id
      group by rule.lead
    ), m.not_after)
  where m.id = message.id;
end;
$function$;

create or replace function private.sms_queue_notice (
  p_event_id uuid,
  p_kind     public.sms_message_kind
)
  returns uuid
  language plpgsql
  set search_path to ''
  AS $function$
begin
  -- Of two calls at once, the second finds the message of the first.
  perform pg_advisory_xact_lock(private.lock_key('sms_notice', p_event_id::text));
  if not exists (
    select from public.calendar_events e
    where e.id = p_event_id and e.client_id is not null
      and e.start_time > private.app_now() and e.status in ('scheduled', 'confirmed')
      and private.sms_kind_is_enabled(e.salon_id, p_kind)
      and not exists (
        select from public.sms_message_events covered
        where covered.event_id = e.id and covered.start_time = e.start_time
          and covered.kind = p_kind)
  ) then
    return null;
  end if;
  return private.sms_write_message(p_event_id, p_kind, 'pending');
end;
$function$;

alter function "private"."sms_queue_notice"(uuid, public.sms_message_kind) owner to "postgres";

create or replace function private.sms_send_at_once (
  message_id uuid
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  now_at timestamptz := private.app_now();
  salon uuid;
begin
  select m.salon_id into salon
  from public.sms_messages m
  join public.salons s on s.id = m.salon_id
  join public.sms_settings r on r.salon_id = m.salon_id
  where m.id = message_id and m.status = 'pending' and m.maybe_sent_since is null
    and m.next_attempt_at <= now_at
    and (m.kind = 'test'
      or private.sms_allowed_at(now_at, s.timezone, r.quiet_from, r.quiet_to) <= now_at)
    and not exists (
      select from public.sms_provider_state p where p.paused_until > now_at);
  return salon is not null and private.sms_ask_for_run(salon);
end;
$function$;

alter function "private"."sms_send_at_once"(uuid) owner to "postgres";

create or replace function private.sms_skip_is_resolved (
  skipped             public.sms_messages,
  client              uuid,
  has_consent         boolean,
  phone_number        text,
  settings_changed_at timestamp with time zone,
  zone                text
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return skipped.reason is distinct from 'skipped_by_salon' and (
    skipped.client_id is distinct from client
    or skipped.phone_number is distinct from phone_number
    or case
      -- Null means that the client was deleted, which is another reason.
      when skipped.reason = 'no_consent' then has_consent is not false
      when skipped.reason = 'opted_out' then not exists (
        select from public.sms_opt_outs o
        where o.salon_id = skipped.salon_id and o.phone = skipped.phone)
      -- Other settings do not make room, and what they cannot change is not tried again and again.
      when skipped.reason = 'client_limit' then skipped.final_at < private.sms_day_start()
      when skipped.reason = 'daily_cap' then skipped.final_at < private.sms_day_start()
        or not exists (
          select from public.sms_settings s
          where s.salon_id = skipped.salon_id and s.daily_cap <= skipped.exceeded_limit)
      when skipped.reason = 'cap' then
        date_trunc('month', skipped.final_at at time zone zone)
          < date_trunc('month', private.app_now() at time zone zone)
        or not exists (
          select from public.sms_settings s
          where s.salon_id = skipped.salon_id and s.monthly_cap <= skipped.exceeded_limit)
      when skipped.reason in ('no_phone', 'not_mobile', 'country_blocked') then false
      else skipped.updated_at < settings_changed_at
    end);
end;
$function$;

alter function "private"."sms_skip_is_resolved"(public.sms_messages, uuid, boolean, text, timestamp
  with time zone, text) owner to "postgres";

create or replace function private.sms_start_attempt (
  message  public.sms_messages,
  phone    text,
  body     text,
  encoding public.sms_encoding,
  segments integer
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  update public.sms_messages m
  set dispatch_started_at = private.app_now(), phone = sms_start_attempt.phone,
    body = sms_start_attempt.body, encoding = sms_start_attempt.encoding,
    segments = sms_start_attempt.segments, reason = null, error_code = null,
    sender = (select s.sender from public.sms_settings s where s.salon_id = message.salon_id)
  where m.id = message.id;
  if message.maybe_sent_since is null then
    delete from private.sms_told_events told where told.message_id = message.id;
    insert into private.sms_told_events (event_id, start_time, message_id)
    select covered.event_id,
      case message.kind when 'cancelled' then 'infinity' else covered.start_time end, message.id
    from public.sms_message_events covered
    where covered.message_id = message.id;
  end if;
  -- The body shows a link without its token.
  if body like '%#…%' then
    insert into private.client_links (token_hash, message_id)
    values (sha256(convert_to(private.client_link_token(message.id), 'UTF8')), message.id)
    on conflict do nothing;
  end if;
  insert into public.sms_attempts (lease_token, message_id, provider, started_at)
  values (message.lease_token, message.id, message.provider, private.app_now());
end;
$function$;

create or replace function private.sms_still_to_tell (
  message      uuid,
  client       uuid,
  number_typed text
)
  returns table (
    event_id   uuid,
    start_time timestamp with time zone,
    pet_id     uuid
  )
  language plpgsql
  stable
  rows 1
  set search_path to ''
  AS $function$
begin
  return query
  select e.id, e.start_time, e.pet_id
  from public.sms_message_events covered
  join public.sms_messages m on m.id = covered.message_id
  join public.calendar_events e on e.id = covered.event_id
    and e.start_time = covered.start_time and e.client_id = client
    and (covered.kind = 'cancelled') = (e.status = 'cancelled')
  where covered.message_id = message and not private.sms_is_told(
    e.id, number_typed, covered.kind,
    case covered.kind when 'cancelled' then 'infinity' else e.start_time end,
    m.created_at, null, message);
end;
$function$;

create or replace function private.sms_template (
  salon     uuid,
  kind      public.sms_message_kind,
  event_ids uuid[]
)
  returns text
  language plpgsql
  stable
  set search_path to ''
  set plan_cache_mode to 'force_generic_plan'
  AS $function$
begin
  return coalesce(
    (
      select own.template
      from public.sms_service_texts own
      where own.salon_id = salon and cardinality(event_ids) > 0
        and sms_template.kind in ('reminder', 'second_reminder', 'third_reminder')
        and not exists (
          select from public.calendar_events e
          where e.id = any (event_ids)
            and strpos(lower(e.title), lower(own.title_contains)) = 0)
      order by length(own.title_contains) desc, own.id
      limit 1
    ),
    (
      select t.template from public.sms_texts t
      where t.salon_id = salon and t.kind = sms_template.kind
    ),
    (
      select case when sms_template.kind = 'answer'
        then public.default_sms_text(sms_template.kind, r.language) else r.template end
      from public.sms_settings r where r.salon_id = salon
    ));
end;
$function$;

alter function "private"."sms_template"(uuid, public.sms_message_kind, uuid[]) owner to "postgres";

create or replace function private.sms_told_last (
  number text
)
  returns table (
    salon_id   uuid,
    client_id  uuid,
    event_id   uuid,
    start_time timestamp with time zone
  )
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  last public.sms_messages;
begin
  select m.* into last
  from public.sms_messages m
  where m.phone = number and private.may_have_been_sent(m)
  order by coalesce(m.maybe_sent_since, m.dispatch_started_at, m.sent_at) desc nulls last
  limit 1;
  if not found then
    return;
  end if;
  return query
  with coming as (
    select distinct e.client_id, e.id, e.start_time as starts_at,
      (e.start_time at time zone s.timezone)::date as day
    from public.sms_messages m
    join private.sms_told_events told on told.message_id = m.id
    join public.calendar_events e
      on e.id = told.event_id and e.client_id = m.client_id and e.salon_id = m.salon_id
    -- Whoever has the client's old number does not answer for them.
    join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
      and private.e164(c.phone_number) = number
    join public.salons s on s.id = e.salon_id
    where m.phone = number and m.salon_id = last.salon_id and private.may_have_been_sent(m)
      and e.start_time > private.app_now()
      and e.status in ('pending', 'scheduled', 'confirmed')
  )
  select last.salon_id, coalesce(c.client_id, last.client_id), c.id, (
      select t.start_time from private.sms_last_text(c.id, number) t)
  from (select) as one
  -- One SMS is about all appointments of a day, so one reply is, too.
  left join coming c on c.day = (select min(n.day) from coming n)
  order by c.starts_at, c.id;
end;
$function$;

alter function "private"."sms_told_last"(text) owner to "postgres";

create or replace function private.sms_try_plan_salon (
  salon uuid
)
  returns table (
    planned integer,
    skipped integer,
    problem text
  )
  language plpgsql
  set search_path to ''
  AS $function$
begin
  -- A run that plans the same salon would miss what this one writes, and so would a merge of two
  -- appointments: private.merge_appointments waits for this lock.
  if not pg_try_advisory_xact_lock(private.lock_key('sms_plan', salon::text)) then
    raise exception 'The salon is locked' using errcode = 'lock_not_available';
  end if;
  select p.planned, p.skipped into planned, skipped from private.sms_plan_salon(salon) p;
  return next;
exception
  -- One salon must not stop the others. "others" does not include the statement timeout.
  when others or query_canceled then
    planned := 0;
    skipped := 0;
    problem := sqlstate;
    return next;
end;
$function$;

create or replace function private.sms_waiting_message (
  salon        uuid,
  client       uuid,
  day          date,
  message_kind public.sms_message_kind
)
  returns uuid
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return (
    select m.id
    from public.sms_messages m
    where m.client_id = client and m.salon_id = salon and m.local_date = day
      and m.kind = message_kind and m.status = 'pending' and m.maybe_sent_since is null
      and m.not_after > private.app_now()
      -- Without any, it will be cancelled.
      and exists (select from private.sms_still_to_tell(m.id, m.client_id, m.phone_number))
    order by m.created_at, m.id
    limit 1
  );
end;
$function$;

alter function "private"."sms_waiting_message"(uuid, uuid, date, public.sms_message_kind) owner to
  "postgres";

create or replace function private.sms_write_message (
  appointment    uuid,
  message_kind   public.sms_message_kind,
  message_status public.sms_message_status,
  message_reason public.sms_reason         default null::public.sms_reason
)
  returns uuid
  language plpgsql
  set search_path to ''
  AS $function$
declare
  written uuid;
begin
  insert into public.sms_messages (
    salon_id, client_id, kind, local_date, phone_number, status, reason, next_attempt_at, not_after,
    final_at, created_at
  )
  select e.salon_id, c.id, message_kind, (e.start_time at time zone s.timezone)::date,
    c.phone_number, message_status, message_reason, private.app_now(), e.start_time,
    case when message_status <> 'pending' then private.app_now() end, private.app_now()
  from public.calendar_events e
  join public.salons s on s.id = e.salon_id
  left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
  where e.id = appointment
  returning id into written;
  insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
  select e.id, e.start_time, message_kind, written, e.salon_id
  from public.calendar_events e
  where e.id = appointment
  on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id;
  return written;
end;
$function$;

alter function
  "private"."sms_write_message"(uuid, public.sms_message_kind, public.sms_message_status,
  public.sms_reason) owner to "postgres";

create or replace function private.start_function (
  function_name text
)
  returns boolean
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  if to_regnamespace('net') is null
    or private.job_is_switched_off('barkbook_' || replace(function_name, '-', '_')) then
    return false;
  end if;
  perform private.call_function(function_name);
  return true;
exception
  -- The schedules are not set up yet.
  when no_data_found then
    return false;
  -- What it would be started for is left to its next scheduled run, and must not fail.
  when others then
    raise warning 'The function % cannot be started: %', function_name, sqlerrm;
    return false;
end;
$function$;

alter function "private"."start_function"(text) owner to "postgres";

create or replace function private.start_generation (
  appointment public.calendar_events,
  generation  integer
)
  returns public.calendar_events
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  -- A move does not undo a confirmation, though Cal.com's API lists the old booking as cancelled.
  appointment.status := case
    when appointment.fold_state ? 'wasConfirmed' then 'confirmed' end;
  appointment.status_before_no_show := null;
  appointment.cancelled_at := null;
  appointment.cancellation_reason := null;
  appointment.fold_state := appointment.fold_state
    - '{accepted,liveAsOf,liveSince,cancelledBySalon}'::text[]
    || jsonb_build_object('generation', generation);
  return appointment;
end;
$function$;

create or replace function private.status_by_delivery (
  appointment public.calendar_events,
  delivery    public.webhook_logs,
  person      jsonb,
  whole_slot  boolean
)
  returns public.calendar_events
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
declare
  accepted constant jsonb := '{"accepted": true}'::jsonb;
begin
  case delivery.webhook_type
    when 'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED' then
      appointment.status := 'pending';
    when 'BOOKING_CREATED' then
      appointment.status := case coalesce(appointment.status, '')
        when '' then 'scheduled' when 'pending' then 'confirmed' else appointment.status end;
      appointment.fold_state := appointment.fold_state || accepted;
    when 'BOOKING_RESCHEDULED' then
      if not (whole_slot and coalesce(appointment.status = 'cancelled', false)) then
        appointment.status := case
          when appointment.fold_state ? 'wasConfirmed' then 'confirmed' else 'scheduled' end;
      end if;
      appointment.fold_state := appointment.fold_state || accepted;
    when 'BOOKING_PAID' then
      if (delivery.booking ->> 'awaitingConfirmation')::boolean
        and coalesce(appointment.status, 'pending') = 'pending' then
        appointment.status := 'pending';
      elsif appointment.status is null or appointment.status in ('pending', 'scheduled') then
        appointment.status := 'confirmed';
        appointment.fold_state := appointment.fold_state || accepted;
      end if;
    when 'BOOKING_LOCATION_UPDATED', 'BOOKING_REASSIGNED' then
      appointment.status := coalesce(appointment.status, case
        when (delivery.booking ->> 'awaitingConfirmation')::boolean then 'pending'
        else 'scheduled' end);
    when 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED' then
      appointment := private.status_by_attendance(appointment, delivery, person);
    when 'BOOKING_CANCELLED', 'BOOKING_REJECTED' then
      -- Final for this uid or seat, but a declined booking can be confirmed through Cal.com's API.
      if coalesce((appointment.fold_state ->> 'liveSince')::timestamptz
        > delivery.occurred_at + private.stamp_tolerance(), false) then
        return appointment;
      end if;
      appointment.status := 'cancelled';
      appointment.cancelled_at := least(appointment.cancelled_at, delivery.occurred_at);
      if (delivery.booking ->> 'cancelledBySalon')::boolean then
        appointment.fold_state := appointment.fold_state || '{"cancelledBySalon": true}'::jsonb;
      end if;
      appointment.cancellation_reason := coalesce(
        appointment.cancellation_reason, delivery.booking ->> 'cancellationReason');
  end case;
  return appointment;
end;
$function$;

create or replace function private.status_by_snapshot (
  appointment public.calendar_events,
  delivery    public.webhook_logs,
  whole_slot  boolean
)
  returns public.calendar_events
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
declare
  snapshot jsonb := delivery.booking -> 'snapshot';
  as_of timestamptz := delivery.occurred_at;
  is_cancelled boolean := snapshot ->> 'status' in ('cancelled', 'rejected');
  -- Cal.com does not count a seat as a change of the booking.
  changed_at timestamptz := case when appointment.seat_id is null or whole_slot
    then (snapshot ->> 'updatedAt')::timestamptz else as_of end;
  live text;
begin
  -- A seat that was taken later.
  if whole_slot
    and coalesce((appointment.fold_state ->> 'inSlotSince')::timestamptz > as_of, false) then
    return appointment;
  end if;
  if whole_slot and not is_cancelled then
    -- Listed seats have snapshots of their own. A seat that is not listed was given up.
    if snapshot ->> 'seats' is null or snapshot -> 'seats' ? appointment.seat_id then
      return appointment;
    end if;
    is_cancelled := true;
    changed_at := as_of;
  end if;

  if is_cancelled then
    -- A snapshot that shows the booking alive is folded before this one, even if it is newer: see
    -- private.fold_position.
    if coalesce((appointment.fold_state ->> 'liveAsOf')::timestamptz > as_of, false) then
      return appointment;
    end if;
    appointment.status := 'cancelled';
    appointment.cancelled_at := least(appointment.cancelled_at, coalesce(changed_at, as_of));
    -- Only the host can decline a booking.
    if snapshot ->> 'status' = 'rejected' then
      appointment.fold_state := appointment.fold_state || '{"cancelledBySalon": true}'::jsonb;
    end if;
    appointment.cancellation_reason := coalesce(
      appointment.cancellation_reason, delivery.booking ->> 'cancellationReason');
    return appointment;
  end if;

  live := case appointment.status
    when 'no_show' then appointment.status_before_no_show else appointment.status end;
  live := case
    -- A booking that was confirmed since does not wait for its confirmation again.
    when snapshot ->> 'status' = 'pending' then case
      when (appointment.fold_state ->> 'accepted')::boolean and live = 'scheduled' then 'confirmed'
      when (appointment.fold_state ->> 'accepted')::boolean then live
      else 'pending' end
    when (snapshot ->> 'ended')::boolean then 'completed'
    when live = 'pending' or appointment.fold_state ? 'wasConfirmed' then 'confirmed'
    else 'scheduled'
  end;
  if (snapshot ->> 'absent')::boolean and live <> 'pending' then
    appointment.status := 'no_show';
    appointment.status_before_no_show := live;
  else
    appointment.status := live;
  end if;
  appointment.fold_state := appointment.fold_state || jsonb_build_object('liveAsOf', as_of,
    'liveSince', coalesce(changed_at, (snapshot ->> 'createdAt')::timestamptz),
    'accepted', live <> 'pending');
  return appointment;
end;
$function$;

create or replace function private.touch_sms_settings()
  returns trigger
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  update public.sms_settings r set updated_at = now()
  where r.salon_id = coalesce(new.salon_id, old.salon_id);
  return null;
end;
$function$;

alter function "private"."touch_sms_settings"() owner to "postgres";

create or replace function private.trim_activity (
  kept_days integer default 90,
  batch     integer default 10000
)
  returns integer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  trimmed integer;
begin
  delete from public.salon_activity a
  using (
    select o.id from public.salon_activity o
    where o.created_at < now() - make_interval(days => kept_days)
    order by o.created_at
    limit batch
    -- Waiting could deadlock with an erasure.
    for update skip locked
  ) old
  where a.id = old.id;
  get diagnostics trimmed = row_count;
  return trimmed;
end;
$function$;

alter function "private"."trim_activity"(integer, integer) owner to "postgres";

create or replace function private.trim_messages (
  kept_days integer default 90
)
  returns integer
  language plpgsql
  set search_path to ''
  AS $function$
declare
  trimmed integer;
begin
  update public.sms_messages m
  set body = null, phone = null, phone_number = null, lease_token = null, lease_until = null,
    -- Messages that remained when the job was disabled.
    status = case when m.status in ('pending', 'leased', 'unknown') then 'dead' else m.status end
  where m.id in (
    select old.id from public.sms_messages old
    where old.not_after < now() - make_interval(days => kept_days)
      and (old.body is not null or old.phone is not null or old.phone_number is not null)
    -- Waiting could deadlock with an erasure.
    for update skip locked);
  get diagnostics trimmed = row_count;
  delete from private.sms_changes c where c.happened_at < now() - interval '2 days';
  delete from public.sms_inbox i
  where i.id in (
    select old.id from public.sms_inbox old
    where old.received_at < now() - make_interval(days => kept_days)
    for update skip locked);
  delete from private.sms_replies r where r.received_at < now() - interval '30 days';
  delete from public.sms_runs r where r.started_at < now() - interval '30 days';
  return trimmed;
end;
$function$;

create or replace function private.try_lock_booking (
  booking jsonb
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
begin
  return (
    select bool_and(pg_try_advisory_xact_lock(private.lock_key('booking', u.uid)))
    from unnest(private.booking_uids(booking)) as u (uid)
  );
end;
$function$;

create or replace function private.try_lock_salon (
  salon uuid
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
begin
  return salon is null
    or pg_try_advisory_xact_lock_shared(private.lock_key('salon', salon::text));
end;
$function$;

create or replace function private.undo_guessed_move (
  delivery public.webhook_logs
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
declare
  shows_live boolean := coalesce(
    delivery.booking -> 'snapshot' ->> 'status' in ('pending', 'accepted'), false);
  wrong record;
  stayed uuid := gen_random_uuid();
  known public.webhook_logs;
begin
  -- Not "=", for which Postgres might read all appointments of the salon.
  select later.event_id, later.booking_uid, later.seat_id, k.booking_uid as old_uid,
    k.seat_id as old_seat, k.generation
  into wrong
  from public.calendar_event_uids k
  join public.calendar_event_uids later on later.event_id = k.event_id
    and later.replaced_uid = k.booking_uid and later.replaced_seat_id = k.seat_id
    and later.seat_id <> k.seat_id
  join public.calendar_events e on e.id = k.event_id
    and e.salon_id is not distinct from delivery.salon_id
  where delivery.webhook_type = 'BOOKING_CREATED' and k.booking_uid = delivery.booking_uid
      and later.seat_id = delivery.seat_id
    or shows_live and k.seat_id = delivery.seat_id and k.seat_id <> '' and delivery.occurred_at
      > private.first_occurred_at(later.booking_uid, later.seat_id) + private.stamp_tolerance()
  limit 1;
  select l.* into known
  from public.calendar_event_uids u
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
  where u.event_id = wrong.event_id and u.seat_id = wrong.old_seat
    and l.salon_id = delivery.salon_id and l.status = 'success'
    and private.has_full_booking(l.webhook_type)
  order by l.occurred_at desc limit 1;
  if known.id is null then
    return false;
  end if;
  perform private.lock_more_bookings(array[wrong.old_uid, wrong.booking_uid]);
  perform from public.calendar_events e where e.id = wrong.event_id for update;

  update public.calendar_event_uids u set event_id = stayed
  where u.event_id = wrong.event_id and u.generation <= wrong.generation;
  if shows_live then
    update public.calendar_event_uids u set replaced_uid = null, replaced_seat_id = null
    where u.booking_uid = wrong.booking_uid and u.seat_id = wrong.seat_id;
  else
    -- Known already if something else was said of it in this slot.
    insert into public.calendar_event_uids (booking_uid, seat_id, event_id)
    values (delivery.booking_uid, delivery.seat_id, wrong.event_id)
    on conflict do nothing;
    update public.calendar_event_uids u set replaced_seat_id = delivery.seat_id
    where u.booking_uid = wrong.booking_uid and u.seat_id = wrong.seat_id;
  end if;
  perform private.number_generations(wrong.event_id, delivery);
  perform private.write_appointment(wrong.event_id, false, true, true, true, null);
  perform private.write_appointment(stayed, true, true, true, true, known);
  return true;
end;
$function$;

alter function "private"."undo_guessed_move"(public.webhook_logs) owner to "postgres";

create or replace function private.unwoken_since (
  job      text,
  woken_at timestamp with time zone
)
  returns timestamp with time zone
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return case when not private.job_is_switched_off(job)
    then greatest(woken_at, private.scheduled_at()) end;
end;
$function$;

create or replace function private.was_cancelled_by_salon (
  appointment public.calendar_events
)
  returns boolean
  language plpgsql
  stable
  set search_path to ''
  AS $function$
declare
  -- Cal.com does not say who it was if it was told through its API.
  asked public.salon_action := (
    select a.action
    from public.salon_activity a
    where a.event_id = appointment.id
      and (a.action in ('cancel', 'decline')
        -- Not if the client changed their mind, or it moved.
        or a.action = 'client_cancel' and appointment.client_response = 'wants_to_cancel')
      and a.outcome <> 'failed' and a.created_at > private.app_now() - interval '1 day'
    order by a.created_at desc
    limit 1
  );
begin
  return coalesce(
    asked <> 'client_cancel', (appointment.fold_state ->> 'cancelledBySalon')::boolean, false);
end;
$function$;

alter function "private"."was_cancelled_by_salon"(public.calendar_events) owner to "postgres";

create or replace function private.without_personal_data (
  booking jsonb
)
  returns jsonb
  language plpgsql
  immutable
  set search_path to ''
  AS $function$
begin
  return (
    select jsonb_object_agg(member.key, member.value)
    from jsonb_each(booking) member
    where jsonb_typeof(member.value) in ('boolean', 'number')
      or member.key in ('trigger', 'uid', 'rescheduleUid', 'seatId', 'occurredAt',
        'organizerUsername', 'hostUsername', 'hostName', 'startTime', 'endTime', 'snapshot')
      -- UIDs made by Cal.com consist of the first uid.
      or member.key = 'icalUid' and member.value #>> '{}' ~ '^[^@]+@Cal\.com$'
  );
end;
$function$;

alter function "private"."without_personal_data"(jsonb) owner to "postgres";

create or replace function private.write_appointment (
  appointment uuid,
  is_new      boolean,
  from_start  boolean,
  is_linked   boolean,
  is_kept     boolean,
  delivery    public.webhook_logs
)
  returns private.written_appointment
  language plpgsql
  set search_path to ''
  AS $function$
declare
  before public.calendar_events;
  current public.calendar_events;
  after public.calendar_events;
  changed boolean := true;
  is_snapshot boolean := coalesce(delivery.webhook_type = 'BOOKING_SYNCED', false);
begin
  if is_new then
    current := private.new_appointment(appointment, delivery.salon_id, delivery);
  else
    select e.* into before from public.calendar_events e where e.id = appointment for update;
    if before.id is null then
      raise exception 'The appointment was merged meanwhile'
        using errcode = 'serialization_failure';
    end if;
    current := before;
    -- A row that BarkBook inserted may have no salon yet.
    current.salon_id := coalesce(delivery.salon_id, before.salon_id);
  end if;
  if current.seat_id is not null and delivery.id is not null
    and private.follow_slot_moves(appointment, delivery) then
    from_start := true;
  end if;
  if delivery.erased_at is not null and delivery.seat_id = coalesce(current.seat_id, '') then
    current.erased_at := coalesce(current.erased_at, delivery.erased_at);
  end if;
  if from_start then
    current.erased_at := coalesce(
      current.erased_at, private.erased_under_uids(appointment, current.salon_id));
  end if;
  if current.erased_at is not null then
    if from_start then
      perform private.erase_deliveries(current);
    end if;
    delivery := private.erased_delivery(delivery, current);
  end if;

  after := private.fold_appointment(current, delivery, is_new, from_start);
  if is_new then
    insert into public.calendar_events values (after.*);
    return (after, delivery, changed);
  end if;
  changed := is_linked or private.shows_change(before, after, is_snapshot);
  if is_snapshot and not changed and not is_kept then
    return (before, delivery, changed);
  end if;
  if after is not distinct from before then
    return (after, delivery, changed);
  end if;
  -- A superseded delivery changes nothing that anybody sees.
  after.updated_at := case when private.shows_change(before, after, false)
    then now() else before.updated_at end;
  update public.calendar_events e
  set cal_com_event_id = after.cal_com_event_id, salon_id = after.salon_id,
    client_id = after.client_id, pet_id = after.pet_id, link_source = after.link_source,
    title = after.title, description = after.description,
    start_time = after.start_time, end_time = after.end_time,
    status = after.status, status_before_no_show = after.status_before_no_show,
    cancelled_at = after.cancelled_at, cancellation_reason = after.cancellation_reason,
    attendee_name = after.attendee_name, attendee_email = after.attendee_email,
    attendee_phone = after.attendee_phone, location = after.location,
    meeting_url = after.meeting_url, ical_uid = after.ical_uid,
    host_username = after.host_username, host_name = after.host_name, seat_id = after.seat_id,
    created_at = after.created_at, synced_at = after.synced_at,
    last_event_at = after.last_event_at, auto_completed_at = after.auto_completed_at,
    erased_at = after.erased_at, fold_state = after.fold_state, salon_note = after.salon_note,
    attendance = after.attendance, client_response = after.client_response,
    client_responded_at = after.client_responded_at,
    duration_minutes = after.duration_minutes, updated_at = after.updated_at
  where e.id = appointment;
  return (after, delivery, changed);
end;
$function$;

create or replace function public.activity_of_appointment (
  p_event_id uuid
)
  returns table (
    id          uuid,
    action      public.salon_action,
    outcome     public.action_outcome,
    error_code  text,
    created_at  timestamp with time zone,
    is_client   boolean,
    is_mine     boolean,
    actor_email text
  )
  language plpgsql
  stable
  security definer
  set search_path to ''
  AS $function$
#variable_conflict use_column
begin
  return query
    select a.id, a.action, a.outcome, a.error_code, a.created_at, a.actor_id is null,
      coalesce(a.actor_id = auth.uid(), false), u.email::text
    from public.salon_activity a
    left join auth.users u on u.id = a.actor_id and (
      exists (select from public.salons s where s.id = a.salon_id and s.user_id = u.id)
      or exists (
        select from public.salon_members m where m.salon_id = a.salon_id and m.user_id = u.id))
    where a.event_id = p_event_id and a.salon_id = any (private.salon_ids())
    order by a.created_at desc
    limit 100;
end;
$function$;

revoke all on function "public"."activity_of_appointment"(uuid) from "anon";

revoke all on function "public"."activity_of_appointment"(uuid) from "service_role";

alter function "public"."activity_of_appointment"(uuid) owner to "postgres";

create or replace function public.add_client_from_booking (
  p_event_id uuid,
  p_pet_name text default null::text
)
  returns table (
    client_id uuid,
    pet_id    uuid,
    is_new    boolean
  )
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
#variable_conflict use_column
declare
  pet_name text := nullif(trim(p_pet_name), '');
  salon uuid;
  appointment public.calendar_events;
begin
  select e.salon_id into salon from public.calendar_events e
  where e.id = p_event_id and e.salon_id = any (private.salon_ids());
  if salon is null then
    raise exception 'There is no such appointment'
      using errcode = 'PT404', hint = 'Members can add the clients of their salon.';
  end if;
  -- As a delivery does, before any row; and two calls at once would add the client twice.
  perform private.lock_salon(salon);
  select e.* into appointment from public.calendar_events e where e.id = p_event_id;
  is_new := false;
  client_id := coalesce(appointment.client_id, private.client_of_booking(appointment));
  if client_id is null then
    client_id := private.new_client_of_booking(appointment);
    is_new := true;
  end if;
  pet_id := case when pet_name is null and appointment.pet_id is not null then appointment.pet_id
    else private.pet_for_booking(salon, client_id, pet_name) end;
  if (client_id, pet_id) is distinct from (appointment.client_id, appointment.pet_id) then
    update public.calendar_events e
    set client_id = add_client_from_booking.client_id,
      pet_id = add_client_from_booking.pet_id, link_source = 'manual'
    where e.id = p_event_id;
    insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
    values (salon, p_event_id, client_id, 'assign', auth.uid());
  end if;
  return next;
end;
$function$;

revoke all on function "public"."add_client_from_booking"(uuid, text) from "anon";

revoke all on function "public"."add_client_from_booking"(uuid, text) from "service_role";

alter function "public"."add_client_from_booking"(uuid, text) owner to "postgres";

create or replace function public.booking_contact (
  p_salon_id  uuid,
  p_client_id uuid default null::uuid,
  p_pet_id    uuid default null::uuid
)
  returns table (
    cal_com_username text,
    timezone         text,
    name             text,
    phone            text,
    email            text
  )
  language plpgsql
  stable
  security definer
  set search_path to ''
  AS $function$
begin
  return query
    select s.cal_com_username::text, s.timezone::text,
      trim(concat_ws(' ', c.name, c.surname)), private.e164(c.phone_number), nullif(c.email, '')
    from public.salons s
    left join public.clients c on c.id = p_client_id and c.salon_id = s.id
    where s.id = p_salon_id and s.id = any (private.salon_ids())
      and (p_client_id is null or c.id is not null)
      and (p_pet_id is null
        or exists (select from public.pets p where p.id = p_pet_id and p.salon_id = s.id));
end;
$function$;

revoke all on function "public"."booking_contact"(uuid, uuid, uuid) from "anon";

revoke all on function "public"."booking_contact"(uuid, uuid, uuid) from "service_role";

alter function "public"."booking_contact"(uuid, uuid, uuid) owner to "postgres";

create or replace function public.client_link_respond (
  p_token    text,
  p_event_id uuid,
  p_start    timestamp with time zone,
  p_response public.client_response
)
  returns table (
    answer           public.client_link_answer,
    salon_id         uuid,
    host             text,
    cal_com_event_id text
  )
  language plpgsql
  set search_path to ''
  AS $function$
declare
  appointment public.calendar_events;
begin
  salon_id := (
    select e.salon_id from private.client_link_appointments(p_token) e where e.id = p_event_id);
  perform private.share_salon(salon_id);
  -- Read again: an erasure may have ended meanwhile.
  select e.* into appointment
  from private.client_link_appointments(p_token) e
  where e.id = p_event_id and e.status <> 'cancelled';
  salon_id := appointment.salon_id;
  host := (select s.cal_com_username from public.salons s where s.id = appointment.salon_id);
  cal_com_event_id := appointment.cal_com_event_id;
  answer := case
    when appointment.id is null then 'not_found'
    when appointment.start_time <> p_start then 'moved'
    when p_response <> 'coming' and not private.client_may_change(appointment) then 'too_late'
    when private.record_client_response(p_event_id, p_start, p_response) then 'recorded'
    else 'moved'
  end::public.client_link_answer;
  return next;
end;
$function$;

revoke all
  on function "public"."client_link_respond"(text, uuid, timestamp
    with time zone, public.client_response)
  from "anon";

revoke all
  on function "public"."client_link_respond"(text, uuid, timestamp
    with time zone, public.client_response)
  from "authenticated";

alter function "public"."client_link_respond"(text, uuid, timestamp
  with time zone, public.client_response) owner to "postgres";

create or replace function public.client_link_show (
  p_token text
)
  returns jsonb
  language plpgsql
  stable
  set search_path to ''
  AS $function$
begin
  return (
    select jsonb_build_object(
      'salon', jsonb_build_object(
        'name', s.name, 'address', s.address, 'phone', s.phone_number),
      'timezone', s.timezone,
      'language', coalesce(r.language, 'pl'),
      'noticeHours', coalesce(r.notice_hours, 24),
      'appointments', jsonb_agg(jsonb_build_object(
        'id', e.id,
        'date', (e.start_time at time zone s.timezone)::date,
        'startTime', e.start_time,
        'start', to_char(e.start_time at time zone s.timezone, 'HH24:MI'),
        'pet', p.name,
        'cancelled', e.status = 'cancelled',
        'response', e.client_response,
        'canChange', private.client_may_change(e)
      ) order by e.start_time, e.id))
    from private.client_link_appointments(p_token) e
    join public.salons s on s.id = e.salon_id
    left join public.sms_settings r on r.salon_id = s.id
    left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
    group by s.id, r.salon_id
  );
end;
$function$;

revoke all on function "public"."client_link_show"(text) from "anon";

revoke all on function "public"."client_link_show"(text) from "authenticated";

alter function "public"."client_link_show"(text) owner to "postgres";

create or replace function public.confirm_webhook_secret (
  p_salon_id uuid
)
  returns void
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  perform private.retain_webhook_secret(p_salon_id, null, now() + interval '24 hours');
end;
$function$;

create or replace function public.default_sms_text (
  p_kind     public.sms_message_kind,
  p_language public.reminder_language
)
  returns text
  language sql
  immutable
  set search_path to ''
  AS $function$
  select case p_language
    when 'pl' then case p_kind
      when 'booked' then 'Umówiono wizytę: {{weekday}}, {{date}}, {{appointments}}.'
      when 'moved' then 'Nowy termin wizyty: {{weekday}}, {{date}}, {{appointments}}.'
      when 'cancelled' then
        'Niestety musieliśmy odwołać wizytę: {{weekday}}, {{date}}, {{appointments}}.'
      when 'answer' then
        'Odwołanie lub zmiana wizyty ({{date}}, {{appointments}}):'
      else 'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}.'
    end
    else case p_kind
      when 'booked' then 'Your appointment is booked: {{weekday}}, {{date}}, {{appointments}}.'
      when 'moved' then
        'Your appointment has a new time: {{weekday}}, {{date}}, {{appointments}}.'
      when 'cancelled' then
        'We are sorry, we had to cancel your appointment: {{weekday}}, {{date}}, {{appointments}}.'
      when 'answer' then
        'To cancel or move your appointment ({{date}}, {{appointments}}):'
      else 'Your appointment is {{when}} ({{weekday}}, {{date}}) at {{appointments}}.'
    end
  end || ' {{salon}} {{phone}}' || case when p_kind = 'cancelled' then '' else ' {{link}}' end;
$function$;

revoke all
  on function "public"."default_sms_text"(public.sms_message_kind, public.reminder_language)
  from "anon";

alter function "public"."default_sms_text"(public.sms_message_kind, public.reminder_language) owner
  to "postgres";

create or replace function public.export_client (
  p_client_id uuid
)
  returns jsonb
  language plpgsql
  stable
  security definer
  set search_path to ''
  AS $function$
declare
  client public.clients;
  own private.contacts;
  appointments uuid[];
begin
  select c.* into client from public.clients c where c.id = p_client_id;
  if client.salon_id is null or not private.can_manage_salon(client.salon_id) then
    raise exception 'There is no such client'
      using errcode = 'PT404', hint = 'Owners can export the clients of their salon.';
  end if;
  own := private.unique_contacts(client);
  appointments := private.client_appointments(client, own.phone, own.email);
  return jsonb_build_object(
    'exported_at', now(),
    'salon', (
      select jsonb_build_object('name', s.name, 'address', s.address)
      from public.salons s where s.id = client.salon_id),
    'client', to_jsonb(client) - 'salon_id',
    'pets', (
      select coalesce(jsonb_agg(to_jsonb(p) - 'salon_id' order by p.name, p.id), '[]'::jsonb)
      from public.pets p
      where p.id in (select cp.pet_id from public.client_pets cp where cp.client_id = client.id)
        or p.id = any (private.pets_only_of_client(client, appointments))),
    'calendar_events', (
      select coalesce(jsonb_agg(to_jsonb(e) - '{salon_id,fold_state}'::text[]
        order by e.start_time), '[]'::jsonb)
      from public.calendar_events e where e.id = any (appointments)),
    'webhook_logs', private.export_deliveries(client, appointments, own),
    'sms_messages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', m.kind, 'local_date', m.local_date, 'phone', coalesce(m.phone, m.phone_number),
        'body', m.body, 'status', m.status, 'provider', m.provider, 'sent_at', m.sent_at)
        order by m.created_at), '[]'::jsonb)
      from public.sms_messages m
      where m.salon_id = client.salon_id
        and (m.client_id = client.id or m.client_id is null and m.phone = own.phone)),
    'sms_inbox', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'phone', i.phone, 'body', i.body, 'received_at', i.received_at)
        order by i.received_at), '[]'::jsonb)
      from public.sms_inbox i
      where i.salon_id = client.salon_id
        and (i.client_id = client.id or i.client_id is null and i.phone = own.phone)),
    'salon_activity', (
      select coalesce(jsonb_agg(jsonb_build_object('action', a.action, 'outcome', a.outcome,
        'created_at', a.created_at) order by a.created_at), '[]'::jsonb)
      from public.salon_activity a
      where a.client_id = client.id or a.event_id = any (appointments)),
    'sms_opt_outs', (
      select coalesce(jsonb_agg(to_jsonb(o) - 'salon_id'), '[]'::jsonb)
      from public.sms_opt_outs o
      where o.salon_id = client.salon_id and o.phone = private.e164(client.phone_number))
  );
end;
$function$;

create or replace function public.finish_salon_action (
  p_id         uuid,
  p_error_code text    default null::text,
  p_event_id   uuid    default null::uuid,
  p_is_shown   boolean default null::boolean
)
  returns boolean
  language plpgsql
  set search_path to ''
  AS $function$
begin
  perform private.share_salon(a.salon_id) from public.salon_activity a where a.id = p_id;
  update public.salon_activity a
  set outcome = (case when p_error_code is null then 'done' else 'failed' end)
      ::public.action_outcome,
    error_code = p_error_code, event_id = coalesce(p_event_id, a.event_id),
    is_shown = p_is_shown, finished_at = clock_timestamp()
  where a.id = p_id and a.outcome = 'pending';
  return found;
end;
$function$;

revoke all on function "public"."finish_salon_action"(uuid, text, uuid, boolean) from "anon";

revoke all
  on function "public"."finish_salon_action"(uuid, text, uuid, boolean)
  from "authenticated";

alter function "public"."finish_salon_action"(uuid, text, uuid, boolean) owner to "postgres";

create or replace function public.health_report()
  returns table (
    last_delivery_at           timestamp with time zone,
    oldest_unapplied_at        timestamp with time zone,
    oldest_overdue_retry_at    timestamp with time zone,
    dead_letters               integer,
    oldest_overdue_reminder_at timestamp with time zone,
    stale_syncs                integer,
    missing_jobs               integer,
    failing_jobs               integer,
    scheduler_ran_at           timestamp with time zone,
    passed_over                jsonb,
    oldest_passed_over_at      timestamp with time zone,
    reminders_unwoken_since    timestamp with time zone,
    sync_unwoken_since         timestamp with time zone,
    failing                    text[]
  )
  language plpgsql
  stable
  security definer
  set search_path to ''
  AS $function$
begin
  select d.last_delivery_at, d.oldest_unapplied_at, d.oldest_overdue_retry_at, d.dead_letters
  into last_delivery_at, oldest_unapplied_at, oldest_overdue_retry_at, dead_letters
  from private.delivery_report() d;
  select min(m.next_attempt_at) into oldest_overdue_reminder_at
  from public.sms_messages m
  where m.status = 'pending' and m.next_attempt_at < now() and m.not_after > now();
  select count(*) into stale_syncs
  from public.calcom_sync_state c
  where coalesce(c.last_success_at <= now() - interval '2 hours', c.last_error is not null)
    and coalesce(c.last_error, '') not in ('key_missing', 'key_refused', 'rate_limited')
    and private.salon_secret('calcom_api_key', c.salon_id) is not null;
  select r.missing_jobs, r.failing_jobs, r.ran_at
  into missing_jobs, failing_jobs, scheduler_ran_at
  from private.scheduler_report() r;
  select coalesce(jsonb_object_agg(s.problem, s.salons), '{}'), min(s.since)
  into passed_over, oldest_passed_over_at
  from (
    select r.problem, count(*) as salons, min(r.problem_since) as since
    from public.sms_settings r where r.enabled and r.problem is not null
    group by r.problem
  ) s;
  select r.reminders_unwoken_since, r.sync_unwoken_since
  into reminders_unwoken_since, sync_unwoken_since
  from private.wake_up_report() r;
  failing := array(
    select c.code
    from (values
      ('deliveries_unapplied', oldest_unapplied_at < now() - interval '1 hour'),
      ('retries_overdue', oldest_overdue_retry_at < now() - interval '15 minutes'),
      ('dead_letters', dead_letters > 0),
      ('reminders_overdue', oldest_overdue_reminder_at < now() - interval '30 minutes'),
      ('salons_passed_over', oldest_passed_over_at < now() - interval '30 minutes'),
      ('syncs_stale', stale_syncs > 0),
      -- Four runs of each.
      ('reminders_not_woken', reminders_unwoken_since < now() - interval '20 minutes'),
      ('sync_not_woken', sync_unwoken_since < now() - interval '40 minutes'),
      ('jobs_missing', missing_jobs > 0),
      ('scheduler_silent', scheduler_ran_at < now() - interval '15 minutes'),
      ('jobs_failing', failing_jobs > 0)
    ) as c (code, is_wrong)
    where c.is_wrong);
  return next;
end;
$function$;

revoke all on function "public"."health_report"() from "anon";

revoke all on function "public"."health_report"() from "authenticated";

alter function "public"."health_report"() owner to "postgres";

create or replace function public.retire_webhook_secret (
  p_salon_id uuid
)
  returns void
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  perform private.retain_webhook_secret(
    p_salon_id, private.salon_secret('webhook_secret', p_salon_id), now() + interval '24 hours');
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$function$;

create or replace function public.revoke_webhook_secrets (
  p_salon_id uuid
)
  returns void
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
begin
  perform private.require_salon(p_salon_id);
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  perform private.set_salon_secret('previous_webhook_secret', p_salon_id, null);
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$function$;

create or replace function public.send_reminder_now (
  p_event_id uuid,
  p_kind     public.sms_message_kind default 'reminder'::public.sms_message_kind
)
  returns table (
    message_id    uuid,
    is_being_sent boolean
  )
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  appointment public.calendar_events := private.require_appointment(p_event_id);
  message public.sms_messages := private.require_reminder(appointment, p_kind);
begin
  if appointment.client_id is null then
    raise exception 'The appointment has no client'
      using errcode = 'PT422', detail = 'no_client', hint = 'Assign the client first.';
  end if;
  if appointment.start_time > private.app_now() + interval '8 days' then
    raise exception 'It is too early for a reminder'
      using errcode = 'PT422', detail = 'too_early',
        hint = 'Send it at most eight days before the appointment.';
  end if;
  message_id := message.id;
  if message.id is null or message.maybe_sent_since is null
    and message.status in ('skipped', 'cancelled', 'expired', 'failed') then
    message_id := private.sms_write_message(appointment.id, p_kind, 'pending');
    perform private.record_action(
      'send_now', appointment.salon_id, appointment.id, appointment.client_id);
  end if;
  is_being_sent := message_id is not distinct from message.id and message.status <> 'pending'
    or private.sms_send_at_once(message_id);
  return next;
end;
$function$;

revoke all on function "public"."send_reminder_now"(uuid, public.sms_message_kind) from "anon";

revoke all
  on function "public"."send_reminder_now"(uuid, public.sms_message_kind)
  from "service_role";

alter function "public"."send_reminder_now"(uuid, public.sms_message_kind) owner to "postgres";

create or replace function public.send_test_sms (
  p_salon_id uuid,
  p_phone    text
)
  returns table (
    message_id    uuid,
    is_being_sent boolean
  )
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  tests_a_day constant integer := 5;
  number text := private.e164(p_phone);
begin
  if not coalesce(p_salon_id = any (private.owned_salon_ids()), false) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can send a test SMS for their salon.';
  end if;
  if number is null then
    raise exception 'This is no phone number'
      using errcode = 'PT400', hint = 'Send a number such as +48 600 100 200.';
  end if;
  -- Two calls at once must not both see room for the last one.
  perform pg_advisory_xact_lock(private.lock_key('sms_test', p_salon_id::text));
  if tests_a_day <= (
    select count(*) from public.sms_messages m
    where m.salon_id = p_salon_id and m.kind = 'test' and m.created_at >= private.sms_day_start()
  ) then
    raise exception 'The salon sent % test SMS today', tests_a_day
      using errcode = 'PT429', detail = 'test_limit', hint = 'Try again tomorrow.';
  end if;
  insert into public.sms_settings (salon_id) values (p_salon_id) on conflict do nothing;
  insert into public.sms_messages
    (salon_id, kind, local_date, phone_number, phone, next_attempt_at, not_after, created_at)
  -- It belongs to no client, so an erasure finds it by its phone.
  select s.id, 'test', (private.app_now() at time zone s.timezone)::date + 1, number, number,
    private.app_now(), private.app_now() + interval '1 hour', private.app_now()
  from public.salons s
  where s.id = p_salon_id
  returning id into message_id;
  perform private.record_action('test_sms', p_salon_id);
  is_being_sent := private.sms_send_at_once(message_id);
  return next;
end;
$function$;

revoke all on function "public"."send_test_sms"(uuid, text) from "anon";

revoke all on function "public"."send_test_sms"(uuid, text) from "service_role";

alter function "public"."send_test_sms"(uuid, text) owner to "postgres";

create or replace function public.set_attendance (
  p_event_id   uuid,
  p_start      timestamp with time zone,
  p_attendance public.appointment_attendance default null::public.appointment_attendance,
  p_before     public.appointment_attendance default null::public.appointment_attendance
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  update public.calendar_events e
  set attendance = p_attendance
  where e.id = p_event_id and e.start_time = p_start
    -- Judged again once a writer at the same time is done.
    and e.attendance is not distinct from p_before;
  if found then
    return;
  end if;
  if exists (select from public.calendar_events e where e.id = p_event_id) then
    raise exception 'The appointment moved, or somebody else said who came'
      using errcode = 'PT412', detail = 'attendance_changed',
        hint = 'Read the appointment again, and send what it says now.';
  end if;
  raise exception 'There is no such appointment'
    using errcode = 'PT404', hint = 'Look up the id in appointments.';
end;
$function$;

revoke all
  on function "public"."set_attendance"(uuid, timestamp
    with time zone, public.appointment_attendance, public.appointment_attendance)
  from "anon";

revoke all
  on function "public"."set_attendance"(uuid, timestamp
    with time zone, public.appointment_attendance, public.appointment_attendance)
  from "service_role";

alter function "public"."set_attendance"(uuid, timestamp
  with time zone, public.appointment_attendance, public.appointment_attendance) owner to "postgres";

create or replace function public.set_salon_note (
  p_event_id uuid,
  p_note     text default null::text,
  p_before   text default null::text
)
  returns void
  language plpgsql
  set search_path to ''
  AS $function$
begin
  update public.calendar_events e
  set salon_note = p_note
  where e.id = p_event_id
    -- Judged again once a writer at the same time is done. Who writes the same text agrees.
    and (e.salon_note is not distinct from p_before or e.salon_note is not distinct from p_note);
  if found then
    return;
  end if;
  if exists (select from public.calendar_events e where e.id = p_event_id) then
    raise exception 'Somebody else changed the note'
      using errcode = 'PT412', detail = 'note_changed',
        hint = 'Read the note again, and send what it says now as p_before.';
  end if;
  raise exception 'There is no such appointment'
    using errcode = 'PT404', hint = 'Look up the id in appointments.';
end;
$function$;

revoke all on function "public"."set_salon_note"(uuid, text, text) from "anon";

revoke all on function "public"."set_salon_note"(uuid, text, text) from "service_role";

alter function "public"."set_salon_note"(uuid, text, text) owner to "postgres";

create or replace function public.skip_reminder (
  p_event_id uuid,
  p_kind     public.sms_message_kind default 'reminder'::public.sms_message_kind
)
  returns uuid
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  appointment public.calendar_events := private.require_appointment(p_event_id);
  message public.sms_messages := private.require_reminder(appointment, p_kind);
  skipped uuid;
begin
  if message.reason = 'skipped_by_salon' then
    return message.id;
  end if;
  if message.id is not null and (message.maybe_sent_since is not null
    or message.status not in ('pending', 'skipped', 'cancelled', 'expired', 'failed')) then
    raise exception 'The reminder was sent already, or is being sent'
      using errcode = 'PT422', detail = 'already_sent', hint = 'Look it up in reminder_log.';
  end if;
  skipped := private.sms_write_message(appointment.id, p_kind, 'skipped', 'skipped_by_salon');
  perform private.record_action(
    'skip', appointment.salon_id, appointment.id, appointment.client_id);
  -- Other appointments may be left in the message that waited.
  update public.sms_messages m
  set status = 'cancelled', reason = 'event_gone', final_at = private.app_now()
  where m.id = message.id and m.status = 'pending'
    and not exists (select from public.sms_message_events c where c.message_id = m.id);
  return skipped;
end;
$function$;

revoke all on function "public"."skip_reminder"(uuid, public.sms_message_kind) from "anon";

revoke all on function "public"."skip_reminder"(uuid, public.sms_message_kind) from "service_role";

alter function "public"."skip_reminder"(uuid, public.sms_message_kind) owner to "postgres";

create or replace function public.sms_apply_receipts (
  p_provider public.sms_provider,
  p_receipts jsonb,
  p_now      timestamp with time zone default null::timestamp with time zone
)
  returns table (
    applied integer,
    unknown integer
  )
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  receipt jsonb;
  message_id uuid;
  new_status public.sms_message_status;
begin
  applied := 0;
  unknown := 0;
  -- In the order in which an erasure locks them.
  perform from public.sms_messages m
  where m.id in (
    select private.sms_message_of_receipt(p_provider, r) from jsonb_array_elements(p_receipts) r)
  order by m.id for no key update;
  for receipt in select r from jsonb_array_elements(p_receipts) as r loop
    message_id := private.sms_message_of_receipt(p_provider, receipt);
    if message_id is null then
      unknown := unknown + 1;
      continue;
    end if;
    new_status := (receipt ->> 'status')::public.sms_message_status;
    update public.sms_messages m
    set status = coalesce(new_status, m.status),
      provider_message_id = coalesce(m.provider_message_id, receipt ->> 'providerMessageId'),
      provider_status = receipt ->> 'providerStatus',
      provider_status_at = coalesce((receipt ->> 'at')::timestamptz, now_at),
      error_code = coalesce(receipt ->> 'code', case when new_status is null then m.error_code end),
      -- The receipt of one SMS does not rule out that there was a second one.
      reason = case
        when new_status is null or m.reason in ('late_ack', 'duplicate_suspected') then m.reason
      end,
      sent_at = case when new_status is null then m.sent_at else coalesce(m.sent_at, now_at) end,
      final_at = case when new_status in ('delivered', 'undelivered', 'failed') then now_at end,
      lease_token = case when new_status is null then m.lease_token end,
      lease_until = case when new_status is null then m.lease_until end
    where m.id = message_id
      -- Receipts come late, twice and in any order: a final status never changes back.
      and m.provider_status is distinct from receipt ->> 'providerStatus'
      and case m.status
        when 'sent' then new_status is distinct from 'sent' or m.provider_status is null
        when 'dead' then m.maybe_sent_since is not null and new_status is not null
        else m.status in ('pending', 'leased', 'unknown')
      end;
    if found then
      applied := applied + 1;
    end if;
  end loop;
  return next;
end;
$function$;

create or replace function public.sms_claim (
  p_provider public.sms_provider,
  p_limit    integer                  default 25,
  p_lease    interval                 default '00:01:00'::interval,
  p_now      timestamp with time zone default null::timestamp with time zone
)
  returns table (
    message_id    uuid,
    lease_token   uuid,
    was_unknown   boolean,
    salon_id      uuid,
    salon_name    text,
    salon_address text,
    timezone      text,
    template      text,
    language      public.reminder_language,
    transliterate boolean,
    max_segments  integer,
    sender        text,
    client_name   text,
    phone         text,
    not_after     timestamp with time zone,
    appointments  jsonb,
    sent_to       text,
    sent_body     text,
    sent_since    timestamp with time zone,
    allowed_links text[],
    salon_phone   text,
    link_token    text
  )
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  salon record;
  claimed boolean := false;
  passed_over boolean;
begin
  perform private.set_app_clock(p_now);
  if private.sms_provider_is_paused(p_provider) then
    return;
  end if;
  loop
    passed_over := false;
    for salon in
      select d.salon_id as id, array_agg(d.message_id) as due_ids,
        array_agg(d.message_id) filter (where d.was_unknown) as unknown_ids
      from private.sms_lock_due_messages(p_provider, p_limit) d
      group by d.salon_id
    loop
      begin
        return query
        select * from private.sms_lease_messages(
          salon.due_ids, salon.unknown_ids, p_provider, p_lease);
        claimed := true;
      exception
        -- One salon must not stop the others. "others" does not include the statement timeout,
        -- which ends a call only once, so the next salons need a new call.
        when others or query_canceled then
          perform private.sms_pass_over(salon.id, sqlstate);
          if sqlstate = '57014' then
            return;
          end if;
          passed_over := true;
      end;
    end loop;
    -- A run ends when nothing is claimed, and a salon that was passed over must not end it.
    exit when claimed or not passed_over;
  end loop;
end;
$function$;

revoke all
  on function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone)
  from public, anon, authenticated;

select
  private.assign_to_sms_worker('"public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone)');

create or replace function public.sms_preview (
  p_limit integer                  default 500,
  p_now   timestamp with time zone default null::timestamp with time zone
)
  returns table (
    salon_id      uuid,
    salon_name    text,
    salon_address text,
    timezone      text,
    template      text,
    language      public.reminder_language,
    transliterate boolean,
    max_segments  integer,
    client_name   text,
    phone         text,
    appointments  jsonb,
    send_at       timestamp with time zone,
    not_after     timestamp with time zone,
    skip_reason   public.sms_reason,
    allowed_links text[],
    salon_phone   text,
    kind          public.sms_message_kind
  )
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  salon record;
  found_rows integer := 0;
  found_here integer;
begin
  perform private.set_app_clock(p_now);
  for salon in
    select r.salon_id, s.name
    from public.sms_settings r join public.salons s on s.id = r.salon_id
    where r.enabled and private.sms_has_coming_appointment(r.salon_id)
  loop
    exit when found_rows >= p_limit;
    begin
      return query
      select r.salon_id, r.salon_name, r.salon_address, r.timezone, r.template, r.language,
        r.transliterate, r.max_segments::integer, r.client_name, private.e164(r.phone_number),
        r.appointments,
        r.send_at, r.not_after, r.skip_reason, r.allowed_links, r.salon_phone,
        r.kind
      from public.due_reminders r
      where r.salon_id = salon.salon_id
      order by r.not_after
      limit p_limit - found_rows;
      get diagnostics found_here = row_count;
      found_rows := found_rows + found_here;
    exception
      when others then
        salon_id := salon.salon_id;
        salon_name := salon.name;
        skip_reason := 'broken_settings';
        return next;
    end;
  end loop;
end;
$function$;

revoke all
  on function "public"."sms_preview"(integer, timestamp with time zone)
  from public, anon, authenticated;

select private.assign_to_sms_worker('"public"."sms_preview"(integer, timestamp with time zone)');

create or replace function public.sms_receive_reply (
  p_provider public.sms_provider,
  p_reply_id text,
  p_phone    text,
  p_body     text,
  p_response public.client_response default null::public.client_response
)
  returns public.sms_reply_outcome
  language plpgsql
  set search_path to ''
  AS $function$
declare
  appointment record;
  is_answered boolean := false;
begin
  insert into private.sms_replies (provider, reply_id) values (p_provider, p_reply_id)
  on conflict do nothing;
  if not found then
    return 'repeated'::public.sms_reply_outcome;
  end if;
  -- It may be about several appointments, whose rows a delivery locks in another order.
  perform private.lock_salon(t.salon_id) from private.sms_told_last(p_phone) t limit 1;
  if p_response is not null then
    for appointment in select t.* from private.sms_told_last(p_phone) t loop
      if private.record_client_response(
        appointment.event_id, appointment.start_time, p_response) then
        if p_response = 'wants_to_cancel' and not is_answered then
          perform private.sms_queue_notice(appointment.event_id, 'answer');
        end if;
        is_answered := true;
      end if;
    end loop;
  end if;
  if is_answered then
    return 'answered'::public.sms_reply_outcome;
  end if;
  insert into public.sms_inbox (salon_id, client_id, event_id, phone, body, received_at)
  select t.salon_id, t.client_id, t.event_id, p_phone, p_body, private.app_now()
  from private.sms_told_last(p_phone) t
  limit 1;
  return case when found then 'kept' else 'unknown' end::public.sms_reply_outcome;
end;
$function$;

revoke all
  on function
    "public"."sms_receive_reply"(public.sms_provider, text, text, text, public.client_response)
  from "anon";

revoke all
  on function
    "public"."sms_receive_reply"(public.sms_provider, text, text, text, public.client_response)
  from "authenticated";

alter function
  "public"."sms_receive_reply"(public.sms_provider, text, text, text, public.client_response) owner
  to "postgres";

create or replace function public.stage_webhook_secret (
  p_salon_id uuid,
  p_secret   text
)
  returns text
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  current_secret text;
begin
  perform private.require_salon(p_salon_id);
  if p_secret is null or p_secret !~ '^[[:graph:]]{32,200}$' then
    raise exception 'A webhook secret must have 32 to 200 characters and no spaces'
      using errcode = 'invalid_parameter_value';
  end if;
  -- Two concurrent registrations would each replace the other's secret before Cal.com has one.
  perform pg_advisory_xact_lock(private.lock_key('webhook secret', p_salon_id::text));
  current_secret := private.salon_secret('webhook_secret', p_salon_id);
  if exists (
    select from private.previous_webhook_secrets(p_salon_id) p
    where p.valid_until = 'infinity'
  ) then
    return current_secret;
  end if;
  if current_secret is not null then
    perform private.retain_webhook_secret(p_salon_id, current_secret, 'infinity');
  end if;
  perform private.set_salon_secret('webhook_secret', p_salon_id, p_secret);
  return p_secret;
end;
$function$;

create or replace function public.start_salon_action (
  p_salon_id    uuid,
  p_request_key uuid,
  p_action      public.salon_action,
  p_actor_id    uuid,
  p_event_id    uuid                default null::uuid,
  p_client_id   uuid                default null::uuid
)
  returns table (
    id           uuid,
    is_new       boolean,
    is_abandoned boolean,
    action       public.salon_action,
    event_id     uuid,
    client_id    uuid,
    outcome      public.action_outcome,
    error_code   text,
    is_shown     boolean
  )
  language plpgsql
  set search_path to ''
  AS $function$
#variable_conflict use_column
declare
  started uuid;
begin
  perform private.share_salon(p_salon_id);
  insert into public.salon_activity
    (salon_id, request_key, action, actor_id, event_id, client_id, outcome)
  values (p_salon_id, p_request_key, p_action, p_actor_id, p_event_id, p_client_id, 'pending')
  on conflict on constraint salon_activity_salon_id_request_key_key do nothing
  returning salon_activity.id into started;
  return query
    select a.id, started is not null,
      -- Longer than a function lives.
      a.outcome = 'pending' and a.created_at < clock_timestamp() - interval '7 minutes',
      a.action, a.event_id, a.client_id, a.outcome, a.error_code, a.is_shown
    from public.salon_activity a
    where a.salon_id = p_salon_id and a.request_key = p_request_key;
end;
$function$;

revoke all
  on function "public"."start_salon_action"(uuid, uuid, public.salon_action, uuid, uuid, uuid)
  from "anon";

revoke all
  on function "public"."start_salon_action"(uuid, uuid, public.salon_action, uuid, uuid, uuid)
  from "authenticated";

alter function "public"."start_salon_action"(uuid, uuid, public.salon_action, uuid, uuid, uuid)
  owner to "postgres";

create or replace function public.unskip_reminder (
  p_event_id uuid,
  p_kind     public.sms_message_kind default 'reminder'::public.sms_message_kind
)
  returns boolean
  language plpgsql
  security definer
  set search_path to ''
  AS $function$
declare
  appointment public.calendar_events := private.require_appointment(p_event_id);
  message public.sms_messages := private.require_reminder(appointment, p_kind);
begin
  delete from public.sms_messages m
  where m.id = message.id and m.reason = 'skipped_by_salon';
  if not found then
    return false;
  end if;
  perform private.record_action(
    'unskip', appointment.salon_id, appointment.id, appointment.client_id);
  return true;
end;
$function$;

revoke all on function "public"."unskip_reminder"(uuid, public.sms_message_kind) from "anon";

revoke all on function "public"."unskip_reminder"(uuid, public.sms_message_kind) from "service_role";

alter function "public"."unskip_reminder"(uuid, public.sms_message_kind) owner to "postgres";

create or replace function public.upsert_calendar_event (
  p_delivery_key text,
  p_webhook_type text,
  p_payload      jsonb,
  p_booking      jsonb   default null::jsonb,
  p_error        text    default null::text,
  p_salon_id     uuid    default null::uuid,
  p_rate_limit   integer default null::integer
)
  returns table (
    action   public.delivery_action,
    event_id uuid,
    log_id   uuid,
    reason   public.delivery_reason
  )
  language plpgsql
  set search_path to ''
  set enable_seqscan to 'off'
  AS $function$
declare
  key text := concat_ws(':', p_salon_id, p_delivery_key);
  salon uuid;
  inserted record;
begin
  -- # separates uid and seat in calendar_events.cal_com_event_id. Cal.com makes no such id.
  if p_booking is null or position('#' in concat(
    p_booking ->> 'uid', p_booking ->> 'rescheduleUid', p_booking ->> 'seatId')) > 0 then
    return query select * from private.log_without_booking(
      private.new_delivery(key, p_webhook_type, p_payload, p_salon_id, p_salon_id is not null),
      case when p_booking is null then p_error else 'Invalid payload: an id contains #' end);
    return;
  end if;

  salon := private.lock_for_delivery(p_booking, p_salon_id, p_salon_id is not null);
  if p_webhook_type = 'BOOKING_CREATED' and salon is not null
    and not (p_booking ->> 'seated')::boolean and not private.is_heard_of(p_booking)
    and (p_rate_limit is null or not private.is_over_rate_limit(salon, p_rate_limit)) then
    inserted := private.insert_first_booking(
      key, p_payload, p_booking, salon, p_salon_id is not null);
    if inserted.event_id is not null then
      action := 'applied';
      event_id := inserted.event_id;
      log_id := inserted.log_id;
      return next;
      return;
    end if;
  end if;

  return query select * from private.receive_delivery(
    private.new_delivery(key, p_webhook_type, p_payload, salon, p_salon_id is not null),
    p_booking, p_rate_limit);
end;
$function$;

alter table "private"."alerts"
  add constraint "alerts_salon_id_fkey" foreign key (salon_id) references public.salons(id)
    on delete cascade;

alter table "private"."client_links"
  add constraint "client_links_message_id_fkey" foreign key (message_id)
    references public.sms_messages(id) on delete cascade;

alter table "private"."sms_asked_runs"
  add constraint "sms_asked_runs_salon_id_fkey" foreign key (salon_id) references public.salons(id)
    on delete cascade;

alter table "public"."calendar_events"
  drop constraint if exists "calendar_events_erased_has_no_salon_note";

alter table "public"."calendar_events"
  add constraint "calendar_events_erased_has_no_salon_note"
    check (((erased_at IS NULL) OR (salon_note IS NULL)));

alter table "public"."salon_activity"
  add constraint "salon_activity_client_id_fkey" foreign key (client_id)
    references public.clients(id) on delete set null;

alter table "public"."salon_activity"
  add constraint "salon_activity_event_id_fkey" foreign key (event_id)
    references public.calendar_events(id) on delete set null;

alter table "public"."salon_activity"
  add constraint "salon_activity_salon_id_fkey" foreign key (salon_id) references public.salons(id)
    on delete cascade;

alter table "public"."sms_inbox"
  add constraint "sms_inbox_client_id_fkey" foreign key (client_id, salon_id)
    references public.clients(id, salon_id) on delete set null (client_id);

alter table "public"."sms_inbox"
  add constraint "sms_inbox_event_id_fkey" foreign key (event_id)
    references public.calendar_events(id) on delete set null;

alter table "public"."sms_inbox"
  add constraint "sms_inbox_salon_id_fkey" foreign key (salon_id) references public.salons(id)
    on delete cascade;

alter table "public"."sms_service_texts"
  add constraint "sms_service_texts_salon_id_fkey" foreign key (salon_id)
    references public.sms_settings(salon_id) on delete cascade;

alter table "public"."sms_settings"
  add constraint "sms_settings_notice_hours_is_at_most_a_week"
    check (((notice_hours >= 0) AND (notice_hours <= 168)));

alter table "public"."sms_texts"
  add constraint "sms_texts_salon_id_fkey" foreign key (salon_id)
    references public.sms_settings(salon_id) on delete cascade;

create view "private"."sms_rules" with (security_invoker=true) AS  SELECT r.salon_id,
    'reminder'::public.sms_message_kind AS kind,
    r.mode,
    r.send_at_local,
    r.hours_before,
    r.quiet_from,
    r.quiet_to,
    r.min_lead AS lead,
    r.updated_at,
    NULL::timestamp with time zone AS enabled_at
   FROM public.sms_settings r
  WHERE r.enabled
UNION ALL
 SELECT r.salon_id,
    t.kind,
    t.mode,
    t.send_at_local,
    t.hours_before,
    r.quiet_from,
    r.quiet_to,
        CASE t.mode
            WHEN 'hours_before'::public.reminder_mode THEN LEAST(r.min_lead, (make_interval(hours => (t.hours_before)::integer) / (2)::double precision))
            ELSE r.min_lead
        END AS lead,
    GREATEST(r.updated_at, t.updated_at) AS updated_at,
    t.enabled_at
   FROM (public.sms_texts t
     JOIN public.sms_settings r ON ((r.salon_id = t.salon_id)))
  WHERE (r.enabled AND t.enabled AND (t.kind = ANY (ARRAY['second_reminder'::public.sms_message_kind, 'third_reminder'::public.sms_message_kind])));

create view "private"."sms_occasions" with (security_invoker=true) AS  WITH appointment_occasion AS (
         SELECT e.id AS event_id,
            e.salon_id,
            e.client_id,
            rule.kind,
            private.reminder_due_at(e.start_time, s.timezone, rule.mode, rule.send_at_local, rule.hours_before, rule.quiet_from, rule.lead, private.sms_allowed_at((e.start_time - make_interval(hours => (rule.hours_before)::integer)), s.timezone, rule.quiet_from, rule.quiet_to)) AS due_at,
            rule.lead,
            s.timezone,
            e.start_time,
            e.start_time AS true_start,
            NULL::timestamp with time zone AS known_start,
            rule.updated_at AS settings_changed_at,
            rule.enabled_at
           FROM ((private.sms_rules rule
             JOIN public.salons s ON ((s.id = rule.salon_id)))
             JOIN public.calendar_events e ON ((e.salon_id = rule.salon_id)))
          WHERE ((e.status = ANY (ARRAY['scheduled'::text, 'confirmed'::text])) AND (e.start_time > ( SELECT private.app_now() AS app_now)) AND (e.start_time < (( SELECT private.app_now() AS app_now) +
                CASE rule.mode
                    WHEN 'hours_before'::public.reminder_mode THEN make_interval(hours => (rule.hours_before + 51))
                    ELSE '50:00:00'::interval
                END)))
        UNION ALL
         SELECT e.id,
            e.salon_id,
            e.client_id,
            changed.kind,
            changed.happened_at,
            '00:00:00'::interval AS "interval",
            s.timezone,
            e.start_time,
                CASE changed.kind
                    WHEN 'cancelled'::public.sms_message_kind THEN 'infinity'::timestamp with time zone
                    ELSE e.start_time
                END AS start_time,
            changed.known_start,
            GREATEST(r.updated_at, t.updated_at) AS "greatest",
            t.enabled_at
           FROM ((((private.sms_changes changed
             JOIN public.sms_settings r ON (((r.salon_id = changed.salon_id) AND r.enabled)))
             JOIN public.salons s ON ((s.id = r.salon_id)))
             JOIN public.sms_texts t ON (((t.salon_id = changed.salon_id) AND (t.kind = changed.kind) AND t.enabled)))
             JOIN public.calendar_events e ON (((e.id = changed.event_id) AND (e.salon_id = changed.salon_id))))
          WHERE ((changed.happened_at > (( SELECT private.app_now() AS app_now) - '1 day'::interval)) AND (e.start_time > ( SELECT private.app_now() AS app_now)) AND (e.status = ANY (
                CASE changed.kind
                    WHEN 'cancelled'::public.sms_message_kind THEN ARRAY['cancelled'::text]
                    ELSE ARRAY['scheduled'::text, 'confirmed'::text]
                END)))
        ), occasion AS (
         SELECT o.event_id,
            o.salon_id,
            o.client_id,
            o.kind,
            o.due_at,
            o.lead,
            o.timezone,
            o.start_time,
            o.true_start,
            o.known_start,
            o.settings_changed_at,
            o.enabled_at,
            (LEAST(o.due_at, ( SELECT private.app_now() AS app_now)) - '01:00:00'::interval) AS told_since,
            (count(*) OVER (PARTITION BY o.salon_id, o.event_id) > 1) AS has_rivals,
            min(o.due_at) OVER (PARTITION BY o.salon_id, o.kind, COALESCE(o.client_id, o.event_id), (((o.start_time AT TIME ZONE o.timezone))::date)) AS first_due_at
           FROM appointment_occasion o
          WHERE ((o.enabled_at IS NULL) OR (o.due_at >= o.enabled_at))
        ), planned AS (
         SELECT o.event_id,
            o.salon_id,
            o.client_id,
            o.kind,
            o.due_at,
            o.lead,
            o.timezone,
            o.start_time,
            o.true_start,
            o.known_start,
            o.settings_changed_at,
            o.enabled_at,
            o.told_since,
            o.has_rivals,
            o.first_due_at,
            m.*::public.sms_messages AS message,
            (o.has_rivals AND (o.due_at <= ( SELECT private.app_now() AS app_now)) AND (NOT COALESCE(((m.status = 'skipped'::public.sms_message_status) AND (m.reason = ANY (ARRAY['template'::public.sms_reason, 'too_long'::public.sms_reason]))), false)) AND (NOT private.sms_is_told(o.event_id, c.phone_number, o.kind, o.true_start, o.told_since, o.known_start))) AS supersedes
           FROM (((occasion o
             LEFT JOIN public.clients c ON (((c.id = o.client_id) AND (NOT (c.salon_id IS DISTINCT FROM o.salon_id)))))
             LEFT JOIN public.sms_message_events covered ON (((covered.event_id = o.event_id) AND (covered.start_time = o.start_time) AND (covered.kind = o.kind))))
             LEFT JOIN public.sms_messages m ON ((m.id = covered.message_id)))
          WHERE (o.first_due_at <= ( SELECT private.app_now() AS app_now))
        )
 SELECT event_id,
    salon_id,
    kind,
    due_at,
    lead,
    true_start,
    told_since,
    known_start,
    settings_changed_at,
    message,
    COALESCE((due_at < max(due_at) FILTER (WHERE supersedes) OVER (PARTITION BY salon_id, event_id)), false) AS is_superseded
   FROM planned p;

alter view "private"."sms_occasions" owner to "postgres";

alter view "private"."sms_rules" owner to "postgres";

create view "private"."unplanned_appointments" with (security_invoker=true) AS  SELECT e.id AS event_id,
    r.salon_id,
    o.kind,
    c.id AS client_id,
    p.name AS pet,
    e.start_time,
    ((e.start_time AT TIME ZONE s.timezone))::date AS local_date,
    o.due_at,
    o.lead,
    COALESCE(e.created_at, '-infinity'::timestamp with time zone) AS booked_at,
    ((COALESCE(e.created_at, '-infinity'::timestamp with time zone) AT TIME ZONE s.timezone))::date AS booked_on,
    (COALESCE(GREATEST(e.created_at, e.last_event_at), '-infinity'::timestamp with time zone) + r.delay_after_booking) AS held_back_until,
    r.delay_after_booking,
        CASE
            WHEN (r.group_same_day AND (c.id IS NOT NULL)) THEN NULL::uuid
            ELSE e.id
        END AS alone,
    (allowed.send_at >= (e.start_time - o.lead)) AS too_late,
    (private.sms_allowed_at((private.app_now() + '00:10:00'::interval), s.timezone, r.quiet_from, r.quiet_to) >= (e.start_time - o.lead)) AS soon_too_late
   FROM (((((((public.sms_settings r
     JOIN public.salons s ON ((s.id = r.salon_id)))
     CROSS JOIN LATERAL private.sms_occasions_of(r.salon_id) o(event_id, kind, due_at, lead, true_start, told_since, known_start, settings_changed_at, message, is_superseded))
     JOIN public.calendar_events e ON (((e.id = o.event_id) AND (e.salon_id = r.salon_id))))
     CROSS JOIN LATERAL private.sms_allowed_at(private.app_now(), s.timezone, r.quiet_from, r.quiet_to) allowed(send_at))
     CROSS JOIN LATERAL ( SELECT (o.message).id AS id,
            (o.message).salon_id AS salon_id,
            (o.message).client_id AS client_id,
            (o.message).kind AS kind,
            (o.message).local_date AS local_date,
            (o.message).phone_number AS phone_number,
            (o.message).phone AS phone,
            (o.message).body AS body,
            (o.message).encoding AS encoding,
            (o.message).segments AS segments,
            (o.message).sender AS sender,
            (o.message).provider AS provider,
            (o.message).status AS status,
            (o.message).reason AS reason,
            (o.message).error_code AS error_code,
            (o.message).attempts AS attempts,
            (o.message).lookups AS lookups,
            (o.message).next_attempt_at AS next_attempt_at,
            (o.message).not_after AS not_after,
            (o.message).lease_token AS lease_token,
            (o.message).lease_until AS lease_until,
            (o.message).dispatch_started_at AS dispatch_started_at,
            (o.message).maybe_sent_since AS maybe_sent_since,
            (o.message).provider_message_id AS provider_message_id,
            (o.message).provider_status AS provider_status,
            (o.message).provider_status_at AS provider_status_at,
            (o.message).sent_at AS sent_at,
            (o.message).final_at AS final_at,
            (o.message).created_at AS created_at,
            (o.message).updated_at AS updated_at,
            (o.message).exceeded_limit AS exceeded_limit) m)
     LEFT JOIN public.clients c ON (((c.id = e.client_id) AND (NOT (c.salon_id IS DISTINCT FROM e.salon_id)))))
     LEFT JOIN public.pets p ON (((p.id = e.pet_id) AND (NOT (p.salon_id IS DISTINCT FROM e.salon_id)))))
  WHERE ((NOT o.is_superseded) AND (((m.maybe_sent_since IS NULL) AND
        CASE COALESCE(m.status, 'cancelled'::public.sms_message_status)
            WHEN 'cancelled'::public.sms_message_status THEN true
            WHEN 'expired'::public.sms_message_status THEN (allowed.send_at < (e.start_time - o.lead))
            WHEN 'skipped'::public.sms_message_status THEN private.sms_skip_is_resolved(o.message, c.id, c.has_gdpr_consent, c.phone_number, o.settings_changed_at, s.timezone)
            WHEN 'failed'::public.sms_message_status THEN private.sms_skip_is_resolved(o.message, c.id, c.has_gdpr_consent, c.phone_number, o.settings_changed_at, s.timezone)
            ELSE false
        END) OR ((m.id IS NOT NULL) AND (allowed.send_at < (e.start_time - o.lead)) AND private.sms_must_tell_again(o.message, e.id, o.true_start, c.phone_number))) AND (NOT private.sms_is_told(e.id, c.phone_number, o.kind, o.true_start, o.told_since, o.known_start)) AND (NOT private.sms_is_being_told(e.id, e.start_time, o.kind)));

alter view "private"."unplanned_appointments" owner to "postgres";

create view "public"."appointments" with (security_invoker=true) AS  SELECT e.id,
    e.cal_com_event_id,
    e.salon_id,
    e.client_id,
    e.pet_id,
    e.title,
    e.description,
    e.start_time,
    e.end_time,
    e.duration_minutes,
    e.status,
    e.attendee_email,
    e.attendee_phone,
    e.location,
    e.meeting_url,
    e.created_at,
    e.updated_at,
    e.synced_at,
    e.ical_uid,
    e.last_event_at,
    e.status_before_no_show,
    e.cancelled_at,
    e.cancellation_reason,
    e.link_source,
    e.auto_completed_at,
    e.erased_at,
    n.is_over,
        CASE
            WHEN (n.is_over AND (e.status = ANY (ARRAY['scheduled'::text, 'confirmed'::text]))) THEN 'completed'::text
            ELSE e.status
        END AS effective_status,
    s.name AS salon_name,
    s.timezone,
    ((e.start_time AT TIME ZONE s.timezone))::date AS local_date,
    to_char((e.start_time AT TIME ZONE s.timezone), 'HH24:MI'::text) AS local_start,
    to_char((e.end_time AT TIME ZONE s.timezone), 'HH24:MI'::text) AS local_end,
    e.host_username,
    e.host_name,
    e.seat_id,
    e.attendee_name,
    e.salon_note,
    e.attendance,
    e.client_response,
    e.client_responded_at
   FROM ((public.calendar_events e
     JOIN public.salons s ON ((s.id = e.salon_id)))
     CROSS JOIN LATERAL ( SELECT (e.end_time < ( SELECT private.app_now() AS app_now)) AS is_over) n);

revoke all on table "public"."appointments" from "anon";

alter view "public"."appointments" owner to "postgres";

create view "public"."call_list" with (security_invoker=true) AS  SELECT e.id AS event_id,
    e.salon_id,
    e.client_id,
    c.name AS client_name,
    c.surname AS client_surname,
    e.attendee_name,
    COALESCE(c.phone_number, e.attendee_phone) AS phone,
    e.pet_id,
    p.name AS pet_name,
    e.start_time,
    s.timezone,
    to_char((e.start_time AT TIME ZONE s.timezone), 'YYYY-MM-DD'::text) AS local_date,
    to_char((e.start_time AT TIME ZONE s.timezone), 'HH24:MI'::text) AS local_start,
    e.status
   FROM ((((public.calendar_events e
     JOIN public.salons s ON ((s.id = e.salon_id)))
     LEFT JOIN public.sms_settings r ON ((r.salon_id = e.salon_id)))
     LEFT JOIN public.clients c ON (((c.id = e.client_id) AND (c.salon_id = e.salon_id))))
     LEFT JOIN public.pets p ON (((p.id = e.pet_id) AND (p.salon_id = e.salon_id))))
  WHERE ((e.status = ANY (ARRAY['scheduled'::text, 'confirmed'::text])) AND (e.client_response IS NULL) AND (e.start_time > private.app_now()) AND (e.start_time < (private.app_now() + '50:00:00'::interval)) AND (((e.start_time AT TIME ZONE s.timezone))::date = (((private.app_now() AT TIME ZONE s.timezone))::date + 1)) AND (((private.app_now() AT TIME ZONE s.timezone))::time without time zone >= COALESCE(r.call_list_from, '15:00:00'::time without time zone)));

revoke all on table "public"."call_list" from "anon";

revoke all on table "public"."call_list" from "service_role";

alter view "public"."call_list" owner to "postgres";

create view "public"."due_reminders" with (security_invoker=true) AS  WITH due AS (
         SELECT u.salon_id,
            u.kind,
            u.client_id,
            u.local_date,
            u.alone,
            u.too_late,
            min(u.start_time) AS first_start,
            min((u.start_time - u.lead)) AS last_moment,
            min(u.due_at) AS due_at,
            array_agg(u.event_id ORDER BY u.start_time, u.event_id) AS event_ids,
            array_agg(u.start_time ORDER BY u.start_time, u.event_id) AS start_times,
            jsonb_agg(jsonb_build_object('startTime', u.start_time, 'pet', u.pet) ORDER BY u.start_time, u.event_id) AS appointments
           FROM private.unplanned_appointments u
          WHERE ((u.kind = ANY (ARRAY['booked'::public.sms_message_kind, 'moved'::public.sms_message_kind, 'cancelled'::public.sms_message_kind])) OR (u.booked_at <= u.due_at) OR (u.booked_on < u.local_date))
          GROUP BY u.salon_id, u.kind, u.client_id, u.local_date, u.alone, u.too_late
         HAVING (((min(u.due_at) <= private.app_now()) AND ((max(u.held_back_until) <= private.app_now()) OR (min((GREATEST(u.due_at, u.held_back_until) + u.delay_after_booking)) <= private.app_now()) OR bool_or((u.soon_too_late AND (GREATEST(u.due_at, u.held_back_until) <= private.app_now()))))) OR ((u.alone IS NULL) AND (NOT u.too_late) AND (private.sms_waiting_message(u.salon_id, u.client_id, u.local_date, u.kind) IS NOT NULL)))
        ), reminder AS (
         SELECT DISTINCT ON (d_1.salon_id, d_1.client_id, d_1.local_date, d_1.alone, d_1.too_late) d_1.salon_id,
            d_1.kind,
            d_1.client_id,
            d_1.local_date,
            d_1.alone,
            d_1.too_late,
            d_1.first_start,
            d_1.last_moment,
            d_1.due_at,
            d_1.event_ids,
            d_1.start_times,
            d_1.appointments
           FROM due d_1
          ORDER BY d_1.salon_id, d_1.client_id, d_1.local_date, d_1.alone, d_1.too_late, d_1.due_at DESC, d_1.kind DESC
        )
 SELECT d.salon_id,
    s.name AS salon_name,
    s.address AS salon_address,
    s.timezone,
    private.sms_template(d.salon_id, d.kind, d.event_ids) AS template,
    r.language,
    r.transliterate,
    r.max_segments,
    d.client_id,
    c.name AS client_name,
    c.phone_number,
    d.local_date,
    d.event_ids,
    d.start_times,
    d.appointments,
        CASE
            WHEN ((d.alone IS NULL) AND (NOT d.too_late)) THEN private.sms_waiting_message(d.salon_id, d.client_id, d.local_date, d.kind)
            ELSE NULL::uuid
        END AS waiting_message_id,
    allowed.send_at,
        CASE
            WHEN (d.kind = ANY (ARRAY['booked'::public.sms_message_kind, 'moved'::public.sms_message_kind, 'cancelled'::public.sms_message_kind])) THEN LEAST(d.last_moment, (private.app_now() + '1 day'::interval))
            ELSE d.last_moment
        END AS not_after,
    (
        CASE
            WHEN (d.client_id IS NULL) THEN 'no_client'::text
            WHEN (NOT c.has_gdpr_consent) THEN 'no_consent'::text
            WHEN d.too_late THEN 'no_window'::text
            ELSE NULL::text
        END)::public.sms_reason AS skip_reason,
    r.allowed_links,
    s.phone_number AS salon_phone,
    d.kind
   FROM ((((reminder d
     JOIN public.sms_settings r ON ((r.salon_id = d.salon_id)))
     JOIN public.salons s ON ((s.id = d.salon_id)))
     LEFT JOIN public.clients c ON (((c.id = d.client_id) AND (NOT (c.salon_id IS DISTINCT FROM d.salon_id)))))
     CROSS JOIN LATERAL private.sms_allowed_at(private.app_now(), s.timezone, r.quiet_from, r.quiet_to) allowed(send_at));

revoke all on table "public"."due_reminders" from "anon";

revoke all on table "public"."due_reminders" from "authenticated";

revoke all on table "public"."due_reminders" from "service_role";

alter view "public"."due_reminders" owner to "postgres";

create view "public"."pet_history" with (security_invoker=true) AS  SELECT id,
    cal_com_event_id,
    salon_id,
    client_id,
    pet_id,
    title,
    description,
    start_time,
    end_time,
    duration_minutes,
    status,
    attendee_email,
    attendee_phone,
    location,
    meeting_url,
    created_at,
    updated_at,
    synced_at,
    ical_uid,
    last_event_at,
    status_before_no_show,
    cancelled_at,
    cancellation_reason,
    link_source,
    auto_completed_at,
    erased_at,
    is_over,
    effective_status,
    salon_name,
    timezone,
    local_date,
    local_start,
    local_end,
    host_username,
    host_name,
    seat_id,
    attendee_name,
    salon_note,
    attendance,
    client_response,
    client_responded_at
   FROM public.appointments a
  WHERE ((pet_id IS NOT NULL) AND (effective_status = 'completed'::text));

revoke all on table "public"."pet_history" from "anon";

revoke all on table "public"."pet_history" from "service_role";

alter view "public"."pet_history" owner to "postgres";

create view "public"."reminder_log" with (security_invoker=true) AS  SELECT m.id AS message_id,
    m.salon_id,
    m.client_id,
    m.local_date,
    m.phone_number,
    m.body,
    m.segments,
    m.provider,
    m.status,
    (
        CASE
            WHEN (m.status = ANY (ARRAY['pending'::public.sms_message_status, 'leased'::public.sms_message_status])) THEN 'upcoming'::text
            WHEN (m.status = ANY (ARRAY['undelivered'::public.sms_message_status, 'failed'::public.sms_message_status, 'dead'::public.sms_message_status, 'expired'::public.sms_message_status])) THEN 'failed'::text
            ELSE (m.status)::text
        END)::public.reminder_outcome AS outcome,
    m.reason,
    m.error_code,
    m.attempts,
    m.next_attempt_at,
    m.sent_at,
    m.final_at,
    m.created_at,
    s.timezone,
    to_char((COALESCE(m.sent_at, m.next_attempt_at) AT TIME ZONE s.timezone), 'YYYY-MM-DD HH24:MI'::text) AS local_send_at,
    ( SELECT COALESCE(jsonb_agg(jsonb_build_object('event_id', covered.event_id, 'local_start', to_char((covered.start_time AT TIME ZONE s.timezone), 'HH24:MI'::text), 'pet_name', p.name) ORDER BY covered.start_time, covered.event_id), '[]'::jsonb) AS "coalesce"
           FROM ((public.sms_message_events covered
             LEFT JOIN public.calendar_events e ON ((e.id = covered.event_id)))
             LEFT JOIN public.pets p ON ((p.id = e.pet_id)))
          WHERE (covered.message_id = m.id)) AS appointments,
    m.kind
   FROM (public.sms_messages m
     JOIN public.salons s ON ((s.id = m.salon_id)));

revoke all on table "public"."reminder_log" from "anon";

revoke all on table "public"."reminder_log" from "service_role";

alter view "public"."reminder_log" owner to "postgres";

create view "public"."this_weeks_appointments" with (security_invoker=true) AS  SELECT a.id,
    a.cal_com_event_id,
    a.salon_id,
    a.client_id,
    a.pet_id,
    a.title,
    a.description,
    a.start_time,
    a.end_time,
    a.duration_minutes,
    a.status,
    a.attendee_email,
    a.attendee_phone,
    a.location,
    a.meeting_url,
    a.created_at,
    a.updated_at,
    a.synced_at,
    a.ical_uid,
    a.last_event_at,
    a.status_before_no_show,
    a.cancelled_at,
    a.cancellation_reason,
    a.link_source,
    a.auto_completed_at,
    a.erased_at,
    a.is_over,
    a.effective_status,
    a.salon_name,
    a.timezone,
    a.local_date,
    a.local_start,
    a.local_end,
    a.host_username,
    a.host_name,
    a.seat_id,
    a.attendee_name,
    a.salon_note,
    a.attendance,
    a.client_response,
    a.client_responded_at
   FROM (public.appointments a
     CROSS JOIN LATERAL private.local_span('week'::text, private.app_now(), a.timezone) week(starts_at, ends_at))
  WHERE ((a.start_time >= week.starts_at) AND (a.start_time < week.ends_at));

revoke all on table "public"."this_weeks_appointments" from "anon";

revoke all on table "public"."this_weeks_appointments" from "service_role";

alter view "public"."this_weeks_appointments" owner to "postgres";

create view "public"."todays_appointments" with (security_invoker=true) AS  SELECT a.id,
    a.cal_com_event_id,
    a.salon_id,
    a.client_id,
    a.pet_id,
    a.title,
    a.description,
    a.start_time,
    a.end_time,
    a.duration_minutes,
    a.status,
    a.attendee_email,
    a.attendee_phone,
    a.location,
    a.meeting_url,
    a.created_at,
    a.updated_at,
    a.synced_at,
    a.ical_uid,
    a.last_event_at,
    a.status_before_no_show,
    a.cancelled_at,
    a.cancellation_reason,
    a.link_source,
    a.auto_completed_at,
    a.erased_at,
    a.is_over,
    a.effective_status,
    a.salon_name,
    a.timezone,
    a.local_date,
    a.local_start,
    a.local_end,
    a.host_username,
    a.host_name,
    a.seat_id,
    a.attendee_name,
    a.salon_note,
    a.attendance,
    a.client_response,
    a.client_responded_at
   FROM (public.appointments a
     CROSS JOIN LATERAL private.local_span('day'::text, private.app_now(), a.timezone) today(starts_at, ends_at))
  WHERE ((a.start_time >= today.starts_at) AND (a.start_time < today.ends_at));

revoke all on table "public"."todays_appointments" from "anon";

revoke all on table "public"."todays_appointments" from "service_role";

alter view "public"."todays_appointments" owner to "postgres";

create view "public"."upcoming_appointments" with (security_invoker=true) AS  SELECT id,
    cal_com_event_id,
    salon_id,
    client_id,
    pet_id,
    title,
    description,
    start_time,
    end_time,
    duration_minutes,
    status,
    attendee_email,
    attendee_phone,
    location,
    meeting_url,
    created_at,
    updated_at,
    synced_at,
    ical_uid,
    last_event_at,
    status_before_no_show,
    cancelled_at,
    cancellation_reason,
    link_source,
    auto_completed_at,
    erased_at,
    is_over,
    effective_status,
    salon_name,
    timezone,
    local_date,
    local_start,
    local_end,
    host_username,
    host_name,
    seat_id,
    attendee_name,
    salon_note,
    attendance,
    client_response,
    client_responded_at
   FROM public.appointments a
  WHERE ((start_time >= private.app_now()) AND (status = ANY (ARRAY['pending'::text, 'scheduled'::text, 'confirmed'::text])));

revoke all on table "public"."upcoming_appointments" from "anon";

revoke all on table "public"."upcoming_appointments" from "service_role";

alter view "public"."upcoming_appointments" owner to "postgres";

create view "public"."upcoming_reminders" with (security_invoker=true) AS  WITH reminder AS (
         SELECT e_1.id AS event_id,
            rule.kind,
            rule.salon_id,
            rule.lead,
            rule.enabled_at,
            s.timezone,
            private.reminder_due_at(e_1.start_time, s.timezone, rule.mode, rule.send_at_local, rule.hours_before, rule.quiet_from, rule.lead, private.sms_allowed_at((e_1.start_time - make_interval(hours => (rule.hours_before)::integer)), s.timezone, rule.quiet_from, rule.quiet_to)) AS due_at
           FROM ((private.sms_rules rule
             JOIN public.salons s ON ((s.id = rule.salon_id)))
             JOIN public.calendar_events e_1 ON ((e_1.salon_id = rule.salon_id)))
          WHERE ((e_1.status = ANY (ARRAY['scheduled'::text, 'confirmed'::text])) AND (e_1.start_time > private.app_now()) AND (e_1.start_time < (private.app_now() + '9 days'::interval)))
        ), latest AS (
         SELECT d_1.event_id,
            d_1.kind,
            d_1.salon_id,
            d_1.lead,
            d_1.enabled_at,
            d_1.timezone,
            d_1.due_at,
            max(d_1.due_at) FILTER (WHERE (d_1.due_at <= private.app_now())) OVER (PARTITION BY d_1.salon_id, d_1.event_id) AS latest_due_at
           FROM reminder d_1
          WHERE ((d_1.enabled_at IS NULL) OR (d_1.due_at >= d_1.enabled_at))
        )
 SELECT e.id AS event_id,
    e.salon_id,
    e.client_id,
    e.pet_id,
    e.start_time,
    d.timezone,
    ((e.start_time AT TIME ZONE d.timezone))::date AS local_date,
    to_char((e.start_time AT TIME ZONE d.timezone), 'HH24:MI'::text) AS local_start,
    allowed.send_at,
    to_char((allowed.send_at AT TIME ZONE d.timezone), 'YYYY-MM-DD HH24:MI'::text) AS local_send_at,
    (
        CASE
            WHEN (e.client_id IS NULL) THEN 'no_client'::text
            WHEN (NOT c.has_gdpr_consent) THEN 'no_consent'::text
            WHEN (EXISTS ( SELECT
               FROM public.sms_opt_outs o
              WHERE ((o.salon_id = c.salon_id) AND (o.phone = private.e164(c.phone_number))))) THEN 'opted_out'::text
            WHEN ((e.created_at > d.due_at) AND (((e.created_at AT TIME ZONE d.timezone))::date = ((e.start_time AT TIME ZONE d.timezone))::date)) THEN 'booked_same_day'::text
            WHEN (allowed.send_at >= (e.start_time - d.lead)) THEN 'no_window'::text
            ELSE NULL::text
        END)::public.sms_reason AS skip_reason,
    e.attendee_name,
    d.kind
   FROM (((((latest d
     JOIN public.calendar_events e ON ((e.id = d.event_id)))
     JOIN public.sms_settings r ON ((r.salon_id = d.salon_id)))
     LEFT JOIN public.clients c ON (((c.id = e.client_id) AND (c.salon_id = e.salon_id))))
     LEFT JOIN public.sms_message_events covered ON (((covered.event_id = e.id) AND (covered.start_time = e.start_time) AND (covered.kind = d.kind))))
     CROSS JOIN LATERAL private.sms_allowed_at(GREATEST(d.due_at, private.app_now(), (COALESCE(GREATEST(e.created_at, e.last_event_at), '-infinity'::timestamp with time zone) + r.delay_after_booking)), d.timezone, r.quiet_from, r.quiet_to) allowed(send_at))
  WHERE ((covered.event_id IS NULL) AND ((d.latest_due_at IS NULL) OR (d.due_at >= d.latest_due_at)));

revoke all on table "public"."upcoming_reminders" from "anon";

revoke all on table "public"."upcoming_reminders" from "service_role";

alter view "public"."upcoming_reminders" owner to "postgres";

create unique index alerts_channel_salon_id_code_key on private.alerts
  using btree (channel, salon_id, code) nulls not DISTINCT
  where (ended_at is null);

create index alerts_salon_id_idx on private.alerts using btree (salon_id);

create index client_links_message_id_idx on private.client_links using btree (message_id);

create index sms_changes_salon_id_idx on private.sms_changes using btree (salon_id);

create index sms_replies_received_at_idx on private.sms_replies using btree (received_at);

create index calendar_event_uids_seat_id_idx on public.calendar_event_uids using btree (seat_id)
  where (seat_id <> ''::text);

create index salon_activity_client_id_idx on public.salon_activity using btree (client_id);

create index salon_activity_created_at_idx on public.salon_activity using btree (created_at);

create index salon_activity_event_id_idx on public.salon_activity using btree (event_id, created_at);

create index salon_activity_salon_id_created_at_idx on public.salon_activity
  using btree (salon_id, created_at);

create index sms_inbox_client_id_idx on public.sms_inbox using btree (client_id, salon_id);

create index sms_inbox_event_id_idx on public.sms_inbox using btree (event_id);

create index sms_inbox_received_at_idx on public.sms_inbox using btree (received_at);

create index sms_inbox_salon_id_received_at_idx on public.sms_inbox
  using btree (salon_id, received_at);

create index sms_messages_salon_id_created_at_idx on public.sms_messages
  using btree (salon_id, created_at)
  include (id, status, phone, segments, maybe_sent_since, dispatch_started_at);

create index sms_messages_waiting_tests_idx on public.sms_messages using btree (salon_id)
  where
    ((kind = 'test'::public.sms_message_kind) AND (status = ANY
    (ARRAY['pending'::public.sms_message_status, 'leased'::public.sms_message_status,
    'unknown'::public.sms_message_status])));

create unique index sms_service_texts_salon_id_title_contains_key on public.sms_service_texts
  using btree (salon_id, lower(title_contains));

create trigger announce_change
  after insert or delete or update on public.calendar_events
  for each row
  execute function private.announce_change();

create trigger check_text_lengths
  before update of salon_note on public.calendar_events
  for each row
  when ((CURRENT_USER = 'authenticated'::name))
  execute function private.check_text_lengths('salon_note', '2000');

create trigger record_answer
  after update of client_response on public.calendar_events
  for each row
  when
    (((CURRENT_USER = 'authenticated'::name) AND (new.client_response IS DISTINCT FROM
    old.client_response)))
  execute function private.record_activity();

create trigger record_assign
  after update of client_id, pet_id on public.calendar_events
  for each row
  when
    (((CURRENT_USER = 'authenticated'::name) AND ((new.client_id IS DISTINCT FROM old.client_id) OR
    (new.pet_id IS DISTINCT FROM old.pet_id))))
  execute function private.record_activity('assign');

create trigger record_attendance
  after update of attendance on public.calendar_events
  for each row
  when
    (((CURRENT_USER = 'authenticated'::name) AND (new.attendance IS DISTINCT FROM old.attendance)))
  execute function private.record_activity('attendance');

create trigger record_new_sms_change
  after insert on public.calendar_events
  for each row
  execute function private.record_sms_change();

create trigger record_note
  after update of salon_note on public.calendar_events
  for each row
  when
    (((CURRENT_USER = 'authenticated'::name) AND (new.salon_note IS DISTINCT FROM old.salon_note)))
  execute function private.record_activity('note');

create trigger record_sms_change
  after update on public.calendar_events
  for each row
  when
    (((new.start_time IS DISTINCT FROM old.start_time) OR (new.status IS DISTINCT FROM old.status)
    OR (new.salon_id IS DISTINCT FROM old.salon_id)))
  execute function private.record_sms_change();

create trigger show_attendance
  before update on public.calendar_events
  for each row
  when
    (((new.attendance IS DISTINCT FROM old.attendance) AND (NOT (new.fold_state IS DISTINCT FROM
    old.fold_state))))
  execute function private.show_attendance();

create trigger announce_change
  after insert or delete or update on public.clients
  for each row
  execute function private.announce_change();

create trigger record_add_client
  after insert on public.clients
  for each row
  when ((CURRENT_USER = 'authenticated'::name))
  execute function private.record_activity('add_client');

create trigger record_consent_change
  after update of has_gdpr_consent on public.clients
  for each row
  when (((CURRENT_USER = 'authenticated'::name) AND (new.has_gdpr_consent <> old.has_gdpr_consent)))
  execute function private.record_activity('consent');

create trigger record_correct_contact
  after update of phone_number, email on public.clients
  for each row
  when
    (((CURRENT_USER = 'authenticated'::name) AND ((new.phone_number IS DISTINCT FROM
    old.phone_number) OR (new.email IS DISTINCT FROM old.email))))
  execute function private.record_activity('correct_contact');

create trigger announce_change
  after insert or delete or update on public.pets
  for each row
  execute function private.announce_change();

create trigger announce_change
  after insert or delete or update on public.sms_inbox
  for each row
  execute function private.announce_change();

create trigger record_reader
  before update of read_at on public.sms_inbox
  for each row
  execute function private.record_reader();

create trigger announce_change
  after insert or delete on public.sms_messages
  for each row
  execute function private.announce_change();

create trigger announce_update
  after update on public.sms_messages
  for each row
  when
    (((new.status <> 'leased'::public.sms_message_status) AND ((new.status <> old.status) OR (NOT
    (new.provider_status IS DISTINCT FROM old.provider_status)))))
  execute function private.announce_change();

create trigger check_sms_links
  before insert or update of template on public.sms_service_texts
  for each row
  execute function private.check_sms_links();

create trigger check_sms_template
  before insert or update of template on public.sms_service_texts
  for each row
  execute function private.check_sms_template();

create trigger handle_updated_at
  before update on public.sms_service_texts
  for each row
  execute function private.set_updated_at();

create trigger keep_key
  before update of salon_id on public.sms_service_texts
  for each row
  when ((new.salon_id <> old.salon_id))
  execute function private.refuse_new_key();

create trigger limit_service_texts
  before insert on public.sms_service_texts
  for each row
  execute function private.limit_service_texts();

create trigger touch_settings
  after insert or delete or update on public.sms_service_texts
  for each row
  execute function private.touch_sms_settings();

create trigger restart_texts
  after update of enabled on public.sms_settings
  for each row
  when ((new.enabled AND (NOT old.enabled)))
  execute function private.restart_sms_texts();

create trigger check_sms_links
  before insert or update of template on public.sms_texts
  for each row
  execute function private.check_sms_links();

create trigger check_sms_template
  before insert or update of template on public.sms_texts
  for each row
  execute function private.check_sms_template();

create trigger complete_text
  before insert or update on public.sms_texts
  for each row
  execute function private.complete_sms_text();

create trigger handle_updated_at
  before update on public.sms_texts
  for each row
  execute function private.set_updated_at();

create trigger keep_key
  before update of salon_id on public.sms_texts
  for each row
  when ((new.salon_id <> old.salon_id))
  execute function private.refuse_new_key();

create trigger announce_change
  after insert or update on public.webhook_logs
  for each row
  when ((new.status <> 'success'::text))
  execute function private.announce_change();

create policy "the SMS worker can record a link" on "private"."client_links"
  for insert
  to "sms_worker"
  with check (true);

create policy "the SMS worker can see changes" on "private"."sms_changes"
  for select
  to "sms_worker"
  using (true);

create policy "members can add what the salon knows of an appointment" on "public"."calendar_events"
  for update
  to "authenticated"
  using ((salon_id = ANY (( select private.salon_ids() as salon_ids)::uuid[])))
  with check ((salon_id = ANY (( SELECT private.salon_ids() AS salon_ids)::uuid[])));

create policy "the SMS worker can see future appointments" on "public"."calendar_events"
  for select
  to "sms_worker"
  using
    (((status = ANY (ARRAY['scheduled'::text, 'confirmed'::text, 'cancelled'::text])) AND
    (start_time > ( select private.app_now() as app_now)) AND
    (((status <> 'cancelled'::text) AND (start_time < (( select private.app_now() as app_now) +
    '9 days'::interval))) or (exists ( select
   from private.sms_changes changed
  where
    ((changed.event_id = calendar_events.id) AND ((calendar_events.status <> 'cancelled'::text) or
    (changed.kind = 'cancelled'::public.sms_message_kind))))) or
    ((status <> 'cancelled'::text) AND (exists ( select
   from public.sms_message_events covered
  where
    ((covered.event_id = calendar_events.id) AND (covered.kind =
    'answer'::public.sms_message_kind)))))) AND ( select s.enabled
   from public.sms_settings s
  where (s.salon_id = calendar_events.salon_id))));

create policy "members can see what was done in their salon" on "public"."salon_activity"
  for select
  to "authenticated"
  using
    ((private.refuse_estimates() AND (salon_id = ANY (( select private.salon_ids() as
    salon_ids)::uuid[]))));

create policy "the SMS worker can see salons whose settings it can see" on "public"."salons"
  for select
  to "sms_worker"
  using ((exists ( select
   from public.sms_settings s
  where (s.salon_id = salons.id))));

create policy "members can mark a reply as read" on "public"."sms_inbox"
  for update
  to "authenticated"
  using ((salon_id = ANY (( select private.salon_ids() as salon_ids)::uuid[])))
  with check ((salon_id = ANY (( SELECT private.salon_ids() AS salon_ids)::uuid[])));

create policy "members can see the replies to their salon" on "public"."sms_inbox"
  for select
  to "authenticated"
  using
    ((private.refuse_estimates() AND (salon_id = ANY (( select private.salon_ids() as
    salon_ids)::uuid[]))));

create policy "members can see the texts for services of their salon"
  on "public"."sms_service_texts"
  for select
  to "authenticated"
  using
    ((private.refuse_estimates() AND (salon_id = ANY (( select private.salon_ids() as
    salon_ids)::uuid[]))));

create policy "owners can change texts for services of their salon" on "public"."sms_service_texts"
  for update
  to "authenticated"
  using ((salon_id = ANY (( select private.owned_salon_ids() as owned_salon_ids)::uuid[])))
  with check ((salon_id = ANY (( SELECT private.owned_salon_ids() AS owned_salon_ids)::uuid[])));

create policy "owners can create texts for services of their salon" on "public"."sms_service_texts"
  for insert
  to "authenticated"
  with check ((salon_id = ANY (( SELECT private.owned_salon_ids() AS owned_salon_ids)::uuid[])));

create policy "owners can delete texts for services of their salon" on "public"."sms_service_texts"
  for delete
  to "authenticated"
  using ((salon_id = ANY (( select private.owned_salon_ids() as owned_salon_ids)::uuid[])));

create policy "the SMS worker can see texts for services" on "public"."sms_service_texts"
  for select
  to "sms_worker"
  using (true);

create policy "the SMS worker can see settings of salons that remind or test"
  on "public"."sms_settings"
  for select
  to "sms_worker"
  using
    ((enabled or (salon_id = ANY (( select private.salons_that_test() as
    salons_that_test)::uuid[]))));

create policy "members can see the texts of their salon" on "public"."sms_texts"
  for select
  to "authenticated"
  using
    ((private.refuse_estimates() AND (salon_id = ANY (( select private.salon_ids() as
    salon_ids)::uuid[]))));

create policy "owners can change the texts of their salon" on "public"."sms_texts"
  for update
  to "authenticated"
  using ((salon_id = ANY (( select private.owned_salon_ids() as owned_salon_ids)::uuid[])))
  with check ((salon_id = ANY (( SELECT private.owned_salon_ids() AS owned_salon_ids)::uuid[])));

create policy "owners can create the texts of their salon" on "public"."sms_texts"
  for insert
  to "authenticated"
  with check ((salon_id = ANY (( SELECT private.owned_salon_ids() AS owned_salon_ids)::uuid[])));

create policy "the SMS worker can see texts" on "public"."sms_texts"
  for select
  to "sms_worker"
  using (true);

comment on column "private"."client_links"."token_hash" is 'SHA-256 of the token in the link. The token itself is not stored.';

comment on column "private"."sms_changes"."event_id" is 'Id in calendar_events, without a foreign key for the same reason as in sms_message_events.';

comment on column "private"."sms_changes"."known_start" is 'Of a move: the start before it, or before the first of several moves within a day. A client who was told nothing and whose appointment is there again needs no notice.';

comment on column "private"."sms_replies"."reply_id" is 'The provider''s id of the reply; a hash of the reply where it gives none.';

comment on column "private"."sms_told_events"."start_time" is 'infinity: the text said that the appointment was cancelled.';

comment on column "public"."calendar_events"."attendance" is 'What staff say. It outweighs the status that Cal.com reports, until it is taken back (null) or the appointment moves.';

comment on column "public"."calendar_events"."client_responded_at" is 'When the client answered.';

comment on column "public"."calendar_events"."client_response" is 'What the client answered to a reminder, or to a member on the phone, until the appointment moves. Cal.com''s confirmed means that the host accepted.';

comment on column "public"."calendar_events"."salon_note" is 'A note of the salon, which Cal.com and the client never see.';

comment on column "public"."salon_activity"."actor_id" is 'The member: an id of auth.users. Not a foreign key, so that the record outlasts the account. Null for the client.';

comment on column "public"."salon_activity"."error_code" is 'Why it failed. Text, because codes of the database are no closed list.';

comment on column "public"."salon_activity"."finished_at" is 'When Cal.com answered. Null for what was done here.';

comment on column "public"."salon_activity"."is_shown" is 'Whether the calendar had what Cal.com did as soon as it was done, so that a repeated request gets the same answer. Null for what was done here, and for what is not done.';

comment on column "public"."salon_activity"."request_key" is 'Chosen by the caller: a repeated request acts only once.';

comment on column "public"."sms_inbox"."client_id" is 'Whom the SMS before the reply was sent to. Null if they were deleted or merged since.';

comment on column "public"."sms_inbox"."event_id" is 'The next appointment that the number was reminded of, if there is one.';

comment on column "public"."sms_inbox"."phone" is 'Who wrote, in E.164.';

comment on column "public"."sms_inbox"."read_at" is 'When a member marked it as read.';

comment on column "public"."sms_inbox"."read_by" is 'The member who did: an id of auth.users, set by a trigger. Not a foreign key, so that the record outlasts the account.';

comment on column "public"."sms_messages"."body" is 'The text as it was sent, but for the token of a link, of which it shows #…: whoever knows the token can answer for the client.';

comment on column "public"."sms_service_texts"."title_contains" is 'A part of the appointment''s title, such as the name of the event type in Cal.com. Capitals do not matter.';

comment on column "public"."sms_settings"."call_list_from" is 'From when on call_list shows the appointments of the next day.';

comment on column "public"."sms_settings"."notice_hours" is 'Until how many hours before an appointment, by the salon''s clock, its client can move or cancel it through the link in an SMS.';

comment on column "public"."sms_settings"."template" is 'The text. Variables: {{when}}, {{weekday}}, {{date}}, {{time}}, {{appointments}}, {{pets}}, {{client}}, {{salon}}, {{phone}}, {{address}}, {{link}}.';

comment on column "public"."sms_texts"."enabled_at" is 'Since when it is enabled, and the salon''s messages with it; of a further reminder, also since when it has its time. Nobody is told of what was booked before, nor reminded by a further reminder that was due before.';

comment on column "public"."sms_texts"."mode" is 'When a further reminder is sent, as in sms_settings. Notices do not use it.';

comment on column "public"."sms_texts"."template" is 'The text, with the variables of sms_settings.template. An empty one becomes default_sms_text when it is saved.';

comment on function "private"."action_of_response"(public.client_response) is
  'How a client''s answer is recorded as activity; null: it was taken back.';

comment on function "private"."alert_channels"() is 'Where alerts go: webhook, email, both or nowhere, as private.setup_alerts left it.';

comment on function "private"."alert_line"(private.alerts) is 'One line about an alert. A salon is named by its id: names of salons and of their owners are personal data, and owners choose them.';

comment on function "private"."alert_meaning"(text) is 'What the code of an alert means, for the operator: the codes of health_report, those of private.salon_problems, and test, which is sent once a channel is set up.';

comment on function "private"."alert_setting"(text) is 'A setting of the alerts from Vault, null if it is not set: webhook_url, webhook_format, email_key, email_from, email_to, email_url.';

comment on function "private"."alert_webhook_format"(text, text) is 'The format of a webhook: as given, or known from the host. Raises 22023 if it is neither, or if the address cannot be used.';

comment on function "private"."alert_webhook_request"(text) is 'The request that shows a text in a channel of Slack or Discord, or under a topic of ntfy. Mattermost and Rocket.Chat read the format of Slack.';

comment on function "private"."announce_change"() is 'Trigger: sends the event changed, without any data, to the private topic salon:<id>, once for each salon and transaction, and again after a hundred other salons. Without Supabase Realtime it does nothing, and it never fails. Security definer, because members may not write to the topics of Realtime.';

comment on function "private"."answers_of"(public.calendar_events) is 'All that staff and the client said about an appointment: an array of {start, attendance, at} and {start, response, at}, with the start that each is about and when it was said.';

comment on function "private"."apply_local_decisions"(public.calendar_events) is
  'The folded appointment with what was decided outside Cal.com: its automatic completion, what staff say about who came, and an erasure. The status by Cal.com is kept in fold_state.';

comment on function "private"."apply_waiting"(public.webhook_logs, boolean) is
  'Applies the deliveries that waited for this one: those that mention one of its uids, then those that mention one of theirs, at most a hundred and for at most a second; the rest is due for a retry. While the booking of this one is unknown, only what may make it known is tried. is_batch: the salon is locked instead of its bookings. True if any was applied.';

comment on function "private"."client_link_appointments"(text) is 'The appointments behind a link: those that its SMS named, wherever they moved since, until they end. None for an unknown token.';

comment on function "private"."client_link_token"(uuid) is 'The token of the link in a message: 60 bits in 12 characters. Derived from the message and a secret in Vault, so that a repeated message has the same text, although the token is not stored. Makes the secret if there is none. Security definer, because the reminder job may not read Vault.';

comment on function "private"."client_may_change"(public.calendar_events) is
  'Whether the client may still move or cancel an appointment through the link in an SMS: until sms_settings.notice_hours before it.';

comment on function "private"."client_of_booking"(public.calendar_events) is
  'The client of the salon whom a booking names, as deliveries find them; null if there is none. Raises PT409 if several have its phone number.';

comment on function "private"."complete_sms_text"() is 'Trigger: gives an empty text the default one, and records since when it is enabled.';

comment on function "private"."delivery_report"() is 'Of all deliveries: when the last one arrived; arrival of the oldest deferred booking that belongs to no salon or failed to be applied; when the retry job should have run; the dead letters of the last day.';

comment on function "private"."derive_appointment_columns"() is 'Trigger: sets duration_minutes and updated_at; link_source when a member assigns the client or pet, and client_responded_at when a member records an answer; forgets what was said about the time before a move.';

comment on function "private"."due_deliveries"(uuid, integer) is 'The deliveries of a salon, or of none, that are due for a retry: the longest overdue ones, at most a batch.';

comment on function "private"."erase_replies"(public.clients, text) is 'Deletes what a person replied to an SMS. Returns how many replies.';

comment on function "private"."fill_seat_placeholder"(text, text, text, text, text) is
  'Gives a seat placeholder of a slot the id of its seat, when the seat appears after the delivery that moved it away (see find_predecessor). False if the placeholder is of another seat. old_uid, old_seat: what the seat replaces.';

comment on function "private"."find_predecessor"(public.webhook_logs, uuid) is
  'The uid and seat that an appointment had before this reschedule, null if this is none. For a seat that is still unknown, an id made from the attendee, which serves as its seat placeholder: for one move at a time.';

comment on function
  "private"."fold_appointment"(public.calendar_events, public.webhook_logs, boolean, boolean) is
  'The row of an appointment with one more delivery. One that comes last costs one step; for any other one the row is folded from the start, which gives the same. So neither the order of arrival nor repetition nor a stamp that is off by a minute changes the row. from_start: fold from the start in any case, because the chain of uids changed. latest: the delivery; null after an erasure. A row whose bookings somebody deleted stays what it is, without the contact that it remembers of them, and gets the latest if that comes last.';

comment on function "private"."fold_step"(public.calendar_events, public.webhook_logs, integer) is
  'The appointment after one more delivery, which comes last by private.fold_position. Reads nothing but its arguments. generation: of the uid that the delivery is about. What the row does not say is in fold_state: position and generation of the last delivery; status and statusBeforeNoShow by Cal.com; claims (see private.with_claim); of a seat, uid and inSlotSince (the slot it is in and the stamp of the delivery that says so); accepted (the booking is confirmed or needs no confirmation), wasConfirmed (the appointment was confirmed, perhaps under an earlier uid), liveAsOf and liveSince (the newest snapshot that shows it alive, and when Cal.com last changed it); base (a row that BarkBook inserted); movedAt (the stamp of its last move), answers (what was said about other starts) and attendanceAt (when staff said attendance): see private.recall_answers.';

comment on function "private"."forget_answers"(public.calendar_events) is 'The appointment without what staff and the client said about its start.';

comment on function "private"."has_moved_elsewhere"(public.calendar_event_uids, public.webhook_logs)
  is 'Whether a seat left its slot by another move than this one, so that this one moves another seat.';

comment on function "private"."initial_appointment"(public.calendar_events, boolean) is
  'The row of an appointment before its first delivery: empty, or as BarkBook inserted it. What was decided here stays: a link to a client and pet, a note, an automatic completion, an erasure. What staff and the client said comes back after the fold: private.recall_answers. is_booked: some delivery contains the whole booking, so that the status starts from nothing.';

comment on function "private"."job_is_switched_off"(text) is 'Whether a job was switched off on purpose: cron.alter_job with active => false.';

comment on function "private"."limit_service_texts"() is 'Trigger: refuses more than 50 texts for services of a salon. Security definer, because only owners may lock the settings.';

comment on function "private"."lock_key"(text, text) is 'The key of an advisory lock: the first 64 bits of the SHA-256 of what is locked. kind: booking, salon and so on. id: which one; empty if there is only one.';

comment on function "private"."lock_more_bookings"(text[]) is 'Locks further bookings for a transaction that already holds others. Does not wait, because whoever holds them may be waiting for one of those: raises lock_not_available, so that the delivery is retried.';

comment on function "private"."match_seat_placeholder"(public.webhook_logs, text, text) is
  'Matches a seat that appears with its placeholder, unless all deliveries about the seat are later than the move that created the placeholder. True if it was its placeholder.';

comment on function "private"."may_have_been_sent"(public.sms_messages) is 'Whether the recipient may have this message.';

comment on function "private"."merge_appointments"(uuid, uuid[]) is 'Merges two rows that turned out to be one appointment. The fold that follows recomputes the row from all deliveries; what members and the client decided is copied here.';

comment on function "private"."merge_salon_data"(uuid, uuid[]) is 'Moves to the appointment that is kept what is known of the others here and not in Cal.com: the client and pet that a member chose last, notes, who came, what the client answered and wrote, and the record of what was done.';

comment on function "private"."new_client_of_booking"(public.calendar_events) is
  'Adds the booker of an appointment as a client, without consent. Raises PT422 if the booking has no name or no phone number.';

comment on function "private"."next_due_salon"(uuid) is 'The next salon, in the order of ids, with a delivery that is due for a retry; the first one if after is null. Null after the last one.';

comment on function "private"."note_alerts"(text[]) is 'Adds an alert for each problem that is new to a channel, and ends those whose problem has not been found for 15 minutes: 30 if it came back within a day, then 60, and so on up to 16 hours.';

comment on function "private"."other_slots_of_seat"(public.webhook_logs, uuid, text, text) is
  'Where a seat is known, one slot for each appointment, when it is first heard of in a slot and not as a move from one that is known: a seat that moves into an existing slot keeps its id, and the delivery that says so may be lost, or come later. Locked. Empty for a seat without an id of Cal.com. old_uid, old_seat: what the seat replaces.';

comment on function "private"."pet_for_booking"(uuid, uuid, text) is 'The pet of the client with this name, which is added if the client has none; without a name the only pet of the client, or null.';

comment on function "private"."post_alerts"(text, bigint[]) is 'Posts one message about these alerts through pg_net, to the webhook or to Resend.';

comment on function "private"."recall_answers"(public.calendar_events, jsonb) is
  'The folded appointment with what staff and the client said last about its start. What they said about other starts is set aside in fold_state: the appointment may turn out to be there after all. So is a wish to move or cancel that is older than the last move. answers: see private.answers_of.';

comment on function "private"."record_action"(public.salon_action, uuid, uuid, uuid) is
  'Records what the signed-in member did.';

comment on function "private"."record_activity"() is 'Trigger: records who changed a row. Argument: the action; without one, what the client answered. Security definer, because members may not write the record themselves.';

comment on function "private"."record_client_response"(uuid, timestamp
  with time zone, public.client_response) is 'Stores what a client answered about an appointment at that start, and when. The same answer again changes nothing. Returns whether there is such an appointment.';

comment on function "private"."record_reader"() is 'Trigger: sets when and by whom a reply was marked as read, whatever time the member sends; null marks it as unread.';

comment on function "private"."record_sms_change"() is 'Trigger: records that an appointment was booked, moved or cancelled by the salon, if the salon sends such notices. A booking that waits for its confirmation counts as booked when it has it. Security definer, because whoever changes an appointment may not read the texts of the salon.';

comment on function "private"."reminder_due_at"(timestamp
  with time zone,
  text,
  public.reminder_mode,
  time without time zone,
  smallint, time without time zone, interval, timestamp with time zone) is 'When a rule of sms_rules says that the reminder of an appointment is due. allowed_at: in the mode hours_before, the first moment from then on outside the quiet hours. If that is too late, the reminder is due half an hour before the quiet hours begin.';

comment on function "private"."remove_local_decisions"(public.calendar_events) is
  'The appointment with the status that Cal.com''s deliveries gave it, without an automatic completion and without what staff say about who came.';

comment on function "private"."replay"(public.webhook_logs, boolean) is 'Applies a stored delivery again and records who asked for it. action refused: there is nothing to apply, because of the reason erased, redacted, invalid_payload or no_booking. deferred without a reason: its salon is being erased or replayed, and it is retried.';

comment on function "private"."require_appointment"(uuid) is 'The coming appointment of a salon of the caller, whose reminders nobody plans until the end of the transaction. For others it does not exist: PT404. PT422 if it is over or cancelled.';

comment on function "private"."require_reminder"(public.calendar_events, public.sms_message_kind) is
  'The message that covers an appointment as this reminder, locked; nulls if there is none. PT400 if it is no reminder, PT422 if the salon does not send it.';

comment on function "private"."restart_sms_texts"() is 'Trigger: texts count as enabled since the salon''s messages are. Security definer, because members may not write enabled_at.';

comment on function "private"."retry_delay"(integer, double precision) is 'The delay after a number of failed attempts: one minute, doubled each time up to six hours, varied by a quarter. jitter: a random number from 0 to 1, for tests.';

comment on function "private"."retry_deliveries"(uuid, integer) is 'Called by pg_cron: retries due deliveries of the next salon, or of none, that has any which nobody is writing. after: the salon whose turn it was. Returns the salon and how many were tried; 0 if nothing is left to try, or if another run is active. The job repeats the call, each in its own transaction, so that a salon whose deliveries take long keeps no booking of another locked.';

comment on function "private"."retry_salon"(uuid, integer) is 'Retries deliveries of a salon, or of none, that are due: at most a batch, for at most two seconds. Returns how many were tried; 0 while a batch of the salon runs.';

comment on function "private"."salon_problems"() is 'What is wrong with single salons. salon_deliveries_dead: a delivery was given up within the last day, for whatever reason. salon_deliveries_silent: see private.silent_salons.';

comment on function "private"."salons_that_test"() is 'The salons with a test SMS that is not sent yet. Security definer, because under row-level security Postgres does not trust the statistics by which it would choose the index.';

comment on function "private"."send_alerts"() is 'Called by pg_cron: tells the operator, in every channel that is set up, once when a problem begins and once when it ends. A message that was refused is sent again by the next run. Nobody is told that the database or the scheduler is dead: an uptime monitor on functions/health is.';

comment on function "private"."settle_alerts"() is 'Marks as told what a channel has accepted. What was refused, or not answered for half an hour, is sent again.';

comment on function "private"."setup_alerts"(text, text, text, text, text, text) is
  'Run as postgres: sets where alerts go, in Vault. Null leaves a setting as it is, an empty text removes it. p_webhook_url: of Slack, Discord, or an ntfy topic. p_webhook_format: slack, discord or ntfy, for a host that does not tell. p_email_key: an API key of Resend, or of whatever answers like it at p_email_url. A changed channel is sent a test. Returns the channels. Raises 22023 for what cannot be used.';

comment on function "private"."setup_realtime"() is 'Run as postgres: lets members receive the topic salon:<id> of their own salons, and nobody send to it, if the project has Supabase Realtime. Returns what is so.';

comment on function "private"."share_salon"(uuid) is 'Waits for a batch of the salon, such as an erasure, and blocks later ones. For work on one appointment, before its rows: an erasure locks the client before the appointments, and whoever writes about an appointment the other way round. Does nothing without a salon.';

comment on function "private"."show_attendance"() is 'Trigger: the status that follows from what staff say about who came; Cal.com''s own once they take it back. Security definer, because members may not execute the functions of the fold.';

comment on function "private"."silent_salons"() is 'Salons whose webhook has been silent for a day and for more than twice as long as ever in the four weeks before, nights and holidays included. A salon with fewer than ten deliveries in at least two weeks has no usual pause.';

comment on function "private"."sms_ask_for_run"(uuid) is 'Starts functions/sms-reminders, unless the last run that the salon asked for is still to end: however often members ask, a salon has one at a time. False if it cannot be started, or members sent more than ten messages within a minute: the next scheduled run sends the rest.';

comment on function "private"."sms_asked_run_is_over"(timestamp
  with time zone) is 'Whether the run that was asked for then has ended, or will not come any more.';

comment on function
  "private"."sms_close_lease"(uuid, public.sms_message_status, public.sms_reason, text, timestamp
  with time zone) is 'Ends the lease of a message with its new status. next_at: when it is due again; null leaves that as it is. failed becomes dead if an earlier POST may have arrived.';

comment on function "private"."sms_day_start"() is 'When the current day of the limits of SMS began: at midnight in UTC.';

comment on function
  "private"."sms_exceeded_limit"(public.sms_messages, public.sms_settings, text, text, integer) is
  'The limit that a message of so many segments would exceed; null if none: monthly_cap segments in a calendar month of the salon (cap), or in a day three messages to one phone (client_limit) or daily_cap segments in all. The day is that of UTC, so that no member can move it. Every message that may have been sent counts; one that is sent again does not count twice.';

comment on function "private"."sms_has_coming_appointment"(uuid) is 'Whether a salon has an appointment in the days that sms_worker sees, or one of which a client is to be told at once. Without any there is nothing to plan, and to find that out by due_reminders takes thirty times as long.';

comment on function "private"."sms_is_being_told"(uuid, timestamp
  with time zone, public.sms_message_kind) is 'Whether a message of another kind may still tell the client of this start. What becomes of it decides whether one of this kind is needed.';

comment on function "private"."sms_is_told"(uuid, text, public.sms_message_kind, timestamp
  with time zone,
  timestamp with time zone, timestamp with time zone, uuid) is 'Whether a number needs no message of this kind, because the last text that it has about the appointment is true. A reminder is needed all the same if that text was of another kind and is older than since. true_start: infinity, if the appointment was cancelled. known_start: the start that a client knows who was never told one.';

comment on function "private"."sms_kind_is_enabled"(uuid, public.sms_message_kind) is
  'Whether a salon sends messages of a kind.';

comment on function "private"."sms_last_text"(uuid, text, uuid) is 'The start that the last text to a number about an appointment names (infinity: it was cancelled), and when it was sent; no row if the number was never told. Texts that may have arrived count. kinds: those of the texts that said so since another start was named. number_typed: the number as it was typed. other_than: a message that is left out.';

comment on function "private"."sms_lease_messages"(uuid[], uuid[], public.sms_provider, interval) is
  'Leases locked messages to the run that claims them, and returns them as sms_claim does.';

comment on function "private"."sms_may_still_be_sent"(public.sms_messages) is
  'Whether a message waits to be sent or sent again, or is being sent.';

comment on function "private"."sms_message_of_receipt"(public.sms_provider, jsonb) is
  'The message of a receipt, found by the provider''s id, or by ours if a POST of it was begun.';

comment on function "private"."sms_occasions_of"(uuid) is 'The occasions of one salon, computed once: joined directly, Postgres may compute the view anew for each appointment.';

comment on function "private"."sms_queue_notice"(uuid, public.sms_message_kind) is
  'Queues a message to the client of a coming appointment, and returns its id. Null if there is one of this kind for this start already, or the salon does not send the kind. Whether it may be sent is decided at dispatch, as for every message.';

comment on function "private"."sms_send_at_once"(uuid) is 'Starts a run for a message that is due. False if it waits for a scheduled run instead: in quiet hours, while the provider is paused, or where no run can be started.';

comment on function
  "private"."sms_skip_is_resolved"(public.sms_messages, uuid, boolean, text, timestamp
  with time zone, text) is 'Whether the cause for which a message was skipped or refused has been corrected since: consent given, number corrected, opt-out withdrawn, client assigned, another setting changed, a limit raised, a new day for the limits of a day, or another month for that of a month.';

comment on function
  "private"."sms_start_attempt"(public.sms_messages, text, text, public.sms_encoding, integer) is
  'Records what is sent, which appointments it names, its link, and that its POST begins. Until it is settled, the message may have been sent.';

comment on function "private"."sms_still_to_tell"(uuid, uuid, text) is 'The appointments of a message that still take place at the time and with the client it was planned for, or are still cancelled if it says so, and that its number was not told by another message since: the number or the client of an appointment can change and change back while a message waits.';

comment on function "private"."sms_template"(uuid, public.sms_message_kind, uuid[]) is
  'The text of a message about these appointments: of a reminder, that of their service; else that of the kind; else that of the first reminder.';

comment on function "private"."sms_told_last"(text) is 'What somebody with this number (E.164) replies to: the salon that wrote to it last, and the appointments of the next day of which that salon told it. start_time: what the last text said, which is another start if the appointment moved since, or infinity. A single row without an appointment if there is none, and no row if no salon wrote.';

comment on function "private"."sms_waiting_message"(uuid, uuid, date, public.sms_message_kind) is
  'The message of a kind to a client about a day that was certainly not sent yet, such as one that waits for the end of the quiet hours. Other appointments of the day can join it.';

comment on function
  "private"."sms_write_message"(uuid, public.sms_message_kind, public.sms_message_status,
  public.sms_reason) is 'Writes a message about one appointment that is due now, and returns its id. It takes the place of the message of this kind that covered the appointment: the caller makes sure that there is none, or that it was not sent.';

comment on function "private"."start_function"(text) is 'Calls a scheduled function as its job does, after this transaction is committed. False if that is not set up, or the job is switched off: its next run finds what there is to do. Never fails. Security definer, because no API role may read the secret in Vault.';

comment on function "private"."touch_sms_settings"() is 'Trigger: a text of a service counts as a setting, so that a reminder that could not be written is planned again. Security definer, because members may not write the time.';

comment on function "private"."trim_activity"(integer, integer) is 'Called by pg_cron: deletes records of salon_activity that are older than kept_days, oldest first, at most one batch. One that is being written is left for the next day. Returns how many.';

comment on function "private"."trim_messages"(integer) is 'Called by pg_cron: removes text and number of messages whose appointments were more than kept_days ago, and deletes replies that old, and old runs and changes. What happened and when is kept. One that is being written is left for the next day. Returns how many messages were redacted.';

comment on function "private"."undo_guessed_move"(public.webhook_logs) is 'Separates a seat from the one that its booker moved, if the move was read as this seat''s and the delivery disproves it: Cal.com still lists the seat, here or in another slot, or the moved seat was booked in this slot under the id that it has now. True if it did. What members and the client decided stays with the seat that moved.';

comment on function "private"."was_cancelled_by_salon"(public.calendar_events) is
  'Whether the salon cancelled or declined an appointment: a member here, or the host in Cal.com.';

comment on function "private"."without_personal_data"(jsonb) is 'The members of a CalendarBooking that identify nobody. An allowlist, so that a new member is removed by default.';

comment on function "public"."activity_of_appointment"(uuid) is 'Who did what with an appointment of the caller''s salons, and when: the newest 100, newest first. is_client: the client did it. actor_email: null for the client, and for who is no member any more. Security definer, because members may not otherwise read the addresses of colleagues.';

comment on function "public"."add_client_from_booking"(uuid, text) is 'Assigns to an appointment the client whom its booking names: one that deliveries would find, or a new one with the name, phone number and e-mail of the booking, without consent. p_pet_name: also assigns the pet of that name, and adds it to the client if there is none. Repeating it changes nothing. For members; to others the appointment does not exist: PT404. PT409 if several clients have the phone number, PT422 if the booking has no name or no phone number. Security definer, because it locks the salon and finds the client as deliveries do.';

comment on function "public"."booking_contact"(uuid, uuid, uuid) is 'Where a salon is booked in Cal.com, and for whom: the name, the phone number in E.164 and the e-mail of a client. No row unless salon, client and pet belong together and to the caller. Security definer, because members may not call private.e164.';

comment on function "public"."client_link_respond"(text, uuid, timestamp
  with time zone, public.client_response) is 'Stores what the client answered through a link about an appointment at the start that they saw. recorded: cal_com_event_id says which booking it is; whoever moves or cancels does it in Cal.com.';

comment on function "public"."client_link_show"(text) is 'What the client''s page shows for the token of a link; null for an unknown one, and once all its appointments are over. Nothing about the client but the pets.';

comment on function "public"."default_sms_text"(public.sms_message_kind, public.reminder_language)
  is 'The text of a kind of message that a salon did not write itself.';

comment on function "public"."finish_salon_action"(uuid, text, uuid, boolean) is
  'Records what came of an action in Cal.com; the first result stays. p_error_code: null if it was done. p_event_id: the appointment that it made. p_is_shown: the calendar has it already. False if the action had a result already.';

comment on function "public"."health_report"() is 'One row about the project as a whole; what a salon can bring about for itself is shown to its members. Deliveries: see private.delivery_report. oldest_overdue_reminder_at: when the reminder should have been sent. stale_syncs: salons whose sync has not succeeded for two hours, though Cal.com accepts their API key. passed_over: how many salons the reminder job passes over, by SQLSTATE; oldest_passed_over_at: since when the first one. reminders_unwoken_since, sync_unwoken_since: see private.wake_up_report. failing: the codes of what is wrong, none if all is well. Security definer, because only postgres may read the log of pg_cron.';

comment on function "public"."send_reminder_now"(uuid, public.sms_message_kind) is
  'Sends a reminder of a coming appointment at once instead of when it is due, and returns the id of its message. is_being_sent: a run was started for it, or it was sent already; otherwise the next scheduled one sends it, or the first after the quiet hours. One that was planned or sent already stays as it is, so that a repeated call sends nothing twice. Consent, opt-outs, quiet hours and limits hold. For members; for others the appointment does not exist: PT404. PT422: it does not take place within eight days, has no client, or the salon does not send this reminder. Security definer, because members may not write messages.';

comment on function "public"."send_test_sms"(uuid, text) is 'Sends the salon''s reminder to any number at once, about an invented appointment, and returns the id of the message. is_being_sent: a run was started for it; otherwise the next scheduled one sends it. It is sent in quiet hours too, and before reminders are switched on; opt-outs and limits hold. For owners; for others the salon does not exist: PT404. PT400: no phone number. PT429: five were sent today (UTC). Security definer, because members may not write messages.';

comment on function "public"."set_attendance"(uuid, timestamp
  with time zone,
  public.appointment_attendance, public.appointment_attendance) is 'Says who came, or takes that back (null), if the appointment still is as the caller read it: it begins at p_start, and p_before is what was said. Otherwise nothing is changed: PT412, attendance_changed. For members; for others the appointment does not exist: PT404.';

comment on function "public"."set_salon_note"(uuid, text, text) is 'Writes the salon''s note on an appointment, or removes it (null), if it still is what the caller read (p_before). Otherwise nothing is changed: PT412, note_changed. For members; for others the appointment does not exist: PT404.';

comment on function "public"."skip_reminder"(uuid, public.sms_message_kind) is
  'Keeps a reminder of a coming appointment from being sent, and returns the id of the skipped message. It holds for this start: a moved appointment is reminded of. For members; for others the appointment does not exist: PT404. PT422: the reminder was sent already or is being sent, the appointment does not take place, or the salon does not send this reminder. Security definer, because members may not write messages.';

comment on function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp
  with time zone) is 'Claims due messages for one run, each until its lease ends; none while the provider is paused. was_unknown: the message may have been sent (sent_to, sent_body, sent_since), so look it up, or send it again if the provider recognizes a repetition. phone: of the client, in E.164. appointments: [{startTime, pet}], those that still take place. Security definer, because the job works with the rights of sms_worker.';

comment on function "public"."sms_preview"(integer, timestamp
  with time zone) is 'What a run would plan; writes nothing. skip_reason: as in due_reminders, or broken_settings. Security definer, because the job works with the rights of sms_worker.';

comment on function
  "public"."sms_receive_reply"(public.sms_provider, text, text, text, public.client_response) is
  'Applies a reply once. A response is stored with all appointments of the next day that the number was told of; a no is answered by an SMS with the link. Without a response, or without such an appointment, the salon gets the reply to read. p_phone: E.164.';

comment on function "public"."start_salon_action"(uuid, uuid, public.salon_action, uuid, uuid, uuid)
  is 'Records that an action in Cal.com begins, or returns the earlier one with the same request key: only the caller that gets is_new may act. is_abandoned: whoever began it is gone, and what came of it has to be looked up in Cal.com. p_actor_id: the member.';

comment on function "public"."unskip_reminder"(uuid, public.sms_message_kind) is
  'Takes skip_reminder back: the reminder is sent when it is due, or soon if that is past. False if it was not skipped. For members; for others the appointment does not exist: PT404. PT422 as for skip_reminder. Security definer, because members may not write messages.';

comment on table "private"."alerts" is 'One row for each problem and each channel that is told of it: each channel is told of both its beginning and its end. salon_id: null for the project as a whole. code: one of private.alert_meaning. seen_at: when it was last found. ended_at: when it had stayed away for long enough. request_id: the POST under way. failure: what came of the last POST, null if it was accepted. Ended rows are deleted after a week.';

comment on table "private"."client_links" is 'Which link each message has. It shows the appointments that the text named: see private.client_link_appointments.';

comment on table "private"."sms_asked_runs" is 'When a member of each salon last started the reminder job: a salon starts one run at a time.';

comment on table "private"."sms_changes" is 'Appointments that were booked, moved or cancelled while the salon sends such notices. A notice is planned for a day; retention removes the row.';

comment on table "private"."sms_replies" is 'Replies that were applied, so that one that a provider repeats is applied once. Kept for 30 days.';

comment on table "public"."calendar_events" is 'One row per appointment: a plain booking, or one seat of a slot. Computed from webhook_logs; members may assign the client and the pet, write a note, and say who came and what the client answered.';

comment on table "public"."salon_activity" is 'What members and clients did, and when: codes and ids only. Changes in the database are recorded by triggers, actions in Cal.com by functions/appointments. Kept as long as private.retention says.';

comment on table "public"."sms_inbox" is 'Replies to an SMS that a person has to read: neither a yes nor a no, nor STOP or START. Deleted with the client, and as old as private.retention says.';

comment on table "public"."sms_service_texts" is 'Texts that the reminders of single services have instead of the salon''s. One is used if the titles of all appointments of a message contain title_contains; of several, the one with the longest.';

comment on table "public"."sms_texts" is 'The texts of a salon for everything but its first reminder: further reminders, notices and the answer to NIE. A kind without a row, or without enabled, is not sent; only the answer is sent without a row. The other settings are those of sms_settings.';

comment on type "public"."action_outcome" is 'pending: Cal.com has not answered yet. failed: nothing was changed, see error_code.';

comment on type "public"."appointment_attendance" is 'completed: the client was here. no_show: the client did not come.';

comment on type "public"."client_link_answer" is 'recorded: the response is stored. not_found: the link shows no such appointment, or it is cancelled. moved: it is at another time than the client saw. too_late: the notice period has begun.';

comment on type "public"."client_response" is 'coming: the client confirms the appointment. wants_to_cancel, wants_to_move: the client asked for it, and the salon or Cal.com has yet to do it.';

comment on type "public"."salon_action" is 'assign: a client or pet for an appointment. add_client, correct_contact, consent: of a client. note, attendance: of an appointment. cancel, move, no_show, confirm, decline, book: in Cal.com. client_coming, client_cancel, client_move: what the client answered; take_back_answer: that they answered nothing after all. send_now, skip, unskip: of a reminder. test_sms: of the salon.';

comment on type "public"."sms_message_kind" is 'What a message is for. reminder, second_reminder, third_reminder: before the appointment. Notices: booked, moved, cancelled by the salon. answer: to a client who replied NIE. test: to a number that an owner named.';

comment on type "public"."sms_reply_outcome" is 'answered: it says whether the client comes. kept: the salon has to read it. repeated: it was applied before. unknown: no salon wrote to that number.';

comment on view "private"."sms_occasions" is 'The reminders of coming appointments by private.sms_rules, and the notices of the last day by private.sms_changes. message: the one that covers it, if any. is_superseded: another of the same appointment is due since and not told, so that a client gets the latest only. true_start: what its text has to say; infinity: that the appointment is cancelled.';

comment on view "private"."sms_rules" is 'The reminders that each salon sends, and when. lead: how long before the appointment it is too late. updated_at: when its settings last changed. enabled_at: a further reminder that was due before is not sent; null for the first one, which is rather sent late.';

comment on view "private"."unplanned_appointments" is 'Appointments with an occasion that no message covers, or only one that was not sent and whose cause is gone, or one after which the client must be told again; none whose client was told already or is about to be. due_at: when the settings say that the message is due. alone: its own id, if it is not grouped with others. soon_too_late: ten minutes from now it would be too late to send it.';

comment on view "public"."appointments" is 'Every appointment of the reader''s salons, whatever its status. Filter by start_time.';

comment on view "public"."call_list" is 'Whom to phone: the appointments of the next calendar day whose clients did not answer. Empty until sms_settings.call_list_from, by the salon''s clock.';

comment on view "public"."due_reminders" is 'The messages that should exist by now and do not: one row per client and day, with its kind and appointments. waiting_message_id: a message about the same day that was not sent yet, which they join. skip_reason: why the message must not be sent. Read as sms_worker.';

comment on view "public"."pet_history" is 'The completed appointments of each pet: those that Cal.com completed, and those whose end has passed. Cancelled and missed ones are left out.';

comment on view "public"."reminder_log" is 'Every message and what became of it. Numbers and texts are not masked: members see their clients anyway, and have to recognize a wrong number.';

comment on view "public"."this_weeks_appointments" is 'The appointments that begin from Monday to Sunday of the current week of each salon, including cancelled ones: see status.';

comment on view "public"."todays_appointments" is 'The appointments that begin on the current day of each salon, including cancelled ones: see status.';

comment on view "public"."upcoming_appointments" is 'The appointments that have not begun and were not cancelled. Pending ones may never take place.';

comment on view "public"."upcoming_reminders" is 'Appointments of the next nine days and the reminders of them that no message covers yet, and when these will be sent as things stand. With another appointment on the same day it may be sent earlier. Once a reminder is due and planned, it is in reminder_log.';

revoke all on function "private"."action_of_response"(public.client_response) from public;

grant execute on function "private"."action_of_response"(public.client_response) to "service_role";

revoke all on function "private"."alert_channels"() from public;

revoke all on function "private"."alert_line"(private.alerts) from public;

revoke all on function "private"."alert_meaning"(text) from public;

revoke all on function "private"."alert_setting"(text) from public;

revoke all on function "private"."alert_webhook_format"(text, text) from public;

revoke all on function "private"."alert_webhook_request"(text) from public;

revoke all on function "private"."announce_change"() from public;

revoke all on function "private"."answers_of"(public.calendar_events) from public;

grant execute on function "private"."answers_of"(public.calendar_events) to "service_role";

revoke all on function "private"."client_link_appointments"(text) from public;

grant execute on function "private"."client_link_appointments"(text) to "service_role";

revoke all on function "private"."client_link_token"(uuid) from public;

grant execute on function "private"."client_link_token"(uuid) to "sms_worker";

revoke all on function "private"."client_may_change"(public.calendar_events) from public;

grant execute on function "private"."client_may_change"(public.calendar_events) to "service_role";

revoke all on function "private"."client_of_booking"(public.calendar_events) from public;

revoke all on function "private"."complete_sms_text"() from public;

revoke all on function "private"."delivery_report"() from public;

revoke all on function "private"."due_deliveries"(uuid, integer) from public;

revoke all on function "private"."erase_replies"(public.clients, text) from public;

revoke all on function "private"."fill_seat_placeholder"(text, text, text, text, text) from public;

grant execute
  on function "private"."fill_seat_placeholder"(text, text, text, text, text)
  to "service_role";

revoke all on function "private"."forget_answers"(public.calendar_events) from public;

grant execute on function "private"."forget_answers"(public.calendar_events) to "service_role";

revoke all
  on function "private"."has_moved_elsewhere"(public.calendar_event_uids, public.webhook_logs)
  from public;

grant execute
  on function "private"."has_moved_elsewhere"(public.calendar_event_uids, public.webhook_logs)
  to "service_role";

revoke all on function "private"."job_is_switched_off"(text) from public;

revoke all on function "private"."limit_service_texts"() from public;

revoke all on function "private"."lock_key"(text, text) from public;

grant execute on function "private"."lock_key"(text, text) to "service_role", "sms_worker";

revoke all on function "private"."lock_more_bookings"(text[]) from public;

grant execute on function "private"."lock_more_bookings"(text[]) to "service_role";

revoke all on function "private"."may_have_been_sent"(public.sms_messages) from public;

grant execute
  on function "private"."may_have_been_sent"(public.sms_messages)
  to "service_role", "sms_worker";

revoke all on function "private"."merge_salon_data"(uuid, uuid[]) from public;

grant execute on function "private"."merge_salon_data"(uuid, uuid[]) to "service_role";

revoke all on function "private"."new_client_of_booking"(public.calendar_events) from public;

revoke all on function "private"."next_due_salon"(uuid) from public;

revoke all on function "private"."note_alerts"(text[]) from public;

revoke all
  on function "private"."other_slots_of_seat"(public.webhook_logs, uuid, text, text)
  from public;

grant execute
  on function "private"."other_slots_of_seat"(public.webhook_logs, uuid, text, text)
  to "service_role";

revoke all on function "private"."pet_for_booking"(uuid, uuid, text) from public;

revoke all on function "private"."post_alerts"(text, bigint[]) from public;

revoke all on function "private"."recall_answers"(public.calendar_events, jsonb) from public;

grant execute
  on function "private"."recall_answers"(public.calendar_events, jsonb)
  to "service_role";

revoke all on function "private"."record_action"(public.salon_action, uuid, uuid, uuid) from public;

revoke all on function "private"."record_activity"() from public;

revoke all
  on function "private"."record_client_response"(uuid, timestamp
    with time zone, public.client_response)
  from public;

grant execute
  on function "private"."record_client_response"(uuid, timestamp
    with time zone, public.client_response)
  to "service_role";

revoke all on function "private"."record_reader"() from public;

revoke all on function "private"."record_sms_change"() from public;

revoke all
  on function "private"."reminder_due_at"(timestamp
    with time zone,
    text,
    public.reminder_mode,
    time without time zone, smallint, time without time zone, interval, timestamp with time zone)
  from public;

grant execute
  on function "private"."reminder_due_at"(timestamp
    with time zone,
    text,
    public.reminder_mode,
    time without time zone, smallint, time without time zone, interval, timestamp with time zone)
  to "authenticated", "sms_worker";

revoke all on function "private"."require_appointment"(uuid) from public;

revoke all
  on function "private"."require_reminder"(public.calendar_events, public.sms_message_kind)
  from public;

revoke all on function "private"."restart_sms_texts"() from public;

revoke all on function "private"."retry_delay"(integer, double precision) from public;

grant execute on function "private"."retry_delay"(integer, double precision) to "service_role";

revoke all on function "private"."retry_deliveries"(uuid, integer) from public;

revoke all on function "private"."retry_salon"(uuid, integer) from public;

revoke all on function "private"."salon_problems"() from public;

revoke all on function "private"."salons_that_test"() from public;

grant execute on function "private"."salons_that_test"() to "sms_worker";

revoke all on function "private"."send_alerts"() from public;

revoke all on function "private"."settle_alerts"() from public;

revoke all on function "private"."setup_alerts"(text, text, text, text, text, text) from public;

revoke all on function "private"."setup_realtime"() from public;

revoke all on function "private"."share_salon"(uuid) from public;

grant execute on function "private"."share_salon"(uuid) to "service_role";

revoke all on function "private"."show_attendance"() from public;

revoke all on function "private"."silent_salons"() from public;

revoke all on function "private"."sms_ask_for_run"(uuid) from public;

revoke all on function "private"."sms_asked_run_is_over"(timestamp with time zone) from public;

revoke all
  on function
    "private"."sms_close_lease"(uuid, public.sms_message_status, public.sms_reason, text, timestamp
    with time zone)
  from public;

grant execute
  on function
    "private"."sms_close_lease"(uuid, public.sms_message_status, public.sms_reason, text, timestamp
    with time zone)
  to "sms_worker";

revoke all on function "private"."sms_day_start"() from public;

grant execute on function "private"."sms_day_start"() to "sms_worker";

revoke all
  on function
    "private"."sms_exceeded_limit"(public.sms_messages, public.sms_settings, text, text, integer)
  from public;

grant execute
  on function
    "private"."sms_exceeded_limit"(public.sms_messages, public.sms_settings, text, text, integer)
  to "sms_worker";

revoke all
  on function "private"."sms_is_being_told"(uuid, timestamp with time zone, public.sms_message_kind)
  from public;

grant execute
  on function "private"."sms_is_being_told"(uuid, timestamp with time zone, public.sms_message_kind)
  to "sms_worker";

revoke all
  on function "private"."sms_is_told"(uuid, text, public.sms_message_kind, timestamp
    with time zone, timestamp with time zone, timestamp with time zone, uuid)
  from public;

grant execute
  on function "private"."sms_is_told"(uuid, text, public.sms_message_kind, timestamp
    with time zone, timestamp with time zone, timestamp with time zone, uuid)
  to "sms_worker";

revoke all on function "private"."sms_kind_is_enabled"(uuid, public.sms_message_kind) from public;

grant execute
  on function "private"."sms_kind_is_enabled"(uuid, public.sms_message_kind)
  to "service_role", "sms_worker";

revoke all on function "private"."sms_last_text"(uuid, text, uuid) from public;

grant execute
  on function "private"."sms_last_text"(uuid, text, uuid)
  to "service_role", "sms_worker";

revoke all
  on function "private"."sms_lease_messages"(uuid[], uuid[], public.sms_provider, interval)
  from public;

grant execute
  on function "private"."sms_lease_messages"(uuid[], uuid[], public.sms_provider, interval)
  to "sms_worker";

revoke all on function "private"."sms_may_still_be_sent"(public.sms_messages) from public;

grant execute on function "private"."sms_may_still_be_sent"(public.sms_messages) to "sms_worker";

revoke all on function "private"."sms_message_of_receipt"(public.sms_provider, jsonb) from public;

grant execute
  on function "private"."sms_message_of_receipt"(public.sms_provider, jsonb)
  to "sms_worker";

revoke all on function "private"."sms_occasions_of"(uuid) from public;

grant execute on function "private"."sms_occasions_of"(uuid) to "sms_worker";

revoke all on function "private"."sms_queue_notice"(uuid, public.sms_message_kind) from public;

grant execute
  on function "private"."sms_queue_notice"(uuid, public.sms_message_kind)
  to "service_role", "sms_worker";

revoke all on function "private"."sms_send_at_once"(uuid) from public;

revoke all
  on function "private"."sms_skip_is_resolved"(public.sms_messages, uuid, boolean, text, timestamp
    with time zone, text)
  from public;

grant execute
  on function "private"."sms_skip_is_resolved"(public.sms_messages, uuid, boolean, text, timestamp
    with time zone, text)
  to "sms_worker";

revoke all on function "private"."sms_template"(uuid, public.sms_message_kind, uuid[]) from public;

grant execute
  on function "private"."sms_template"(uuid, public.sms_message_kind, uuid[])
  to "sms_worker";

revoke all on function "private"."sms_told_last"(text) from public;

grant execute on function "private"."sms_told_last"(text) to "service_role";

revoke all
  on function "private"."sms_waiting_message"(uuid, uuid, date, public.sms_message_kind)
  from public;

grant execute
  on function "private"."sms_waiting_message"(uuid, uuid, date, public.sms_message_kind)
  to "sms_worker";

revoke all
  on function
    "private"."sms_write_message"(uuid, public.sms_message_kind, public.sms_message_status,
    public.sms_reason)
  from public;

grant execute
  on function
    "private"."sms_write_message"(uuid, public.sms_message_kind, public.sms_message_status,
    public.sms_reason)
  to "service_role", "sms_worker";

revoke all on function "private"."start_function"(text) from public;

grant execute on function "private"."start_function"(text) to "service_role";

revoke all on function "private"."touch_sms_settings"() from public;

revoke all on function "private"."trim_activity"(integer, integer) from public;

revoke all on function "private"."undo_guessed_move"(public.webhook_logs) from public;

grant execute on function "private"."undo_guessed_move"(public.webhook_logs) to "service_role";

revoke all on function "private"."was_cancelled_by_salon"(public.calendar_events) from public;

revoke all on function "private"."without_personal_data"(jsonb) from public;

grant execute on function "private"."without_personal_data"(jsonb) to "service_role";

revoke all on function "public"."activity_of_appointment"(uuid) from public;

grant execute on function "public"."activity_of_appointment"(uuid) to "authenticated";

revoke all on function "public"."add_client_from_booking"(uuid, text) from public;

grant execute on function "public"."add_client_from_booking"(uuid, text) to "authenticated";

revoke all on function "public"."booking_contact"(uuid, uuid, uuid) from public;

grant execute on function "public"."booking_contact"(uuid, uuid, uuid) to "authenticated";

revoke all
  on function "public"."client_link_respond"(text, uuid, timestamp
    with time zone, public.client_response)
  from public;

grant execute
  on function "public"."client_link_respond"(text, uuid, timestamp
    with time zone, public.client_response)
  to "service_role";

revoke all on function "public"."client_link_show"(text) from public;

grant execute on function "public"."client_link_show"(text) to "service_role";

revoke all
  on function "public"."default_sms_text"(public.sms_message_kind, public.reminder_language)
  from public;

grant execute
  on function "public"."default_sms_text"(public.sms_message_kind, public.reminder_language)
  to "authenticated";

grant execute
  on function "public"."default_sms_text"(public.sms_message_kind, public.reminder_language)
  to "service_role", "sms_worker";

revoke all on function "public"."finish_salon_action"(uuid, text, uuid, boolean) from public;

grant execute
  on function "public"."finish_salon_action"(uuid, text, uuid, boolean)
  to "service_role";

revoke all on function "public"."health_report"() from public;

grant execute on function "public"."health_report"() to "service_role";

revoke all on function "public"."send_reminder_now"(uuid, public.sms_message_kind) from public;

grant execute
  on function "public"."send_reminder_now"(uuid, public.sms_message_kind)
  to "authenticated";

revoke all on function "public"."send_test_sms"(uuid, text) from public;

grant execute on function "public"."send_test_sms"(uuid, text) to "authenticated";

revoke all
  on function "public"."set_attendance"(uuid, timestamp
    with time zone, public.appointment_attendance, public.appointment_attendance)
  from public;

grant execute
  on function "public"."set_attendance"(uuid, timestamp
    with time zone, public.appointment_attendance, public.appointment_attendance)
  to "authenticated";

revoke all on function "public"."set_salon_note"(uuid, text, text) from public;

grant execute on function "public"."set_salon_note"(uuid, text, text) to "authenticated";

revoke all on function "public"."skip_reminder"(uuid, public.sms_message_kind) from public;

grant execute on function "public"."skip_reminder"(uuid, public.sms_message_kind) to "authenticated";

revoke all
  on function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone)
  from public;

grant execute
  on function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone)
  to "service_role";

revoke all
  on function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone)
  from "sms_worker";

grant execute
  on function "public"."sms_claim"(public.sms_provider, integer, interval, timestamp with time zone)
  to "sms_worker";

revoke all on function "public"."sms_preview"(integer, timestamp with time zone) from public;

grant execute
  on function "public"."sms_preview"(integer, timestamp with time zone)
  to "service_role";

revoke all on function "public"."sms_preview"(integer, timestamp with time zone) from "sms_worker";

grant execute on function "public"."sms_preview"(integer, timestamp with time zone) to "sms_worker";

revoke all
  on function
    "public"."sms_receive_reply"(public.sms_provider, text, text, text, public.client_response)
  from public;

grant execute
  on function
    "public"."sms_receive_reply"(public.sms_provider, text, text, text, public.client_response)
  to "service_role";

revoke all
  on function "public"."start_salon_action"(uuid, uuid, public.salon_action, uuid, uuid, uuid)
  from public;

grant execute
  on function "public"."start_salon_action"(uuid, uuid, public.salon_action, uuid, uuid, uuid)
  to "service_role";

revoke all on function "public"."unskip_reminder"(uuid, public.sms_message_kind) from public;

grant execute
  on function "public"."unskip_reminder"(uuid, public.sms_message_kind)
  to "authenticated";

grant select on table "private"."client_links" to "service_role";

grant insert on table "private"."client_links" to "sms_worker";

grant delete, select on table "private"."sms_changes" to "service_role";

grant select on table "private"."sms_changes" to "sms_worker";

grant insert, select on table "private"."sms_replies" to "service_role";

revoke all on table "public"."salon_activity" from "authenticated";

grant select on table "public"."salon_activity" to "authenticated";

revoke all on table "public"."salon_activity" from "service_role";

grant delete, insert, select, update on table "public"."salon_activity" to "service_role";

revoke all on table "public"."sms_inbox" from "authenticated";

grant select on table "public"."sms_inbox" to "authenticated";

revoke all on table "public"."sms_inbox" from "service_role";

grant delete, insert, select, update on table "public"."sms_inbox" to "service_role";

revoke all on table "public"."sms_service_texts" from "authenticated";

grant delete, select on table "public"."sms_service_texts" to "authenticated";

revoke all on table "public"."sms_service_texts" from "service_role";

grant delete, insert, select, update on table "public"."sms_service_texts" to "service_role";

grant select on table "public"."sms_service_texts" to "sms_worker";

revoke all on table "public"."sms_texts" from "authenticated";

grant select on table "public"."sms_texts" to "authenticated";

revoke all on table "public"."sms_texts" from "service_role";

grant delete, insert, select, update on table "public"."sms_texts" to "service_role";

grant select on table "public"."sms_texts" to "sms_worker";

grant select on table "private"."sms_occasions" to "sms_worker";

grant select on table "private"."sms_rules" to "authenticated", "sms_worker";

grant select on table "private"."unplanned_appointments" to "sms_worker";

revoke all on table "public"."appointments" from "authenticated";

grant select on table "public"."appointments" to "authenticated";

revoke all on table "public"."appointments" from "service_role";

grant select on table "public"."appointments" to "service_role";

revoke all on table "public"."call_list" from "authenticated";

grant select on table "public"."call_list" to "authenticated";

grant select on table "public"."due_reminders" to "sms_worker";

revoke all on table "public"."pet_history" from "authenticated";

grant select on table "public"."pet_history" to "authenticated";

revoke all on table "public"."reminder_log" from "authenticated";

grant select on table "public"."reminder_log" to "authenticated";

revoke all on table "public"."this_weeks_appointments" from "authenticated";

grant select on table "public"."this_weeks_appointments" to "authenticated";

revoke all on table "public"."todays_appointments" from "authenticated";

grant select on table "public"."todays_appointments" to "authenticated";

revoke all on table "public"."upcoming_appointments" from "authenticated";

grant select on table "public"."upcoming_appointments" to "authenticated";

revoke all on table "public"."upcoming_reminders" from "authenticated";

grant select on table "public"."upcoming_reminders" to "authenticated";

revoke all ("attendance") on table "public"."calendar_events" from "authenticated";

grant update ("attendance") on table "public"."calendar_events" to "authenticated";

revoke all ("client_response") on table "public"."calendar_events" from "authenticated";

grant update ("client_response") on table "public"."calendar_events" to "authenticated";

revoke all ("salon_note") on table "public"."calendar_events" from "authenticated";

grant update ("salon_note") on table "public"."calendar_events" to "authenticated";

revoke all ("title") on table "public"."calendar_events" from "sms_worker";

grant select ("title") on table "public"."calendar_events" to "sms_worker";

revoke all ("read_at") on table "public"."sms_inbox" from "authenticated";

grant update ("read_at") on table "public"."sms_inbox" to "authenticated";

revoke all ("salon_id") on table "public"."sms_service_texts" from "authenticated";

grant insert ("salon_id") on table "public"."sms_service_texts" to "authenticated";

revoke all ("template") on table "public"."sms_service_texts" from "authenticated";

grant insert ("template"), update ("template")
  on table "public"."sms_service_texts"
  to "authenticated";

revoke all ("title_contains") on table "public"."sms_service_texts" from "authenticated";

grant insert ("title_contains"), update ("title_contains")
  on table "public"."sms_service_texts"
  to "authenticated";

revoke all ("call_list_from") on table "public"."sms_settings" from "authenticated";

grant insert ("call_list_from"), update ("call_list_from")
  on table "public"."sms_settings"
  to "authenticated";

revoke all ("notice_hours") on table "public"."sms_settings" from "authenticated";

grant insert ("notice_hours"), update ("notice_hours")
  on table "public"."sms_settings"
  to "authenticated";

revoke all ("enabled") on table "public"."sms_texts" from "authenticated";

grant insert ("enabled"), update ("enabled") on table "public"."sms_texts" to "authenticated";

revoke all ("hours_before") on table "public"."sms_texts" from "authenticated";

grant insert ("hours_before"), update ("hours_before")
  on table "public"."sms_texts"
  to "authenticated";

revoke all ("kind") on table "public"."sms_texts" from "authenticated";

grant insert ("kind"), update ("kind") on table "public"."sms_texts" to "authenticated";

revoke all ("mode") on table "public"."sms_texts" from "authenticated";

grant insert ("mode"), update ("mode") on table "public"."sms_texts" to "authenticated";

revoke all ("salon_id") on table "public"."sms_texts" from "authenticated";

grant insert ("salon_id"), update ("salon_id") on table "public"."sms_texts" to "authenticated";

revoke all ("send_at_local") on table "public"."sms_texts" from "authenticated";

grant insert ("send_at_local"), update ("send_at_local")
  on table "public"."sms_texts"
  to "authenticated";

revoke all ("template") on table "public"."sms_texts" from "authenticated";

grant insert ("template"), update ("template") on table "public"."sms_texts" to "authenticated";

comment on column public.reminder_log.local_send_at is 'When it was sent or will be, in the salon''s time zone.';

comment on column public.reminder_log.appointments is 'The appointments that the message covers: event_id, local_start, pet_name. Empty once they were moved or deleted, or another message told the client again.';

comment on column public.appointments.is_over is 'Whether its end has passed.';

comment on column public.appointments.effective_status is 'status, but completed for a scheduled or confirmed appointment that is over.';

comment on column public.appointments.local_date is 'The date of the start in the salon''s time zone.';

comment on column public.appointments.local_start is 'The start by the salon''s clock, such as 09:30.';

comment on column public.appointments.local_end is 'The end by the salon''s clock.';

comment on column public.upcoming_reminders.skip_reason is 'Why no reminder will be sent unless somebody corrects it. The phone number is checked only when the reminder is sent.';

-- Realtime belongs to the platform: where it is missing, this does nothing.
select private.setup_realtime();
