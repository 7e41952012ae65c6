-- Prepares the tables of an existing BarkBook database for the baseline, whose "if not exists"
-- leaves them as they are: adds the columns, constraints and foreign keys that they have on a new
-- project. Rows stay; a value that breaks a new rule is replaced, because the rule would refuse every
-- later change of its row, and kept in private.barkbook_values. Without BarkBook's tables this
-- migration does nothing. After `npm run uninstall` it finds what it made on them before.
-- Objects: tables salons, clients, pets, client_pets, calendar_events, webhook_logs,
-- private.barkbook_values; the types of their new columns, and the functions that these and new
-- constraints call, which the baseline defines again.
-- Destructive: BarkBook's policies on these tables, which named no role and so applied to anon too
-- (one let anyone with the anon key read every payload); links of an appointment to a client or
-- pet of another salon.
-- Undo: recreate the policies from BarkBook's history, drop the added columns, and write the kept
-- values back.

create function pg_temp.ensure_constraint(target regclass, rule name, definition text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (select from pg_constraint c where c.conrelid = target and c.conname = rule) then
    return;
  end if;
  execute format('alter table %s add constraint %I %s', target, rule, definition);
end;
$$;

create function pg_temp.ensure_enum(name text, variants text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if to_regtype(name) is null then
    execute format('create type %s as enum (%s)', name,
      (select string_agg(quote_literal(v), ', ' order by n)
       from unnest(variants) with ordinality as u (v, n)));
  end if;
end;
$$;

create function pg_temp.drop_policies(target regclass)
returns void
language plpgsql
set search_path = ''
as $$
declare
  policy name;
begin
  for policy in select p.polname from pg_policy p where p.polrelid = target loop
    execute format('drop policy %I on %s', policy, target);
  end loop;
end;
$$;

do $adopt$
declare
  missing text;
begin
  select string_agg(needed, ', ') into missing
  from unnest(array['salons', 'clients', 'pets']) as needed
  where to_regclass('public.' || needed) is null;
  if missing is not null and (to_regclass('public.calendar_events') is not null
    or to_regclass('public.webhook_logs') is not null) then
    raise exception 'Only some of BarkBook''s tables exist; missing: %', missing
      using hint = 'Run BarkBook''s own migrations first, or rename the tables that are not its.';
  end if;
end;
$adopt$;

do $adopt$
begin
  if to_regclass('public.calendar_events') is null and to_regclass('public.webhook_logs') is null then
    return;
  end if;
  create schema if not exists private;
  create table if not exists private.barkbook_values (
    table_name text not null,
    row_id uuid not null,
    column_name text not null,
    value text not null,
    primary key (table_name, row_id, column_name)
  );
  comment on table private.barkbook_values is
    'What BarkBook had written where a value broke a rule of the calendar sync and was replaced.';
  alter table private.barkbook_values enable row level security;
  revoke all on table private.barkbook_values from public, anon, authenticated, service_role;
end;
$adopt$;

do $adopt$
declare
  shared_names text;
begin
  if to_regclass('public.salons') is null then
    return;
  end if;
  perform pg_temp.drop_policies('public.salons');
  alter table public.salons
    add column if not exists timezone text not null default 'Europe/Warsaw',
    add column if not exists phone_number text;
  update public.salons set cal_com_username = null where trim(cal_com_username) = '';

  select string_agg(name, ', ') into shared_names
  from (
    select lower(cal_com_username) as name from public.salons
    group by 1 having count(*) > 1
  ) twice;
  if shared_names is not null then
    raise exception 'Several salons have the same Cal.com username: %', shared_names
      using hint = 'Leave each username to one salon, then run the migration again.';
  end if;

  create schema if not exists private;
  create function private.is_time_zone(zone text)
  returns boolean
  language plpgsql
  stable
  set search_path = ''
  as $$
  begin
    if zone = 'UTC' or zone ~ '^[[:upper:]][[:alpha:]_]*(/[[:upper:]][[:alpha:]_-]*)+$' then
      perform now() at time zone zone;
      return true;
    end if;
    return false;
  exception
    when invalid_parameter_value then
      return false;
  end;
  $$;
  -- A salon outlives the account of its founder: see private.pass_on_salon.
  alter table public.salons
    drop constraint if exists salons_user_id_fkey,
    add constraint salons_user_id_fkey
      foreign key (user_id) references auth.users (id) on delete set null;
  perform pg_temp.ensure_constraint('public.salons',
    'salons_timezone_is_valid', 'check (private.is_time_zone(timezone))');
  perform pg_temp.ensure_constraint('public.salons',
    'salons_cal_com_username_is_not_blank', $$check (trim(cal_com_username) <> '')$$);
end;
$adopt$;

do $adopt$
begin
  if to_regclass('public.clients') is not null then
    perform pg_temp.drop_policies('public.clients');
    -- The foreign keys of calendar_events refer to these pairs.
    create unique index if not exists clients_id_salon_id_key on public.clients (id, salon_id);
    perform pg_temp.ensure_enum('public.consent_source', array['salon', 'operator', 'barkbook']);
    alter table public.clients
      add column if not exists gdpr_consent_source public.consent_source,
      add column if not exists gdpr_consent_recorded_by uuid;
    update public.clients set gdpr_consent_source = 'barkbook'
    where has_gdpr_consent and gdpr_consent_source is null;
  end if;
  if to_regclass('public.pets') is not null then
    perform pg_temp.drop_policies('public.pets');
    create unique index if not exists pets_id_salon_id_key on public.pets (id, salon_id);
  end if;
  if to_regclass('public.client_pets') is not null then
    perform pg_temp.drop_policies('public.client_pets');
  end if;
end;
$adopt$;

do $adopt$
begin
  if to_regclass('public.calendar_events') is null then
    return;
  end if;
  perform pg_temp.drop_policies('public.calendar_events');
  perform pg_temp.ensure_enum('public.link_source', array['metadata', 'phone', 'email', 'manual']);
  -- The baseline's index of this name has start_time as well.
  drop index if exists public.calendar_events_client_id_idx;
  alter table public.calendar_events
    add column if not exists ical_uid text,
    add column if not exists last_event_at timestamptz,
    add column if not exists status_before_no_show text,
    add column if not exists cancelled_at timestamptz,
    add column if not exists cancellation_reason text,
    add column if not exists link_source public.link_source,
    add column if not exists erased_at timestamptz,
    add column if not exists auto_completed_at timestamptz,
    add column if not exists host_username text,
    add column if not exists host_name text,
    add column if not exists seat_id text,
    add column if not exists attendee_name text,
    add column if not exists fold_state jsonb;

  -- Before the checks below.
  insert into private.barkbook_values
  select 'calendar_events', e.id, 'status', e.status from public.calendar_events e
  where e.status not in ('pending', 'scheduled', 'confirmed', 'completed', 'cancelled', 'no_show')
  on conflict (table_name, row_id, column_name) do update set value = excluded.value;
  -- An unknown word becomes the status that is neither reminded of nor completed.
  update public.calendar_events e set status = case
    when word in ('pending', 'scheduled', 'confirmed', 'completed', 'cancelled', 'no_show') then word
    when word = 'noshow' then 'no_show'
    when word in ('canceled', 'rejected', 'declined', 'deleted') then 'cancelled'
    when word in ('accepted', 'booked', 'active') then 'scheduled'
    when word in ('done', 'ended', 'finished') then 'completed'
    else 'pending'
  end
  from private.barkbook_values v
  cross join lateral lower(regexp_replace(trim(v.value), '[[:space:]_-]+', '_', 'g')) word
  where v.table_name = 'calendar_events' and v.column_name = 'status' and v.row_id = e.id
    and e.status = v.value;

  insert into private.barkbook_values
  select 'calendar_events', e.id, 'end_time', e.end_time::text from public.calendar_events e
  where e.end_time <= e.start_time
  on conflict (table_name, row_id, column_name) do update set value = excluded.value;
  update public.calendar_events e
  set end_time = e.start_time + make_interval(mins => lasts.minutes),
    duration_minutes = lasts.minutes
  from public.calendar_events o
  cross join lateral (
    select case when o.duration_minutes > 0 then o.duration_minutes else 60 end as minutes
  ) lasts
  where e.end_time <= e.start_time and o.id = e.id;

  insert into private.barkbook_values
  select 'calendar_events', e.id, 'salon_id', e.salon_id::text from public.calendar_events e
  where not exists (select from public.salons s where s.id = e.salon_id) and e.salon_id is not null
  on conflict (table_name, row_id, column_name) do update set value = excluded.value;
  update public.calendar_events e set salon_id = null
  from private.barkbook_values v
  where v.table_name = 'calendar_events' and v.column_name = 'salon_id' and v.row_id = e.id
    and e.salon_id::text = v.value;

  -- BarkBook left the salon out where a booking had no metadata. The client or pet has it.
  update public.calendar_events e set salon_id = coalesce(
    (select c.salon_id from public.clients c where c.id = e.client_id),
    (select p.salon_id from public.pets p where p.id = e.pet_id)
  )
  where e.salon_id is null and (e.client_id is not null or e.pet_id is not null);

  -- A link to another salon's client or pet is cleared.
  update public.calendar_events e set client_id = null
  where client_id is not null
    and not exists (
      select from public.clients c where c.id = e.client_id and c.salon_id = e.salon_id);
  update public.calendar_events e set pet_id = null
  where pet_id is not null
    and not exists (select from public.pets p where p.id = e.pet_id and p.salon_id = e.salon_id);
  perform pg_temp.ensure_constraint('public.calendar_events',
    'calendar_events_ends_after_start', 'check (end_time > start_time)');
  perform pg_temp.ensure_constraint('public.calendar_events',
    'calendar_events_status_is_valid', $$check (status in
      ('pending', 'scheduled', 'confirmed', 'completed', 'cancelled', 'no_show'))$$);
  perform pg_temp.ensure_constraint('public.calendar_events',
    'calendar_events_salon_id_fkey',
    'foreign key (salon_id) references public.salons (id) on delete cascade');
  -- The foreign keys keep BarkBook's names and get the salon as a second column.
  alter table public.calendar_events
    drop constraint if exists calendar_events_client_id_fkey,
    drop constraint if exists calendar_events_pet_id_fkey,
    add constraint calendar_events_client_id_fkey
      foreign key (client_id, salon_id) references public.clients (id, salon_id)
      on delete set null (client_id),
    add constraint calendar_events_pet_id_fkey
      foreign key (pet_id, salon_id) references public.pets (id, salon_id)
      on delete set null (pet_id);
  perform pg_temp.ensure_constraint('public.calendar_events',
    'calendar_events_link_needs_salon',
    'check (salon_id is not null or (client_id is null and pet_id is null))');
end;
$adopt$;

do $adopt$
begin
  if to_regclass('public.webhook_logs') is null then
    return;
  end if;
  perform pg_temp.drop_policies('public.webhook_logs');

  perform pg_temp.ensure_enum('public.delivery_action', array[
    'applied', 'stale', 'deferred', 'dead', 'ignored', 'invalid', 'duplicate', 'refused']);
  perform pg_temp.ensure_enum('public.delivery_reason', array[
    'booking_unknown', 'salon_not_found', 'other_salon', 'apply_failed', 'rate_limited',
    'invalid_payload', 'erased', 'redacted', 'no_booking']);
  perform pg_temp.ensure_enum('public.delivery_warning', array[
    'client_refused', 'pet_refused', 'series_unverified', 'attendee_without_seat']);

  alter table public.webhook_logs
    add column if not exists created_at timestamptz not null default now(),
    add column if not exists delivery_key text,
    add column if not exists booking jsonb,
    add column if not exists occurred_at timestamptz,
    add column if not exists action public.delivery_action,
    add column if not exists warnings public.delivery_warning[] not null default '{}',
    add column if not exists attempts integer not null default 0,
    add column if not exists next_attempt_at timestamptz,
    add column if not exists duration_ms numeric(10, 1),
    add column if not exists redacted_at timestamptz,
    add column if not exists erased_at timestamptz,
    add column if not exists from_salon_webhook boolean not null default false,
    add column if not exists reason public.delivery_reason,
    add column if not exists booking_uid text,
    add column if not exists seat_id text,
    alter column status set default 'processing',
    alter column processed_at drop default;
  insert into private.barkbook_values
  select 'webhook_logs', l.id, 'status', l.status from public.webhook_logs l
  where l.status not in ('processing', 'success', 'error')
  on conflict (table_name, row_id, column_name) do update set value = excluded.value;
  update public.webhook_logs l set status = case
    when word in ('processing', 'success', 'error') then word
    when word in ('pending', 'received', 'queued', 'new') then 'processing'
    when word in ('processed', 'succeeded', 'completed', 'done', 'ok', 'ignored', 'skipped')
      then 'success'
    else 'error'
  end
  from private.barkbook_values v
  cross join lateral lower(trim(v.value)) word
  where v.table_name = 'webhook_logs' and v.row_id = l.id and l.status = v.value;
  -- Deleting a salon deletes its log.
  alter table public.webhook_logs
    drop constraint if exists webhook_logs_salon_id_fkey,
    add constraint webhook_logs_salon_id_fkey
      foreign key (salon_id) references public.salons (id) on delete cascade;
  perform pg_temp.ensure_constraint('public.webhook_logs',
    'webhook_logs_status_is_valid', $$check (status in ('processing', 'success', 'error'))$$);
  perform pg_temp.ensure_constraint('public.webhook_logs',
    'webhook_logs_action_can_be_stored', $$check (action not in ('duplicate', 'refused'))$$);
end;
$adopt$;

drop function pg_temp.ensure_constraint(regclass, name, text);
drop function pg_temp.ensure_enum(text, text[]);
drop function pg_temp.drop_policies(regclass);
