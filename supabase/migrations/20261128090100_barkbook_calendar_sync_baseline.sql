-- Generated from supabase/schemas before the first release: never edit this file. Later changes
-- are migrations of their own.
-- The whole schema on a new project. On a BarkBook database the migration before this one has
-- prepared its tables, and "if not exists" leaves them alone.
-- Objects: everything under supabase/schemas.
-- Destructive: no.
-- Undo: drop schema private cascade, what it leaves in public, and the role sms_worker.

-- supabase/schemas/00_foundation/110_private.sql

-- The schema of everything that the Data API must not expose.

create schema if not exists private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to service_role;
comment on schema private is
  'Internals of the calendar sync. The schema is not in api.schemas, so the Data API never exposes '
  'it.';


-- supabase/schemas/00_foundation/120_sms_worker.sql

-- The reminder job runs with the rights of this role. 50_reminders/200_sms_worker_access.sql
-- defines what it may see.

do $$
begin
  create role sms_worker nologin noinherit;
exception
  -- Roles belong to the whole cluster, so another of its databases may have created this one.
  when duplicate_object or unique_violation then null;
end;
$$;
comment on role sms_worker is
  'Owns the functions of the reminder job. It cannot log in and bypasses no policy. Its policies '
  'show it only what a reminder needs: coming appointments of salons that enabled reminders.';
-- To assign a function to a role, its creator must be a member of that role.
grant sms_worker to postgres;
grant usage on schema public, private to sms_worker;


-- supabase/schemas/00_foundation/130_assign_to_sms_worker.sql

-- Used by the files of 50_reminders, and by migrations that add a function to the reminder job.

create function private.assign_to_sms_worker(worker_function regprocedure)
returns void
language plpgsql
set search_path = ''
as $$
declare
  home regnamespace := (
    select p.pronamespace::regnamespace from pg_proc p where p.oid = worker_function);
begin
  -- The new owner needs the right to create in the schema while the owner changes.
  execute format('grant create on schema %s to sms_worker', home);
  execute format('alter function %s owner to sms_worker', worker_function);
  execute format('revoke create on schema %s from sms_worker', home);
end;
$$;
revoke all on function private.assign_to_sms_worker(regprocedure)
  from public, anon, authenticated;
comment on function private.assign_to_sms_worker(regprocedure) is
  'For migrations: makes sms_worker the owner of a security definer function.';


-- supabase/schemas/00_foundation/200_e164.sql

-- Every comparison of phone numbers uses this function. It is PL/pgSQL, like everything on the path
-- of a delivery, because PL/pgSQL keeps its plans for the session, while an SQL function with a
-- pinned search_path is planned on every call.

create function private.e164(phone text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  digits text;
begin
  if phone is null or phone ~ '^\+[1-9][0-9]{6,14}$' then
    return phone;
  elsif phone ~ '[[:alpha:]]' then
    return null;
  end if;
  digits := regexp_replace(phone, '[^0-9+]', '', 'g');
  return case
    when digits ~ '^\+[1-9][0-9]{6,14}$' then digits
    when digits ~ '^00[1-9][0-9]{6,14}$' then '+' || substr(digits, 3)
    when digits ~ '^48[1-9][0-9]{8}$' then '+' || digits
    when digits ~ '^[1-9][0-9]{8}$' then '+48' || digits
  end;
end;
$$;
revoke all on function private.e164(text) from public, anon;
-- An index on clients calls it, so everyone who writes a client must be able to execute it.
grant execute on function private.e164(text) to authenticated, service_role, sms_worker;
comment on function private.e164(text) is
  'A phone number in E.164, so that "501 220 314", "0048501220314" and "+48501220314" are equal. A '
  'number without a country code is Polish. Null if the text is not a phone number.';


-- supabase/schemas/00_foundation/205_search_pattern.sql

-- Called by private.search_patterns.

create function private.search_pattern(word text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  letters constant text[] := array[
    'aąáàâäãåă', 'cćčç', 'dďđ', 'eęéèêëěė', 'gğģ', 'iíìîïį', 'lłľĺ', 'nńňñ', 'oóòôöõőø', 'rřŕ',
    'sśšş', 'tťţ', 'uúùûüůűų', 'yýÿ', 'zźżž'];
  pattern text := regexp_replace(lower(word), '([\\^$.*+?()\[\]{}|])', '\\\1', 'g');
  class text;
begin
  foreach class in array letters loop
    pattern := regexp_replace(pattern, '[' || class || ']', '[' || class || ']', 'g');
  end loop;
  return pattern;
end;
$$;
revoke all on function private.search_pattern(text) from public, anon, authenticated;
comment on function private.search_pattern(text) is
  'A pattern for ~* that finds a word whatever its diacritics: "zolw" finds "Żółw", and "żółw" '
  'finds "Zolw". Faster than removing the diacritics of every name.';


-- supabase/schemas/00_foundation/207_search_patterns.sql

-- Called by search_pets and search_clients.

create function private.search_patterns(words text, out texts text[], out phones text[])
language plpgsql
immutable
set search_path = ''
as $$
declare
  digits text;
begin
  -- No name is longer.
  words := left(trim(words), 200);
  texts := array(
    select private.search_pattern(word) from regexp_split_to_table(words, '\s+') word
    where word <> '');
  if words !~ '^[-+0-9 ()./]*$' then
    return;
  end if;
  digits := regexp_replace(regexp_replace(words, '[^0-9]', '', 'g'), '^00', '');
  phones := array(
    select '%' || number || '%'
    from unnest(array[digits,
      -- The number may be stored without the Polish country code.
      case when digits ~ '^48[0-9]{9}$' or words ~ '^(\+|00) ?48' then substr(digits, 3) end
    ]) number
    -- Fewer digits are part of most numbers.
    where length(number) >= 3);
end;
$$;
revoke all on function private.search_patterns(text) from public, anon, authenticated;
comment on function private.search_patterns(text) is
  'What to search for: a pattern for ~* for each word, and patterns for like for the digits of a '
  'phone number, null if the words are none.';


-- supabase/schemas/00_foundation/210_is_time_zone.sql

-- Called by a constraint of salons. "or replace", because the migration that adopts BarkBook's
-- tables creates this function before the baseline does.

create or replace function private.is_time_zone(zone text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Postgres also accepts offsets, abbreviations and POSIX rules such as a/b5, which Intl refuses. A
  -- rule has a digit, so without digits the name is that of a zone in pg_timezone_names, which
  -- would take too long to read for every row that is written.
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
revoke all on function private.is_time_zone(text) from public, anon;
grant execute on function private.is_time_zone(text) to authenticated, service_role, sms_worker;
comment on function private.is_time_zone(text) is
  'Whether a text names an IANA time zone of a place, or UTC. Zones such as Etc/GMT+1, which are '
  'fixed offsets, are refused.';


-- supabase/schemas/00_foundation/220_set_updated_at.sql

-- Trigger function of every table with updated_at. The triggers are defined beside their tables.

create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := now();
  return new;
end;
$$;
revoke all on function private.set_updated_at() from public, anon, authenticated;
comment on function private.set_updated_at() is 'Trigger: sets updated_at.';


-- supabase/schemas/00_foundation/230_app_now.sql

-- The app clock: what the reminder job and every view that depends on the time of day use for
-- now(). Functions that take p_now set it with private.set_app_clock.

create function private.app_now()
returns timestamptz
-- An SQL function with a search_path would be planned again for every query that calls it.
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('barkbook.app_now', true), '')::timestamptz, now());
end;
$$;
revoke all on function private.app_now() from public, anon;
-- Views and policies call it with the rights of the reader.
grant execute on function private.app_now() to authenticated, service_role, sms_worker;
comment on function private.app_now() is
  'The app clock: the time by which reminders and views are computed. It is now(), unless '
  'private.set_app_clock set another time in this transaction.';


-- supabase/schemas/00_foundation/240_set_app_clock.sql

-- Called by the functions of the reminder job that take p_now.

create function private.set_app_clock(moment timestamptz)
returns timestamptz
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('barkbook.app_now', coalesce(moment::text, ''), true);
  return coalesce(moment, now());
end;
$$;
revoke all on function private.set_app_clock(timestamptz) from public, anon, authenticated;
grant execute on function private.set_app_clock(timestamptz) to sms_worker;
comment on function private.set_app_clock(timestamptz) is
  'Sets the time that app_now() returns until the end of the transaction, or resets it if null. '
  'Returns that time.';


-- supabase/schemas/00_foundation/250_check_text_lengths.sql

-- Trigger function of every table whose texts members write. The triggers are defined beside their
-- tables.

create function private.check_text_lengths()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  texts jsonb := to_jsonb(new);
  texts_before jsonb := to_jsonb(old);
  text_column text;
  most integer;
begin
  for i in 0 .. tg_nargs - 2 by 2 loop
    text_column := tg_argv[i];
    most := tg_argv[i + 1];
    if length(texts ->> text_column) > most
      and texts -> text_column is distinct from texts_before -> text_column then
      raise exception '%.% has more than % characters', tg_table_name, text_column, most
        using errcode = 'check_violation', hint = 'Shorten it.',
          constraint = tg_table_name || '_' || text_column || '_is_short',
          schema = tg_table_schema, table = tg_table_name, column = text_column;
    end if;
  end loop;
  return new;
end;
$$;
revoke all on function private.check_text_lengths() from public, anon, authenticated;
comment on function private.check_text_lengths() is
  'Trigger: refuses a text that is too long, if it is new or changed. Arguments: a column and its '
  'most characters, then the next column. Not a check constraint, because that would refuse every '
  'later update of a row that BarkBook wrote longer.';


-- supabase/schemas/00_foundation/260_set_vault_secret.sql

-- Writes a secret to Vault. Called by the functions that set a salon's secret or the schedules'.

create function private.set_vault_secret(secret_name text, secret text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  secret_id uuid;
begin
  -- Two concurrent calls that set the first secret would both insert.
  perform pg_advisory_xact_lock(hashtextextended('secret ' || secret_name, 0));
  select s.id into secret_id from vault.secrets s where s.name = secret_name;
  if secret is null then
    delete from vault.secrets s where s.id = secret_id;
  elsif secret_id is null then
    perform vault.create_secret(new_secret => secret, new_name => secret_name);
  else
    perform vault.update_secret(secret_id => secret_id, new_secret => secret);
  end if;
end;
$$;
revoke all on function private.set_vault_secret(text, text) from public, anon, authenticated;
comment on function private.set_vault_secret(text, text) is
  'Stores a secret in Supabase Vault, replacing the one of that name; null deletes it.';


-- supabase/schemas/10_salons/090_user_id.sql

-- Called by policies instead of auth.uid(), which is an SQL function: Postgres parses it again for
-- every query that it plans.

create function private.user_id()
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return auth.uid();
end;
$$;
revoke all on function private.user_id() from public, anon;
grant execute on function private.user_id() to authenticated;
comment on function private.user_id() is 'The signed-in user, for policies.';


-- supabase/schemas/10_salons/095_refuse_estimates.sql

-- Called by every policy with which members read. PostgREST answers Prefer: count=planned and
-- count=estimated with the planner's row estimate, which is computed from the rows of all salons.

-- Immutable, so that the planner itself calls it and executed queries pay nothing. A check of the
-- header in pgrst.db_pre_request would not do: of several Prefer headers PostgREST obeys all and
-- shows only the last.
create function private.refuse_estimates()
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if current_query() ~* '^\s*explain' and current_setting('request.method', true) <> '' then
    raise exception 'Row counts are not estimated here'
      using errcode = 'PT400', hint = 'Send Prefer: count=exact, or no count.';
  end if;
  return true;
end;
$$;
revoke all on function private.refuse_estimates() from public, anon;
grant execute on function private.refuse_estimates() to authenticated;
comment on function private.refuse_estimates() is
  'True, for policies. Raises PT400 when the Data API asks for an estimate or a plan, which would '
  'tell members how many rows all salons have.';


-- supabase/schemas/10_salons/097_refuse_new_key.sql

-- Trigger on tables whose key says whose a row is.

create function private.refuse_new_key()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'A row of % stays with its salon', tg_table_name
    using errcode = 'insufficient_privilege', hint = 'Create it in the other salon instead.';
end;
$$;
revoke all on function private.refuse_new_key() from public, anon, authenticated;
comment on function private.refuse_new_key() is
  'Trigger: refuses an update that would move a row to another salon or member, whoever asks. An '
  'upsert that sets the key to its own value passes.';


-- supabase/schemas/10_salons/100_salon_ids.sql

-- Defines membership: every policy "members can …" calls this function. It is PL/pgSQL, because an
-- SQL function with a pinned search_path is planned again in every query, and returns an array,
-- because that is twice as fast as a set.

create function private.salon_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
begin
  return array(
    select s.id from public.salons s where s.user_id = me
    union all
    select m.salon_id from public.salon_members m where m.user_id = me);
end;
$$;
revoke all on function private.salon_ids() from public, anon;
grant execute on function private.salon_ids() to authenticated;
comment on function private.salon_ids() is
  'The salons of the signed-in user, for policies. Security definer, because the policies of '
  'salons and salon_members call it and would otherwise recurse.';


-- supabase/schemas/10_salons/105_salons_to_search.sql

-- Called by search_pets and search_clients.

create function private.salons_to_search(salon uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select mine.id from unnest(private.salon_ids()) as mine (id)
    where salon is null or mine.id = salon);
end;
$$;
revoke all on function private.salons_to_search(uuid) from public, anon, authenticated;
comment on function private.salons_to_search(uuid) is
  'The salons of the signed-in user, or only the one that is asked for; none if it is not theirs.';


-- supabase/schemas/10_salons/110_owned_salon_ids.sql

-- Defines ownership: every policy "owners can …" calls this function.

create function private.owned_salon_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := auth.uid();
begin
  return array(
    select s.id from public.salons s where s.user_id = me
    union all
    select m.salon_id
    from public.salon_members m
    where m.user_id = me and m.role = 'owner');
end;
$$;
revoke all on function private.owned_salon_ids() from public, anon;
grant execute on function private.owned_salon_ids() to authenticated;
comment on function private.owned_salon_ids() is
  'The salons that the signed-in user owns. Security definer, for the same reason as salon_ids().';


-- supabase/schemas/10_salons/115_salons_per_user.sql

-- To how many salons one user may belong.

create table private.salons_per_user (
  most integer not null default 20,
  constraint salons_per_user_most_is_valid check (most between 1 and 1000)
);
insert into private.salons_per_user default values;

create unique index salons_per_user_is_one_row on private.salons_per_user ((true));

comment on table private.salons_per_user is
  'One row. most: to how many salons a user can belong by creating them or accepting invitations: '
  'update private.salons_per_user set most = 40. Without a limit, the locks that '
  'private.lock_salons_of_member takes for one user could fill the table of locks, which all '
  'salons share.';

alter table private.salons_per_user enable row level security;
revoke all on table private.salons_per_user from public, anon, authenticated, service_role;


-- supabase/schemas/10_salons/117_require_room_for_salon.sql

-- Called when the signed-in user creates a salon or accepts an invitation.

create function private.require_room_for_salon()
returns void
language plpgsql
set search_path = ''
as $$
declare
  most integer := (select l.most from private.salons_per_user l);
begin
  -- Two concurrent calls could both get the last place.
  perform pg_advisory_xact_lock(hashtextextended('salons of ' || auth.uid(), 0));
  if cardinality(private.salon_ids()) >= most then
    raise exception 'You belong to % salons already', most
      using errcode = 'PT409',
        hint = 'Leave a salon that you no longer need, or ask the operator to raise the limit.';
  end if;
end;
$$;
revoke all on function private.require_room_for_salon() from public, anon, authenticated;
comment on function private.require_room_for_salon() is
  'Raises PT409 if the signed-in user belongs to as many salons as private.salons_per_user allows. '
  'Who belongs to more, because BarkBook or the operator created them, keeps them.';


-- supabase/schemas/10_salons/120_salons.sql

-- Salons, the tenants. BarkBook already has this table, hence "if not exists".

create table if not exists public.salons (
  id uuid primary key default gen_random_uuid(),
  user_id uuid,
  name text not null,
  address text,
  nip text,
  cal_com_username text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  timezone text not null default 'Europe/Warsaw',
  phone_number text,
  -- See private.pass_on_salon.
  constraint salons_user_id_fkey
    foreign key (user_id) references auth.users (id) on delete set null,
  constraint salons_timezone_is_valid check (private.is_time_zone(timezone)),
  constraint salons_cal_com_username_is_not_blank check (trim(cal_com_username) <> '')
);

create unique index if not exists salons_cal_com_username_key
  on public.salons (lower(cal_com_username));
create index if not exists salons_user_id_idx on public.salons (user_id);

comment on table public.salons is
  'A grooming salon, the tenant: every other row belongs to a salon.';
comment on column public.salons.user_id is
  'The owner who created the salon, or the one who followed when that account was deleted.';
comment on column public.salons.cal_com_username is
  'The salon''s username on Cal.com, unique regardless of case. Bookings with this host belong to '
  'the salon, so only service_role may set it.';
comment on column public.salons.phone_number is
  'Where clients reach the salon, as reminders write it.';
comment on column public.salons.timezone is
  'IANA name of the time zone that defines the salon''s days and clock times.';

create or replace trigger handle_updated_at
  before update on public.salons
  for each row execute function private.set_updated_at();

create trigger keep_key
  before update of id on public.salons
  for each row when (new.id <> old.id) execute function private.refuse_new_key();

create or replace trigger check_text_lengths
  before insert or update of name, address, nip, phone_number on public.salons
  for each row execute function private.check_text_lengths(
    'name', '200', 'address', '500', 'nip', '50', 'phone_number', '100');

alter table public.salons enable row level security;
revoke all on table public.salons from public, anon, authenticated, service_role;
grant select on table public.salons to authenticated;
grant insert (id, user_id, name, address, nip, timezone, phone_number) on table public.salons to authenticated;
grant update (name, address, nip, timezone, phone_number) on table public.salons to authenticated;
grant select, insert, update, delete on table public.salons to service_role;

-- The owner is checked separately, because a newly inserted row is not yet among salon_ids().
create policy "members can see their salon" on public.salons
  for select to authenticated
  using (
    private.refuse_estimates()
    and (id = any ((select private.salon_ids())::uuid[]) or user_id = (select private.user_id()))
  );
create policy "users can create their own salon" on public.salons
  for insert to authenticated
  with check (user_id = (select private.user_id()));
create policy "owners can edit their salon" on public.salons
  for update to authenticated
  using (id = any ((select private.owned_salon_ids())::uuid[]))
  with check (id = any ((select private.owned_salon_ids())::uuid[]));


-- supabase/schemas/10_salons/123_limit_salons_of_user.sql

-- Limits how many salons a user can create. Trigger on salons.

create function private.limit_salons_of_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_room_for_salon();
  return new;
end;
$$;
revoke all on function private.limit_salons_of_user() from public, anon, authenticated;
comment on function private.limit_salons_of_user() is
  'Trigger: refuses a salon of a user who belongs to too many. The operator can create more. '
  'Security definer, because users may not read the limit.';

create trigger limit_salons_of_user
  before insert on public.salons
  for each row when (current_user = 'authenticated')
  execute function private.limit_salons_of_user();


-- supabase/schemas/10_salons/125_member_role.sql

-- The roles of a salon's members.

create type public.member_role as enum ('owner', 'staff');
comment on type public.member_role is
  'owner: also changes settings, replays deliveries, and exports or erases clients. staff: reads '
  'and edits the salon''s calendar, clients and pets.';


-- supabase/schemas/10_salons/130_salon_members.sql

-- Further owners and staff of a salon. The owner who created it is salons.user_id. Members are
-- added by accept_invitation.

create table public.salon_members (
  salon_id uuid not null references public.salons (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role public.member_role not null default 'staff',
  created_at timestamptz not null default now(),
  primary key (salon_id, user_id)
);

create index salon_members_user_id_idx on public.salon_members (user_id);

comment on table public.salon_members is 'Further owners, and the staff, of a salon.';

create trigger keep_key
  before update of salon_id, user_id on public.salon_members
  for each row when ((new.salon_id, new.user_id) <> (old.salon_id, old.user_id))
  execute function private.refuse_new_key();

alter table public.salon_members enable row level security;
revoke all on table public.salon_members from public, anon, authenticated, service_role;
grant select, update (role), delete on table public.salon_members to authenticated;
grant select, insert, update, delete on table public.salon_members to service_role;

create policy "members can see the members of their salon" on public.salon_members
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can change a member's role" on public.salon_members
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can remove members, and members can leave" on public.salon_members
  for delete to authenticated
  using (
    salon_id = any ((select private.owned_salon_ids())::uuid[])
    or user_id = (select private.user_id())
  );


-- supabase/schemas/10_salons/140_can_manage_salon.sql

-- Called by security definer functions that owners may call.

create function private.can_manage_salon(salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- none: a direct connection to the database.
  return current_setting('role') in ('service_role', 'none')
    or coalesce(salon = any (private.owned_salon_ids()), false);
end;
$$;
revoke all on function private.can_manage_salon(uuid) from public, anon, authenticated;
comment on function private.can_manage_salon(uuid) is
  'For security definer functions: whether the caller may act as an owner of the salon. '
  'service_role may for every salon, and for rows without a salon.';


-- supabase/schemas/10_salons/150_require_salon.sql

-- Called by functions that take the id of a salon.

create function private.require_salon(salon uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (select from public.salons s where s.id = salon) then
    raise exception 'There is no salon %', salon
      using errcode = 'no_data_found', hint = 'Look up the id in the table salons.';
  end if;
end;
$$;
revoke all on function private.require_salon(uuid) from public, anon, authenticated;
comment on function private.require_salon(uuid) is 'Raises P0002 if the salon does not exist.';


-- supabase/schemas/10_salons/160_pass_on_salon.sql

-- Passes a salon on when its founder's account is deleted. Trigger on salons.

create function private.pass_on_salon()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Before the rows of the salon, as a delivery does. Deleting them in another order would deadlock.
  perform private.lock_salon(old.id);
  delete from public.salon_members m
  where (m.salon_id, m.user_id) = (
    select o.salon_id, o.user_id
    from public.salon_members o
    -- Supabase Auth may delete several accounts in one statement.
    join auth.users u on u.id = o.user_id
    where o.salon_id = old.id and o.role = 'owner' and o.user_id <> old.user_id
    order by o.created_at, o.user_id
    limit 1)
  returning m.user_id into new.user_id;
  if new.user_id is null then
    delete from public.salons s where s.id = old.id;
    return null;
  end if;
  return new;
end;
$$;
revoke all on function private.pass_on_salon() from public, anon, authenticated;
comment on function private.pass_on_salon() is
  'Trigger: the foreign key clears salons.user_id when the account is deleted. The longest-serving '
  'other owner follows; without one the salon is deleted. Security definer, because service_role '
  'may not read auth.users.';

create trigger pass_on_salon
  before update of user_id on public.salons
  for each row when (new.user_id is null and old.user_id is not null)
  execute function private.pass_on_salon();


-- supabase/schemas/10_salons/170_salon_invitations.sql

-- Invitations to become a member of a salon.

create table public.salon_invitations (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.salons (id) on delete cascade,
  email text not null,
  role public.member_role not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '14 days',
  invited_by uuid,
  constraint salon_invitations_salon_id_email_key unique (salon_id, email),
  constraint salon_invitations_email_is_valid
    check (email ~ '^[^\s@]+@[^\s@]+$' and email = lower(email) and length(email) <= 254)
);

create index salon_invitations_email_idx on public.salon_invitations (email);

comment on table public.salon_invitations is
  'Invitations of an e-mail address to become a member, until they are accepted. Nothing here '
  'depends on whether the address has an account.';
comment on column public.salon_invitations.email is 'In lower case.';
comment on column public.salon_invitations.invited_by is
  'The owner who made the invitation or renewed it last; null for service_role. See '
  'private.withdraw_invitations.';

alter table public.salon_invitations enable row level security;
revoke all on table public.salon_invitations from public, anon, authenticated, service_role;
grant select, delete on table public.salon_invitations to authenticated;
grant select, insert, update, delete on table public.salon_invitations to service_role;

create policy "owners can see the invitations of their salon" on public.salon_invitations
  for select to authenticated
  using (
    private.refuse_estimates() and salon_id = any ((select private.owned_salon_ids())::uuid[])
  );
create policy "owners can withdraw an invitation" on public.salon_invitations
  for delete to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]));


-- supabase/schemas/10_salons/172_invite_member.sql

-- Called by owners.

create function public.invite_member(
  p_salon_id uuid, p_email text, p_role public.member_role default 'staff'
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation_id uuid;
begin
  -- Two concurrent invitations could both be the last one that is allowed. An owner who is being
  -- removed could make one that private.withdraw_invitations does not see.
  perform from public.salons s
  where s.id = p_salon_id and private.can_manage_salon(s.id) for no key update;
  if not private.can_manage_salon(p_salon_id) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can invite members to their salon.';
  end if;
  delete from public.salon_invitations i
  where i.salon_id = p_salon_id and i.expires_at <= now();
  if (select count(*) >= 50 from public.salon_invitations i
    where i.salon_id = p_salon_id and i.email <> lower(trim(p_email))) then
    raise exception 'The salon has 50 open invitations'
      using errcode = 'PT409', hint = 'Withdraw some of them first.';
  end if;
  insert into public.salon_invitations as i (salon_id, email, role, invited_by)
  values (p_salon_id, lower(trim(p_email)), p_role, (select auth.uid()))
  on conflict on constraint salon_invitations_salon_id_email_key do update
  set role = excluded.role, created_at = excluded.created_at, expires_at = excluded.expires_at,
    invited_by = excluded.invited_by
  returning i.id into invitation_id;
  return invitation_id;
end;
$$;
revoke all on function public.invite_member(uuid, text, public.member_role)
  from public, anon, authenticated;
grant execute on function public.invite_member(uuid, text, public.member_role)
  to authenticated, service_role;
comment on function public.invite_member(uuid, text, public.member_role) is
  'Invites an e-mail address to a salon for 14 days, or renews its invitation; returns its id. '
  'Sends nothing: tell the person, who accepts with accept_invitation. The answer is the same '
  'whether the address has an account or not. For owners and service_role; for others the salon '
  'does not exist: PT404. PT409 for the 51st open invitation. Security definer, because owners may '
  'not choose the id or the expiry.';


-- supabase/schemas/10_salons/174_confirmed_email.sql

-- Called by the functions with which users find and accept invitations.

create function private.confirmed_email()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  -- From the account, because a token may name an address that was changed since.
  return (
    select lower(u.email) from auth.users u
    where u.id = (select auth.uid()) and u.email_confirmed_at is not null);
end;
$$;
revoke all on function private.confirmed_email() from public, anon, authenticated;
comment on function private.confirmed_email() is
  'The e-mail address of the signed-in user in lower case; null if it was not confirmed.';


-- supabase/schemas/10_salons/176_my_invitations.sql

-- Called by users who were invited.

create function public.my_invitations()
returns table (id uuid, salon_name text, role public.member_role, expires_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select i.id, s.name, i.role, i.expires_at
  from public.salon_invitations i
  join public.salons s on s.id = i.salon_id
  where i.email = private.confirmed_email() and i.expires_at > now()
  order by i.created_at, i.id;
end;
$$;
revoke all on function public.my_invitations() from public, anon, authenticated, service_role;
grant execute on function public.my_invitations() to authenticated;
comment on function public.my_invitations() is
  'The open invitations to the confirmed e-mail address of the signed-in user. Security definer, '
  'because the user is not yet a member and sees neither the salon nor its invitations.';


-- supabase/schemas/10_salons/178_accept_invitation.sql

-- Called by users who were invited.

create function public.accept_invitation(p_invitation_id uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  invitation public.salon_invitations;
begin
  delete from public.salon_invitations i
  where i.id = p_invitation_id and i.email = private.confirmed_email() and i.expires_at > now()
  returning i.* into invitation;
  if invitation.id is null then
    raise exception 'There is no such invitation'
      using errcode = 'PT404',
        hint = 'Sign in with the address that was invited and confirm it, or ask for a new one.';
  end if;
  if invitation.salon_id <> all (private.salon_ids()) then
    perform private.require_room_for_salon();
    insert into public.salon_members (salon_id, user_id, role)
    values (invitation.salon_id, (select auth.uid()), invitation.role)
    on conflict do nothing;
  end if;
  return invitation.salon_id;
end;
$$;
revoke all on function public.accept_invitation(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.accept_invitation(uuid) to authenticated;
comment on function public.accept_invitation(uuid) is
  'Makes the signed-in user a member of the salon that invited their confirmed e-mail address, and '
  'returns the salon. Who is a member already keeps their role. An invitation of somebody else, or '
  'one that expired, does not exist: PT404. PT409, and the invitation stays, if the user belongs to '
  'as many salons as private.salons_per_user allows. Security definer, because only this makes '
  'members.';


-- supabase/schemas/10_salons/180_withdraw_invitations.sql

-- Withdraws the invitations of an owner who leaves. Trigger on salon_members and salons.

create function private.withdraw_invitations()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  salon uuid;
begin
  if tg_table_name = 'salons' then
    salon := old.id;
  else
    salon := old.salon_id;
  end if;
  -- Waits for an invitation that the owner is making at this moment: see invite_member.
  perform from public.salons s where s.id = salon for no key update;
  delete from public.salon_invitations i where i.salon_id = salon and i.invited_by = old.user_id;
  return null;
end;
$$;
revoke all on function private.withdraw_invitations() from public, anon, authenticated;
comment on function private.withdraw_invitations() is
  'Trigger: an owner who was removed or demoted must not return by an invitation of their own to '
  'another address. Security definer, because members who leave may not withdraw invitations.';

create trigger withdraw_invitations
  after delete on public.salon_members
  for each row when (old.role = 'owner') execute function private.withdraw_invitations();
create trigger withdraw_invitations_of_former_owner
  after update of role on public.salon_members
  for each row when (old.role = 'owner' and new.role <> 'owner')
  execute function private.withdraw_invitations();
create trigger withdraw_invitations
  after update of user_id on public.salons
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.withdraw_invitations();


-- supabase/schemas/10_salons/190_consent_source.sql

-- Who recorded a consent. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.consent_source') is null then
    create type public.consent_source as enum ('salon', 'operator', 'barkbook');
  end if;
end;
$$;
comment on type public.consent_source is
  'salon: a member of the salon. operator: service_role or postgres. barkbook: BarkBook, before '
  'its tables were adopted.';


-- supabase/schemas/10_salons/200_clients.sql

-- Clients of a salon. BarkBook already has this table.

create table if not exists public.clients (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id) on delete cascade,
  name text not null,
  surname text not null,
  phone_number text not null,
  email text,
  address text,
  has_gdpr_consent boolean not null default false,
  gdpr_consent_date timestamptz,
  created_at timestamptz not null default now(),
  gdpr_consent_source public.consent_source,
  gdpr_consent_recorded_by uuid
);

-- Appointments refer to this pair, so that they cannot name a client of another salon.
create unique index if not exists clients_id_salon_id_key on public.clients (id, salon_id);
create index if not exists clients_salon_id_phone_idx
  on public.clients (salon_id, private.e164(phone_number));
create index if not exists clients_salon_id_email_idx on public.clients (salon_id, lower(email));

comment on table public.clients is 'A client of a salon: a person who books and is reminded.';
comment on column public.clients.has_gdpr_consent is 'Without consent no SMS is sent.';
comment on column public.clients.gdpr_consent_date is
  'When the client agreed: as told, else when it was recorded.';
comment on column public.clients.gdpr_consent_source is
  'Who recorded the consent, set by a trigger. Null without consent.';
comment on column public.clients.gdpr_consent_recorded_by is
  'The member who recorded the consent: an id of auth.users. Not a foreign key, so that the record '
  'outlasts the account.';

create or replace trigger keep_key
  before update of salon_id on public.clients
  for each row when (new.salon_id <> old.salon_id)
  execute function private.refuse_new_key();

create or replace trigger check_text_lengths
  before insert or update of name, surname, phone_number, email, address on public.clients
  for each row execute function private.check_text_lengths(
    'name', '200', 'surname', '200', 'phone_number', '100', 'email', '320', 'address', '500');

alter table public.clients enable row level security;
revoke all on table public.clients from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.clients to authenticated, service_role;

create policy "members can see their clients" on public.clients
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can add clients" on public.clients
  for insert to authenticated
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can edit their clients" on public.clients
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can delete their clients" on public.clients
  for delete to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]));


-- supabase/schemas/10_salons/205_record_consent.sql

-- Records when and by whom a consent was recorded. Trigger on clients.

create function private.record_consent()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if not new.has_gdpr_consent then
    new.gdpr_consent_date := null;
    new.gdpr_consent_source := null;
    new.gdpr_consent_recorded_by := null;
  elsif old.has_gdpr_consent then
    -- Forms send all columns again, which is no new consent.
    new.gdpr_consent_date := coalesce(old.gdpr_consent_date, new.gdpr_consent_date);
    new.gdpr_consent_source := old.gdpr_consent_source;
    new.gdpr_consent_recorded_by := old.gdpr_consent_recorded_by;
  else
    new.gdpr_consent_date := least(coalesce(new.gdpr_consent_date, now()), now());
    new.gdpr_consent_source := case
      when current_user = 'authenticated' then 'salon' else 'operator'
    end;
    new.gdpr_consent_recorded_by := (select auth.uid());
  end if;
  return new;
end;
$$;
revoke all on function private.record_consent() from public, anon, authenticated;
comment on function private.record_consent() is
  'Trigger: a consent has a time, a source and the member who recorded it, and none of them '
  'changes until it is withdrawn.';

create or replace trigger record_consent
  before insert or update of has_gdpr_consent, gdpr_consent_date, gdpr_consent_source,
    gdpr_consent_recorded_by
  on public.clients
  for each row execute function private.record_consent();


-- supabase/schemas/10_salons/210_pets.sql

-- Pets of a salon. BarkBook already has this table.

create table if not exists public.pets (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id) on delete cascade,
  name text not null,
  type text,
  breed text,
  age integer,
  health_issues text,
  allergies text,
  preferences text,
  notes text,
  created_at timestamptz not null default now()
);

create unique index if not exists pets_id_salon_id_key on public.pets (id, salon_id);
create index if not exists pets_salon_id_idx on public.pets (salon_id);

comment on table public.pets is 'An animal that is groomed.';

create or replace trigger keep_key
  before update of salon_id on public.pets
  for each row when (new.salon_id <> old.salon_id)
  execute function private.refuse_new_key();

create or replace trigger check_text_lengths
  before insert or update of name, type, breed, health_issues, allergies, preferences, notes
  on public.pets
  for each row execute function private.check_text_lengths(
    'name', '200', 'type', '200', 'breed', '200', 'health_issues', '10000',
    'allergies', '10000', 'preferences', '10000', 'notes', '10000');

alter table public.pets enable row level security;
revoke all on table public.pets from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.pets to authenticated, service_role;

create policy "members can see their pets" on public.pets
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can add pets" on public.pets
  for insert to authenticated
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can edit their pets" on public.pets
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can delete their pets" on public.pets
  for delete to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]));


-- supabase/schemas/10_salons/220_client_pets.sql

-- Which pets belong to which client. BarkBook already has this table.

create table if not exists public.client_pets (
  client_id uuid not null references public.clients (id) on delete cascade,
  pet_id uuid not null references public.pets (id) on delete cascade,
  primary key (client_id, pet_id)
);

create index if not exists client_pets_pet_id_idx on public.client_pets (pet_id);

comment on table public.client_pets is 'Which pets belong to which client.';

alter table public.client_pets enable row level security;
revoke all on table public.client_pets from public, anon, authenticated, service_role;
grant select, insert, delete on table public.client_pets to authenticated;
grant select, insert, update, delete on table public.client_pets to service_role;

-- The subqueries apply the caller's own policies, so they return only the caller's clients.
create policy "members can see which pets belong to their clients" on public.client_pets
  for select to authenticated
  using (private.refuse_estimates() and client_id in (select c.id from public.clients c));
create policy "members can link a pet to a client of the same salon" on public.client_pets
  for insert to authenticated
  with check (
    exists (
      select from public.clients c
      join public.pets p on p.salon_id = c.salon_id
      where c.id = client_id and p.id = pet_id
    )
  );
create policy "members can unlink a pet from a client" on public.client_pets
  for delete to authenticated
  using (client_id in (select c.id from public.clients c));


-- supabase/schemas/10_salons/240_lock_salons_of_member.sql

-- Keeps members' changes in the order of locks that deliveries follow. Trigger on the tables whose
-- rows deliveries change or refer to.

create function private.lock_salons_of_member()
returns trigger
language plpgsql
security definer
set search_path = ''
-- The time that the loop leaves, which ends with the function.
set lock_timeout = '1s'
as $$
declare
  deadline timestamptz := clock_timestamp() + interval '1 second';
  salon uuid;
begin
  for salon in select distinct s from unnest(private.salon_ids()) as s order by s loop
    perform set_config('lock_timeout', greatest(
      1, extract(milliseconds from deadline - clock_timestamp())::integer)::text, true);
    perform private.lock_salon(salon);
  end loop;
  return null;
exception
  -- Releases the locks that it did get: the member's other salons do not wait for a busy one.
  when lock_not_available then
    return null;
end;
$$;
revoke all on function private.lock_salons_of_member() from public, anon, authenticated;
comment on function private.lock_salons_of_member() is
  'Trigger: a statement of a member that may change many rows waits for the deliveries of the '
  'salon that are being applied, and blocks later ones, before it locks its first row. Otherwise '
  'it would deadlock with a delivery that locks the same rows in another order. It waits for one '
  'second in all, and then the statement goes on without these locks: a deadlock (40P01) is '
  'possible then, but takes a salon that is busy for so long, and the same rows. Security '
  'definer, because members may not lock a salon.';

create trigger lock_salons
  before update or delete on public.clients
  for each statement when (current_user = 'authenticated')
  execute function private.lock_salons_of_member();
create trigger lock_salons
  before update or delete on public.pets
  for each statement when (current_user = 'authenticated')
  execute function private.lock_salons_of_member();


-- supabase/schemas/10_salons/300_salon_secret_name.sql

-- Defines how the secrets of a salon are named in Vault. Called by the functions below.

create function private.salon_secret_name(kind text, salon uuid)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 'barkbook_' || kind || ':' || salon;
end;
$$;
revoke all on function private.salon_secret_name(text, uuid) from public, anon, authenticated;
comment on function private.salon_secret_name(text, uuid) is
  'The name in Vault of a salon''s secret. kind: calcom_api_key, webhook_secret or '
  'previous_webhook_secret.';


-- supabase/schemas/10_salons/310_salon_secret.sql

-- Reads a secret of a salon from Vault.

create function private.salon_secret(kind text, salon uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select nullif(trim(s.decrypted_secret), '')
    from vault.decrypted_secrets s where s.name = private.salon_secret_name(kind, salon)
  );
end;
$$;
revoke all on function private.salon_secret(text, uuid) from public, anon, authenticated;
comment on function private.salon_secret(text, uuid) is
  'A secret of a salon, null if it has none. For kind see private.salon_secret_name.';


-- supabase/schemas/10_salons/315_has_salon_secret.sql

-- Called by calcom_sync_claim, once for each salon.

create function private.has_salon_secret(kind text, salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The encrypted table, because nothing has to be decrypted.
  return exists (
    select from vault.secrets s where s.name = private.salon_secret_name(kind, salon));
end;
$$;
revoke all on function private.has_salon_secret(text, uuid) from public, anon, authenticated;
comment on function private.has_salon_secret(text, uuid) is
  'Whether Vault has this secret of a salon. For kind see private.salon_secret_name.';


-- supabase/schemas/10_salons/320_set_salon_secret.sql

-- Writes a secret of a salon to Vault.

create function private.set_salon_secret(kind text, salon uuid, secret text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.set_vault_secret(private.salon_secret_name(kind, salon), secret);
end;
$$;
revoke all on function private.set_salon_secret(text, uuid, text)
  from public, anon, authenticated;
comment on function private.set_salon_secret(text, uuid, text) is
  'Stores a secret of a salon in Vault, replacing the previous one; null deletes it. For kind see '
  'private.salon_secret_name.';


-- supabase/schemas/10_salons/330_delete_salon_secrets.sql

-- Deletes the secrets of a deleted salon. Trigger on salons.

create function private.delete_salon_secrets()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets s where s.name like 'barkbook_%:' || old.id;
  return null;
end;
$$;
revoke all on function private.delete_salon_secrets() from public, anon, authenticated;
comment on function private.delete_salon_secrets() is
  'Trigger: deletes the secrets of a deleted salon. Security definer, because a user who may '
  'delete a salon need not have access to Vault.';

create trigger delete_salon_secrets
  after delete on public.salons
  for each row execute function private.delete_salon_secrets();


-- supabase/schemas/10_salons/340_calcom_api_key.sql

-- Called by functions/calcom-sync and by the command that registers webhooks.

create function public.calcom_api_key(p_salon_id uuid)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.salon_secret('calcom_api_key', p_salon_id);
end;
$$;
revoke all on function public.calcom_api_key(uuid) from public, anon, authenticated;
grant execute on function public.calcom_api_key(uuid) to service_role;
comment on function public.calcom_api_key(uuid) is
  'The salon''s key to Cal.com''s API, with which its bookings are read and its webhook is '
  'registered; null if it has none. Security definer, because Supabase decides what service_role '
  'may read in Vault.';


-- supabase/schemas/10_salons/350_set_calcom_api_key.sql

-- Called by the command that registers webhooks.

create function public.set_calcom_api_key(p_salon_id uuid, p_api_key text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_salon(p_salon_id);
  perform private.set_salon_secret('calcom_api_key', p_salon_id, nullif(trim(p_api_key), ''));
end;
$$;
revoke all on function public.set_calcom_api_key(uuid, text) from public, anon, authenticated;
grant execute on function public.set_calcom_api_key(uuid, text) to service_role;
comment on function public.set_calcom_api_key(uuid, text) is
  'Stores a salon''s key to Cal.com''s API in Vault; a blank key deletes it. Raises P0002 if the '
  'salon does not exist. Security definer, because no API role may write to Vault.';


-- supabase/schemas/10_salons/400_previous_webhook_secrets.sql

-- Previous secrets of a salon's webhook. Called by the functions below.

create function private.previous_webhook_secrets(salon uuid)
returns table (secret text, valid_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select split_part(l.line, ' ', 2), split_part(l.line, ' ', 1)::timestamptz
  from unnest(string_to_array(
    private.salon_secret('previous_webhook_secret', salon), E'\n')) as l (line)
  where split_part(l.line, ' ', 1)::timestamptz > now();
end;
$$;
revoke all on function private.previous_webhook_secrets(uuid) from public, anon, authenticated;
comment on function private.previous_webhook_secrets(uuid) is
  'The previous secrets of a salon''s webhook that are still accepted. In Vault they are lines of '
  'a time and a secret. A secret is valid until infinity while Cal.com has not confirmed the next '
  'one.';


-- supabase/schemas/10_salons/410_retain_webhook_secret.sql

-- Called when a secret is replaced, confirmed or retired.

create function private.retain_webhook_secret(salon uuid, secret text, valid_until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  lines text[];
begin
  lines := array(
    select concat_ws(' ',
      to_jsonb(least(p.valid_until, retain_webhook_secret.valid_until)) #>> '{}', p.secret)
    from private.previous_webhook_secrets(salon) p
  );
  if secret is not null then
    lines := lines || concat_ws(' ', to_jsonb(valid_until) #>> '{}', secret);
  end if;
  perform private.set_salon_secret(
    'previous_webhook_secret', salon, nullif(array_to_string(lines, E'\n'), ''));
end;
$$;
revoke all on function private.retain_webhook_secret(uuid, text, timestamptz)
  from public, anon, authenticated;
comment on function private.retain_webhook_secret(uuid, text, timestamptz) is
  'Adds a secret, if given, to the previous ones, and limits the validity of all of them to '
  'valid_until.';


-- supabase/schemas/10_salons/420_webhook_secrets.sql

-- Called by functions/calcom-webhook before it verifies a signature.

create function public.webhook_secrets(p_salon_id uuid)
returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array_remove(
    private.salon_secret('webhook_secret', p_salon_id) || array(
      select p.secret from private.previous_webhook_secrets(p_salon_id) p
      order by p.valid_until desc
    ), null);
end;
$$;
revoke all on function public.webhook_secrets(uuid) from public, anon, authenticated;
grant execute on function public.webhook_secrets(uuid) to service_role;
comment on function public.webhook_secrets(uuid) is
  'The secrets that may sign a delivery of the salon''s own webhook, newest first; empty if it has '
  'none or does not exist. Called by functions/calcom-webhook. Security definer, because '
  'Supabase decides what service_role may read in Vault.';


-- supabase/schemas/10_salons/430_stage_webhook_secret.sql

-- First step of a rotation. Called by the command that registers webhooks.

create function public.stage_webhook_secret(p_salon_id uuid, p_secret text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  current_secret text;
begin
  perform private.require_salon(p_salon_id);
  if p_secret is null or p_secret !~ '^[[:graph:]]{32,200}$' then
    raise exception 'A webhook secret must have 32 to 200 characters and no spaces'
      using errcode = 'invalid_parameter_value';
  end if;
  -- Two concurrent registrations would each replace the other's secret before Cal.com has one.
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
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
$$;
revoke all on function public.stage_webhook_secret(uuid, text) from public, anon, authenticated;
grant execute on function public.stage_webhook_secret(uuid, text) to service_role;
comment on function public.stage_webhook_secret(uuid, text) is
  'Starts a rotation: gives the salon''s webhook a new secret, while the previous one stays valid '
  'until the new one is confirmed. Returns the secret to set in Cal.com: that of an earlier, '
  'unconfirmed rotation if there is one, because Cal.com may already have it. Raises P0002 if the '
  'salon does not exist. Security definer, because no API role may write to Vault.';


-- supabase/schemas/10_salons/440_confirm_webhook_secret.sql

-- Second step of a rotation. Called by the command that registers webhooks.

create function public.confirm_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.retain_webhook_secret(p_salon_id, null, now() + interval '24 hours');
end;
$$;
revoke all on function public.confirm_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.confirm_webhook_secret(uuid) to service_role;
comment on function public.confirm_webhook_secret(uuid) is
  'Ends a rotation once Cal.com signs with the new secret: the previous one stays valid for '
  'another 24 hours, for deliveries on their way. Security definer, because no API role may write '
  'to Vault.';


-- supabase/schemas/10_salons/450_retire_webhook_secret.sql

-- Called by the command that registers webhooks when it removes one.

create function public.retire_webhook_secret(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.retain_webhook_secret(
    p_salon_id, private.salon_secret('webhook_secret', p_salon_id), now() + interval '24 hours');
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$$;
revoke all on function public.retire_webhook_secret(uuid) from public, anon, authenticated;
grant execute on function public.retire_webhook_secret(uuid) to service_role;
comment on function public.retire_webhook_secret(uuid) is
  'Retires the secrets of a webhook that was removed from Cal.com: they stay valid for another 24 '
  'hours, for deliveries on their way. Security definer, because no API role may write to Vault.';


-- supabase/schemas/10_salons/460_revoke_webhook_secrets.sql

-- Called by the command that registers webhooks when a secret leaked.

create function public.revoke_webhook_secrets(p_salon_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_salon(p_salon_id);
  perform pg_advisory_xact_lock(hashtextextended('webhook secret ' || p_salon_id, 0));
  perform private.set_salon_secret('previous_webhook_secret', p_salon_id, null);
  perform private.set_salon_secret('webhook_secret', p_salon_id, null);
end;
$$;
revoke all on function public.revoke_webhook_secrets(uuid) from public, anon, authenticated;
grant execute on function public.revoke_webhook_secrets(uuid) to service_role;
comment on function public.revoke_webhook_secrets(uuid) is
  'Ends all secrets of the salon''s webhook at once, previous ones included. Waits for deliveries '
  'that are being applied: none is applied after it returned, until there is a new secret. Raises P0002 if the salon does not exist. Security definer, '
  'because no API role may write to Vault.';


-- supabase/schemas/10_salons/470_accepts_webhook_secret.sql

-- Called by upsert_salon_delivery.

create function private.accepts_webhook_secret(salon uuid, secret_hash text)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Until the delivery is stored: whoever changes the secrets waits for it. The secrets are read
  -- after the lock, so a delivery that waited for a revocation sees it.
  perform pg_advisory_xact_lock_shared(hashtextextended('webhook secret ' || salon, 0));
  return exists (
    select from unnest(public.webhook_secrets(salon)) as s (secret)
    where encode(sha256(convert_to(s.secret, 'UTF8')), 'hex') = secret_hash);
end;
$$;
revoke all on function private.accepts_webhook_secret(uuid, text)
  from public, anon, authenticated;
grant execute on function private.accepts_webhook_secret(uuid, text) to service_role;
comment on function private.accepts_webhook_secret(uuid, text) is
  'Whether a secret, given as the hexadecimal SHA-256, may sign deliveries of the salon''s own '
  'webhook, at this moment and until the end of the transaction. Security definer, because '
  'Supabase decides what service_role may read in Vault.';


-- supabase/schemas/10_salons/480_salons_with_webhook.sql

-- Called by functions/calcom-webhook when a salon without a secret is named.

create function public.salons_with_webhook()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select distinct split_part(s.name, ':', 2)::uuid
    from vault.secrets s
    where s.name like 'barkbook_webhook_secret:%'
      or s.name like 'barkbook_previous_webhook_secret:%');
end;
$$;
revoke all on function public.salons_with_webhook() from public, anon, authenticated;
grant execute on function public.salons_with_webhook() to service_role;
comment on function public.salons_with_webhook() is
  'The salons whose own webhook has a secret. Called by functions/calcom-webhook, so that forged '
  'requests for made-up salons need no query each. Security definer, because no API role may read '
  'Vault.';


-- supabase/schemas/20_calendar/090_link_source.sql

-- How the client of an appointment was found. Created only if it is missing, because the migration
-- that adopts BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.link_source') is null then
    create type public.link_source as enum ('metadata', 'phone', 'email', 'manual');
  end if;
end;
$$;
comment on type public.link_source is
  'metadata: named by the app that booked. phone, email: the only client of the salon with that '
  'contact. manual: chosen by a member; Cal.com never changes the link again.';


-- supabase/schemas/20_calendar/100_calendar_events.sql

-- Appointments, the table that the app shows. BarkBook already has it.

create table if not exists public.calendar_events (
  id uuid primary key default gen_random_uuid(),
  cal_com_event_id text not null constraint calendar_events_cal_com_event_id_key unique,
  salon_id uuid,
  client_id uuid,
  pet_id uuid,
  title text not null,
  description text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  duration_minutes integer,
  status text default 'scheduled',
  attendee_email text,
  attendee_phone text,
  location text,
  meeting_url text,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  synced_at timestamptz default now(),
  ical_uid text,
  last_event_at timestamptz,
  status_before_no_show text,
  cancelled_at timestamptz,
  cancellation_reason text,
  link_source public.link_source,
  erased_at timestamptz,
  auto_completed_at timestamptz,
  host_username text,
  host_name text,
  seat_id text,
  attendee_name text,
  fold_state jsonb,
  constraint calendar_events_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade,
  -- They include the salon, so that an appointment cannot name a client or pet of another salon.
  -- Each has one foreign key, under BarkBook's name: with two, PostgREST could not resolve the
  -- app's embed client:clients(...).
  constraint calendar_events_client_id_fkey
    foreign key (client_id, salon_id) references public.clients (id, salon_id)
    on delete set null (client_id),
  constraint calendar_events_pet_id_fkey
    foreign key (pet_id, salon_id) references public.pets (id, salon_id)
    on delete set null (pet_id),
  -- Without a salon those foreign keys would not be checked.
  constraint calendar_events_link_needs_salon
    check (salon_id is not null or (client_id is null and pet_id is null)),
  constraint calendar_events_ends_after_start check (end_time > start_time),
  constraint calendar_events_status_is_valid check (status in
    ('pending', 'scheduled', 'confirmed', 'completed', 'cancelled', 'no_show'))
);

create index if not exists calendar_events_salon_id_start_time_idx
  on public.calendar_events (salon_id, start_time);
-- Includes the start, so that the reminder job finds coming appointments without reading all
-- appointments of a client.
create index if not exists calendar_events_client_id_idx
  on public.calendar_events (client_id, salon_id, start_time);
create index if not exists calendar_events_pet_id_idx
  on public.calendar_events (pet_id, salon_id, start_time);
create index if not exists calendar_events_open_idx on public.calendar_events (end_time)
  where status in ('scheduled', 'confirmed');
create index if not exists calendar_events_seat_idx on public.calendar_events (seat_id)
  where seat_id is not null;
create index if not exists calendar_events_salon_id_created_at_idx
  on public.calendar_events (salon_id, created_at);

comment on table public.calendar_events is
  'One row per appointment: a plain booking, or one seat of a slot. Computed from webhook_logs; '
  'members may assign the client and the pet.';
comment on column public.calendar_events.cal_com_event_id is
  'The current id in Cal.com: <uid>, or <uid>#<seat> for a seat. Rescheduling changes it.';
comment on column public.calendar_events.status is
  'pending: not confirmed or not paid yet. scheduled, confirmed: will take place. completed, '
  'cancelled, no_show: over.';
comment on column public.calendar_events.created_at is
  'When the appointment was booked in Cal.com.';
comment on column public.calendar_events.synced_at is
  'When the booking first reached this database. synced_at - created_at is the sync lag.';
comment on column public.calendar_events.updated_at is 'When this row last changed.';
comment on column public.calendar_events.last_event_at is
  'The newest stamp of its webhook deliveries, by Cal.com''s clock. Null if there was none.';
comment on column public.calendar_events.duration_minutes is
  'Minutes from start to end, set by a trigger.';
comment on column public.calendar_events.ical_uid is
  'iCalendar UID, <first uid>@Cal.com, unchanged by rescheduling.';
comment on column public.calendar_events.status_before_no_show is
  'The status to restore when a no-show is unmarked.';
comment on column public.calendar_events.link_source is
  'How the client was found; null without a client.';
comment on column public.calendar_events.erased_at is
  'When the client was erased. Later deliveries still change the time and status, but never '
  'restore a name, contact, note or link.';
comment on column public.calendar_events.auto_completed_at is
  'When the appointment was completed automatically because it was over. Null if Cal.com completed '
  'it, or moved or cancelled it since. Unmarking a no-show restores completed.';
comment on column public.calendar_events.host_username is
  'Cal.com username of the person who hosts: for salons with several groomers.';
comment on column public.calendar_events.host_name is 'Name of the person who hosts.';
comment on column public.calendar_events.attendee_name is
  'Name of the booker in Cal.com, for an appointment without a client.';
comment on column public.calendar_events.seat_id is
  'The seat of a slot that several people share; null for a plain booking.';
comment on column public.calendar_events.fold_state is
  'What private.fold_step needs, beside the row, to add one more delivery. Null for an '
  'appointment that BarkBook inserted, until its first delivery.';

create trigger lock_salons
  before update on public.calendar_events
  for each statement when (current_user = 'authenticated')
  execute function private.lock_salons_of_member();

alter table public.calendar_events enable row level security;
revoke all on table public.calendar_events from public, anon, authenticated, service_role;
grant select, update (client_id, pet_id) on table public.calendar_events to authenticated;
grant select, insert, update, delete on table public.calendar_events to service_role;

create policy "members can see their salon's appointments" on public.calendar_events
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can assign a client and a pet" on public.calendar_events
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));


-- supabase/schemas/20_calendar/110_calendar_event_uids.sql

-- Every uid that an appointment has had in Cal.com, with its seat. Deliveries find appointments by
-- them.

-- The foreign key is checked at the end of the transaction, because the uids are written before the
-- row, which is computed from the deliveries under them.
create table public.calendar_event_uids (
  booking_uid text not null,
  seat_id text not null default '',
  event_id uuid not null references public.calendar_events (id) on delete cascade
    deferrable initially deferred,
  replaced_uid text,
  replaced_seat_id text,
  is_guess boolean not null default false,
  generation integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  primary key (booking_uid, seat_id),
  constraint calendar_event_uids_replaced_is_whole
    check ((replaced_uid is null) = (replaced_seat_id is null)),
  constraint calendar_event_uids_guess_replaces check (not is_guess or replaced_uid is not null)
);

create index calendar_event_uids_event_id_generation_idx
  on public.calendar_event_uids (event_id, generation);
create index calendar_event_uids_guess_idx on public.calendar_event_uids (event_id) where is_guess;

comment on table public.calendar_event_uids is
  'Every uid that an appointment has had in Cal.com. A late delivery for an old uid still finds '
  'its appointment.';
comment on column public.calendar_event_uids.seat_id is
  'The seat, for an appointment in a slot that several people share; empty for a plain booking.';
comment on column public.calendar_event_uids.replaced_uid is
  'The previous uid, before the reschedule that led to this one. With replaced_seat_id.';
comment on column public.calendar_event_uids.is_guess is
  'The predecessor is unknown. replaced_uid is a guess: the first uid of the booking, read from '
  'its iCalendar UID. A known predecessor replaces it.';
comment on column public.calendar_event_uids.generation is
  'The position of the uid in the chain of reschedules. The moves of a seat that keeps its id '
  'share one. See private.number_generations.';
comment on column public.calendar_event_uids.created_at is
  'When it was registered. The first appointment under a uid decides whose it is: see '
  'private.owner_of_booking.';

-- Only the sync needs old uids, so there is no policy.
alter table public.calendar_event_uids enable row level security;
revoke all on table public.calendar_event_uids from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.calendar_event_uids to service_role;


-- supabase/schemas/20_calendar/120_derive_appointment_columns.sql

-- Sets columns of calendar_events that follow from others. Trigger on calendar_events.

create function private.derive_appointment_columns()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.duration_minutes := round(extract(epoch from new.end_time - new.start_time) / 60);
  if tg_op = 'UPDATE' then
    new.updated_at := now();
    if current_user = 'authenticated'
      and (new.client_id, new.pet_id) is distinct from (old.client_id, old.pet_id) then
      new.link_source := 'manual';
    end if;
  end if;
  return new;
end;
$$;
revoke all on function private.derive_appointment_columns() from public, anon, authenticated;
comment on function private.derive_appointment_columns() is
  'Trigger: sets duration_minutes and updated_at, and link_source when a member assigns the client '
  'or pet.';

-- A fold sets these columns itself.
create or replace trigger derive_appointment_columns
  before insert on public.calendar_events
  for each row when (new.fold_state is null)
  execute function private.derive_appointment_columns();
create or replace trigger derive_changed_appointment_columns
  before update on public.calendar_events
  for each row when (new.fold_state is not distinct from old.fold_state)
  execute function private.derive_appointment_columns();


-- supabase/schemas/20_calendar/130_register_appointment_uid.sql

-- Registers the id of an appointment that no delivery created. Trigger on calendar_events.

create function private.register_appointment_uid()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.calendar_event_uids (booking_uid, event_id)
  values (new.cal_com_event_id, new.id)
  on conflict do nothing;
  return null;
end;
$$;
revoke all on function private.register_appointment_uid() from public, anon, authenticated;
comment on function private.register_appointment_uid() is
  'Trigger: registers the id of an appointment that no delivery created, such as one from '
  'BarkBook''s own webhook.';

create or replace trigger register_appointment_uid
  after insert on public.calendar_events
  for each row when (new.fold_state is null) execute function private.register_appointment_uid();


-- supabase/schemas/20_calendar/140_complete_past_appointments.sql

-- Completes appointments whose end Cal.com never reports. Called by pg_cron.

create function private.complete_past_appointments(
  grace interval default '12 hours', batch integer default 1000
)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  completed integer;
begin
  update public.calendar_events e
  set status = 'completed', auto_completed_at = now()
  from (
    select o.id from public.calendar_events o
    where o.status in ('scheduled', 'confirmed') and o.end_time < now() - grace
      -- What was over when it was adopted stays as BarkBook left it.
      and (o.fold_state is not null or o.end_time > (
        select min(u.created_at) from public.calendar_event_uids u where u.event_id = o.id))
    order by o.end_time
    limit batch
    -- Skip rows that a delivery is changing; the next run completes them if necessary.
    for update skip locked
  ) over
  where e.id = over.id;
  get diagnostics completed = row_count;
  return completed;
end;
$$;
revoke all on function private.complete_past_appointments(interval, integer)
  from public, anon, authenticated;
comment on function private.complete_past_appointments(interval, integer) is
  'Called by pg_cron: completes open appointments whose end is more than the grace ago, oldest '
  'first, at most one batch. Appointments of BarkBook that were over before this schema knew them '
  'are left alone. Returns how many. The job repeats the call until none is left, each in its own '
  'transaction.';


-- supabase/schemas/30_ingest/100_has_full_booking.sql

-- Called wherever it matters whether a delivery can create an appointment.

create function private.has_full_booking(webhook_type text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return webhook_type in (
    'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID',
    'BOOKING_RESCHEDULED', 'BOOKING_LOCATION_UPDATED', 'BOOKING_REASSIGNED', 'BOOKING_SYNCED'
  );
end;
$$;
revoke all on function private.has_full_booking(text) from public, anon, authenticated;
grant execute on function private.has_full_booking(text) to service_role;
comment on function private.has_full_booking(text) is
  'Whether deliveries of this trigger contain the whole booking, so that an appointment can be '
  'created from them. The others (cancelled, rejected, ended, no-show) need an existing '
  'appointment.';


-- supabase/schemas/30_ingest/112_delivery_action.sql

-- What came of a delivery. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.delivery_action') is null then
    create type public.delivery_action as enum (
      'applied', 'stale', 'deferred', 'dead', 'ignored', 'invalid', 'duplicate', 'refused');
  end if;
end;
$$;
comment on type public.delivery_action is
  'applied: the appointment changed. stale: superseded, because other deliveries had already said '
  'more, or nothing left to change. deferred: not applied yet; retried at next_attempt_at. dead: '
  'a dead letter, whose retries are used up; applied when its booking or salon appears, or by '
  'replay_delivery. ignored: the trigger changes no appointment. invalid: the body cannot be '
  'read. Returned by functions, but never stored in webhook_logs: duplicate '
  '(upsert_calendar_event: the same bytes were applied before) and refused (replay_delivery: '
  'there is nothing to apply; upsert_salon_delivery: the secret was revoked).';


-- supabase/schemas/30_ingest/114_delivery_reason.sql

-- Why a delivery was not applied. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.delivery_reason') is null then
    create type public.delivery_reason as enum (
      'booking_unknown', 'salon_not_found', 'other_salon', 'apply_failed', 'rate_limited',
      'invalid_payload', 'erased', 'redacted', 'no_booking');
  end if;
end;
$$;
comment on type public.delivery_reason is
  'booking_unknown: its booking has not arrived yet. salon_not_found: no salon has the host''s '
  'username, and nothing else tells whose it is. other_salon: the booking belongs to another '
  'salon. apply_failed: the database raised an error. rate_limited: too many deliveries of the '
  'salon within a minute. invalid_payload: the body cannot be read. Only when a replay is refused: '
  'erased (the person was erased), redacted (the body is past its retention) and no_booking (not '
  'about a booking).';


-- supabase/schemas/30_ingest/116_delivery_warning.sql

-- What a developer should know about a delivery that was applied all the same. Created only if it
-- is missing, because the migration that adopts BarkBook's tables creates it before the baseline
-- does.

do $$
begin
  if to_regtype('public.delivery_warning') is null then
    create type public.delivery_warning as enum (
      'client_refused', 'pet_refused', 'series_unverified', 'attendee_without_seat');
  end if;
end;
$$;
comment on type public.delivery_warning is
  'client_refused, pet_refused: the metadata names one that does not belong to the salon or to the '
  'person who booked. series_unverified: may stand for other occurrences of the series too. '
  'attendee_without_seat: names an attendee whose seat is unknown.';


-- supabase/schemas/30_ingest/120_webhook_logs.sql

-- Deliveries: one row for each webhook request, and for each snapshot that changed something.
-- BarkBook already has this table.

create table if not exists public.webhook_logs (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid,
  webhook_type text not null,
  payload jsonb not null,
  status text not null default 'processing',
  error_message text,
  processed_at timestamptz,
  cal_com_event_id text,
  created_at timestamptz not null default now(),
  delivery_key text,
  booking jsonb,
  occurred_at timestamptz,
  action public.delivery_action,
  warnings public.delivery_warning[] not null default '{}',
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  duration_ms numeric(10, 1),
  redacted_at timestamptz,
  erased_at timestamptz,
  from_salon_webhook boolean not null default false,
  reason public.delivery_reason,
  booking_uid text,
  seat_id text,
  constraint webhook_logs_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade,
  constraint webhook_logs_status_is_valid check (status in ('processing', 'success', 'error')),
  constraint webhook_logs_action_can_be_stored check (action not in ('duplicate', 'refused'))
);

-- Keeps the payload of a usual delivery in its row, two rows on a page, and out of the TOAST table.
alter table public.webhook_logs set (toast_tuple_target = 4080);

create unique index if not exists webhook_logs_delivery_key_key
  on public.webhook_logs (delivery_key);
create index if not exists webhook_logs_salon_id_created_at_idx
  on public.webhook_logs (salon_id, created_at);
create index if not exists webhook_logs_booking_uid_idx on public.webhook_logs (booking_uid);
-- The other indexes are partial. Most hold few rows: deliveries that wait, and rare ones.
create index if not exists webhook_logs_waiting_uid_idx on public.webhook_logs (booking_uid)
  where status <> 'success';
create index if not exists webhook_logs_waiting_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where status <> 'success';
create index if not exists webhook_logs_waiting_salon_idx
  on public.webhook_logs (salon_id, created_at)
  where status <> 'success';
create index if not exists webhook_logs_waiting_host_idx
  on public.webhook_logs (lower(booking ->> 'organizerUsername'))
  where status <> 'success' and salon_id is null;
create index if not exists webhook_logs_due_idx
  on public.webhook_logs (salon_id, next_attempt_at)
  where status <> 'success' and next_attempt_at is not null;
create index if not exists webhook_logs_slot_moves_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where webhook_type = 'BOOKING_RESCHEDULED' and (booking ->> 'wholeSlot')::boolean;
create index if not exists webhook_logs_erased_idx on public.webhook_logs (booking_uid)
  where erased_at is not null;
create index if not exists webhook_logs_unredacted_idx on public.webhook_logs (created_at)
  where redacted_at is null;

comment on table public.webhook_logs is
  'Every authentic webhook delivery, whatever came of it, and the snapshots that changed '
  'something. calendar_events is computed from the rows that contain a booking.';
comment on column public.webhook_logs.webhook_type is
  'Cal.com''s triggerEvent; BOOKING_SYNCED for what functions/calcom-sync found in Cal.com''s API.';
comment on column public.webhook_logs.payload is
  'The body as received; {"raw": text} if it was not JSON. Personal data, not readable by members. '
  '{"redacted": "retention"} once it is older than private.retention allows, {"redacted": '
  '"erasure"} once its person was erased.';
comment on column public.webhook_logs.booking is
  'The CalendarBooking that shared/calcom read from the body. Null if the delivery is not about a '
  'booking, and once it is redacted and belongs to no appointment. For an appointment it is kept, '
  'because the row is computed from it and contains the same contact.';
comment on column public.webhook_logs.status is
  'success: done, even if nothing had to change. processing: deferred until its booking arrives or '
  'its rate limit has passed. error: not applied; reason and error_message say why.';
comment on column public.webhook_logs.action is
  'What came of the delivery. Null until it is applied for the first time, and for BarkBook''s own '
  'deliveries.';
comment on column public.webhook_logs.delivery_key is
  'SHA-256 of the raw body, hexadecimal: equal bytes are the same delivery. For a snapshot, '
  'SHA-256 of its content, @, and the moment up to which it is complete.';
comment on column public.webhook_logs.cal_com_event_id is
  'booking_uid and seat_id in one text: <uid>, or <uid>#<seat>. For people; programs match the '
  'two columns.';
comment on column public.webhook_logs.occurred_at is
  'When Cal.com queued it, which is up to a minute after it happened; never more than a minute '
  'later than its arrival. For a snapshot, the moment up to which it is complete.';
comment on column public.webhook_logs.warnings is
  'What a developer should know about a delivery that was applied all the same.';
comment on column public.webhook_logs.booking_uid is 'The uid of its booking.';
comment on column public.webhook_logs.seat_id is
  'The seat that the delivery is about; empty for a plain booking and for a whole slot.';
comment on column public.webhook_logs.duration_ms is 'Milliseconds that the database spent on it.';
comment on column public.webhook_logs.attempts is 'How many times it was attempted to apply it.';
comment on column public.webhook_logs.next_attempt_at is
  'When private.retry_deliveries tries again; null if it does not.';
comment on column public.webhook_logs.reason is
  'Why it is not applied; of a dead letter, the reason of its last attempt. Null once applied.';
comment on column public.webhook_logs.error_message is
  'Explains the reason to a person, and what to do. Programs match reason instead.';
comment on column public.webhook_logs.redacted_at is 'When the payload was removed.';
comment on column public.webhook_logs.erased_at is
  'When personal data was removed from booking as well: see erase_client.';
comment on column public.webhook_logs.from_salon_webhook is
  'Whether the salon is known from the secret that signed the delivery. Otherwise it is read from '
  'the booking, as for the shared secret and for snapshots. If true, delivery_key begins with the '
  'id of the salon, so that no salon can claim the deliveries of another in advance.';

alter table public.webhook_logs enable row level security;
revoke all on table public.webhook_logs from public, anon, authenticated, service_role;
grant select (
  id, salon_id, webhook_type, status, reason, error_message, cal_com_event_id, created_at,
  processed_at, action, warnings, occurred_at, attempts, next_attempt_at, duration_ms, redacted_at,
  erased_at
) on table public.webhook_logs to authenticated;
grant select, insert, update, delete on table public.webhook_logs to service_role;

create policy "members can see their salon's deliveries" on public.webhook_logs
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));


-- supabase/schemas/30_ingest/130_webhook_replays.sql

-- Who replayed which delivery.

create table public.webhook_replays (
  id uuid primary key default gen_random_uuid(),
  log_id uuid not null references public.webhook_logs (id) on delete cascade,
  salon_id uuid references public.salons (id) on delete cascade,
  replayed_by uuid,
  replayed_at timestamptz not null default clock_timestamp(),
  action public.delivery_action not null,
  reason public.delivery_reason
);

create index webhook_replays_log_id_idx on public.webhook_replays (log_id);
create index webhook_replays_salon_id_replayed_at_idx
  on public.webhook_replays (salon_id, replayed_at);

comment on table public.webhook_replays is
  'Who replayed which delivery, and what came of it. Written only by replay_delivery and '
  'replay_deliveries.';
comment on column public.webhook_replays.replayed_by is
  'An id of auth.users; null for service_role. Not a foreign key, so that the record outlasts the '
  'account.';
comment on column public.webhook_replays.action is 'The action that replay_delivery returned.';
comment on column public.webhook_replays.reason is 'Why it was deferred or refused.';

alter table public.webhook_replays enable row level security;
revoke all on table public.webhook_replays from public, anon, authenticated, service_role;
grant select on table public.webhook_replays to authenticated, service_role;

create policy "owners can see the replays of their salon" on public.webhook_replays
  for select to authenticated
  using (
    private.refuse_estimates() and salon_id = any ((select private.owned_salon_ids())::uuid[])
  );


-- supabase/schemas/30_ingest/140_delivery_result.sql

-- What the functions return that apply a delivery or write an appointment.

create type private.delivery_result as (
  delivery public.webhook_logs,
  action public.delivery_action,
  event_id uuid,
  reason public.delivery_reason
);
comment on type private.delivery_result is
  'What came of a delivery. delivery: with its warnings, and without a person who was erased. '
  'action, reason: see the types delivery_action and delivery_reason. event_id: the appointment, '
  'or one of them if it is about a whole slot.';

create type private.written_appointment as (
  appointment public.calendar_events,
  delivery public.webhook_logs,
  changed boolean
);
comment on type private.written_appointment is
  'An appointment after a delivery. changed: somebody can see a difference. delivery: without the '
  'person, if the appointment was erased.';


-- supabase/schemas/30_ingest/200_contact_seat_id.sql

-- Called where a seat has no id of its own.

create function private.contact_seat_id(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return left(encode(sha256(convert_to(coalesce(booking ->> 'attendeeEmail',
    private.e164(booking ->> 'attendeePhone')), 'UTF8')), 'hex'), 16);
end;
$$;
revoke all on function private.contact_seat_id(jsonb) from public, anon, authenticated;
grant execute on function private.contact_seat_id(jsonb) to service_role;
comment on function private.contact_seat_id(jsonb) is
  'An id made from the attendee''s contact: for a seat of a Cal.com before May 2024, which sent no '
  'attendeeSeatId, and for a seat placeholder. Null without a contact.';


-- supabase/schemas/30_ingest/210_booking_seat_id.sql

-- Called by private.with_booking; the result is webhook_logs.seat_id.

create function private.booking_seat_id(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if not (booking ->> 'seated')::boolean then
    return '';
  end if;
  return coalesce(booking ->> 'seatId', case
    when private.has_full_booking(booking ->> 'trigger') and not (booking ->> 'wholeSlot')::boolean
      then private.contact_seat_id(booking) end, '');
end;
$$;
revoke all on function private.booking_seat_id(jsonb) from public, anon, authenticated;
grant execute on function private.booking_seat_id(jsonb) to service_role;
comment on function private.booking_seat_id(jsonb) is
  'The seat that a booking is about; empty for a plain booking and for a whole slot.';


-- supabase/schemas/30_ingest/215_cal_com_event_id.sql

-- Called where the id of an appointment is written or compared.

create function private.cal_com_event_id(booking_uid text, seat_id text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when seat_id = '' then booking_uid else booking_uid || '#' || seat_id end;
end;
$$;
revoke all on function private.cal_com_event_id(text, text) from public, anon, authenticated;
grant execute on function private.cal_com_event_id(text, text) to service_role;
comment on function private.cal_com_event_id(text, text) is
  'The id of an appointment as the app shows it: <uid>, or <uid>#<seat> for a seat. Ids of Cal.com '
  'contain no #: see upsert_calendar_event.';


-- supabase/schemas/30_ingest/220_original_uid.sql

-- Called by private.booking_uids and private.resolve_appointment.

create function private.original_uid(booking jsonb)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if booking ->> 'rescheduleUid' is null or booking ->> 'rescheduleUid' = booking ->> 'uid'
    or (booking ->> 'seated')::boolean or (booking ->> 'recurring')::boolean then
    return null;
  end if;
  return nullif(substring(booking ->> 'icalUid' from '^([^#]+)@Cal\.com$'), booking ->> 'uid');
end;
$$;
revoke all on function private.original_uid(jsonb) from public, anon, authenticated;
grant execute on function private.original_uid(jsonb) to service_role;
comment on function private.original_uid(jsonb) is
  'The first uid of a rescheduled booking, read from its iCalendar UID, so that the chain survives '
  'a lost delivery in the middle. Null for a series, whose occurrences may share that UID.';


-- supabase/schemas/30_ingest/230_booking_uids.sql

-- Called by functions that lock bookings, or that look for deliveries of the same booking.

create function private.booking_uids(booking jsonb)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  if booking ->> 'rescheduleUid' is null then
    return array[booking ->> 'uid'];
  end if;
  return array_remove(
    array[booking ->> 'uid', booking ->> 'rescheduleUid', private.original_uid(booking)], null);
end;
$$;
revoke all on function private.booking_uids(jsonb) from public, anon, authenticated;
grant execute on function private.booking_uids(jsonb) to service_role;
comment on function private.booking_uids(jsonb) is 'Every uid that a booking mentions.';


-- supabase/schemas/30_ingest/240_lock_bookings.sql

-- Called before deliveries are applied, unless their whole salon is locked: see private.lock_salon.

create function private.lock_bookings(variadic bookings jsonb[])
returns void
language plpgsql
set search_path = ''
as $$
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
    perform pg_advisory_xact_lock(hashtextextended('booking ' || uid, 0));
  end loop;
end;
$$;
revoke all on function private.lock_bookings(jsonb[]) from public, anon, authenticated;
grant execute on function private.lock_bookings(jsonb[]) to service_role;
comment on function private.lock_bookings(jsonb[]) is
  'Serializes the deliveries of a booking, so that two of them cannot both create its appointment, '
  'nor miss each other. Bookings of one salon do not wait for each other. To avoid deadlocks, '
  'every transaction locks usernames first, then bookings in order, then salons, then rows.';


-- supabase/schemas/30_ingest/250_try_lock_booking.sql

-- Called by transactions that have already locked other bookings.

create function private.try_lock_booking(booking jsonb)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return (
    select bool_and(pg_try_advisory_xact_lock(hashtextextended('booking ' || u.uid, 0)))
    from unnest(private.booking_uids(booking)) as u (uid)
  );
end;
$$;
revoke all on function private.try_lock_booking(jsonb) from public, anon, authenticated;
grant execute on function private.try_lock_booking(jsonb) to service_role;
comment on function private.try_lock_booking(jsonb) is
  'Locks one more booking for a transaction that already holds others. Does not wait, because '
  'whoever holds that booking may be waiting for one of those. False if somebody holds it.';


-- supabase/schemas/30_ingest/255_lock_salon.sql

-- Called by everything that works on many bookings of a salon. Deliveries share this lock: see
-- private.lock_for_delivery.

create function private.lock_salon(salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('salon ' || salon::text, 0));
end;
$$;
revoke all on function private.lock_salon(uuid) from public, anon, authenticated;
grant execute on function private.lock_salon(uuid) to service_role;
comment on function private.lock_salon(uuid) is
  'Waits for the deliveries of a salon that are being applied, and blocks later ones. For work on '
  'many of its bookings (an erasure, a replay), instead of locking each, because the table of '
  'locks is shared by all salons and has room for some thousands.';

create function private.try_lock_salon(salon uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return salon is null
    or pg_try_advisory_xact_lock_shared(hashtextextended('salon ' || salon::text, 0));
end;
$$;
revoke all on function private.try_lock_salon(uuid) from public, anon, authenticated;
grant execute on function private.try_lock_salon(uuid) to service_role;
comment on function private.try_lock_salon(uuid) is
  'Shares the lock of a salon without waiting. False if a batch holds it; true without a salon.';


-- supabase/schemas/30_ingest/256_owner_of_booking.sql

-- Called by private.proven_salon and private.belongs_to_other_salon.

create function private.owner_of_booking(uid text, out salon uuid, out event_id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  select e.salon_id, e.id into salon, event_id
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  where u.booking_uid = uid
  order by u.created_at, u.seat_id
  limit 1;
end;
$$;
revoke all on function private.owner_of_booking(text) from public, anon, authenticated;
grant execute on function private.owner_of_booking(text) to service_role;
comment on function private.owner_of_booking(text) is
  'The first appointment that was registered under a uid, and its salon. All seats of a slot '
  'belong to one salon, so what another salon registers later proves nothing.';


-- supabase/schemas/30_ingest/257_proven_salon.sql

-- Called by private.find_salon.

create function private.proven_salon(uid text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  owner record;
begin
  if uid is null then
    return null;
  end if;
  owner := private.owner_of_booking(uid);
  -- A salon's own webhook can name any uid, so its deliveries prove nothing about others.
  return case when owner.salon is not null and (
    exists (
      select from public.webhook_logs l
      where l.booking_uid = uid and l.salon_id is not distinct from owner.salon
        and l.status = 'success'
        and not l.from_salon_webhook)
    or not exists (
      select from public.calendar_event_uids u
      join public.webhook_logs l on l.booking_uid = u.booking_uid
        and l.salon_id is not distinct from owner.salon
      where u.event_id = owner.event_id)) then owner.salon end;
end;
$$;
revoke all on function private.proven_salon(text) from public, anon, authenticated;
grant execute on function private.proven_salon(text) to service_role;
comment on function private.proven_salon(text) is
  'The salon that a uid belongs to, if a delivery that named the host says so, or if BarkBook '
  'inserted the appointment. Null otherwise.';


-- supabase/schemas/30_ingest/260_find_salon.sql

-- Called for deliveries whose webhook does not determine the salon.

create function private.find_salon(booking jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  salon uuid;
begin
  select s.id into salon from public.salons s
  where lower(s.cal_com_username) = lower(booking ->> 'organizerUsername');
  if salon is null then
    salon := coalesce(
      private.proven_salon(booking ->> 'uid'), private.proven_salon(booking ->> 'rescheduleUid'));
  end if;
  if salon is null and booking ->> 'clientId' is not null then
    select c.salon_id into salon from public.clients c
    where c.id = (booking ->> 'clientId')::uuid;
  end if;
  if salon is null and booking ->> 'petId' is not null then
    select p.salon_id into salon from public.pets p where p.id = (booking ->> 'petId')::uuid;
  end if;
  return salon;
end;
$$;
revoke all on function private.find_salon(jsonb) from public, anon, authenticated;
grant execute on function private.find_salon(jsonb) to service_role;
comment on function private.find_salon(jsonb) is
  'The salon of a booking: by its host, else by the known booking, and only then by the metadata, '
  'which anyone can forge.';


-- supabase/schemas/30_ingest/270_belongs_to_other_salon.sql

-- Called before anything is locked, read or written for a booking.

create function private.belongs_to_other_salon(
  uids text[], salon uuid, from_salon_webhook boolean
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  uid text;
  owner record;
begin
  foreach uid in array uids loop
    owner := private.owner_of_booking(uid);
    if owner.salon <> belongs_to_other_salon.salon
      or owner.event_id is not null and owner.salon is null and from_salon_webhook then
      return true;
    end if;
  end loop;
  return false;
end;
$$;
revoke all on function private.belongs_to_other_salon(text[], uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.belongs_to_other_salon(text[], uuid, boolean) to service_role;
comment on function private.belongs_to_other_salon(text[], uuid, boolean) is
  'Whether a booking names a uid that belongs to another salon. If the webhook determines the '
  'salon, a uid of an appointment without a salon counts as well; BarkBook left some.';


-- supabase/schemas/30_ingest/300_first_occurred_at.sql

-- Called by private.seat_existed_at and private.match_seat_placeholder.

create function private.first_occurred_at(uid text, seat text)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(l.occurred_at)
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
      and l.salon_id is not distinct from e.salon_id and l.status = 'success'
    where u.booking_uid = uid and u.seat_id = seat
  );
end;
$$;
revoke all on function private.first_occurred_at(text, text) from public, anon, authenticated;
grant execute on function private.first_occurred_at(text, text) to service_role;
comment on function private.first_occurred_at(text, text) is
  'When the earliest applied delivery about a seat was queued. Deliveries of another salon than '
  'the seat''s do not count.';


-- supabase/schemas/30_ingest/305_stamp_tolerance.sql

-- Called where two times of Cal.com are compared.

create function private.stamp_tolerance()
returns interval
language sql
immutable
set search_path = ''
as $$
  select interval '1 minute';
$$;
revoke all on function private.stamp_tolerance() from public, anon, authenticated;
grant execute on function private.stamp_tolerance() to service_role;
comment on function private.stamp_tolerance() is
  'Hosted Cal.com stamps a delivery when it queues it: 0.5 to 45 seconds late, differently by '
  'trigger (measured in 2026 beside the times in its API). A stamp may be off by this much, so two '
  'stamps show an order only if they are twice as far apart.';


-- supabase/schemas/30_ingest/310_seat_existed_at.sql

-- Called by private.find_predecessor and private.seat_of_person.

create function private.seat_existed_at(uid text, seat text, moved_at timestamptz)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    private.first_occurred_at(uid, seat) <= moved_at + 2 * private.stamp_tolerance(), true);
end;
$$;
revoke all on function private.seat_existed_at(text, text, timestamptz)
  from public, anon, authenticated;
grant execute on function private.seat_existed_at(text, text, timestamptz) to service_role;
comment on function private.seat_existed_at(text, text, timestamptz) is
  'Whether a seat may have existed at that time. It did not if all its deliveries are later by '
  'more than private.stamp_tolerance, as for a seat that somebody returned to.';


-- supabase/schemas/30_ingest/315_seat_of_person.sql

-- Called by private.find_predecessor.

create function private.seat_of_person(delivery public.webhook_logs, salon uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  old_uid text := delivery.booking ->> 'rescheduleUid';
  seats text[];
begin
  -- A seat that was given up, or that moved before, is the one only if there is no other.
  seats := array(
    select ranked.seat_id
    from (
      select k.seat_id, rank() over (order by (
        e.status = 'cancelled'
          and e.cal_com_event_id = private.cal_com_event_id(k.booking_uid, k.seat_id)
        or exists (
          select from public.calendar_event_uids later
          where later.event_id = k.event_id
            and later.replaced_uid = k.booking_uid and later.replaced_seat_id = k.seat_id
            and (later.booking_uid, later.seat_id)
              <> (delivery.booking_uid, delivery.seat_id)))::integer) as place
      from public.calendar_event_uids k
      join public.calendar_events e on e.id = k.event_id and e.salon_id = salon
      where k.booking_uid = old_uid
        and private.seat_existed_at(k.booking_uid, k.seat_id, delivery.occurred_at)
        and private.is_same_person(e.attendee_email, e.attendee_phone,
          delivery.booking ->> 'attendeeEmail', delivery.booking ->> 'attendeePhone')
    ) ranked
    where ranked.place = 1
    limit 2
  );
  return case when cardinality(seats) = 1 then seats[1] end;
end;
$$;
revoke all on function private.seat_of_person(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.seat_of_person(public.webhook_logs, uuid) to service_role;
comment on function private.seat_of_person(public.webhook_logs, uuid) is
  'The seat that the attendee had in the slot that a delivery reschedules; null if none or several '
  'may be meant.';


-- supabase/schemas/30_ingest/320_find_predecessor.sql

-- Called by private.resolve_appointment to find the appointment that a reschedule moves.

create function private.find_predecessor(
  delivery public.webhook_logs, salon uuid, out old_uid text, out old_seat text
)
language plpgsql
stable
set search_path = ''
as $$
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
  old_seat := coalesce(
    private.seat_of_person(delivery, salon), private.contact_seat_id(booking));
  if old_seat is null then
    old_uid := null;
  end if;
end;
$$;
revoke all on function private.find_predecessor(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.find_predecessor(public.webhook_logs, uuid) to service_role;
comment on function private.find_predecessor(public.webhook_logs, uuid) is
  'The uid and seat that an appointment had before this reschedule, null if this is none. For a '
  'seat that is still unknown, an id made from the attendee, which serves as its seat placeholder.';


-- supabase/schemas/30_ingest/330_fill_seat_placeholder.sql

-- Called by private.match_seat_placeholder.

create function private.fill_seat_placeholder(
  uid text, seat text, placeholder text, old_uid text, old_seat text
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from public.calendar_event_uids u where u.booking_uid = uid and u.seat_id = seat
  ) then
    -- The seat returned to the slot before its first delivery arrived, which is this one.
    if old_uid is null then
      update public.calendar_event_uids u set replaced_seat_id = seat
      where u.replaced_uid = uid and u.replaced_seat_id = placeholder;
      delete from public.calendar_event_uids u
      using public.calendar_event_uids k
      where u.booking_uid = uid and u.seat_id = placeholder
        and k.booking_uid = uid and k.seat_id = seat and k.event_id = u.event_id;
    end if;
    return;
  end if;
  -- A seat that returns to this slot is not necessarily the one that left it.
  if exists (
    select from public.calendar_event_uids u
    join public.calendar_event_uids o on o.event_id = u.event_id
    where u.booking_uid = uid and u.seat_id = placeholder
      and o.booking_uid = old_uid and o.seat_id = old_seat
  ) then
    return;
  end if;
  update public.calendar_event_uids u set seat_id = seat
  where u.booking_uid = uid and u.seat_id = placeholder;
  update public.calendar_event_uids u set replaced_seat_id = seat
  where u.replaced_uid = uid and u.replaced_seat_id = placeholder;
end;
$$;
revoke all on function private.fill_seat_placeholder(text, text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.fill_seat_placeholder(text, text, text, text, text)
  to service_role;
comment on function private.fill_seat_placeholder(text, text, text, text, text) is
  'Gives a seat placeholder of a slot the id of its seat, when the seat appears after the delivery '
  'that moved it away (see find_predecessor). old_uid, old_seat: what the seat replaces.';


-- supabase/schemas/30_ingest/340_match_seat_placeholder.sql

-- Called by private.resolve_appointment for every seat. A snapshot may be the first to mention a
-- seat that somebody returned to; it must not fill the placeholder of the seat they left before.

create function private.match_seat_placeholder(
  delivery public.webhook_logs, old_uid text, old_seat text
)
returns boolean
language plpgsql
set search_path = ''
as $$
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
  perform private.fill_seat_placeholder(uid, delivery.seat_id, placeholder, old_uid, old_seat);
  return true;
end;
$$;
revoke all on function private.match_seat_placeholder(public.webhook_logs, text, text)
  from public, anon, authenticated;
grant execute on function private.match_seat_placeholder(public.webhook_logs, text, text)
  to service_role;
comment on function private.match_seat_placeholder(public.webhook_logs, text, text) is
  'Matches a seat that appears with its placeholder, unless all deliveries about the seat are '
  'later than the move that created the placeholder. True if there was one.';


-- supabase/schemas/30_ingest/342_proves_last_uid.sql

-- Called by private.heard_of_units.

create function private.proves_last_uid(webhook_type text, booking jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case webhook_type
    when 'BOOKING_SYNCED' then booking -> 'snapshot' ->> 'status' in ('pending', 'accepted')
      and booking -> 'snapshot' ->> 'movedTo' is null
    else private.has_full_booking(webhook_type)
  end;
end;
$$;
revoke all on function private.proves_last_uid(text, jsonb) from public, anon, authenticated;
grant execute on function private.proves_last_uid(text, jsonb) to service_role;
comment on function private.proves_last_uid(text, jsonb) is
  'Whether a delivery shows that its uid was the last one of the appointment at that time: a '
  'booking that was made or changed, or a snapshot of a live one that names no successor.';


-- supabase/schemas/30_ingest/345_heard_of_units.sql

-- Called by private.number_generations.

create function private.heard_of_units(appointment uuid, latest public.webhook_logs)
returns table (unit text, first_heard timestamptz, last_heard timestamptz)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select u.unit, min(d.occurred_at), max(d.occurred_at)
  from (
    select coalesce(nullif(k.seat_id, ''), k.booking_uid) as unit, k.booking_uid, k.seat_id
    from public.calendar_event_uids k where k.event_id = appointment
  ) u
  left join lateral (
    select l.occurred_at from public.webhook_logs l
    where l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
      and l.status = 'success' and l.id <> latest.id
      and l.salon_id is not distinct from latest.salon_id
      and private.proves_last_uid(l.webhook_type, l.booking)
    union all
    select latest.occurred_at
    where latest.booking_uid = u.booking_uid and latest.seat_id = u.seat_id
      and private.proves_last_uid(latest.webhook_type, latest.booking)
  ) d on true
  group by u.unit;
end;
$$;
revoke all on function private.heard_of_units(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.heard_of_units(uuid, public.webhook_logs) to service_role;
comment on function private.heard_of_units(uuid, public.webhook_logs) is
  'When an appointment was first and last known to live under each of its units: null if no '
  'delivery says so. unit: a uid of a plain booking, or an id of a seat. latest: the delivery '
  'that is being applied.';


-- supabase/schemas/30_ingest/350_number_generations.sql

-- Called by private.resolve_appointment when a chain of reschedules changed elsewhere than at its
-- end, or contains a guess.

create function private.number_generations(appointment uuid, latest public.webhook_logs)
returns void
language plpgsql
set search_path = ''
as $$
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
  chain as (
    select distinct u.unit, u.unit as root, 0 as depth, array[u.unit] as path
    from uids u where not exists (select from links l where l.unit = u.unit)
    union all
    select l.unit, c.root, c.depth + 1, c.path || l.unit
    from chain c join links l on l.replaced_unit = c.unit and l.unit <> all (c.path)
  ),
  placed as (
    select distinct on (u.unit) u.unit, coalesce(c.root, u.unit) as root,
      coalesce(c.depth, 0) as depth
    from uids u left join chain c on c.unit = u.unit
    order by u.unit, c.depth desc
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
$$;
revoke all on function private.number_generations(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.number_generations(uuid, public.webhook_logs) to service_role;
comment on function private.number_generations(uuid, public.webhook_logs) is
  'Numbers all uids of an appointment in the order of its reschedules. Where a delivery in the '
  'middle was lost, the chain has several segments; the one with the first uid comes '
  'first, and the one that was heard of last comes last. '
  'Moves of a seat that keeps its id share a number, because a seat may return to a slot; they '
  'are ordered by their stamps. latest: the delivery that is being applied.';


-- supabase/schemas/30_ingest/355_appointments_under.sql

-- Called by private.resolve_appointment.

create function private.appointments_under(uids text[], seats text[])
returns uuid[]
language plpgsql
set search_path = ''
as $$
declare
  appointments uuid[];
begin
  select array_agg(u.event_id order by k.position) into appointments
  from unnest(uids, seats) with ordinality as k (uid, seat, position)
  join public.calendar_event_uids u on u.booking_uid = k.uid and u.seat_id = k.seat;
  if appointments is not null then
    -- Before their uids change: two links of one chain could miss each other. In one order; a row
    -- that was merged meanwhile is gone.
    perform from public.calendar_events e where e.id = any (appointments) order by e.id for update;
    if exists (
      select from unnest(appointments) a (id)
      where not exists (select from public.calendar_events e where e.id = a.id)) then
      raise exception 'An appointment was merged meanwhile' using errcode = 'serialization_failure';
    end if;
  end if;
  return appointments;
end;
$$;
revoke all on function private.appointments_under(text[], text[])
  from public, anon, authenticated;
grant execute on function private.appointments_under(text[], text[]) to service_role;
comment on function private.appointments_under(text[], text[]) is
  'The appointments under these uids and seats, in that order; null if there are none. Their rows '
  'are locked.';


-- supabase/schemas/30_ingest/360_merge_appointments.sql

-- Called by private.resolve_appointment when a late reschedule connects two appointments.

create function private.merge_appointments(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Excludes the planner: planner and merge would each miss what the other writes.
  perform pg_advisory_xact_lock(hashtextextended('sms_plan ' || salon.id::text, 0))
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
  update public.calendar_events k
  set client_id = m.client_id, pet_id = m.pet_id, link_source = m.link_source
  from public.calendar_events m
  where k.id = kept and k.link_source is distinct from 'manual'
    and m.id = any (merged) and m.link_source = 'manual';
  -- An erasure is permanent, and so is what BarkBook wrote.
  update public.calendar_events k
  set erased_at = coalesce(k.erased_at, m.erased_at),
    fold_state = case
      when k.fold_state is null or private.base_of_appointment(k) is not null
        or private.base_of_appointment(m) is null then k.fold_state
      else k.fold_state || jsonb_build_object('base', private.base_of_appointment(m)) end
  from public.calendar_events m
  where k.id = kept and m.id = any (merged);
  delete from public.calendar_events where id = any (merged);
end;
$$;
revoke all on function private.merge_appointments(uuid, uuid[]) from public, anon, authenticated;
grant execute on function private.merge_appointments(uuid, uuid[]) to service_role;
comment on function private.merge_appointments(uuid, uuid[]) is
  'Merges two rows that turned out to be one appointment. The fold that follows recomputes the row '
  'from all deliveries; a link that a member chose by hand is copied here.';


-- supabase/schemas/30_ingest/365_register_uids.sql

-- Called by private.resolve_appointment.

create function private.register_uids(
  appointment uuid, uid text, seat text, old_uid text, old_seat text, first_uid text,
  out is_added boolean, out reordered boolean
)
language plpgsql
set search_path = ''
as $$
declare
  next_generation integer := 0;
  changed integer;
begin
  is_added := false;
  reordered := false;
  if old_uid is not null then
    select u.generation + (seat = '' or seat <> old_seat)::integer into next_generation
    from public.calendar_event_uids u
    where u.booking_uid = old_uid and u.seat_id = old_seat and u.event_id = appointment
      and not exists (
        select from public.calendar_event_uids later
        where later.event_id = appointment and later.generation > u.generation);
  end if;
  -- A new booking, or one more link at the end of a chain.
  if next_generation is not null then
    insert into public.calendar_event_uids
      (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id, generation)
    values (uid, seat, appointment, old_uid, old_seat, next_generation)
    on conflict do nothing;
    is_added := found;
    if is_added or old_uid is null then
      return;
    end if;
  end if;

  insert into public.calendar_event_uids as u
    (booking_uid, seat_id, event_id, replaced_uid, replaced_seat_id, is_guess)
  select k.uid, k.seat, appointment, k.replaced_uid, k.replaced_seat, k.is_guess
  from (values
    (uid, seat, old_uid, old_seat, false),
    (old_uid, old_seat, nullif(first_uid, old_uid), case when first_uid <> old_uid then '' end,
      coalesce(first_uid <> old_uid, false)),
    (nullif(first_uid, old_uid), '', null, null, false)
  ) as k (uid, seat, replaced_uid, replaced_seat, is_guess)
  where k.uid is not null
  on conflict (booking_uid, seat_id) do update
    set replaced_uid = excluded.replaced_uid, replaced_seat_id = excluded.replaced_seat_id,
      is_guess = excluded.is_guess
    where excluded.replaced_uid is not null
      and (u.replaced_uid is null or u.is_guess and not excluded.is_guess);
  get diagnostics changed = row_count;
  reordered := changed > 0;
end;
$$;
revoke all on function private.register_uids(uuid, text, text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.register_uids(uuid, text, text, text, text, text)
  to service_role;
comment on function private.register_uids(uuid, text, text, text, text, text) is
  'Registers the uid of a booking, the one that it replaces, and the first one of its chain. A '
  'known predecessor replaces a guess, never the other way round. is_added: it is new, and the '
  'last one. reordered: the chain changed elsewhere than at its end.';


-- supabase/schemas/30_ingest/370_resolve_appointment.sql

-- Called by private.locate_appointments for deliveries that contain a whole booking.

create function private.resolve_appointment(
  delivery public.webhook_logs, salon uuid, out appointment uuid, out is_new boolean,
  out reordered boolean, out is_linked boolean
)
language plpgsql
set search_path = ''
as $$
declare
  old record;
  first_uid text := private.original_uid(delivery.booking);
  found_ids uuid[];
  registered record;
begin
  old := private.find_predecessor(delivery, salon);
  reordered := delivery.seat_id <> ''
    and private.match_seat_placeholder(delivery, old.old_uid, old.old_seat);
  found_ids := private.appointments_under(array[first_uid, old.old_uid, delivery.booking_uid],
    array['', old.old_seat, delivery.seat_id]);
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
$$;
revoke all on function private.resolve_appointment(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.resolve_appointment(public.webhook_logs, uuid) to service_role;
comment on function private.resolve_appointment(public.webhook_logs, uuid) is
  'The appointment of a booking; if is_new, its row does not exist yet. A late reschedule may '
  'connect two appointments: the one under the earliest uid remains. reordered: more than one '
  'delivery may be new to the appointment, so that its row must be folded from the start. '
  'is_linked: its chain of uids changed.';


-- supabase/schemas/30_ingest/380_follow_slot_moves.sql

-- Called by private.write_appointment for seats.

create function private.follow_slot_moves(appointment uuid, latest public.webhook_logs)
returns boolean
language plpgsql
set search_path = ''
as $$
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
      -- Waiting could deadlock, because this transaction holds other bookings.
      if not pg_try_advisory_xact_lock(hashtextextended('booking ' || slot, 0)) then
        raise exception 'The slot is being written' using errcode = 'lock_not_available';
      end if;
      moved := true;
    end loop;
    exit when not moved;
    followed := true;
  end loop;
  return followed;
end;
$$;
revoke all on function private.follow_slot_moves(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.follow_slot_moves(uuid, public.webhook_logs) to service_role;
comment on function private.follow_slot_moves(uuid, public.webhook_logs) is
  'Moves a seat with its slot when the host merged the slot into another, also a seat that appears '
  'later. True if it moved. latest: the delivery that is being applied.';


-- supabase/schemas/30_ingest/390_find_appointments.sql

-- Called by private.locate_appointments for deliveries that create no appointment.

create function private.find_appointments(delivery public.webhook_logs, salon uuid)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select distinct u.event_id
    from public.calendar_event_uids u
    join public.calendar_events e
      on e.id = u.event_id and (e.salon_id = salon or e.salon_id is null)
    where u.booking_uid = delivery.booking_uid and delivery.seat_id in (u.seat_id, '')
      or u.booking_uid = delivery.booking ->> 'rescheduleUid' and delivery.seat_id = ''
    -- The order in which their rows are locked.
    order by u.event_id
  );
end;
$$;
revoke all on function private.find_appointments(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.find_appointments(public.webhook_logs, uuid) to service_role;
comment on function private.find_appointments(public.webhook_logs, uuid) is
  'The existing appointments that a delivery is about: one, or every seat of a slot.';


-- supabase/schemas/30_ingest/400_is_same_person.sql

-- Called wherever two contacts are compared.

create function private.is_same_person(email text, phone text, other_email text, other_phone text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- A couple may share a phone number, so it counts only if an e-mail address is missing.
  return case
    when email is null or other_email is null
      then coalesce(private.e164(phone) = private.e164(other_phone), false)
    else email = other_email
  end;
end;
$$;
revoke all on function private.is_same_person(text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.is_same_person(text, text, text, text) to service_role;
comment on function private.is_same_person(text, text, text, text) is
  'Whether two contacts from Cal.com belong to one person.';


-- supabase/schemas/30_ingest/410_matching_attendee.sql

-- Called where a delivery about one attendee must find their appointment.

create function private.matching_attendee(booking jsonb, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  attendee jsonb;
begin
  for attendee in select jsonb_array_elements(booking -> 'attendees') loop
    if private.is_same_person(attendee ->> 'email', attendee ->> 'phone', email, phone) then
      return attendee;
    end if;
  end loop;
  return null;
end;
$$;
revoke all on function private.matching_attendee(jsonb, text, text)
  from public, anon, authenticated;
grant execute on function private.matching_attendee(jsonb, text, text) to service_role;
comment on function private.matching_attendee(jsonb, text, text) is
  'The attendee of a booking that is this person, by e-mail or phone; null if none is.';


-- supabase/schemas/30_ingest/420_find_client.sql

-- Called by private.link_appointment.

create function private.find_client(
  salon uuid, claims jsonb, seated boolean, out client_id uuid, out link_source public.link_source
)
language plpgsql
stable
set search_path = ''
as $$
declare
  claim jsonb;
  matches uuid[];
begin
  -- Every seat inherits the metadata of the first booker, so here it must match the attendee.
  for position in 0 .. jsonb_array_length(claims) - 1 loop
    claim := claims -> position;
    if claim ->> 'client' is not null then
      select c.id, 'metadata'::public.link_source into client_id, link_source
      from public.clients c
      where c.id = (claim ->> 'client')::uuid and c.salon_id = salon
        and (not seated or private.e164(c.phone_number) = claim ->> 'phone'
          or lower(c.email) = claim ->> 'email');
      if client_id is not null then
        return;
      end if;
    end if;
  end loop;
  for position in 0 .. jsonb_array_length(claims) - 1 loop
    claim := claims -> position;
    if claim ->> 'phone' is not null then
      matches := array(
        select c.id from public.clients c
        where c.salon_id = salon and private.e164(c.phone_number) = claim ->> 'phone' limit 2);
      link_source := 'phone';
    end if;
    if cardinality(matches) is distinct from 1 and claim ->> 'email' is not null then
      matches := array(
        select c.id from public.clients c
        where c.salon_id = salon and lower(c.email) = claim ->> 'email' limit 2);
      link_source := 'email';
    end if;
    if cardinality(matches) = 1 then
      client_id := matches[1];
      return;
    end if;
  end loop;
  link_source := null;
end;
$$;
revoke all on function private.find_client(uuid, jsonb, boolean)
  from public, anon, authenticated;
grant execute on function private.find_client(uuid, jsonb, boolean) to service_role;
comment on function private.find_client(uuid, jsonb, boolean) is
  'The client of the salon whom an appointment is for. Metadata comes from the URL of a public '
  'page, so it counts only within the salon. Without it, the only client with the same phone, '
  'then e-mail. claims: see private.with_claim.';


-- supabase/schemas/30_ingest/430_find_pet.sql

-- Called by private.link_appointment.

create function private.find_pet(salon uuid, client uuid, claims jsonb, seated boolean)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  claim uuid;
  pet uuid;
  pets uuid[];
begin
  for position in 0 .. jsonb_array_length(claims) - 1 loop
    claim := (claims -> position ->> 'pet')::uuid;
    continue when claim is null;
    select p.id into pet
    from public.pets p
    where p.id = claim and p.salon_id = salon
      and (exists (
          select from public.client_pets cp where cp.pet_id = p.id and cp.client_id = client)
        or not seated and (client is null
          or not exists (select from public.client_pets cp where cp.pet_id = p.id)));
    exit when found;
  end loop;
  if pet is null and client is not null then
    pets := array(
      select p.id from public.client_pets cp
      join public.pets p on p.id = cp.pet_id and p.salon_id = salon
      where cp.client_id = client limit 2);
    if cardinality(pets) = 1 then
      pet := pets[1];
    end if;
  end if;
  return pet;
end;
$$;
revoke all on function private.find_pet(uuid, uuid, jsonb, boolean)
  from public, anon, authenticated;
grant execute on function private.find_pet(uuid, uuid, jsonb, boolean) to service_role;
comment on function private.find_pet(uuid, uuid, jsonb, boolean) is
  'The pet that an appointment is for: the newest claim that is a pet of the salon and belongs to '
  'no other client, else the only pet of the client. claims: see private.with_claim.';


-- supabase/schemas/30_ingest/440_with_claim.sql

-- Called by private.fold_facts.

create function private.with_claim(claims jsonb, booking jsonb, is_newest boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  claim jsonb := jsonb_strip_nulls(jsonb_build_object(
    'client', booking ->> 'clientId',
    'pet', booking ->> 'petId',
    'phone', private.e164(booking ->> 'attendeePhone'),
    'email', nullif(booking ->> 'attendeeEmail', private.erased_email())));
begin
  if claim = '{}'::jsonb or claim = claims -> 0
    or not is_newest and claims @> jsonb_build_array(claim) then
    return claims;
  end if;
  if not is_newest or claims = '[]'::jsonb then
    return claims || claim;
  end if;
  return jsonb_build_array(claim) || coalesce((
    select jsonb_agg(c.entry order by c.position)
    from jsonb_array_elements(claims) with ordinality as c (entry, position)
    where c.entry <> claim), '[]'::jsonb);
end;
$$;
revoke all on function private.with_claim(jsonb, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.with_claim(jsonb, jsonb, boolean) to service_role;
comment on function private.with_claim(jsonb, jsonb, boolean) is
  'The claims of an appointment with those of one more booking: an array of {client, pet, phone, '
  'email}, newest first. What only a cancellation, an end or a rejection repeats comes last. '
  'is_newest: the delivery contains a whole booking.';


-- supabase/schemas/30_ingest/450_link_appointment.sql

-- Called by private.fold_appointment.

create function private.link_appointment(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  claims jsonb := coalesce(appointment.fold_state -> 'claims', '[]'::jsonb);
  seated boolean := appointment.seat_id is not null;
  match record;
begin
  if appointment.link_source = 'manual' or claims = '[]'::jsonb then
    return appointment;
  end if;
  match := private.find_client(appointment.salon_id, claims, seated);
  appointment.pet_id := coalesce(
    private.find_pet(
      appointment.salon_id, coalesce(match.client_id, appointment.client_id), claims, seated),
    case when match.client_id is null or match.client_id = appointment.client_id
      then appointment.pet_id end);
  appointment.client_id := coalesce(match.client_id, appointment.client_id);
  appointment.link_source := coalesce(match.link_source, appointment.link_source);
  return appointment;
end;
$$;
revoke all on function private.link_appointment(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.link_appointment(public.calendar_events) to service_role;
comment on function private.link_appointment(public.calendar_events) is
  'The appointment with the client and pet that its claims name, or that match its contact. A '
  'link that a member chose stays. So does a link that no claim supports any more.';


-- supabase/schemas/30_ingest/500_concerns_appointment.sql

-- Called by private.fold_step.

create function private.concerns_appointment(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
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
  if (delivery.booking ->> 'wholeSlot')::boolean then
    -- A seat that was taken after the slot moved has a delivery of its own with the new time.
    return delivery.webhook_type <> 'BOOKING_RESCHEDULED'
      or delivery.occurred_at + 2 * private.stamp_tolerance() > in_slot_since;
  end if;
  -- Somebody who gave up a seat may have taken another one in the same slot.
  return person is not null
    and delivery.occurred_at + 2 * private.stamp_tolerance() > in_slot_since;
end;
$$;
revoke all on function private.concerns_appointment(
  public.calendar_events, public.webhook_logs, jsonb) from public, anon, authenticated;
grant execute on function private.concerns_appointment(
  public.calendar_events, public.webhook_logs, jsonb) to service_role;
comment on function private.concerns_appointment(
  public.calendar_events, public.webhook_logs, jsonb) is
  'Whether a delivery is about this appointment. One about a slot is about the seats that are in '
  'it then; one that names an attendee only about theirs. person: that attendee, if it is this '
  'appointment''s.';


-- supabase/schemas/30_ingest/502_start_generation.sql

-- Called by private.fold_step for the first delivery about the next uid of a chain.

create function private.start_generation(appointment public.calendar_events, generation integer)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- A confirmed appointment stays confirmed when it is moved.
  appointment.status := case
    when 'confirmed' in (appointment.status, appointment.status_before_no_show)
      then 'confirmed' end;
  appointment.status_before_no_show := null;
  appointment.cancelled_at := null;
  appointment.cancellation_reason := null;
  appointment.fold_state := appointment.fold_state - '{accepted,liveAsOf,liveSince}'::text[]
    || jsonb_build_object('generation', generation);
  return appointment;
end;
$$;
revoke all on function private.start_generation(public.calendar_events, integer)
  from public, anon, authenticated;
grant execute on function private.start_generation(public.calendar_events, integer)
  to service_role;
comment on function private.start_generation(public.calendar_events, integer) is
  'The appointment under its next uid, of which nothing is known yet: a move revives what was '
  'cancelled or over.';


-- supabase/schemas/30_ingest/503_position_text.sql

-- Called by private.fold_position and private.insert_first_booking.

create function private.position_text(
  generation integer, step integer, occurred_at timestamptz, delivery_key text
)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return concat_ws(' ', lpad(generation::text, 6, '0'), step,
    lpad(greatest(extract(epoch from occurred_at) * 1000000, 0)::bigint::text, 18, '0'),
    delivery_key);
end;
$$;
revoke all on function private.position_text(integer, integer, timestamptz, text)
  from public, anon, authenticated;
grant execute on function private.position_text(integer, integer, timestamptz, text)
  to service_role;
comment on function private.position_text(integer, integer, timestamptz, text) is
  'A position as private.fold_position describes it, from its parts.';


-- supabase/schemas/30_ingest/504_fold_position.sql

-- Called where deliveries of an appointment are ordered.

create function private.fold_position(delivery public.webhook_logs, generation integer)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  step integer := case delivery.webhook_type
    when 'BOOKING_REQUESTED' then 1
    when 'BOOKING_PAYMENT_INITIATED' then 1
    when 'BOOKING_CREATED' then 2
    -- A seat may move between slots and keep its id, and a host may move a slot and keep its uid.
    when 'BOOKING_RESCHEDULED' then case
      when (delivery.booking ->> 'seated')::boolean
        or delivery.booking ->> 'rescheduleUid' = delivery.booking_uid then 5
      else 3 end
    when 'BOOKING_PAID' then 4
    when 'BOOKING_SYNCED' then case
      when delivery.booking -> 'snapshot' ->> 'status' in ('cancelled', 'rejected')
        then 6 else 5 end
    when 'BOOKING_CANCELLED' then 6
    when 'BOOKING_REJECTED' then 6
    else 5
  end;
begin
  return private.position_text(generation, step, delivery.occurred_at, delivery.delivery_key);
end;
$$;
revoke all on function private.fold_position(public.webhook_logs, integer)
  from public, anon, authenticated;
grant execute on function private.fold_position(public.webhook_logs, integer) to service_role;
comment on function private.fold_position(public.webhook_logs, integer) is
  'The position of a delivery among those of its appointment, as a text to be compared with '
  'collate "C". First the generation of its uid; then what can be said of one uid, in the only '
  'order in which it can happen: 1 requested, 2 created, 3 rescheduled, 4 paid, 5 what may happen '
  'several times, 6 cancelled or rejected; then the stamp, because only repeatable facts need the '
  'clock; then the delivery key, so that the order is total.';


-- supabase/schemas/30_ingest/506_fold_uid.sql

-- Called by private.fold_step for deliveries that contain a whole booking.

create function private.fold_uid(
  appointment public.calendar_events, delivery public.webhook_logs, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if appointment.seat_id is null then
    appointment.cal_com_event_id := delivery.booking_uid;
    return appointment;
  end if;
  if not whole_slot then
    appointment.seat_id := delivery.seat_id;
  elsif delivery.webhook_type <> 'BOOKING_RESCHEDULED' then
    return appointment;
  end if;
  appointment.cal_com_event_id := private.cal_com_event_id(
    delivery.booking_uid, appointment.seat_id);
  if appointment.fold_state ->> 'uid' is distinct from delivery.booking_uid then
    appointment.fold_state := appointment.fold_state
      || jsonb_build_object('uid', delivery.booking_uid, 'inSlotSince', delivery.occurred_at);
  end if;
  return appointment;
end;
$$;
revoke all on function private.fold_uid(public.calendar_events, public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.fold_uid(public.calendar_events, public.webhook_logs, boolean)
  to service_role;
comment on function private.fold_uid(public.calendar_events, public.webhook_logs, boolean) is
  'The appointment under the uid of a booking. A seat also remembers since when it is in that '
  'slot.';


-- supabase/schemas/30_ingest/508_fold_facts.sql

-- Called by private.fold_step.

create function private.fold_facts(
  appointment public.calendar_events, delivery public.webhook_logs, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
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
$$;
revoke all on function private.fold_facts(public.calendar_events, public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.fold_facts(public.calendar_events, public.webhook_logs, boolean)
  to service_role;
comment on function private.fold_facts(public.calendar_events, public.webhook_logs, boolean) is
  'The appointment with what a delivery says about it, apart from its status. A whole booking '
  'overwrites, anything else fills gaps, and null never erases a value. Of a delivery about a '
  'whole slot, only the time, the place and the host apply.';


-- supabase/schemas/30_ingest/510_status_by_attendance.sql

-- Called by private.status_by_delivery for what Cal.com reports once the time of an appointment has
-- come.

create function private.status_by_attendance(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  if delivery.webhook_type = 'MEETING_ENDED' then
    -- Cal.com schedules this delivery when the booking is made. If it ends before the appointment
    -- does, the appointment has been moved since.
    if appointment.status = 'no_show' then
      appointment.status_before_no_show := 'completed';
    elsif appointment.status is distinct from 'cancelled' and coalesce(
      (delivery.booking ->> 'endTime')::timestamptz >= appointment.end_time, true) then
      appointment.status := 'completed';
    end if;
  elsif (person ->> 'noShow')::boolean then
    if appointment.status is null or appointment.status not in ('no_show', 'cancelled') then
      appointment.status_before_no_show := coalesce(appointment.status, 'scheduled');
      appointment.status := 'no_show';
    end if;
  elsif not (person ->> 'noShow')::boolean and appointment.status = 'no_show' then
    appointment.status := coalesce(appointment.status_before_no_show, 'scheduled');
  end if;
  return appointment;
end;
$$;
revoke all on function private.status_by_attendance(
  public.calendar_events, public.webhook_logs, jsonb) from public, anon, authenticated;
grant execute on function private.status_by_attendance(
  public.calendar_events, public.webhook_logs, jsonb) to service_role;
comment on function private.status_by_attendance(
  public.calendar_events, public.webhook_logs, jsonb) is
  'The appointment after MEETING_ENDED or BOOKING_NO_SHOW_UPDATED. person: the attendee that the '
  'delivery names, null if it is not this appointment''s.';


-- supabase/schemas/30_ingest/512_status_by_delivery.sql

-- Called by private.fold_status for webhooks.

create function private.status_by_delivery(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
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
      if appointment.status is distinct from 'confirmed'
        and not (whole_slot and coalesce(appointment.status = 'cancelled', false)) then
        appointment.status := 'scheduled';
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
      appointment.cancellation_reason := coalesce(
        appointment.cancellation_reason, delivery.booking ->> 'cancellationReason');
  end case;
  return appointment;
end;
$$;
revoke all on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The appointment with its status after a webhook delivery. Called in the order of '
  'private.fold_position, so that no step asks what happened first. person: the attendee that the '
  'delivery names, if it is this appointment''s. whole_slot: it is about all seats of a slot.';


-- supabase/schemas/30_ingest/514_status_by_snapshot.sql

-- Called by private.fold_status for snapshots.

create function private.status_by_snapshot(
  appointment public.calendar_events, delivery public.webhook_logs, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
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
    when live = 'pending' or live = 'confirmed' then 'confirmed'
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
$$;
revoke all on function private.status_by_snapshot(
  public.calendar_events, public.webhook_logs, boolean) from public, anon, authenticated;
grant execute on function private.status_by_snapshot(
  public.calendar_events, public.webhook_logs, boolean) to service_role;
comment on function private.status_by_snapshot(
  public.calendar_events, public.webhook_logs, boolean) is
  'The appointment with the status that Cal.com''s API reports, whatever it was before: an end or '
  'no-show that the API does not know is undone. What the API does not report stays: whether the '
  'booking needed confirmation, and the reason. whole_slot: the snapshot covers all seats.';


-- supabase/schemas/30_ingest/518_named_person.sql

-- Called by private.fold_step for deliveries that contain no whole booking.

create function private.named_person(
  appointment public.calendar_events, delivery public.webhook_logs
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Without a known booker the first attendee stands for them. Otherwise the absence of a guest
  -- does not matter.
  if appointment.seat_id is null
    and coalesce(appointment.attendee_email, appointment.attendee_phone) is null then
    return delivery.booking -> 'attendees' -> 0;
  end if;
  return private.matching_attendee(
    delivery.booking,
    coalesce(appointment.attendee_email,
      case when appointment.erased_at is not null then private.erased_email() end),
    appointment.attendee_phone);
end;
$$;
revoke all on function private.named_person(public.calendar_events, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.named_person(public.calendar_events, public.webhook_logs)
  to service_role;
comment on function private.named_person(public.calendar_events, public.webhook_logs) is
  'The attendee in a delivery who booked this appointment; null if it names none.';


-- supabase/schemas/30_ingest/520_fold_status.sql

-- Called by private.fold_step.

create function private.fold_status(
  appointment public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
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
  end if;
  return appointment;
end;
$$;
revoke all on function private.fold_status(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.fold_status(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.fold_status(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The appointment with its status after one more delivery. person: the attendee that the delivery '
  'names, if it is this appointment''s. whole_slot: the delivery is about all seats of a slot.';


-- supabase/schemas/30_ingest/530_fold_step.sql

-- Adds one delivery to an appointment. Called by private.fold_appointment.

create function private.fold_step(
  appointment public.calendar_events, delivery public.webhook_logs, generation integer
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  is_full boolean := private.has_full_booking(delivery.webhook_type);
  whole_slot boolean := appointment.seat_id is not null and delivery.seat_id = '';
  person jsonb;
begin
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
$$;
revoke all on function private.fold_step(public.calendar_events, public.webhook_logs, integer)
  from public, anon, authenticated;
grant execute on function private.fold_step(public.calendar_events, public.webhook_logs, integer)
  to service_role;
comment on function private.fold_step(public.calendar_events, public.webhook_logs, integer) is
  'The appointment after one more delivery, which comes last by private.fold_position. Reads '
  'nothing but its arguments. generation: of the uid that the delivery is about. What the row does '
  'not say is in fold_state: position and generation of the last delivery; status and '
  'statusBeforeNoShow by Cal.com; claims (see private.with_claim); of a seat, uid and inSlotSince '
  '(the slot it is in and the stamp of the delivery that says so); accepted (the booking is '
  'confirmed or needs no confirmation), liveAsOf and liveSince (the newest snapshot that shows it '
  'alive, and when Cal.com last changed it); base (a row that BarkBook inserted).';


-- supabase/schemas/30_ingest/535_base_of_appointment.sql

-- Called by private.initial_appointment and private.merge_appointments.

create function private.base_of_appointment(appointment public.calendar_events)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if appointment.fold_state is not null then
    return appointment.fold_state -> 'base';
  end if;
  return to_jsonb(appointment)
    - '{id,cal_com_event_id,salon_id,client_id,pet_id,link_source,seat_id}'::text[]
    - '{duration_minutes,updated_at,auto_completed_at,erased_at,fold_state}'::text[]
    || case when appointment.auto_completed_at is not null and appointment.status = 'completed'
      then '{"status": "scheduled"}' else '{}' end::jsonb;
end;
$$;
revoke all on function private.base_of_appointment(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.base_of_appointment(public.calendar_events) to service_role;
comment on function private.base_of_appointment(public.calendar_events) is
  'What BarkBook wrote about an appointment that it inserted, without its automatic completion: '
  'the fold starts from it. Null for any other appointment.';


-- supabase/schemas/30_ingest/540_initial_appointment.sql

-- Called by private.refold_appointment.

create function private.initial_appointment(
  appointment public.calendar_events, is_booked boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
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
  initial.fold_state := jsonb_strip_nulls(jsonb_build_object('claims', '[]'::jsonb, 'base', base,
    'generation', case when base is not null then 0 end));
  return initial;
end;
$$;
revoke all on function private.initial_appointment(public.calendar_events, boolean)
  from public, anon, authenticated;
grant execute on function private.initial_appointment(public.calendar_events, boolean)
  to service_role;
comment on function private.initial_appointment(public.calendar_events, boolean) is
  'The row of an appointment before its first delivery: empty, or as BarkBook inserted it. What '
  'was decided here stays: a link to a client and pet, an automatic completion, an erasure. '
  'is_booked: some delivery contains the whole booking, so that the status starts from nothing.';


-- supabase/schemas/30_ingest/545_new_appointment.sql

-- Called by private.write_appointment.

create function private.new_appointment(
  appointment uuid, salon uuid, delivery public.webhook_logs
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
declare
  made public.calendar_events;
begin
  made.id := appointment;
  made.cal_com_event_id := delivery.cal_com_event_id;
  made.seat_id := nullif(delivery.seat_id, '');
  made.salon_id := salon;
  made.title := 'Wizyta';
  made.updated_at := now();
  made.fold_state := '{"claims": [], "generation": 0}';
  return made;
end;
$$;
revoke all on function private.new_appointment(uuid, uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.new_appointment(uuid, uuid, public.webhook_logs)
  to service_role;
comment on function private.new_appointment(uuid, uuid, public.webhook_logs) is
  'The row of a new appointment before its first delivery.';


-- supabase/schemas/30_ingest/550_remove_local_decisions.sql

-- Called by private.fold_appointment before a step.

create function private.remove_local_decisions(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  appointment.status := appointment.fold_state ->> 'status';
  appointment.status_before_no_show := appointment.fold_state ->> 'statusBeforeNoShow';
  return appointment;
end;
$$;
revoke all on function private.remove_local_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.remove_local_decisions(public.calendar_events) to service_role;
comment on function private.remove_local_decisions(public.calendar_events) is
  'The appointment with the status that Cal.com''s deliveries gave it, without an automatic '
  'completion.';


-- supabase/schemas/30_ingest/555_apply_local_decisions.sql

-- Called by private.fold_appointment after the fold.

create function private.apply_local_decisions(appointment public.calendar_events)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
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
    appointment.ical_uid := substring(appointment.ical_uid from '^[^@]+@Cal\.com$');
  end if;
  return appointment;
end;
$$;
revoke all on function private.apply_local_decisions(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.apply_local_decisions(public.calendar_events) to service_role;
comment on function private.apply_local_decisions(public.calendar_events) is
  'The folded appointment with what was decided outside Cal.com: its automatic completion, and an '
  'erasure. The status by Cal.com is kept in fold_state.';


-- supabase/schemas/30_ingest/557_generation_of_delivery.sql

-- Called by private.fold_appointment and private.applied_deliveries.

create function private.generation_of_delivery(appointment uuid, delivery public.webhook_logs)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((
    select max(u.generation)
    from public.calendar_event_uids u
    where u.event_id = appointment
      and (u.booking_uid = delivery.booking_uid and delivery.seat_id in (u.seat_id, '')
        or u.booking_uid = delivery.booking ->> 'rescheduleUid' and delivery.seat_id = '')
  ), 0);
end;
$$;
revoke all on function private.generation_of_delivery(uuid, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.generation_of_delivery(uuid, public.webhook_logs)
  to service_role;
comment on function private.generation_of_delivery(uuid, public.webhook_logs) is
  'The generation of the uid that a delivery is about, within one appointment.';


-- supabase/schemas/30_ingest/558_applied_deliveries.sql

-- Called by private.refold_appointment.

create function private.applied_deliveries(
  appointment public.calendar_events, latest public.webhook_logs
)
returns table (delivery public.webhook_logs, generation integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select d.delivery, d.generation
  from (
    select distinct on (l.id) l as delivery, u.generation
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id in (u.seat_id, '')
    where u.event_id = appointment.id
      -- Not "=", for which Postgres might read all deliveries of the salon.
      and l.salon_id is not distinct from appointment.salon_id
      and l.status = 'success' and l.booking is not null and l.id is distinct from latest.id
    order by l.id, u.generation desc
  ) d
  union all
  select latest, private.generation_of_delivery(appointment.id, latest)
  where latest.id is not null;
end;
$$;
revoke all on function private.applied_deliveries(public.calendar_events, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.applied_deliveries(public.calendar_events, public.webhook_logs)
  to service_role;
comment on function private.applied_deliveries(public.calendar_events, public.webhook_logs) is
  'The deliveries from which an appointment is computed, with the generation of their uid: those '
  'that were applied, and the one that is being applied. For a seat, also those about its whole '
  'slot.';


-- supabase/schemas/30_ingest/560_refold_appointment.sql

-- Called by private.fold_appointment.

create function private.refold_appointment(
  appointment public.calendar_events, latest public.webhook_logs
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  folded public.calendar_events;
  step record;
begin
  for step in
    select d.delivery, d.generation,
      bool_or((d.delivery).webhook_type in (
        'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED')) over () as is_booked
    from private.applied_deliveries(appointment, latest) d
    order by private.fold_position(d.delivery, d.generation) collate "C"
  loop
    if folded.id is null then
      folded := private.initial_appointment(appointment, step.is_booked);
    end if;
    folded := private.fold_step(folded, step.delivery, step.generation);
  end loop;
  return case when folded.id is null
    then private.initial_appointment(appointment, false) else folded end;
end;
$$;
revoke all on function private.refold_appointment(public.calendar_events, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.refold_appointment(public.calendar_events, public.webhook_logs)
  to service_role;
comment on function private.refold_appointment(public.calendar_events, public.webhook_logs) is
  'The appointment folded from its first delivery on. latest: the delivery that is being applied; '
  'null after an erasure.';


-- supabase/schemas/30_ingest/565_fold_appointment.sql

-- Computes the row of an appointment: reduce(fold_step) over its deliveries in the order of
-- private.fold_position. Called by private.write_appointment.

create function private.fold_appointment(
  appointment public.calendar_events, latest public.webhook_logs, is_new boolean,
  from_start boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
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
  else
    folded := private.fold_step(
      private.remove_local_decisions(appointment), latest, generation);
  end if;
  if folded.client_id is null
    or folded.fold_state -> 'claims' is distinct from state -> 'claims' then
    folded := private.link_appointment(folded);
  end if;
  return private.apply_local_decisions(folded);
end;
$$;
revoke all on function private.fold_appointment(
  public.calendar_events, public.webhook_logs, boolean, boolean) from public, anon, authenticated;
grant execute on function private.fold_appointment(
  public.calendar_events, public.webhook_logs, boolean, boolean) to service_role;
comment on function private.fold_appointment(
  public.calendar_events, public.webhook_logs, boolean, boolean) is
  'The row of an appointment with one more delivery. One that comes last costs one step; for any '
  'other one the row is folded from the start, which gives the same. So neither the order of '
  'arrival nor repetition nor a stamp that is off by a minute changes the row. from_start: fold '
  'from the start in any case, because the chain of uids changed. latest: the delivery; null '
  'after an erasure.';


-- supabase/schemas/30_ingest/610_erased_delivery.sql

-- Called by private.write_appointment for erased appointments.

create function private.erased_delivery(
  delivery public.webhook_logs, appointment public.calendar_events
)
returns public.webhook_logs
language plpgsql
stable
set search_path = ''
as $$
begin
  if delivery.id is null or delivery.erased_at is not null then
    return delivery;
  end if;
  if appointment.seat_id is not null and delivery.seat_id = '' then
    delivery.booking := private.redact_slot_booking(delivery.booking, appointment);
  else
    delivery.booking := private.redact_booking(delivery.booking, delivery.seat_id,
      appointment.attendee_email, appointment.attendee_phone);
    delivery.erased_at := now();
  end if;
  delivery.payload := private.redacted_payload('erasure');
  delivery.redacted_at := coalesce(delivery.redacted_at, now());
  return delivery;
end;
$$;
revoke all on function private.erased_delivery(public.webhook_logs, public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.erased_delivery(public.webhook_logs, public.calendar_events)
  to service_role;
comment on function private.erased_delivery(public.webhook_logs, public.calendar_events) is
  'A delivery that arrives for an erased appointment, without the person.';


-- supabase/schemas/30_ingest/612_erased_under_uids.sql

-- Called by private.write_appointment.

create function private.erased_under_uids(appointment uuid, salon uuid)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(l.erased_at)
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
    where u.event_id = appointment and l.erased_at is not null
      -- Erasures by another salon under this uid do not count.
      and (l.salon_id is null or l.salon_id = salon)
  );
end;
$$;
revoke all on function private.erased_under_uids(uuid, uuid) from public, anon, authenticated;
grant execute on function private.erased_under_uids(uuid, uuid) to service_role;
comment on function private.erased_under_uids(uuid, uuid) is
  'When a delivery of an appointment was erased; null if none was. An erasure is permanent, also '
  'for a row that is created or merged later.';


-- supabase/schemas/30_ingest/614_shows_change.sql

-- Called by private.write_appointment.

create function private.shows_change(
  before public.calendar_events, after public.calendar_events, is_snapshot boolean
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if is_snapshot then
    return (before.cal_com_event_id, before.salon_id, before.status, before.start_time,
        before.end_time)
      is distinct from (after.cal_com_event_id, after.salon_id, after.status, after.start_time,
        after.end_time)
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
$$;
revoke all on function private.shows_change(
  public.calendar_events, public.calendar_events, boolean) from public, anon, authenticated;
grant execute on function private.shows_change(
  public.calendar_events, public.calendar_events, boolean) to service_role;
comment on function private.shows_change(
  public.calendar_events, public.calendar_events, boolean) is
  'Whether an appointment changed. A snapshot that differs only in what the API words differently '
  'from a webhook, or that is only newer, is no change: otherwise every poll would be stored.';


-- supabase/schemas/30_ingest/630_write_appointment.sql

-- Called by private.apply_delivery for each appointment that a delivery is about, and after an
-- erasure.

create function private.write_appointment(
  appointment uuid, is_new boolean, from_start boolean, is_linked boolean,
  is_kept boolean, delivery public.webhook_logs
)
returns private.written_appointment
language plpgsql
set search_path = ''
as $$
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
    attendee_phone = after.attendee_phone, location = after.location, meeting_url = after.meeting_url, ical_uid = after.ical_uid,
    host_username = after.host_username, host_name = after.host_name, seat_id = after.seat_id,
    created_at = after.created_at, synced_at = after.synced_at,
    last_event_at = after.last_event_at, auto_completed_at = after.auto_completed_at,
    erased_at = after.erased_at, fold_state = after.fold_state,
    duration_minutes = after.duration_minutes, updated_at = after.updated_at
  where e.id = appointment;
  return (after, delivery, changed);
end;
$$;
revoke all on function private.write_appointment(
  uuid, boolean, boolean, boolean, boolean, public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.write_appointment(
  uuid, boolean, boolean, boolean, boolean, public.webhook_logs)
  to service_role;
comment on function private.write_appointment(
  uuid, boolean, boolean, boolean, boolean, public.webhook_logs) is
  'Creates the row of an appointment (is_new), or updates it, with one more delivery. from_start: '
  'folds all its deliveries. is_linked: its chain of uids grew. is_kept: the delivery stays in the '
  'log, even if it is a snapshot that changes nothing here. delivery: null after an erasure.';


-- supabase/schemas/30_ingest/632_delivery_warnings.sql

-- Called by private.apply_delivery; the result is webhook_logs.warnings.

create function private.delivery_warnings(
  delivery public.webhook_logs, appointment public.calendar_events, appointments uuid[]
)
returns public.delivery_warning[]
language plpgsql
stable
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  warnings public.delivery_warning[] := '{}'::public.delivery_warning[];
begin
  if private.has_full_booking(delivery.webhook_type)
    and appointment.link_source is distinct from 'manual' then
    if (booking ->> 'clientId')::uuid <> appointment.client_id
      or booking ->> 'clientId' is not null and appointment.client_id is null then
      warnings := warnings || 'client_refused'::public.delivery_warning;
    end if;
    if (booking ->> 'petId')::uuid <> appointment.pet_id
      or booking ->> 'petId' is not null and appointment.pet_id is null then
      warnings := warnings || 'pet_refused'::public.delivery_warning;
    end if;
  end if;
  if (booking ->> 'recurring')::boolean
    and (delivery.webhook_type in ('BOOKING_CANCELLED', 'BOOKING_REJECTED')
      or delivery.webhook_type = 'BOOKING_CREATED' and appointment.status = 'confirmed') then
    warnings := warnings || 'series_unverified'::public.delivery_warning;
  end if;
  if appointment.seat_id is not null and delivery.seat_id = '' then
    if exists (
      select from jsonb_array_elements(booking -> 'attendees') a
      where not exists (
        select from public.calendar_events e
        where e.id = any (appointments) and private.is_same_person(
          e.attendee_email, e.attendee_phone, a ->> 'email', a ->> 'phone'))) then
      warnings := warnings || 'attendee_without_seat'::public.delivery_warning;
    end if;
  end if;
  return warnings;
end;
$$;
revoke all on function private.delivery_warnings(
  public.webhook_logs, public.calendar_events, uuid[])
  from public, anon, authenticated;
grant execute on function private.delivery_warnings(
  public.webhook_logs, public.calendar_events, uuid[]) to service_role;
comment on function private.delivery_warnings(
  public.webhook_logs, public.calendar_events, uuid[]) is
  'What a developer should know about a delivery that was applied: see the type delivery_warning. '
  'appointment: the first of those that it was applied to.';


-- supabase/schemas/30_ingest/635_locate_appointments.sql

-- Called by private.apply_delivery.

create function private.locate_appointments(
  delivery public.webhook_logs,
  out appointments uuid[], out is_new boolean, out reordered boolean, out is_linked boolean,
  out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  creates boolean := private.has_full_booking(delivery.webhook_type)
    and not ((delivery.booking ->> 'seated')::boolean and delivery.seat_id = '');
  resolved record;
begin
  is_new := false;
  reordered := false;
  is_linked := false;
  if private.belongs_to_other_salon(private.booking_uids(delivery.booking), delivery.salon_id,
    delivery.from_salon_webhook) then
    reason := 'other_salon';
    return;
  end if;
  if creates then
    resolved := private.resolve_appointment(delivery, delivery.salon_id);
    appointments := array[resolved.appointment];
    is_new := resolved.is_new;
    reordered := resolved.reordered;
    is_linked := resolved.is_linked;
  else
    appointments := private.find_appointments(delivery, delivery.salon_id);
    if cardinality(appointments) = 0 then
      reason := 'booking_unknown';
    end if;
  end if;
end;
$$;
revoke all on function private.locate_appointments(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.locate_appointments(public.webhook_logs) to service_role;
comment on function private.locate_appointments(public.webhook_logs) is
  'The appointments that a delivery is about. A delivery with a whole booking creates or merges '
  'appointments as needed; any other one finds those that exist. Otherwise reason is other_salon '
  'or booking_unknown. is_new, reordered, is_linked: see private.resolve_appointment.';


-- supabase/schemas/30_ingest/640_apply_delivery.sql

-- Applies a delivery to the appointments that it is about. Called by private.attempt_delivery.

create function private.apply_delivery(delivery public.webhook_logs, is_stored boolean)
returns private.delivery_result
language plpgsql
set search_path = ''
as $$
declare
  result private.delivery_result;
  located record;
  appointment uuid;
  written private.written_appointment;
  first public.calendar_events;
  changed boolean := false;
begin
  delivery.warnings := '{}'::public.delivery_warning[];
  result.action := 'deferred'::public.delivery_action;
  result.delivery := delivery;
  if delivery.salon_id is null then
    result.reason := case when private.has_full_booking(delivery.webhook_type)
      then 'salon_not_found' else 'booking_unknown' end::public.delivery_reason;
    return result;
  end if;
  located := private.locate_appointments(delivery);
  if located.reason is not null then
    result.reason := located.reason;
    return result;
  end if;

  foreach appointment in array located.appointments loop
    written := private.write_appointment(appointment, located.is_new, located.reordered,
      located.is_linked, is_stored or changed, delivery);
    delivery := written.delivery;
    changed := changed or written.changed;
    if first.id is null then
      first := written.appointment;
    end if;
  end loop;
  -- A snapshot that changed one seat is stored, and so belongs to the others as well.
  if changed and delivery.webhook_type = 'BOOKING_SYNCED' and not is_stored
    and cardinality(located.appointments) > 1 then
    foreach appointment in array located.appointments loop
      perform private.write_appointment(appointment, false, false, false, true, delivery);
    end loop;
  end if;
  -- Skipped for the usual booking, which cannot have a warning.
  if not private.has_full_booking(delivery.webhook_type)
    or (delivery.booking ->> 'recurring')::boolean
    or coalesce(delivery.booking ->> 'clientId', delivery.booking ->> 'petId') is not null then
    delivery.warnings := private.delivery_warnings(delivery, first, located.appointments);
    -- Cancelling "this and following" sends one delivery for several bookings.
    if 'series_unverified' = any (delivery.warnings) then
      perform private.request_sync(delivery.salon_id);
    end if;
  end if;
  result.delivery := delivery;
  result.event_id := first.id;
  result.action := case when changed then 'applied' else 'stale' end::public.delivery_action;
  return result;
end;
$$;
revoke all on function private.apply_delivery(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.apply_delivery(public.webhook_logs, boolean)
  to service_role;
comment on function private.apply_delivery(public.webhook_logs, boolean) is
  'Applies one delivery, whose bookings and salon are locked. action: applied, stale, or deferred '
  'with the reason salon_not_found, booking_unknown or other_salon. is_stored: it has a row '
  'already.';


-- supabase/schemas/30_ingest/655_delivery_error_message.sql

-- Called by private.delivery_with_result; the result is webhook_logs.error_message.

create function private.delivery_error_message(
  delivery public.webhook_logs, reason public.delivery_reason, failure text, is_last boolean
)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case reason
    when 'booking_unknown' then 'Deferred: the booking it belongs to has not arrived yet.'
    when 'salon_not_found' then 'Failed to find salon: no salon has the Cal.com username '
      || coalesce('"' || (delivery.booking ->> 'organizerUsername') || '"', '(none sent)')
      || ', and the metadata names no known client or pet. Set salons.cal_com_username.'
    when 'other_salon' then 'Failed to create event: this booking belongs to another salon. '
      'Check which salon has the host''s Cal.com username.'
    when 'apply_failed' then 'Failed to create event: ' || failure
      || '. Check the permissions of service_role and the row the delivery is about.'
  end || case when is_last then ' Retries stopped after ' || delivery.attempts + 1
    || ' attempts. Once the cause is removed, run: select * from replay_delivery('''
    || delivery.id || ''');' else '' end;
end;
$$;
revoke all on function private.delivery_error_message(
  public.webhook_logs, public.delivery_reason, text, boolean) from public, anon, authenticated;
grant execute on function private.delivery_error_message(
  public.webhook_logs, public.delivery_reason, text, boolean) to service_role;
comment on function private.delivery_error_message(
  public.webhook_logs, public.delivery_reason, text, boolean) is
  'Explains to a person why a delivery was not applied, and what to do. Programs match the reason '
  'instead. failure: the SQLSTATE and the constraint, for apply_failed. is_last: there will be no '
  'further retry.';


-- supabase/schemas/30_ingest/657_delivery_with_result.sql

-- Called by private.attempt_delivery.

create function private.delivery_with_result(result private.delivery_result, failure text)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs := result.delivery;
  is_last boolean := delivery.attempts + 1 >= private.max_delivery_attempts();
begin
  delivery.reason := result.reason;
  if result.reason is null then
    delivery.status := 'success';
    delivery.action := result.action;
    delivery.error_message := null;
    delivery.next_attempt_at := null;
    return delivery;
  end if;
  delivery.action := case when is_last then 'dead' else 'deferred' end::public.delivery_action;
  delivery.status := case
    when result.reason = 'booking_unknown' and not is_last then 'processing' else 'error' end;
  delivery.error_message := private.delivery_error_message(
    delivery, result.reason, failure, is_last);
  delivery.next_attempt_at := case when not is_last
    then clock_timestamp() + private.retry_delay(delivery.attempts + 1) end;
  return delivery;
end;
$$;
revoke all on function private.delivery_with_result(private.delivery_result, text)
  from public, anon, authenticated;
grant execute on function private.delivery_with_result(private.delivery_result, text)
  to service_role;
comment on function private.delivery_with_result(private.delivery_result, text) is
  'A delivery as it is stored after an attempt: with its action and, if it could not be applied, '
  'the reason and the time of the next attempt. After the last attempt it is dead. failure: the '
  'SQLSTATE and the constraint, for apply_failed.';


-- supabase/schemas/30_ingest/658_store_delivery.sql

-- Called by private.attempt_delivery, and by upsert_calendar_event for what is rate-limited.

create function private.store_delivery(delivery public.webhook_logs, is_stored boolean)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not is_stored then
    insert into public.webhook_logs values (delivery.*);
    return;
  end if;
  update public.webhook_logs l
  set salon_id = delivery.salon_id, booking = delivery.booking, payload = delivery.payload,
    booking_uid = delivery.booking_uid, seat_id = delivery.seat_id,
    cal_com_event_id = delivery.cal_com_event_id, occurred_at = delivery.occurred_at,
    status = delivery.status, action = delivery.action, reason = delivery.reason,
    error_message = delivery.error_message, warnings = delivery.warnings,
    attempts = delivery.attempts, next_attempt_at = delivery.next_attempt_at,
    processed_at = delivery.processed_at, duration_ms = delivery.duration_ms,
    redacted_at = delivery.redacted_at, erased_at = delivery.erased_at
  where l.id = delivery.id;
end;
$$;
revoke all on function private.store_delivery(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.store_delivery(public.webhook_logs, boolean) to service_role;
comment on function private.store_delivery(public.webhook_logs, boolean) is
  'Stores a delivery with what came of it: in a new row, or in its own if is_stored.';


-- supabase/schemas/30_ingest/660_attempt_delivery.sql

-- Applies one delivery and stores it with the result. Called by private.process_delivery and
-- private.apply_waiting.

create function private.attempt_delivery(delivery public.webhook_logs, is_stored boolean)
returns private.delivery_result
language plpgsql
set search_path = ''
as $$
declare
  started_at timestamptz := case when is_stored then clock_timestamp() else now() end;
  result private.delivery_result;
  failure text;
  rule text;
begin
  -- A row may have been merged away while this transaction waited for it.
  for attempt in 1..3 loop
    -- A sub-transaction, so that the delivery and its reason are kept whatever fails.
    begin
      result := private.apply_delivery(delivery, is_stored);
      exit;
    exception
      when others then
        -- The code and the constraint, never the message, which quotes personal data.
        get stacked diagnostics failure = returned_sqlstate, rule = constraint_name;
        result := (delivery, 'deferred'::public.delivery_action, null::uuid,
          'apply_failed'::public.delivery_reason);
        exit when failure not in ('40001', '40P01');
    end;
  end loop;
  delivery := private.delivery_with_result(
    result, 'SQLSTATE ' || failure || coalesce(' at ' || nullif(rule, ''), ''));
  delivery.attempts := delivery.attempts + 1;
  delivery.processed_at := clock_timestamp();
  -- On arrival this includes waiting for locks; in a batch it excludes the other deliveries.
  delivery.duration_ms := extract(epoch from delivery.processed_at - started_at) * 1000;
  -- A snapshot that changes nothing is not stored, so that the log shows what webhooks missed.
  if is_stored or result.action <> 'stale' or delivery.webhook_type <> 'BOOKING_SYNCED' then
    perform private.store_delivery(delivery, is_stored);
  end if;
  result.delivery := delivery;
  return result;
end;
$$;
revoke all on function private.attempt_delivery(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.attempt_delivery(public.webhook_logs, boolean)
  to service_role;
comment on function private.attempt_delivery(public.webhook_logs, boolean) is
  'Applies a delivery, whose bookings are locked, and stores what came of it: in its row if '
  'is_stored, else in a new one. Never raises for a fault of the delivery: that is the reason '
  'apply_failed, with the SQLSTATE in error_message.';


-- supabase/schemas/30_ingest/670_apply_waiting.sql

-- Called by private.process_delivery.

create function private.apply_waiting(delivery public.webhook_logs, is_batch boolean)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  deadline timestamptz := clock_timestamp() + interval '1 second';
  uids text[] := private.booking_uids(delivery.booking);
  tried uuid[] := array[delivery.id];
  waiting public.webhook_logs;
  is_locked boolean;
  result private.delivery_result;
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
    exit when waiting.id is null;
    tried := tried || waiting.id;
    if clock_timestamp() > deadline then
      update public.webhook_logs l set next_attempt_at = now()
      where l.status <> 'success' and l.booking is not null and l.salon_id = delivery.salon_id
        and (l.booking_uid = any (uids) or l.booking ->> 'rescheduleUid' = any (uids));
      exit;
    end if;
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
$$;
revoke all on function private.apply_waiting(public.webhook_logs, boolean)
  from public, anon, authenticated;
grant execute on function private.apply_waiting(public.webhook_logs, boolean) to service_role;
comment on function private.apply_waiting(public.webhook_logs, boolean) is
  'Applies the deliveries that waited for this one: those that mention one of its uids, then '
  'those that mention one of theirs, for at most a second; the rest is due for a retry. is_batch: '
  'the salon is locked instead of its bookings. True if any was applied.';


-- supabase/schemas/30_ingest/680_process_delivery.sql

-- Applies one delivery and what waits for it. Every path ends here: arrival, retry, replay, and a
-- salon that gets its username.

create function private.process_delivery(
  delivery public.webhook_logs, is_stored boolean, is_batch boolean default false,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  result private.delivery_result;
begin
  result := private.attempt_delivery(delivery, is_stored);
  -- A booking may have waited that a cancellation needs.
  if coalesce(result.reason = 'booking_unknown', true)
    and private.apply_waiting(result.delivery, is_batch) and result.reason is not null then
    result := private.attempt_delivery(result.delivery, true);
  end if;
  action := result.action;
  event_id := result.event_id;
  reason := result.reason;
end;
$$;
revoke all on function private.process_delivery(public.webhook_logs, boolean, boolean)
  from public, anon, authenticated;
grant execute on function private.process_delivery(public.webhook_logs, boolean, boolean)
  to service_role;
comment on function private.process_delivery(public.webhook_logs, boolean, boolean) is
  'Applies a delivery, whose bookings are locked, stores it with the result, and applies what '
  'waited for it. is_stored: it has a row already. is_batch: the salon is locked instead of '
  'its bookings.';


-- supabase/schemas/30_ingest/700_max_delivery_attempts.sql

-- Called by private.delivery_with_result.

create function private.max_delivery_attempts()
returns integer
language sql
immutable
set search_path = ''
as $$
  select 20;
$$;
revoke all on function private.max_delivery_attempts() from public, anon, authenticated;
grant execute on function private.max_delivery_attempts() to service_role;
comment on function private.max_delivery_attempts() is
  'After how many attempts a delivery becomes a dead letter. With private.retry_delay they take '
  'about three days, longer than a weekend.';


-- supabase/schemas/30_ingest/710_retry_delay.sql

-- Called by private.delivery_with_result.

create function private.retry_delay(attempts integer, jitter double precision default random())
returns interval
language sql
volatile
set search_path = ''
as $$
  -- Jitter spreads out deliveries that failed together.
  select least(interval '1 minute' * 2 ^ least(attempts - 1, 20), interval '6 hours')
    * (0.75 + 0.5 * jitter);
$$;
revoke all on function private.retry_delay(integer, double precision)
  from public, anon, authenticated;
grant execute on function private.retry_delay(integer, double precision) to service_role;
comment on function private.retry_delay(integer, double precision) is
  'The delay after a number of failed attempts: one minute, doubled each time up to six hours, '
  'varied by a quarter. jitter: a random number from 0 to 1, for tests.';


-- supabase/schemas/30_ingest/714_due_deliveries.sql

-- Called by private.retry_deliveries.

create function private.due_deliveries(batch integer)
returns table (id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  with recursive salons as (
    (select l.salon_id from public.webhook_logs l
      where l.status <> 'success' and l.next_attempt_at <= now()
      order by l.salon_id limit 1)
    union all
    -- The next salon in the index, without reading the deliveries of this one.
    select (
      select l.salon_id from public.webhook_logs l
      where l.status <> 'success' and l.next_attempt_at is not null and l.salon_id > s.salon_id
      order by l.salon_id limit 1)
    from salons s where s.salon_id is not null
  )
  select d.id
  from (
    select s.salon_id from salons s where s.salon_id is not null
    union all
    select null
  ) s
  cross join lateral (
    select l.id, row_number() over (order by l.next_attempt_at) as position
    from public.webhook_logs l
    where l.status <> 'success' and l.next_attempt_at <= now() and l.booking is not null
      and l.salon_id is not distinct from s.salon_id
    order by l.next_attempt_at
    limit batch
  ) d
  order by d.position, d.id
  limit batch;
end;
$$;
revoke all on function private.due_deliveries(integer) from public, anon, authenticated;
comment on function private.due_deliveries(integer) is
  'Deliveries that are due for a retry: the longest overdue of each salon, then the second of '
  'each, so that a salon with many does not keep the others waiting.';


-- supabase/schemas/30_ingest/716_retry_delivery.sql

-- Called by private.retry_deliveries.

create function private.retry_delivery(delivery_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  select l.* into delivery from public.webhook_logs l
  where l.id = delivery_id and l.status <> 'success' and l.next_attempt_at <= now()
  for update skip locked;
  if delivery.id is null then
    return false;
  end if;
  delivery.salon_id := coalesce(delivery.salon_id, private.find_salon(delivery.booking));
  -- A salon's own webhook can name a booking of another salon, which must not be locked for it.
  if not (delivery.from_salon_webhook and private.belongs_to_other_salon(
      private.booking_uids(delivery.booking), delivery.salon_id, true))
    and not (private.try_lock_booking(delivery.booking)
      and private.try_lock_salon(delivery.salon_id)) then
    return false;
  end if;
  perform private.process_delivery(delivery, true);
  return true;
end;
$$;
revoke all on function private.retry_delivery(uuid) from public, anon, authenticated;
comment on function private.retry_delivery(uuid) is
  'Retries one delivery, unless it is no longer due or its booking or salon is being written; then '
  'the next run tries again. True if it was tried.';


-- supabase/schemas/30_ingest/720_retry_deliveries.sql

-- Retries deliveries that are due. Called by pg_cron.

create function private.retry_deliveries(batch integer default 50)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  -- The bookings of the batch stay locked until this transaction ends.
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
  due record;
  tried integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('retry', 0)) then
    return 0;
  end if;
  for due in select d.id from private.due_deliveries(batch) d loop
    tried := tried + private.retry_delivery(due.id)::integer;
    exit when clock_timestamp() > deadline;
  end loop;
  return tried;
end;
$$;
revoke all on function private.retry_deliveries(integer) from public, anon, authenticated;
comment on function private.retry_deliveries(integer) is
  'Called by pg_cron: retries deliveries that are due, one of each salon before the second of '
  'any, for at most two seconds. Returns how many were tried; 0 also if another run is active. '
  'The job repeats the call until nothing is due, each in its own transaction, because bookings '
  'stay locked until its end.';


-- supabase/schemas/30_ingest/740_apply_waiting_on_username.sql

-- Applies the deliveries that arrived before a salon had its username. Trigger on salons.

create function private.apply_waiting_on_username()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
  deadline timestamptz := clock_timestamp() + interval '2 seconds';
begin
  -- A concurrent delivery either is seen here, or waits for this lock and then sees the salon.
  perform pg_advisory_xact_lock(hashtextextended('username ' || lower(new.cal_com_username), 0));
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
$$;
revoke all on function private.apply_waiting_on_username() from public, anon, authenticated;
comment on function private.apply_waiting_on_username() is
  'Trigger: applies up to 500 deliveries that waited for a salon to get its Cal.com username, for '
  'at most two seconds. The others, dead letters included, are due for a retry.';

create trigger apply_waiting_on_username
  after insert or update of cal_com_username on public.salons
  for each row when (new.cal_com_username is not null)
  execute function private.apply_waiting_on_username();


-- supabase/schemas/30_ingest/760_replay.sql

-- Called by replay_delivery and replay_deliveries.

create function private.replay(
  delivery public.webhook_logs, is_batch boolean,
  out action public.delivery_action, out event_id uuid, out reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
begin
  if delivery.booking is null or delivery.erased_at is not null then
    action := 'refused';
    reason := case
      when delivery.erased_at is not null then 'erased'
      when delivery.redacted_at is not null then 'redacted'
      when delivery.action = 'invalid' then 'invalid_payload'
      else 'no_booking'
    end::public.delivery_reason;
  else
    delivery.salon_id := coalesce(delivery.salon_id, private.find_salon(delivery.booking));
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
$$;
revoke all on function private.replay(public.webhook_logs, boolean)
  from public, anon, authenticated;
comment on function private.replay(public.webhook_logs, boolean) is
  'Applies a stored delivery again and records who asked for it. action refused: there is nothing '
  'to apply, because of the reason erased, redacted, invalid_payload or no_booking.';


-- supabase/schemas/30_ingest/770_replay_delivery.sql

-- Called by owners in the dashboard, and by service_role.

create function public.replay_delivery(p_log_id uuid)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  if not exists (
    select from public.webhook_logs l
    where l.id = p_log_id and private.can_manage_salon(l.salon_id)
  ) then
    raise exception 'There is no such delivery'
      using errcode = 'PT404',
        hint = 'Owners can replay the deliveries of their salon. Look up the id in webhook_logs.';
  end if;
  select l.* into delivery from public.webhook_logs l where l.id = p_log_id;
  if delivery.booking is not null then
    perform private.lock_for_delivery(
      delivery.booking, delivery.salon_id, delivery.from_salon_webhook);
  end if;
  select l.* into delivery from public.webhook_logs l
  where l.id = p_log_id for update skip locked;
  if delivery.id is null then
    raise exception 'The delivery is already being applied'
      using errcode = 'PT409', hint = 'Check webhook_logs, and try again if it was not applied.';
  end if;
  return query
    select r.action, r.event_id, p_log_id, r.reason from private.replay(delivery, false) r;
end;
$$;
revoke all on function public.replay_delivery(uuid) from public, anon, authenticated;
grant execute on function public.replay_delivery(uuid) to authenticated, service_role;
comment on function public.replay_delivery(uuid) is
  'Applies a stored delivery as if it had just arrived. For owners of its salon and service_role; '
  'for others it does not exist: PT404, which the Data API answers with 404. action: applied, '
  'stale (nothing to change), deferred with a reason as in upsert_calendar_event, or refused with '
  'the reason erased, redacted, invalid_payload or no_booking. Every replay is recorded in '
  'webhook_replays. Security definer, because members may not otherwise write the calendar.';


-- supabase/schemas/30_ingest/775_deliveries_to_replay.sql

-- Called by replay_deliveries.

create function private.deliveries_to_replay(
  salon uuid, received_from timestamptz, received_to timestamptz, with_status text, batch integer,
  out ids uuid[], out next_from timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select array_agg(c.id) filter (where c.position <= batch),
    min(c.created_at) filter (where c.position > batch)
  into ids, next_from
  from (
    select l.id, l.created_at, row_number() over (order by l.created_at) as position
    from public.webhook_logs l
    where (l.salon_id = salon or salon is null and l.salon_id is null)
      and l.created_at >= received_from and l.created_at < received_to
      and (l.status = with_status or with_status is null and l.status <> 'success')
    order by l.created_at
    limit batch + 1
  ) c;
end;
$$;
revoke all on function private.deliveries_to_replay(
  uuid, timestamptz, timestamptz, text, integer) from public, anon, authenticated;
comment on function private.deliveries_to_replay(
  uuid, timestamptz, timestamptz, text, integer) is
  'The oldest deliveries of a span, at most a batch, and when the next one after them arrived, '
  'null if there is none. Arguments as in replay_deliveries.';


-- supabase/schemas/30_ingest/780_replay_deliveries.sql

-- Called by owners, and by service_role.

create function public.replay_deliveries(
  p_salon_id uuid, p_from timestamptz, p_to timestamptz, p_status text default null
)
returns table (
  applied integer, stale integer, deferred integer, refused integer, next_from timestamptz
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Well below the statement timeout, which would roll everything back.
  deadline timestamptz := clock_timestamp() + interval '3 seconds';
  chosen record;
  delivery public.webhook_logs;
  outcome public.delivery_action;
begin
  if not private.can_manage_salon(p_salon_id) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can replay the deliveries of their salon.';
  end if;
  if p_status not in ('processing', 'success', 'error') then
    raise exception 'There is no status %', p_status
      using errcode = 'invalid_parameter_value',
        hint = 'Use processing, success or error, or leave it out for all that did not succeed.';
  end if;
  applied := 0;
  stale := 0;
  deferred := 0;
  refused := 0;
  if p_salon_id is not null then
    perform private.lock_salon(p_salon_id);
  end if;
  chosen := private.deliveries_to_replay(p_salon_id, p_from, p_to, p_status,
    case when p_salon_id is null then 50 else 500 end);
  if p_salon_id is null then
    perform private.lock_bookings(variadic array(
      select l.booking from public.webhook_logs l
      where l.id = any (chosen.ids) and l.booking is not null));
  end if;
  next_from := chosen.next_from;
  for delivery in
    select l.* from public.webhook_logs l where l.id = any (chosen.ids)
    order by l.created_at, l.id
    for update skip locked
  loop
    if clock_timestamp() > deadline and applied + stale + deferred + refused > 0 then
      next_from := delivery.created_at;
      exit;
    end if;
    outcome := (select r.action from private.replay(delivery, p_salon_id is not null) r);
    applied := applied + (outcome = 'applied')::integer;
    stale := stale + (outcome = 'stale')::integer;
    deferred := deferred + (outcome = 'deferred')::integer;
    refused := refused + (outcome = 'refused')::integer;
  end loop;
  -- The next call always advances, however many deliveries arrived at one moment.
  next_from := greatest(next_from, case when next_from is not null
    then p_from + interval '1 microsecond' end);
  return next;
end;
$$;
revoke all on function public.replay_deliveries(uuid, timestamptz, timestamptz, text)
  from public, anon, authenticated;
grant execute on function public.replay_deliveries(uuid, timestamptz, timestamptz, text)
  to authenticated, service_role;
comment on function public.replay_deliveries(uuid, timestamptz, timestamptz, text) is
  'Replays, as replay_delivery does, the deliveries of a salon that arrived from p_from up to, '
  'not including, p_to: those with p_status, or all that did not succeed. Returns how many were '
  'applied, stale, deferred and refused. A call handles at most 500 deliveries (50 without a '
  'salon, whose bookings are locked one by one) and takes about three seconds; next_from is the '
  'p_from of the next call, null when done. p_salon_id null: deliveries without a salon, for '
  'service_role. PT404 as in replay_delivery. Security definer, because members may not otherwise '
  'write the calendar.';


-- supabase/schemas/30_ingest/800_appointment_of_delivery.sql

-- Called by upsert_calendar_event for a duplicate.

create function private.appointment_of_delivery(delivery public.webhook_logs)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select u.event_id
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = delivery.salon_id
    where u.booking_uid = delivery.booking_uid
    order by u.seat_id <> delivery.seat_id
    limit 1
  );
end;
$$;
revoke all on function private.appointment_of_delivery(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.appointment_of_delivery(public.webhook_logs) to service_role;
comment on function private.appointment_of_delivery(public.webhook_logs) is
  'The appointment that a delivery was applied to; one of them if it was about a whole slot.';


-- supabase/schemas/30_ingest/802_has_bad_id.sql

-- Called by upsert_calendar_event.

create function private.has_bad_id(booking jsonb)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return position('#' in concat(
    booking ->> 'uid', booking ->> 'rescheduleUid', booking ->> 'seatId')) > 0;
end;
$$;
revoke all on function private.has_bad_id(jsonb) from public, anon, authenticated;
grant execute on function private.has_bad_id(jsonb) to service_role;
comment on function private.has_bad_id(jsonb) is
  'Whether an id contains #, which separates uid and seat in calendar_events.cal_com_event_id. '
  'Cal.com makes no such id.';


-- supabase/schemas/30_ingest/803_is_heard_of.sql

-- Called by upsert_calendar_event.

create function private.is_heard_of(booking jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  uid text := booking ->> 'uid';
begin
  return booking ->> 'rescheduleUid' is not null
    or exists (select from public.webhook_logs l where l.booking_uid = uid)
    or exists (select from public.calendar_event_uids u where u.booking_uid = uid)
    or exists (
      select from public.webhook_logs l
      where l.status <> 'success' and l.booking ->> 'rescheduleUid' = uid);
end;
$$;
revoke all on function private.is_heard_of(jsonb) from public, anon, authenticated;
grant execute on function private.is_heard_of(jsonb) to service_role;
comment on function private.is_heard_of(jsonb) is
  'Whether anything may be known about a booking, or wait for it. False for its first delivery.';


-- supabase/schemas/30_ingest/804_delivery_stamp.sql

-- Called by private.with_booking and private.insert_first_booking; the result is
-- webhook_logs.occurred_at.

create function private.delivery_stamp(booking jsonb, arrived_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  -- The stamp of a clock that runs ahead must not be later than those of later deliveries.
  return least(coalesce((booking ->> 'occurredAt')::timestamptz, arrived_at),
    arrived_at + private.stamp_tolerance());
end;
$$;
revoke all on function private.delivery_stamp(jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.delivery_stamp(jsonb, timestamptz) to service_role;
comment on function private.delivery_stamp(jsonb, timestamptz) is
  'When Cal.com says that it happened, but not more than a minute after the arrival.';


-- supabase/schemas/30_ingest/805_with_booking.sql

-- Called by upsert_calendar_event.

create function private.with_booking(delivery public.webhook_logs, booking jsonb)
returns public.webhook_logs
language plpgsql
stable
set search_path = ''
as $$
begin
  delivery.booking := booking;
  delivery.booking_uid := booking ->> 'uid';
  delivery.seat_id := private.booking_seat_id(booking);
  delivery.cal_com_event_id := private.cal_com_event_id(delivery.booking_uid, delivery.seat_id);
  delivery.occurred_at := private.delivery_stamp(booking, delivery.created_at);
  return delivery;
end;
$$;
revoke all on function private.with_booking(public.webhook_logs, jsonb)
  from public, anon, authenticated;
grant execute on function private.with_booking(public.webhook_logs, jsonb) to service_role;
comment on function private.with_booking(public.webhook_logs, jsonb) is
  'A delivery with what was read from its body: the booking, its ids and its stamp.';


-- supabase/schemas/30_ingest/806_new_delivery.sql

-- Called by upsert_calendar_event.

create function private.new_delivery(
  delivery_key text, webhook_type text, payload jsonb, salon uuid, from_salon_webhook boolean
)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  delivery.id := gen_random_uuid();
  delivery.delivery_key := new_delivery.delivery_key;
  delivery.created_at := now();
  delivery.webhook_type := new_delivery.webhook_type;
  delivery.payload := new_delivery.payload;
  delivery.salon_id := salon;
  delivery.from_salon_webhook := new_delivery.from_salon_webhook;
  delivery.attempts := 0;
  delivery.warnings := '{}';
  return delivery;
end;
$$;
revoke all on function private.new_delivery(text, text, jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.new_delivery(text, text, jsonb, uuid, boolean) to service_role;
comment on function private.new_delivery(text, text, jsonb, uuid, boolean) is
  'A delivery that has just arrived, before its booking is read.';


-- supabase/schemas/30_ingest/807_lock_for_delivery.sql

-- Called by upsert_calendar_event and replay_delivery.

create function private.lock_for_delivery(
  booking jsonb, salon uuid, from_salon_webhook boolean
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  host text := lower(booking ->> 'organizerUsername');
begin
  salon := coalesce(salon, private.find_salon(booking));
  -- Until the salon of this host exists, or while it is about to get its username: otherwise the
  -- salon and the delivery could miss each other.
  if salon is null and host is not null then
    perform pg_advisory_xact_lock_shared(hashtextextended('username ' || host, 0));
  end if;
  if booking ->> 'rescheduleUid' is null then
    perform pg_advisory_xact_lock(hashtextextended('booking ' || (booking ->> 'uid'), 0));
  else
    perform private.lock_bookings(booking);
  end if;
  salon := coalesce(salon, private.find_salon(booking));
  -- A salon's own webhook can name a booking of another salon, which must not stay locked while a
  -- batch of this one is running.
  if salon is not null and not (from_salon_webhook
    and private.belongs_to_other_salon(private.booking_uids(booking), salon, true)) then
    perform pg_advisory_xact_lock_shared(hashtextextended('salon ' || salon::text, 0));
  end if;
  return salon;
end;
$$;
revoke all on function private.lock_for_delivery(jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.lock_for_delivery(jsonb, uuid, boolean) to service_role;
comment on function private.lock_for_delivery(jsonb, uuid, boolean) is
  'Locks the booking of a delivery, shares the lock of its salon, and returns the salon; null if '
  'it is unknown. salon: if it is known already. from_salon_webhook: see webhook_logs.';


-- supabase/schemas/30_ingest/810_is_over_rate_limit.sql

-- Called by upsert_calendar_event.

create function private.is_over_rate_limit(salon uuid, rate_limit integer)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Reads at most limit rows of the index. Snapshots do not count.
  return (
    select count(*) >= rate_limit
    from (
      select from public.webhook_logs l
      where l.salon_id = salon and l.created_at > now() - interval '1 minute'
        and l.webhook_type <> 'BOOKING_SYNCED'
      limit rate_limit
    ) latest
  );
end;
$$;
revoke all on function private.is_over_rate_limit(uuid, integer) from public, anon, authenticated;
grant execute on function private.is_over_rate_limit(uuid, integer) to service_role;
comment on function private.is_over_rate_limit(uuid, integer) is
  'Whether a salon has received as many deliveries as the limit allows within the last minute. '
  'Never true without a limit or a salon.';


-- supabase/schemas/30_ingest/815_log_without_booking.sql

-- Called by upsert_calendar_event.

create function private.log_without_booking(delivery public.webhook_logs, error text)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
declare
  known public.webhook_logs;
begin
  delivery.action := case when error is null then 'ignored' else 'invalid' end
    ::public.delivery_action;
  delivery.reason := case when error is not null then 'invalid_payload' end
    ::public.delivery_reason;
  delivery.status := case when error is null then 'success' else 'error' end;
  delivery.error_message := error;
  delivery.processed_at := clock_timestamp();
  insert into public.webhook_logs values (delivery.*) on conflict (delivery_key) do nothing;
  if not found then
    select l.* into known from public.webhook_logs l
    where l.delivery_key = delivery.delivery_key;
    delivery := known;
    if known.status = 'success' then
      delivery.action := 'duplicate';
    end if;
  end if;
  return query select delivery.action, null::uuid, delivery.id,
    case when delivery.action = 'invalid' then delivery.reason end;
end;
$$;
revoke all on function private.log_without_booking(public.webhook_logs, text)
  from public, anon, authenticated;
grant execute on function private.log_without_booking(public.webhook_logs, text)
  to service_role;
comment on function private.log_without_booking(public.webhook_logs, text) is
  'Stores a delivery that changes no appointment: ignored, or invalid because of the error.';


-- supabase/schemas/30_ingest/820_rate_limited.sql

-- Called by upsert_calendar_event.

create function private.rate_limited(delivery public.webhook_logs, rate_limit integer)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
begin
  delivery.status := 'processing';
  delivery.action := 'deferred';
  delivery.reason := 'rate_limited';
  delivery.error_message := format('Rate limited: more than %s deliveries of this salon within a '
    'minute. It is retried automatically.', rate_limit);
  -- Spread out, so that a burst is not retried all at once.
  delivery.next_attempt_at := now() + interval '1 minute' + random() * interval '30 seconds';
  delivery.duration_ms := extract(epoch from clock_timestamp() - now()) * 1000;
  return delivery;
end;
$$;
revoke all on function private.rate_limited(public.webhook_logs, integer)
  from public, anon, authenticated;
grant execute on function private.rate_limited(public.webhook_logs, integer) to service_role;
comment on function private.rate_limited(public.webhook_logs, integer) is
  'A delivery that is deferred by one to one and a half minutes. Then the retry job applies it.';


-- supabase/schemas/30_ingest/825_insert_first_booking.sql

-- A shortcut for most deliveries: three inserts instead of a search for what is known of the
-- booking and a fold. Called by upsert_calendar_event.

create function private.insert_first_booking(
  delivery_key text, payload jsonb, booking jsonb, salon uuid, from_salon_webhook boolean,
  out event_id uuid, out log_id uuid
)
language plpgsql
set search_path = ''
as $$
declare
  stamp timestamptz := private.delivery_stamp(booking, now());
  claims jsonb := private.with_claim('[]', booking, true);
  link record;
  client uuid;
  pet uuid;
  source public.link_source := 'metadata'::public.link_source;
begin
  -- BarkBook's own form names a client and their pet.
  if booking ->> 'petId' is not null then
    select c.id, p.id into client, pet
    from public.clients c
    join public.client_pets cp on cp.client_id = c.id and cp.pet_id = (booking ->> 'petId')::uuid
    join public.pets p on p.id = cp.pet_id and p.salon_id = c.salon_id
    where c.id = (booking ->> 'clientId')::uuid and c.salon_id = salon;
  end if;
  if client is null then
    link := private.find_client(salon, claims, false);
    client := link.client_id;
    source := link.link_source;
    pet := private.find_pet(salon, client, claims, false);
    -- Such a delivery has a warning.
    if booking ->> 'clientId' <> coalesce(client::text, '')
      or booking ->> 'petId' <> coalesce(pet::text, '') then
      return;
    end if;
  end if;
  event_id := gen_random_uuid();
  insert into public.calendar_event_uids (booking_uid, event_id)
  values (booking ->> 'uid', event_id);
  insert into public.calendar_events (id, cal_com_event_id, salon_id, client_id, pet_id,
    link_source, title, description, start_time, end_time, duration_minutes, status,
    attendee_name, attendee_email, attendee_phone, location, meeting_url, host_username,
    host_name, ical_uid, created_at, last_event_at, fold_state)
  values (event_id, booking ->> 'uid', salon, client, pet, source,
    coalesce(booking ->> 'title', 'Wizyta'), booking ->> 'description',
    (booking ->> 'startTime')::timestamptz, (booking ->> 'endTime')::timestamptz,
    round(extract(epoch from
      (booking ->> 'endTime')::timestamptz - (booking ->> 'startTime')::timestamptz) / 60),
    'scheduled', booking ->> 'attendeeName', claims -> 0 ->> 'email',
    coalesce(claims -> 0 ->> 'phone', booking ->> 'attendeePhone'), booking ->> 'location',
    booking ->> 'meetingUrl', booking ->> 'hostUsername', booking ->> 'hostName',
    booking ->> 'icalUid', stamp, stamp,
    jsonb_build_object('generation', 0, 'accepted', true, 'status', 'scheduled',
      'statusBeforeNoShow', null, 'claims', claims,
      'position', private.position_text(0, 2, stamp, delivery_key)));
  insert into public.webhook_logs as l (delivery_key, webhook_type, payload, booking, booking_uid,
    seat_id, cal_com_event_id, occurred_at, salon_id, from_salon_webhook, status, action, attempts,
    processed_at, duration_ms)
  values (delivery_key, 'BOOKING_CREATED', payload, booking, booking ->> 'uid', '',
    booking ->> 'uid', stamp, salon, from_salon_webhook, 'success', 'applied', 1,
    clock_timestamp(), extract(epoch from clock_timestamp() - now()) * 1000)
  returning l.id into log_id;
exception
  -- Whatever is wrong, private.process_delivery finds it again and stores it.
  when others then
    event_id := null;
end;
$$;
revoke all on function private.insert_first_booking(text, jsonb, jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.insert_first_booking(text, jsonb, jsonb, uuid, boolean)
  to service_role;
comment on function private.insert_first_booking(text, jsonb, jsonb, uuid, boolean) is
  'Stores the BOOKING_CREATED of a plain booking of which nothing else is known, and its '
  'appointment, exactly as private.process_delivery would. Returns nulls and changes nothing if '
  'that has to do it: the delivery has a warning or cannot be stored like this.';


-- supabase/schemas/30_ingest/828_receive_delivery.sql

-- Called by upsert_calendar_event.

create function private.receive_delivery(
  delivery public.webhook_logs, booking jsonb, rate_limit integer
)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
declare
  known public.webhook_logs;
  is_stored boolean;
begin
  -- The same bytes again: an applied delivery is a duplicate, any other gets another attempt.
  select l.* into known from public.webhook_logs l
  where l.delivery_key = delivery.delivery_key for update;
  is_stored := found;
  if is_stored then
    if known.booking is null and known.erased_at is not null then
      return query select known.action, null::uuid, known.id, known.reason;
      return;
    elsif known.booking is not null and known.status = 'success' then
      return query select 'duplicate'::public.delivery_action,
        private.appointment_of_delivery(known), known.id, null::public.delivery_reason;
      return;
    end if;
    if not known.from_salon_webhook then
      known.salon_id := delivery.salon_id;
    end if;
    delivery := known;
  end if;
  if delivery.booking is null then
    delivery := private.with_booking(delivery, booking);
  end if;

  if rate_limit is not null and private.is_over_rate_limit(delivery.salon_id, rate_limit) then
    delivery := private.rate_limited(delivery, rate_limit);
    perform private.store_delivery(delivery, is_stored);
    return query select delivery.action, null::uuid, delivery.id, delivery.reason;
    return;
  end if;
  return query select r.action, r.event_id, delivery.id, r.reason
  from private.process_delivery(delivery, is_stored) r;
end;
$$;
revoke all on function private.receive_delivery(public.webhook_logs, jsonb, integer)
  from public, anon, authenticated;
grant execute on function private.receive_delivery(public.webhook_logs, jsonb, integer)
  to service_role;
comment on function private.receive_delivery(public.webhook_logs, jsonb, integer) is
  'Applies and stores a delivery that has just arrived. Its booking is locked. Returns what '
  'upsert_calendar_event returns.';


-- supabase/schemas/30_ingest/830_upsert_calendar_event.sql

-- The single entry point for deliveries: finds the salon and the appointment of one, adds it to the
-- appointment, and stores it with the result, in one transaction. A delivery that cannot be applied
-- yet waits in the log and is applied when its booking or its salon appears. Called by
-- functions/calcom-webhook and private.sync_booking.

create function public.upsert_calendar_event(
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null,
  p_salon_id uuid default null,
  p_rate_limit integer default null
)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
security invoker
set search_path = ''
-- A session keeps its plans. Those made while the tables were small would read them whole later.
set enable_seqscan = off
as $$
declare
  key text := concat_ws(':', p_salon_id, p_delivery_key);
  salon uuid;
  inserted record;
begin
  if p_booking is null or private.has_bad_id(p_booking) then
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
$$;
revoke all on function
  public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer)
  from public, anon, authenticated;
grant execute on function
  public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer)
  to service_role;
comment on function
  public.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer) is
  'Takes one authentic delivery of Cal.com. p_delivery_key: SHA-256 of the raw body, hexadecimal. '
  'p_webhook_type: triggerEvent. p_payload: the body. p_booking: the CalendarBooking read from '
  'it, null if it is not about one. p_error: why it could not be read. p_salon_id: the salon '
  'whose own secret signed it, so that it can change nothing of another salon; null if the shared '
  'secret did. p_rate_limit: how many deliveries of a salon are applied at once within a minute, '
  'null for no limit. Returns action applied, duplicate, stale, deferred, ignored or invalid; '
  'reason says why it is deferred or invalid. An id that contains # is invalid. Called by '
  'functions/calcom-webhook and private.sync_booking.';


-- supabase/schemas/30_ingest/840_upsert_salon_delivery.sql

-- The entry point for deliveries of a salon's own webhook. Called by functions/calcom-webhook,
-- which caches the secrets: this check makes a revoked one end at once.

create function public.upsert_salon_delivery(
  p_salon_id uuid,
  p_secret_hash text,
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null,
  p_rate_limit integer default null
)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
security invoker
set search_path = ''
as $$
begin
  if not private.accepts_webhook_secret(p_salon_id, p_secret_hash) then
    return query select 'refused'::public.delivery_action, null::uuid, null::uuid,
      null::public.delivery_reason;
    return;
  end if;
  return query
    select u.action, u.event_id, u.log_id, u.reason
    from public.upsert_calendar_event(
      p_delivery_key => p_delivery_key, p_webhook_type => p_webhook_type, p_payload => p_payload,
      p_booking => p_booking, p_error => p_error, p_salon_id => p_salon_id,
      p_rate_limit => p_rate_limit) u;
end;
$$;
revoke all on function
  public.upsert_salon_delivery(uuid, text, text, text, jsonb, jsonb, text, integer)
  from public, anon, authenticated;
grant execute on function
  public.upsert_salon_delivery(uuid, text, text, text, jsonb, jsonb, text, integer)
  to service_role;
comment on function
  public.upsert_salon_delivery(uuid, text, text, text, jsonb, jsonb, text, integer) is
  'upsert_calendar_event for a delivery that a salon''s own webhook signed. p_secret_hash: the '
  'hexadecimal SHA-256 of the secret that verified it. refused, with nothing stored: that secret '
  'is no longer valid.';


-- supabase/schemas/40_sync/100_calcom_sync_state.sql

-- The progress of the sync for each salon.

create table public.calcom_sync_state (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  created_cursor timestamptz,
  updated_cursor timestamptz,
  scan_from timestamptz,
  scan_after timestamptz,
  scan_total integer,
  scan_done integer not null default 0,
  last_scan_at timestamptz,
  lease_token uuid,
  leased_until timestamptz,
  not_before timestamptz,
  last_started_at timestamptz,
  last_success_at timestamptz,
  last_error text,
  counts jsonb not null default '{}',
  requested_at timestamptz,
  constraint calcom_sync_state_lease_is_whole
    check ((lease_token is null) = (leased_until is null)),
  constraint calcom_sync_state_scan_has_a_start check (scan_after is null or scan_from is not null)
);

comment on table public.calcom_sync_state is
  'The progress of functions/calcom-sync for each salon with a key to Cal.com''s API.';
comment on column public.calcom_sync_state.created_cursor is
  'Bookings created before this time, by Cal.com''s clock, have been synced.';
comment on column public.calcom_sync_state.updated_cursor is
  'Bookings updated before this time, by Cal.com''s clock, have been synced.';
comment on column public.calcom_sync_state.scan_from is
  'The start of the last scan, which reads all bookings from that time on.';
comment on column public.calcom_sync_state.scan_after is
  'The start of the last booking that the scan has read; null when no scan is running.';
comment on column public.calcom_sync_state.scan_total is
  'Bookings of the scan, as counted by Cal.com.';
comment on column public.calcom_sync_state.leased_until is
  'A run handles the salon, at the latest until then.';
comment on column public.calcom_sync_state.not_before is
  'The sync pauses until then, because Cal.com asked to wait or an error occurred.';
comment on column public.calcom_sync_state.last_error is
  'Why the last run failed, null if it succeeded: key_missing, key_refused, rate_limited, '
  'unavailable, unreadable, page_shape_unknown (Cal.com answered with a page that the sync cannot '
  'follow), refused, not_found, lease_lost, or a code of the database. Text, because codes of the '
  'database are no closed list.';
comment on column public.calcom_sync_state.counts is
  'Of the last run: seen, foreign (of other hosts), unreadable, and the snapshots by action: '
  'applied, unchanged, deferred, failed.';
comment on column public.calcom_sync_state.requested_at is
  'Since when the salon is to be synced next, whenever its last run was: see '
  'private.request_sync. Null once a run has started.';

create trigger keep_key
  before update of salon_id on public.calcom_sync_state
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.calcom_sync_state enable row level security;
revoke all on table public.calcom_sync_state from public, anon, authenticated, service_role;
grant select (
  salon_id, scan_from, scan_total, scan_done, last_scan_at, last_started_at, last_success_at,
  last_error, counts
) on table public.calcom_sync_state to authenticated;
grant select, insert, update, delete on table public.calcom_sync_state to service_role;

create policy "members can see the sync state of their salon" on public.calcom_sync_state
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));


-- supabase/schemas/40_sync/105_sync_wake_up.sql

-- When functions/calcom-sync was last started by its schedule.

create table private.sync_wake_up (
  woken_at timestamptz not null
);

create unique index sync_wake_up_is_one_row on private.sync_wake_up ((true));

comment on table private.sync_wake_up is
  'One row, from the first run on: when functions/calcom-sync last looked for a salon to sync. '
  'Runs of the reminder job are in sms_runs.';

alter table private.sync_wake_up enable row level security;
revoke all on table private.sync_wake_up from public, anon, authenticated, service_role;


-- supabase/schemas/40_sync/107_record_sync_wake_up.sql

-- Called by calcom_sync_claim.

create function private.record_sync_wake_up()
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.sync_wake_up as wake_up (woken_at) values (now())
  on conflict ((true)) do update set woken_at = excluded.woken_at
  -- A run claims many salons, some at the same time.
  where wake_up.woken_at < excluded.woken_at - interval '1 minute';
end;
$$;
revoke all on function private.record_sync_wake_up() from public, anon, authenticated;
comment on function private.record_sync_wake_up() is
  'Records that functions/calcom-sync was started, for health_report.';


-- supabase/schemas/40_sync/110_calcom_sync_claim.sql

-- Called by functions/calcom-sync when a run starts.

create function public.calcom_sync_claim(
  p_salon_id uuid default null, p_from timestamptz default null, p_lease_seconds integer default 120
)
returns table (
  salon_id uuid, cal_com_username text, lease_token uuid, created_cursor timestamptz,
  updated_cursor timestamptz, scan_after timestamptz, scan_total integer, scan_done integer,
  scan_is_due boolean
)
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  state public.calcom_sync_state;
begin
  perform private.record_sync_wake_up() where p_salon_id is null;
  -- Salons that have never been synced.
  insert into public.calcom_sync_state (salon_id)
  select s.id from public.salons s
  where s.cal_com_username is not null
    and (s.id = p_salon_id
      or p_salon_id is null and private.has_salon_secret('calcom_api_key', s.id))
  on conflict on constraint calcom_sync_state_pkey do nothing;

  -- Choose the salon.
  select c.* into state
  from public.calcom_sync_state c
  join public.salons s on s.id = c.salon_id and s.cal_com_username is not null
  where coalesce(c.leased_until <= now(), true)
    and (c.salon_id = p_salon_id or p_salon_id is null
      and coalesce(c.not_before <= now(), true)
      and (c.scan_after is not null or c.requested_at is not null
        or coalesce(c.last_started_at <= now() - interval '9 minutes', true))
      and private.has_salon_secret('calcom_api_key', c.salon_id))
  order by c.requested_at nulls last, c.last_started_at nulls first
  limit 1
  for update of c skip locked;
  if state.salon_id is null then
    return;
  end if;

  -- Start a backfill, unless the same one is still running: it resumes where it left off.
  if p_from is not null and (state.scan_after is null or state.scan_from <> p_from) then
    state.scan_from := p_from;
    state.scan_after := p_from;
    state.scan_total := null;
    state.scan_done := 0;
  end if;
  -- Lease the salon.
  update public.calcom_sync_state c
  set lease_token = gen_random_uuid(),
    leased_until = now() + make_interval(secs => p_lease_seconds),
    last_started_at = now(), requested_at = null, scan_from = state.scan_from,
    scan_after = state.scan_after,
    scan_total = state.scan_total, scan_done = state.scan_done
  where c.salon_id = state.salon_id
  returning c.* into state;
  return query
    -- On BarkBook's table the username is a varchar.
    select state.salon_id, s.cal_com_username::text, state.lease_token, state.created_cursor,
      state.updated_cursor, state.scan_after, state.scan_total, state.scan_done,
      coalesce(state.last_scan_at < now() - interval '20 hours', true)
    from public.salons s where s.id = state.salon_id;
end;
$$;
revoke all on function public.calcom_sync_claim(uuid, timestamptz, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_claim(uuid, timestamptz, integer) to service_role;
comment on function public.calcom_sync_claim(uuid, timestamptz, integer) is
  'Leases a salon to a run of functions/calcom-sync: the given one, or one that has a key and was '
  'requested (see private.request_sync), or the one that has waited longest, at least nine '
  'minutes. p_from: also read all bookings that start from then on. Returns no row if another run '
  'has the salon, or nothing is due. Security definer, because no API role may see which salons '
  'have a key in Vault.';


-- supabase/schemas/40_sync/120_calcom_sync_save_progress.sql

-- Called by functions/calcom-sync after each page.

create function public.calcom_sync_save_progress(
  p_salon_id uuid, p_lease_token uuid, p_progress jsonb, p_lease_seconds integer default 120
)
returns boolean
language plpgsql
security invoker
set search_path = ''
as $$
begin
  update public.calcom_sync_state c
  set created_cursor = greatest(
      c.created_cursor, (p_progress ->> 'createdCursor')::timestamptz),
    updated_cursor = greatest(
      c.updated_cursor, (p_progress ->> 'updatedCursor')::timestamptz),
    scan_from = coalesce((p_progress ->> 'scanFrom')::timestamptz, c.scan_from),
    scan_after = case when p_progress ? 'scanAfter'
      then (p_progress ->> 'scanAfter')::timestamptz else c.scan_after end,
    scan_total = coalesce((p_progress ->> 'scanTotal')::integer, c.scan_total),
    scan_done = coalesce((p_progress ->> 'scanDone')::integer, c.scan_done),
    last_scan_at = case when p_progress ? 'scanAfter' and p_progress ->> 'scanAfter' is null
      then now() else c.last_scan_at end,
    leased_until = now() + make_interval(secs => p_lease_seconds)
  where c.salon_id = p_salon_id and c.lease_token = p_lease_token;
  return found;
end;
$$;
revoke all on function public.calcom_sync_save_progress(uuid, uuid, jsonb, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_save_progress(uuid, uuid, jsonb, integer)
  to service_role;
comment on function public.calcom_sync_save_progress(uuid, uuid, jsonb, integer) is
  'Saves how far a run has come and extends its lease. p_progress: createdCursor, updatedCursor, '
  'scanFrom, scanAfter (null: the scan is complete), scanTotal, scanDone. False if the lease was '
  'lost; then the run must stop.';


-- supabase/schemas/40_sync/130_calcom_sync_release.sql

-- Called by functions/calcom-sync when a run ends.

create function public.calcom_sync_release(
  p_salon_id uuid, p_lease_token uuid, p_counts jsonb,
  p_error text default null, p_retry_after_seconds integer default null
)
returns boolean
language plpgsql
security invoker
set search_path = ''
as $$
begin
  update public.calcom_sync_state c
  set lease_token = null, leased_until = null, counts = p_counts, last_error = p_error,
    last_success_at = case when p_error is null then now() else c.last_success_at end,
    not_before = now() + make_interval(secs => coalesce(p_retry_after_seconds, case
      when p_error is null then null
      when p_error in ('key_missing', 'key_refused') then 3600
      else 300
    end))
  where c.salon_id = p_salon_id and c.lease_token = p_lease_token;
  return found;
end;
$$;
revoke all on function public.calcom_sync_release(uuid, uuid, jsonb, text, integer)
  from public, anon, authenticated;
grant execute on function public.calcom_sync_release(uuid, uuid, jsonb, text, integer)
  to service_role;
comment on function public.calcom_sync_release(uuid, uuid, jsonb, text, integer) is
  'Ends the lease of a run and records its result. After an error the sync of the salon pauses: as '
  'long as Cal.com asked, an hour if the key is missing or was refused, otherwise five minutes.';


-- supabase/schemas/40_sync/150_start_sync.sql

-- Called by private.request_sync.

create function private.start_sync()
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if to_regnamespace('net') is not null then
    perform private.call_function('calcom-sync');
  end if;
exception
  -- The schedules are not set up yet: the scheduled run finds the request.
  when no_data_found then
    null;
end;
$$;
revoke all on function private.start_sync() from public, anon, authenticated;
grant execute on function private.start_sync() to service_role;
comment on function private.start_sync() is
  'Calls functions/calcom-sync, after this transaction is committed. Security definer, because no '
  'API role may read the secret in Vault.';


-- supabase/schemas/40_sync/160_request_sync.sql

-- Called by private.apply_delivery for deliveries with the warning series_unverified.

create function private.request_sync(salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.calcom_sync_state c set requested_at = now()
  where c.salon_id = salon and c.requested_at is null;
  -- One call until a run has started, however many deliveries ask for it.
  if found then
    perform private.start_sync();
  end if;
end;
$$;
revoke all on function private.request_sync(uuid) from public, anon, authenticated;
grant execute on function private.request_sync(uuid) to service_role;
comment on function private.request_sync(uuid) is
  'Syncs a salon at once, because a delivery may stand for more bookings than it names. Does '
  'nothing for a salon that was never synced.';


-- supabase/schemas/40_sync/190_snapshot_action.sql

-- What came of a snapshot.

create type public.snapshot_action as enum ('applied', 'unchanged', 'deferred', 'failed');
comment on type public.snapshot_action is
  'applied: the appointment changed. unchanged: the calendar already agrees with Cal.com, or '
  'knows more from webhooks. deferred: stored in webhook_logs, not applied yet. failed: the '
  'database raised an error, or the booking is being written.';


-- supabase/schemas/40_sync/200_has_nothing_to_sync.sql

-- Called by private.sync_booking.

create function private.has_nothing_to_sync(booking jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  uid text := booking ->> 'uid';
begin
  if (booking ->> 'wholeSlot')::boolean then
    return not exists (select from public.calendar_event_uids u where u.booking_uid = uid);
  end if;
  return booking -> 'snapshot' ->> 'movedTo' is not null
    and not exists (
      select from public.calendar_event_uids u
      where u.booking_uid in (uid, booking ->> 'rescheduleUid'));
end;
$$;
revoke all on function private.has_nothing_to_sync(jsonb) from public, anon, authenticated;
grant execute on function private.has_nothing_to_sync(jsonb) to service_role;
comment on function private.has_nothing_to_sync(jsonb) is
  'Whether a snapshot is about nothing that the calendar has: a slot without known seats, or a '
  'booking that was rescheduled and is not needed to link its successor, which says everything '
  'else.';


-- supabase/schemas/40_sync/210_previous_slot_of_seat.sql

-- Called by private.sync_booking for seats.

create function private.previous_slot_of_seat(salon uuid, booking jsonb, as_of timestamptz)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select e.fold_state ->> 'uid'
    from public.calendar_events e
    where e.salon_id = salon and e.seat_id = booking ->> 'seatId'
      and e.fold_state ->> 'uid' <> booking ->> 'uid'
      -- A later webhook delivery is about a later move.
      and e.last_event_at <= as_of
    limit 1
  );
end;
$$;
revoke all on function private.previous_slot_of_seat(uuid, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function private.previous_slot_of_seat(uuid, jsonb, timestamptz) to service_role;
comment on function private.previous_slot_of_seat(uuid, jsonb, timestamptz) is
  'The slot in which the calendar still has a seat that Cal.com lists in another one. A seat that '
  'moves into an existing slot keeps its id, and the API does not tell where it came from.';


-- supabase/schemas/40_sync/215_snapshot_time.sql

-- Called by private.sync_booking.

create function private.snapshot_time(snapshot jsonb)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return greatest((snapshot ->> 'occurredAt')::timestamptz, (
    select max(l.occurred_at) + interval '1 millisecond'
    from public.webhook_logs l
    where l.booking_uid = snapshot ->> 'uid' and l.seat_id = private.booking_seat_id(snapshot)
      and l.webhook_type = 'BOOKING_SYNCED'));
end;
$$;
revoke all on function private.snapshot_time(jsonb) from public, anon, authenticated;
grant execute on function private.snapshot_time(jsonb) to service_role;
comment on function private.snapshot_time(jsonb) is
  'The moment up to which a snapshot is complete, but later than the previous snapshot, because '
  'Cal.com''s clock has full seconds and may jump back.';


-- supabase/schemas/40_sync/220_snapshot_delivery_key.sql

-- Called by private.sync_booking; the result is webhook_logs.delivery_key.

create function private.snapshot_delivery_key(snapshot jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  content text := encode(
    sha256(convert_to((snapshot - 'occurredAt')::text, 'UTF8')), 'hex');
begin
  return coalesce((
    select l.delivery_key from public.webhook_logs l
    where l.booking_uid = snapshot ->> 'uid' and l.status <> 'success'
      and l.webhook_type = 'BOOKING_SYNCED' and l.redacted_at is null
      and l.delivery_key like content || '@%'
    limit 1
  ), content || '@' || (snapshot ->> 'occurredAt'));
end;
$$;
revoke all on function private.snapshot_delivery_key(jsonb) from public, anon, authenticated;
grant execute on function private.snapshot_delivery_key(jsonb) to service_role;
comment on function private.snapshot_delivery_key(jsonb) is
  'The delivery key of a snapshot: of its content and its time. One that waits keeps its key, so '
  'that every poll tries it again and none adds a row.';


-- supabase/schemas/40_sync/230_sync_booking.sql

-- Called by sync_bookings for each snapshot.

create function private.sync_booking(
  salon uuid, booking jsonb, payload jsonb, out action public.snapshot_action, out reason text
)
language plpgsql
set search_path = ''
as $$
declare
  slot text;
  result record;
begin
  action := 'unchanged';
  -- Once its event type is deleted, the API lists a slot like a plain booking.
  if not (booking ->> 'seated')::boolean and exists (
    select from public.calendar_event_uids u
    where u.booking_uid = booking ->> 'uid' and u.seat_id <> '') then
    booking := booking || '{"seated": true, "wholeSlot": true}';
  end if;
  if private.has_nothing_to_sync(booking) then
    return;
  end if;
  if booking ->> 'seatId' is not null then
    slot := private.previous_slot_of_seat(
      salon, booking, (booking ->> 'occurredAt')::timestamptz);
  end if;
  if slot is not null then
    booking := booking || jsonb_build_object('rescheduleUid', slot);
    -- Waiting could deadlock, because this transaction holds other bookings.
    if not private.try_lock_booking(booking) then
      action := 'failed';
      reason := 'busy';
      return;
    end if;
  end if;
  booking := booking || jsonb_build_object('occurredAt', private.snapshot_time(booking));
  select u.* into result
  from public.upsert_calendar_event(
    p_delivery_key => private.snapshot_delivery_key(booking), p_webhook_type => 'BOOKING_SYNCED',
    p_payload => payload, p_booking => booking) u;
  if result.action not in ('duplicate', 'stale') then
    action := result.action::text::public.snapshot_action;
    reason := result.reason;
  end if;
end;
$$;
revoke all on function private.sync_booking(uuid, jsonb, jsonb) from public, anon, authenticated;
grant execute on function private.sync_booking(uuid, jsonb, jsonb) to service_role;
comment on function private.sync_booking(uuid, jsonb, jsonb) is
  'Applies one snapshot to the calendar. action: unchanged if the calendar already agrees; failed '
  'with the reason busy if the booking is being written; otherwise the action of '
  'upsert_calendar_event.';


-- supabase/schemas/40_sync/240_sync_bookings.sql

-- Called by functions/calcom-sync with each page of Cal.com's API.

create function public.sync_bookings(p_salon_id uuid, p_snapshots jsonb)
returns table (action public.snapshot_action, code text, snapshots bigint)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  host text;
  ours jsonb[];
  item jsonb;
  done record;
  failure text;
  answers jsonb := '[]'::jsonb;
begin
  select s.cal_com_username into host from public.salons s where s.id = p_salon_id;
  if host is null then
    raise exception 'Salon % does not exist or has no Cal.com username', p_salon_id
      using errcode = 'no_data_found', hint = 'Set salons.cal_com_username.';
  end if;
  -- The salon whose key was used is the host, whatever the API says.
  ours := array(
    select jsonb_set(i.item, '{booking,organizerUsername}', to_jsonb(host))
    from jsonb_array_elements(p_snapshots) with ordinality as i (item, position)
    order by i.position);
  perform private.lock_bookings(variadic array(select i -> 'booking' from unnest(ours) i));
  foreach item in array ours loop
    begin
      done := private.sync_booking(p_salon_id, item -> 'booking', item -> 'payload');
      answers := answers || jsonb_build_object('action', done.action, 'code', done.reason);
    exception
      when others then
        -- The code, never the message, which quotes personal data.
        get stacked diagnostics failure = returned_sqlstate;
        answers := answers || jsonb_build_object('action', 'failed', 'code', failure);
    end;
  end loop;
  return query
    select a.action, a.code, count(*)
    from jsonb_to_recordset(answers) as a (action public.snapshot_action, code text)
    group by a.action, a.code;
end;
$$;
revoke all on function public.sync_bookings(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.sync_bookings(uuid, jsonb) to service_role;
comment on function public.sync_bookings(uuid, jsonb) is
  'Applies snapshots of a salon''s bookings. p_snapshots: an array of {booking, payload}, where '
  'booking is a CalendarBooking with a snapshot, and each slot comes after its seats. Returns how '
  'many were applied, unchanged, deferred or failed. code: the reason for deferred, a SQLSTATE or '
  'busy for failed; text, because SQLSTATEs are no closed list. A failure does not affect the '
  'other snapshots. Deliveries of these bookings wait meanwhile, so send a few at a time. Called '
  'by functions/calcom-sync.';


-- supabase/schemas/50_reminders/050_vocabulary.sql

-- The closed lists of words that the tables, views and functions of reminders use. `npm run types`
-- turns them into TypeScript types, so nothing repeats them by hand.

create type public.reminder_mode as enum ('day_before', 'hours_before');
comment on type public.reminder_mode is
  'day_before: at a time of day on the day before the appointment. hours_before: a number of '
  'elapsed hours before it, which on the night of a clock change is not the same time of day.';

create type public.reminder_language as enum ('pl', 'en');
comment on type public.reminder_language is
  'Language of the words that are inserted into the text, such as jutro.';

create type public.reminder_outcome as enum (
  'upcoming', 'sent', 'delivered', 'failed', 'skipped', 'cancelled', 'unknown'
);
comment on type public.reminder_outcome is
  'The status of a message as a salon sees it. upcoming: not sent yet. failed: refused, given up '
  'or too late. skipped: not sent on purpose. cancelled: the appointment was cancelled or moved. '
  'unknown: the provider may have it.';

create type public.sms_provider as enum ('log', 'smsapi', 'twilio');
comment on type public.sms_provider is 'Who sends an SMS. log: nobody, the text is only printed.';

create type public.sms_message_kind as enum ('reminder');
comment on type public.sms_message_kind is 'What a message is for.';

create type public.sms_encoding as enum ('GSM-7', 'UCS-2');
comment on type public.sms_encoding is
  'Alphabet of a text: a segment holds 160 characters in GSM-7, 70 in UCS-2.';

create type public.sms_message_status as enum (
  'pending', 'leased', 'unknown', 'sent', 'delivered', 'undelivered', 'failed', 'dead', 'cancelled',
  'expired', 'skipped'
);
comment on type public.sms_message_status is
  'pending: due at next_attempt_at. leased: claimed by a run. unknown: the provider may or may not '
  'have accepted it. sent: the provider accepted it. delivered, undelivered: by receipt. failed: '
  'refused for good. dead: given up. cancelled: the appointment was cancelled or moved. expired: '
  'too late. skipped: not to be sent, see reason.';

create type public.sms_reason as enum (
  -- skipped: not sent until somebody corrects it.
  'no_client', 'no_consent', 'no_phone', 'not_mobile', 'country_blocked', 'opted_out', 'no_window',
  'disabled', 'too_long', 'template', 'cap', 'daily_cap', 'client_limit',
  -- cancelled. event_gone: no appointment is left to tell. erased also of a message that may have
  -- been sent, which is dead.
  'event_gone', 'erased',
  -- expired, dead or unknown; ambiguous also while it waits to be sent again.
  'deadline', 'max_attempts', 'ambiguous', 'held',
  -- sent: the acceptance was reported after the lease had ended, or by two attempts.
  'late_ack', 'duplicate_suspected',
  -- pending: why it is sent later; lease_expired also of an unknown one.
  'lease_expired', 'needs_rerender', 'quiet_hours', 'paused', 'passed_over',
  -- Never stored. Told by upcoming_reminders and by sms_preview.
  'booked_same_day', 'broken_settings'
);
comment on type public.sms_reason is
  'Why a reminder was not sent, or not yet. docs/reminders.md says what to do about each.';

create type public.sms_opt_out_source as enum ('salon', 'smsapi', 'twilio');
comment on type public.sms_opt_out_source is
  'Who recorded an opt-out: the salon, or a provider that was told STOP.';

create type public.sms_dispatch_answer as enum (
  'go', 'lost_lease',
  -- Sent later.
  'needs_rerender', 'paused', 'quiet_hours',
  -- Not sent.
  'expired', 'event_gone', 'disabled', 'no_consent', 'no_phone', 'not_mobile', 'country_blocked',
  'opted_out', 'too_long', 'template', 'cap', 'daily_cap', 'client_limit'
);
comment on type public.sms_dispatch_answer is
  'What sms_begin_dispatch decides about a message. go: send it now. lost_lease: another run may '
  'have it. All others: do not send it; the message already has its new status.';

create type public.sms_attempt_outcome as enum (
  -- Of a POST.
  'accepted', 'permanent', 'transient', 'unreached', 'account', 'ambiguous',
  -- Of a look-up, which can also find that the message was accepted.
  'not_found', 'unavailable'
);
comment on type public.sms_attempt_outcome is
  'Result of a request to a provider. permanent: it will never accept this message. transient: not '
  'sent, try again. unreached: the same, but does not count as an attempt. account: it refuses our '
  'account, and with it every message. ambiguous: may have been sent. not_found: the provider does '
  'not list the message. unavailable: it could not be asked.';

create type public.sms_settle_answer as enum (
  'sent', 'failed', 'retry', 'dead', 'unknown', 'held', 'paused',
  -- After the lease has ended.
  'late_ack', 'duplicate_suspected', 'lost_lease'
);
comment on type public.sms_settle_answer is 'What became of a message that was settled.';

create type public.sms_ambiguity_policy as enum ('hold', 'resend');
comment on type public.sms_ambiguity_policy is
  'What happens to a message that may have been sent and that two look-ups did not find.';


-- supabase/schemas/50_reminders/100_sms_settings.sql

-- How a salon reminds its clients.

create table public.sms_settings (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  enabled boolean not null default false,
  mode public.reminder_mode not null default 'day_before',
  send_at_local time not null default '17:00',
  hours_before smallint not null default 24,
  quiet_from time not null default '20:00',
  quiet_to time not null default '08:00',
  min_lead interval not null default '2 hours',
  delay_after_booking interval not null default '10 minutes',
  template text not null
    default 'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. '
      '{{salon}} {{phone}}',
  language public.reminder_language not null default 'pl',
  sender text,
  transliterate boolean not null default true,
  max_segments smallint not null default 2,
  group_same_day boolean not null default true,
  monthly_cap integer default 1000,
  problem text,
  updated_at timestamptz not null default now(),
  problem_since timestamptz,
  daily_cap integer not null default 200,
  allowed_links text[] not null default '{}',
  constraint sms_settings_hours_before_is_at_most_a_week check (hours_before between 1 and 168),
  -- Without months, whose length depends on the date.
  constraint sms_settings_min_lead_is_valid check (
    min_lead between interval '0' and interval '7 days'
    and extract(year from min_lead) = 0 and extract(month from min_lead) = 0),
  constraint sms_settings_delay_after_booking_is_valid check (
    delay_after_booking between interval '0' and interval '1 day'
    and extract(year from delay_after_booking) = 0
    and extract(month from delay_after_booking) = 0),
  constraint sms_settings_hours_before_leaves_min_lead
    check (mode <> 'hours_before' or make_interval(hours => hours_before) > min_lead),
  constraint sms_settings_quiet_hours_end_each_day
    check (quiet_from < '24:00' and quiet_to < '24:00'),
  constraint sms_settings_send_at_local_is_not_quiet check (mode <> 'day_before' or case
    when quiet_from <= quiet_to then send_at_local < quiet_from or send_at_local >= quiet_to
    else send_at_local >= quiet_to and send_at_local < quiet_from
  end),
  constraint sms_settings_template_is_short
    check (trim(template) <> '' and length(template) <= 600),
  -- What mobile networks accept as the name of a sender.
  constraint sms_settings_sender_is_a_name
    check (sender ~ '^[A-Za-z0-9 .\-]{1,11}$' and sender ~ '[A-Za-z]'),
  constraint sms_settings_max_segments_is_valid check (max_segments between 1 and 6),
  constraint sms_settings_monthly_cap_is_not_negative check (monthly_cap >= 0),
  constraint sms_settings_daily_cap_is_not_negative check (daily_cap >= 0),
  constraint sms_settings_allowed_links_are_addresses check (
    array_to_string(allowed_links, '') !~ '\s'
    and array_to_string(allowed_links || ''::text, ' ', '-')
      ~ '^([a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s]*)? )*$')
);

comment on table public.sms_settings is
  'How a salon reminds its clients. A salon without a row, or without enabled, sends nothing. '
  'Times of day are in salons.timezone.';
comment on column public.sms_settings.mode is
  'When a reminder is sent: day_before uses send_at_local, hours_before uses hours_before. See '
  'private.reminder_due_at.';
comment on column public.sms_settings.quiet_from is
  'Start of the quiet hours. A message that is due during them is sent at quiet_to. If both are '
  'equal, there are no quiet hours.';
comment on column public.sms_settings.min_lead is
  'A reminder that cannot be sent at least this long before the appointment is not sent at all.';
comment on column public.sms_settings.delay_after_booking is
  'How long a reminder is held back after its appointment was booked or moved, so that a second '
  'pet can join the same SMS. Bookings that keep coming hold it back once more at most.';
comment on column public.sms_settings.template is
  'The text. Variables: {{when}}, {{weekday}}, {{date}}, {{time}}, {{appointments}}, {{pets}}, '
  '{{client}}, {{salon}}, {{phone}}, {{address}}.';
comment on column public.sms_settings.sender is
  'Sender name; null: the one of the SMS account. All salons send from that account, so only '
  'service_role may give a salon one of its names.';
comment on column public.sms_settings.transliterate is
  'Replaces Latin letters outside the GSM alphabet with plain ones, such as ą with a: with one of '
  'them an SMS holds 70 characters instead of 160. Other scripts stay.';
comment on column public.sms_settings.max_segments is
  'A longer text leaves the pets out. If it is still longer, it is not sent, because every segment '
  'is paid for.';
comment on column public.sms_settings.group_same_day is
  'Whether one SMS covers all appointments of a client on one day.';
comment on column public.sms_settings.monthly_cap is
  'Maximum number of segments in a calendar month; null: only daily_cap.';
comment on column public.sms_settings.daily_cap is
  'Maximum number of segments on a day of UTC, which no member can move. The operator pays for all '
  'salons, so only service_role may change it.';
comment on column public.sms_settings.allowed_links is
  'Addresses that may stand in the text, in lower case and without https://www., such as '
  'psistyl.pl or facebook.com/psistyl, each with everything below it. All salons send in the '
  'operator''s name, so only service_role may change it.';
comment on column public.sms_settings.problem is
  'SQLSTATE of what kept the last run from planning or claiming for this salon; null if nothing '
  'did. 55P03: the salon was locked, for example by an erasure or another run.';
comment on column public.sms_settings.problem_since is
  'Since when there is a problem, whichever it was at first.';

-- Not when a run records a problem: reminders that were skipped are planned again after a change of
-- the settings.
create trigger handle_updated_at
  before update on public.sms_settings
  for each row when ((new.problem, new.problem_since)
    is not distinct from (old.problem, old.problem_since))
  execute function private.set_updated_at();

create trigger keep_key
  before update of salon_id on public.sms_settings
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.sms_settings enable row level security;
revoke all on table public.sms_settings from public, anon, authenticated, service_role;
grant select,
  insert (salon_id, enabled, mode, send_at_local, hours_before, quiet_from, quiet_to, min_lead,
    delay_after_booking, template, language, transliterate, max_segments, group_same_day,
    monthly_cap),
  -- Includes salon_id, which an upsert of the Data API sets to its own value.
  update (salon_id, enabled, mode, send_at_local, hours_before, quiet_from, quiet_to, min_lead,
    delay_after_booking, template, language, transliterate, max_segments, group_same_day,
    monthly_cap)
  on table public.sms_settings to authenticated;
grant select, insert, update, delete on table public.sms_settings to service_role;
grant select, update (problem, problem_since) on table public.sms_settings to sms_worker;

create policy "members can see the reminder settings of their salon" on public.sms_settings
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can create the reminder settings of their salon" on public.sms_settings
  for insert to authenticated
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can change the reminder settings of their salon" on public.sms_settings
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "the SMS worker can see the settings of salons that remind" on public.sms_settings
  for select to sms_worker using (enabled);
create policy "the SMS worker can record why it passed a salon over" on public.sms_settings
  for update to sms_worker using (enabled) with check (enabled);


-- supabase/schemas/50_reminders/110_check_sms_template.sql

-- Checks the variables of a template. Trigger on sms_settings.

create function private.check_sms_template()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
  known text[] := array[
    'when', 'weekday', 'date', 'time', 'appointments', 'pets', 'client', 'salon', 'phone',
    'address'];
  -- Replaced by a space, so that single braces on both sides do not become a pair.
  rest text := regexp_replace(
    new.template, '\{\{\s*(' || array_to_string(known, '|') || ')\s*\}\}', ' ', 'g');
begin
  if rest ~ '\{\{|\}\}' then
    raise exception 'The SMS template has an unknown variable: %',
      coalesce(substring(rest from '\{\{[^{}]*\}\}'), substring(rest from '\{\{.{0,20}|\}\}'))
      using errcode = 'check_violation', constraint = 'sms_settings_template_knows_its_variables',
        hint = 'Use {{' || array_to_string(known, '}}, {{') || '}}.';
  end if;
  return new;
end;
$$;
revoke all on function private.check_sms_template() from public, anon, authenticated;
comment on function private.check_sms_template() is
  'Trigger: refuses a template with an unknown variable.';

create trigger check_sms_template
  before insert or update of template on public.sms_settings
  for each row execute function private.check_sms_template();


-- supabase/schemas/50_reminders/115_check_sms_links.sql

-- Checks the links of a template as shared/sms/links.ts does. Trigger on sms_settings.

create function private.check_sms_links()
returns trigger
language plpgsql
set search_path = ''
as $$
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
begin
  foreach link in array regexp_split_to_array(message, '\s+') loop
    link := btrim(link, '.,;:!?()[]{}<>"''');
    address := regexp_replace(link, '^([a-z][a-z0-9+.-]*://)?(www\.)?', '');
    if (link ~ '[a-z]://' or link ~ domain or link ~ ipv4_address)
      and not exists (
        select from unnest(new.allowed_links) as entry
        where address = entry
          or address ^@ any (array[entry || '/', entry || '?', entry || '#'])) then
      raise exception 'The SMS template has a link that is not allowed: %', link
        using errcode = 'check_violation', constraint = 'sms_settings_template_links_are_allowed',
          hint = 'Remove it, or put a space after the full stop. The operator can allow an '
            'address in sms_settings.allowed_links.';
    end if;
  end loop;
  return new;
end;
$$;
revoke all on function private.check_sms_links() from public, anon, authenticated;
comment on function private.check_sms_links() is
  'Trigger: refuses a template with a word that a phone would show as a link, unless it is one of '
  'the allowed addresses or below one.';

create trigger check_sms_links
  before insert or update of template, allowed_links on public.sms_settings
  for each row execute function private.check_sms_links();


-- supabase/schemas/50_reminders/120_sms_messages.sql

-- Every SMS: what is to be sent and what was sent, in one table.

create table public.sms_messages (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.salons (id) on delete cascade,
  client_id uuid,
  kind public.sms_message_kind not null default 'reminder',
  local_date date not null,
  phone_number text,
  phone text,
  body text,
  encoding public.sms_encoding,
  segments smallint,
  sender text,
  provider public.sms_provider,
  status public.sms_message_status not null default 'pending',
  reason public.sms_reason,
  error_code text,
  attempts smallint not null default 0,
  lookups smallint not null default 0,
  next_attempt_at timestamptz not null,
  not_after timestamptz not null,
  lease_token uuid,
  lease_until timestamptz,
  dispatch_started_at timestamptz,
  maybe_sent_since timestamptz,
  provider_message_id text,
  provider_status text,
  provider_status_at timestamptz,
  sent_at timestamptz,
  final_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  exceeded_limit integer,
  constraint sms_messages_client_id_fkey foreign key (client_id, salon_id)
    references public.clients (id, salon_id) on delete set null (client_id),
  constraint sms_messages_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint sms_messages_lease_is_whole check (
    (status = 'leased') = (lease_token is not null)
    and (lease_token is null) = (lease_until is null)),
  constraint sms_messages_dispatch_has_text check (
    status not in ('leased', 'unknown')
    or coalesce(maybe_sent_since, dispatch_started_at) is null
    or (phone is not null and body is not null))
);

create index sms_messages_due_idx on public.sms_messages (salon_id, next_attempt_at, id)
  where status in ('pending', 'unknown');
create index sms_messages_leases_idx on public.sms_messages (lease_until) where status = 'leased';
create unique index sms_messages_provider_message_id_key
  on public.sms_messages (provider, provider_message_id)
  where provider_message_id is not null;
create index sms_messages_client_id_idx on public.sms_messages (client_id, salon_id);
create index sms_messages_salon_id_created_at_idx on public.sms_messages (salon_id, created_at);
create index sms_messages_phone_idx on public.sms_messages (phone) where phone is not null;

comment on table public.sms_messages is
  'Every SMS, from plan to receipt. Written by the reminder job, and redacted by erasure and '
  'retention.';
comment on column public.sms_messages.id is
  'Sent to the provider as well (idx of SMSAPI), so that it recognizes a repeated POST.';
comment on column public.sms_messages.local_date is
  'Day of the appointments in the salon''s time zone.';
comment on column public.sms_messages.phone_number is 'The client''s number as it was typed.';
comment on column public.sms_messages.phone is 'The same number in E.164.';
comment on column public.sms_messages.error_code is
  'Code of the provider, or name of a network fault.';
comment on column public.sms_messages.lookups is
  'How often the provider was asked for the message and did not have it.';
comment on column public.sms_messages.not_after is
  'Start of the first appointment minus min_lead. From then on nothing is sent.';
comment on column public.sms_messages.lease_token is
  'Identifies the run that holds the message. An old token cannot change it.';
comment on column public.sms_messages.dispatch_started_at is
  'Set just before the POST. If a lease ends without it, the message was certainly not sent.';
comment on column public.sms_messages.maybe_sent_since is
  'Start of the first POST that may have arrived.';
comment on column public.sms_messages.exceeded_limit is
  'The daily_cap or monthly_cap that kept it from being sent: only a higher one, or another day or '
  'month, lets it be planned again.';

create trigger handle_updated_at
  before update on public.sms_messages
  for each row execute function private.set_updated_at();

alter table public.sms_messages enable row level security;
revoke all on table public.sms_messages from public, anon, authenticated, service_role;
grant select (id, salon_id, client_id, kind, local_date, phone_number, phone, body, encoding,
    segments, sender, provider, status, reason, error_code, attempts, next_attempt_at, not_after,
    provider_status, provider_status_at, sent_at, final_at, created_at, updated_at)
  on table public.sms_messages to authenticated;
grant select, insert, update, delete on table public.sms_messages to service_role;
grant select, insert, update on table public.sms_messages to sms_worker;

create policy "members can see the messages of their salon" on public.sms_messages
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "the SMS worker can see messages" on public.sms_messages
  for select to sms_worker using (true);
create policy "the SMS worker can create messages" on public.sms_messages
  for insert to sms_worker with check (true);
create policy "the SMS worker can update messages" on public.sms_messages
  for update to sms_worker using (true) with check (true);


-- supabase/schemas/50_reminders/130_sms_message_events.sql

-- Which appointments a message covers.

create table public.sms_message_events (
  event_id uuid not null,
  start_time timestamptz not null,
  kind public.sms_message_kind not null,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  salon_id uuid not null,
  primary key (event_id, start_time, kind)
);

create index sms_message_events_message_id_idx on public.sms_message_events (message_id);

comment on table public.sms_message_events is
  'Which appointments a message covers. The primary key prevents a second reminder of the same '
  'appointment and start time. An appointment that moves to another time can be covered again.';
comment on column public.sms_message_events.event_id is
  'Id in calendar_events. There is no foreign key, because checking it would lock the appointment, '
  'and planning many of them would deadlock with the deliveries that change them. A trigger '
  'removes the rows of a deleted appointment.';
comment on column public.sms_message_events.salon_id is
  'The salon of the message, so that the policy need not read the message. There is no foreign '
  'key, because the row is deleted with its message.';

alter table public.sms_message_events enable row level security;
revoke all on table public.sms_message_events from public, anon, authenticated, service_role;
grant select on table public.sms_message_events to authenticated;
grant select, insert, update, delete on table public.sms_message_events
  to service_role, sms_worker;

create policy "members can see which appointments a message covers" on public.sms_message_events
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "the SMS worker can see which appointments are covered" on public.sms_message_events
  for select to sms_worker using (true);
create policy "the SMS worker can cover appointments" on public.sms_message_events
  for insert to sms_worker with check (true);
create policy "the SMS worker can cover an appointment by another message"
  on public.sms_message_events for update to sms_worker using (true) with check (true);
create policy "the SMS worker can release appointments that moved" on public.sms_message_events
  for delete to sms_worker using (true);


-- supabase/schemas/50_reminders/132_sms_told_events.sql

-- What the text of each message named. Read by private.sms_last_text.

create table private.sms_told_events (
  event_id uuid not null,
  start_time timestamptz not null,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  primary key (event_id, message_id)
);

create index sms_told_events_message_id_idx on private.sms_told_events (message_id);

comment on table private.sms_told_events is
  'Which appointments and starts the text of a message named, written when its POST begins. Unlike '
  'sms_message_events, whose rows pass to the next message, it keeps what a number was told. From '
  'the first POST that may have arrived on, a message is only repeated as it was, so its rows stay.';
comment on column private.sms_told_events.event_id is
  'Id in calendar_events, without a foreign key for the same reason as in sms_message_events.';

alter table private.sms_told_events enable row level security;
revoke all on table private.sms_told_events from public, anon, authenticated, service_role;
-- To merge and to delete appointments.
grant select, insert, delete on table private.sms_told_events to service_role;
grant select, insert, delete on table private.sms_told_events to sms_worker;

create policy "the SMS worker can see what was told" on private.sms_told_events
  for select to sms_worker using (true);
create policy "the SMS worker can record what is told" on private.sms_told_events
  for insert to sms_worker with check (true);
create policy "the SMS worker can remove what was certainly not told" on private.sms_told_events
  for delete to sms_worker using (true);


-- supabase/schemas/50_reminders/140_sms_attempts.sql

-- Every attempt to send a message.

create table public.sms_attempts (
  lease_token uuid primary key,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  provider public.sms_provider not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome public.sms_attempt_outcome,
  code text,
  provider_message_id text
);

create index sms_attempts_message_id_idx on public.sms_attempts (message_id);

comment on table public.sms_attempts is
  'Every POST to a provider that sms_begin_dispatch allowed, and its outcome.';
comment on column public.sms_attempts.outcome is
  'Null while the POST runs, and for good if its run ended without settling it.';
comment on column public.sms_attempts.code is 'Code of the provider, or name of a network fault.';

alter table public.sms_attempts enable row level security;
revoke all on table public.sms_attempts from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_attempts to service_role;
grant select, insert, update on table public.sms_attempts to sms_worker;

create policy "the SMS worker can see attempts" on public.sms_attempts
  for select to sms_worker using (true);
create policy "the SMS worker can record attempts" on public.sms_attempts
  for insert to sms_worker with check (true);
create policy "the SMS worker can record the outcome of an attempt" on public.sms_attempts
  for update to sms_worker using (true) with check (true);


-- supabase/schemas/50_reminders/150_sms_opt_outs.sql

-- Phone numbers that opted out.

create table public.sms_opt_outs (
  salon_id uuid not null references public.salons (id) on delete cascade,
  phone text not null,
  source public.sms_opt_out_source not null default 'salon',
  created_at timestamptz not null default now(),
  -- A salon's note and a person's own STOP are withdrawn separately.
  primary key (salon_id, phone, source),
  constraint sms_opt_outs_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$')
);

create index sms_opt_outs_phone_idx on public.sms_opt_outs (phone);

comment on table public.sms_opt_outs is
  'Phone numbers that want no SMS from a salon. They get none even if the client consented.';
comment on column public.sms_opt_outs.source is
  'Who recorded it: the salon, whose members can withdraw it, or the provider that the person told '
  'STOP, which only START withdraws. A number may have one of each.';
comment on column public.sms_opt_outs.phone is 'E.164, such as +48600100200.';

create trigger keep_key
  before update of salon_id on public.sms_opt_outs
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.sms_opt_outs enable row level security;
revoke all on table public.sms_opt_outs from public, anon, authenticated, service_role;
grant select, insert (salon_id, phone), delete on table public.sms_opt_outs to authenticated;
grant select, insert, update, delete on table public.sms_opt_outs to service_role;
grant select, insert, delete on table public.sms_opt_outs to sms_worker;

create policy "members can see the opt-outs of their salon" on public.sms_opt_outs
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can record an opt-out" on public.sms_opt_outs
  for insert to authenticated
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
-- Only the person who told a provider STOP can withdraw that, by START.
create policy "members can withdraw an opt-out that their salon recorded" on public.sms_opt_outs
  for delete to authenticated
  using (source = 'salon' and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "the SMS worker can see opt-outs" on public.sms_opt_outs
  for select to sms_worker using (true);
create policy "the SMS worker can record opt-outs" on public.sms_opt_outs
  for insert to sms_worker with check (true);
create policy "the SMS worker can withdraw opt-outs" on public.sms_opt_outs
  for delete to sms_worker using (true);


-- supabase/schemas/50_reminders/160_sms_provider_state.sql

-- Providers that are paused.

create table public.sms_provider_state (
  provider public.sms_provider primary key,
  paused_until timestamptz not null,
  reason text not null
);

comment on table public.sms_provider_state is
  'Providers that refused our account (credentials, credit, sender). No message is claimed for '
  'them until paused_until. reason is the provider''s code.';

alter table public.sms_provider_state enable row level security;
revoke all on table public.sms_provider_state from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_provider_state to service_role;
grant select, insert, update on table public.sms_provider_state to sms_worker;

create policy "the SMS worker can see which providers are paused" on public.sms_provider_state
  for select to sms_worker using (true);
create policy "the SMS worker can pause a provider" on public.sms_provider_state
  for insert to sms_worker with check (true);
create policy "the SMS worker can extend a pause" on public.sms_provider_state
  for update to sms_worker using (true) with check (true);


-- supabase/schemas/50_reminders/170_sms_runs.sql

-- Runs of the reminder job.

create table public.sms_runs (
  id uuid primary key default gen_random_uuid(),
  provider public.sms_provider not null,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  counts jsonb not null default '{}',
  error text,
  constraint sms_runs_ends_after_start check (finished_at >= started_at)
);

create index sms_runs_started_at_idx on public.sms_runs (started_at);

comment on table public.sms_runs is 'Every run of the reminder job. Kept for 30 days.';
comment on column public.sms_runs.counts is
  'planned, skipped, broken (salons that planning passed over), claimed, sent, retried, failed, '
  'unknown, dropped (not to be sent any more: appointment cancelled or moved, consent withdrawn), '
  'ms.';
comment on column public.sms_runs.error is 'Code of the error that ended the run early.';

alter table public.sms_runs enable row level security;
revoke all on table public.sms_runs from public, anon, authenticated, service_role;
grant select, insert, update, delete on table public.sms_runs to service_role;
grant select, insert, update on table public.sms_runs to sms_worker;

create policy "the SMS worker can see runs" on public.sms_runs
  for select to sms_worker using (true);
create policy "the SMS worker can record the start of a run" on public.sms_runs
  for insert to sms_worker with check (true);
create policy "the SMS worker can record the end of a run" on public.sms_runs
  for update to sms_worker using (true) with check (true);


-- supabase/schemas/50_reminders/200_sms_worker_access.sql

-- What the reminder job may read of a salon's data: only what a reminder of a future appointment
-- needs. No other clients, no e-mail addresses, no deliveries, no past.

grant select (id, name, address, timezone, phone_number) on table public.salons to sms_worker;

create policy "the SMS worker can see salons that remind" on public.salons
  for select to sms_worker
  using (exists (select from public.sms_settings s where s.salon_id = salons.id and s.enabled));

grant select (id, salon_id, client_id, pet_id, start_time, status, created_at, last_event_at)
  on table public.calendar_events to sms_worker;

-- A reminder is sent at most a week ahead. Two more days: the rest of the day of the last
-- appointment, and the difference of time zones.
create policy "the SMS worker can see future appointments"
  on public.calendar_events for select to sms_worker
  using (
    status in ('scheduled', 'confirmed')
    and start_time > (select private.app_now())
    and start_time < (select private.app_now()) + interval '9 days'
    and exists (
      select from public.sms_settings s
      where s.salon_id = calendar_events.salon_id and s.enabled)
  );

grant select (id, salon_id, name, phone_number, has_gdpr_consent)
  on table public.clients to sms_worker;

create policy "the SMS worker can see clients with a future appointment" on public.clients
  for select to sms_worker
  using (exists (
    select from public.calendar_events e
    where e.client_id = clients.id and e.salon_id = clients.salon_id));

grant select (id, salon_id, name) on table public.pets to sms_worker;

create policy "the SMS worker can see pets with a future appointment" on public.pets
  for select to sms_worker
  using (exists (
    select from public.calendar_events e
    where e.pet_id = pets.id and e.salon_id = pets.salon_id));


-- supabase/schemas/50_reminders/210_may_have_been_sent.sql

-- Called by private.merge_appointments and private.erase_messages.

create function private.may_have_been_sent(message public.sms_messages)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select message.status in ('sent', 'delivered', 'undelivered', 'unknown')
    or message.maybe_sent_since is not null
    or (message.status = 'leased' and message.dispatch_started_at is not null);
$$;
revoke all on function private.may_have_been_sent(public.sms_messages)
  from public, anon, authenticated;
grant execute on function private.may_have_been_sent(public.sms_messages)
  to service_role, sms_worker;
comment on function private.may_have_been_sent(public.sms_messages) is
  'Whether the recipient may have this message.';


-- supabase/schemas/50_reminders/220_release_deleted_appointment.sql

-- Trigger on calendar_events, in place of foreign keys: see sms_message_events.

create function private.release_deleted_appointment()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.sms_message_events covered where covered.event_id = old.id;
  delete from private.sms_told_events told where told.event_id = old.id;
  return null;
end;
$$;
revoke all on function private.release_deleted_appointment() from public, anon, authenticated;
comment on function private.release_deleted_appointment() is
  'Trigger: no message covers a deleted appointment or told anybody about it.';

create trigger release_deleted_appointment
  after delete on public.calendar_events
  for each row execute function private.release_deleted_appointment();


-- supabase/schemas/50_reminders/300_sms_allowed_at.sql

-- Quiet hours. Called by the views of reminders, and before a message is sent.

create function private.sms_allowed_at(
  moment timestamptz, zone text, quiet_from time, quiet_to time
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  day date := moment at time zone zone;
  clock time := moment at time zone zone;
begin
  return case
    when quiet_from < quiet_to and clock >= quiet_from and clock < quiet_to
      then (day + quiet_to) at time zone zone
    when quiet_from > quiet_to and clock >= quiet_from then (day + 1 + quiet_to) at time zone zone
    when quiet_from > quiet_to and clock < quiet_to then (day + quiet_to) at time zone zone
    else moment
  end;
end;
$$;
revoke all on function private.sms_allowed_at(timestamptz, text, time, time)
  from public, anon, authenticated;
grant execute on function private.sms_allowed_at(timestamptz, text, time, time)
  to sms_worker;
-- The view upcoming_reminders calls it with the rights of its reader.
grant execute on function private.sms_allowed_at(timestamptz, text, time, time) to authenticated;
comment on function private.sms_allowed_at(timestamptz, text, time, time) is
  'The first moment at or after a given one that is outside the quiet hours of a time zone.';


-- supabase/schemas/50_reminders/305_reminder_due_at.sql

-- Called by the views private.unplanned_appointments and upcoming_reminders.

create function private.reminder_due_at(
  start_time timestamptz, zone text, settings public.sms_settings, allowed_at timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  due_at timestamptz := start_time - make_interval(hours => settings.hours_before);
  clock timestamp := due_at at time zone zone;
begin
  if settings.mode = 'day_before' then
    return ((start_time at time zone zone)::date - 1 + settings.send_at_local) at time zone zone;
  end if;
  if allowed_at < start_time - settings.min_lead then
    return due_at;
  end if;
  -- Early enough for several runs.
  return (clock::date - (clock::time < settings.quiet_from)::integer + settings.quiet_from)
    at time zone zone - interval '30 minutes';
end;
$$;
revoke all on function
  private.reminder_due_at(timestamptz, text, public.sms_settings, timestamptz)
  from public, anon, authenticated;
-- The view upcoming_reminders calls it with the rights of its reader.
grant execute on function
  private.reminder_due_at(timestamptz, text, public.sms_settings, timestamptz)
  to sms_worker, authenticated;
comment on function
  private.reminder_due_at(timestamptz, text, public.sms_settings, timestamptz) is
  'When the settings say that the reminder of an appointment is due. allowed_at: in the mode '
  'hours_before, the first moment from then on outside the quiet hours. If that is too late, the '
  'reminder is due half an hour before the quiet hours begin.';


-- supabase/schemas/50_reminders/308_sms_day_start.sql

-- Called by private.sms_limit_of_day and private.sms_skip_is_resolved.

create function private.sms_day_start()
returns timestamptz
language sql
stable
set search_path = ''
as $$
  -- Of UTC: an owner who changes the salon's time zone would begin another day.
  select date_trunc('day', private.app_now(), 'UTC');
$$;
revoke all on function private.sms_day_start() from public, anon, authenticated;
grant execute on function private.sms_day_start() to sms_worker;
comment on function private.sms_day_start() is
  'When the current day of the limits of SMS began: at midnight in UTC.';


-- supabase/schemas/50_reminders/310_sms_skip_is_resolved.sql

-- Called by the view private.unplanned_appointments.

create function private.sms_skip_is_resolved(
  skipped public.sms_messages,
  client uuid,
  has_consent boolean,
  phone_number text,
  settings_changed_at timestamptz,
  zone text
)
returns boolean
language sql
stable
set search_path = ''
as $$
  select skipped.client_id is distinct from client
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
    end;
$$;
revoke all on function
  private.sms_skip_is_resolved(public.sms_messages, uuid, boolean, text, timestamptz, text)
  from public, anon, authenticated;
grant execute on function
  private.sms_skip_is_resolved(public.sms_messages, uuid, boolean, text, timestamptz, text)
  to sms_worker;
comment on function
  private.sms_skip_is_resolved(public.sms_messages, uuid, boolean, text, timestamptz, text) is
  'Whether the cause for which a message was skipped or refused has been corrected since: consent '
  'given, number corrected, opt-out withdrawn, client assigned, another setting changed, a limit '
  'raised, a new day for the limits of a day, or another month for that of a month.';


-- supabase/schemas/50_reminders/311_sms_last_text.sql

-- Called by private.sms_must_tell_again, private.sms_still_to_tell and the view
-- private.unplanned_appointments.

create function private.sms_last_text(event uuid, number_typed text, other_than uuid default null)
returns table (start_time timestamptz, told_at timestamptz, is_being_sent boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  number text := private.e164(number_typed);
begin
  return query
  select told.start_time, coalesce(m.maybe_sent_since, m.dispatch_started_at), m.status = 'leased'
  from private.sms_told_events told
  join public.sms_messages m on m.id = told.message_id
  where told.event_id = event and m.id is distinct from other_than
    -- The typed numbers are compared, too, so that a number that the provider's form differs from
    -- is not told again and again.
    and (m.phone = number or m.phone_number = number_typed)
    and private.may_have_been_sent(m)
  order by 2 desc,
    -- Of texts that went out at once, any may be the last.
    told.start_time = (
      select e.start_time from public.calendar_events e where e.id = event) desc nulls last
  limit 1;
end;
$$;
revoke all on function private.sms_last_text(uuid, text, uuid) from public, anon, authenticated;
grant execute on function private.sms_last_text(uuid, text, uuid) to sms_worker;
comment on function private.sms_last_text(uuid, text, uuid) is
  'The start that the last text to a number about an appointment names, and when it was sent; no '
  'row if the number was never told. Texts that may have arrived count. number_typed: the number '
  'as it was typed. other_than: a message that is left out.';


-- supabase/schemas/50_reminders/312_sms_must_tell_again.sql

-- Called by the view private.unplanned_appointments.

create function private.sms_must_tell_again(
  covering public.sms_messages, event uuid, starts_at timestamptz, number_typed text
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  may_have_arrived boolean := private.may_have_been_sent(covering);
  went_elsewhere boolean := covering.phone_number <> number_typed
    -- One that was given up may never have got as far as a POST.
    and coalesce(covering.phone <> private.e164(number_typed), covering.status = 'dead');
  last record;
begin
  -- It may still be sent, and then it is the last text.
  if covering.status in ('pending', 'leased')
    or (covering.status = 'unknown' and covering.next_attempt_at < 'infinity') then
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
$$;
revoke all on function
  private.sms_must_tell_again(public.sms_messages, uuid, timestamptz, text)
  from public, anon, authenticated;
grant execute on function
  private.sms_must_tell_again(public.sms_messages, uuid, timestamptz, text)
  to sms_worker;
comment on function
  private.sms_must_tell_again(public.sms_messages, uuid, timestamptz, text) is
  'Whether an appointment that a message covers needs another one, because the last text that the '
  'client''s number has about it names another start, or because the message went to another '
  'number: the client corrected it, or the appointment now has another client.';


-- supabase/schemas/50_reminders/314_sms_still_to_tell.sql

-- Called by the functions that claim, check, postpone and extend a message.

create function private.sms_still_to_tell(message uuid, client uuid, number_typed text)
returns table (event_id uuid, start_time timestamptz, pet_id uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select e.id, e.start_time, e.pet_id
  from public.sms_message_events covered
  join public.calendar_events e on e.id = covered.event_id
    and e.start_time = covered.start_time and e.client_id = client
  where covered.message_id = message and not exists (
    select from private.sms_last_text(e.id, number_typed, message) t
    where t.start_time = e.start_time);
end;
$$;
revoke all on function private.sms_still_to_tell(uuid, uuid, text)
  from public, anon, authenticated;
grant execute on function private.sms_still_to_tell(uuid, uuid, text) to sms_worker;
comment on function private.sms_still_to_tell(uuid, uuid, text) is
  'The appointments of a message that still take place at the time and with the client it was '
  'planned for, and that its number was not told by another message since: the number or the '
  'client of an appointment can change and change back while a message waits. sms_worker cannot '
  'see an appointment that was cancelled, so it is left out as well.';


-- supabase/schemas/50_reminders/315_sms_waiting_message.sql

-- Called by the view due_reminders.

create function private.sms_waiting_message(salon uuid, client uuid, day date)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select m.id
    from public.sms_messages m
    where m.client_id = client and m.salon_id = salon and m.local_date = day
      and m.kind = 'reminder' and m.status = 'pending' and m.maybe_sent_since is null
      and m.not_after > private.app_now()
      -- Without any, it will be cancelled.
      and exists (select from private.sms_still_to_tell(m.id, m.client_id, m.phone_number))
    order by m.created_at, m.id
    limit 1
  );
end;
$$;
revoke all on function private.sms_waiting_message(uuid, uuid, date)
  from public, anon, authenticated;
grant execute on function private.sms_waiting_message(uuid, uuid, date) to sms_worker;
comment on function private.sms_waiting_message(uuid, uuid, date) is
  'The message to a client about a day that was certainly not sent yet, such as one that waits for '
  'the end of the quiet hours. Other appointments of the day can join it.';


-- supabase/schemas/50_reminders/316_sms_may_be_repeated.sql

-- Called by private.sms_dispatch_decision.

create function private.sms_may_be_repeated(message public.sms_messages, phone text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Without a phone, there is a problem, which is decided on elsewhere.
  return coalesce(sms_may_be_repeated.phone = message.phone, true) and not exists (
    select
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number) t
    cross join lateral private.sms_last_text(t.event_id, message.phone_number, message.id) other
    where other.told_at >= message.maybe_sent_since
  );
end;
$$;
revoke all on function private.sms_may_be_repeated(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_may_be_repeated(public.sms_messages, text) to sms_worker;
comment on function private.sms_may_be_repeated(public.sms_messages, text) is
  'Whether a message that may have been sent goes to the same phone again, and is still the last '
  'text about its appointments: if another one went out since, nobody could tell which arrived '
  'last.';


-- supabase/schemas/50_reminders/320_unplanned_appointments.sql

-- Which appointments may need a reminder. Read by the view due_reminders.

create view private.unplanned_appointments with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  c.id as client_id,
  p.name as pet,
  e.start_time,
  (e.start_time at time zone s.timezone)::date as local_date,
  private.reminder_due_at(e.start_time, s.timezone, r, private.sms_allowed_at(
    e.start_time - make_interval(hours => r.hours_before),
    s.timezone, r.quiet_from, r.quiet_to)) as due_at,
  coalesce(e.created_at, '-infinity') as booked_at,
  (coalesce(e.created_at, '-infinity') at time zone s.timezone)::date as booked_on,
  coalesce(greatest(e.created_at, e.last_event_at), '-infinity') + r.delay_after_booking
    as held_back_until,
  r.delay_after_booking,
  case when r.group_same_day and c.id is not null then null else e.id end as alone,
  allowed.send_at >= e.start_time - r.min_lead as too_late,
  -- Ten minutes: two runs.
  private.sms_allowed_at(
    private.app_now() + interval '10 minutes', s.timezone, r.quiet_from, r.quiet_to)
    >= e.start_time - r.min_lead as soon_too_late
from public.sms_settings r
join public.salons s on s.id = r.salon_id
join public.calendar_events e on e.salon_id = r.salon_id
cross join lateral private.sms_allowed_at(
  private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as allowed (send_at)
left join public.sms_message_events covered
  on covered.event_id = e.id and covered.start_time = e.start_time and covered.kind = 'reminder'
left join public.sms_messages m on m.id = covered.message_id
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
where r.enabled
  and e.status in ('scheduled', 'confirmed')
  and e.start_time > (select private.app_now())
  -- A bound for the index: no reminder of an appointment after it can be due.
  and e.start_time < (select private.app_now()) + case r.mode
    when 'hours_before' then make_interval(hours => r.hours_before + 51)
    else interval '50 hours'
  end
  and (
    m.maybe_sent_since is null and case coalesce(m.status, 'cancelled')
      when 'cancelled' then true
      -- An earlier appointment in the same message had an earlier deadline.
      when 'expired' then allowed.send_at < e.start_time - r.min_lead
      when 'skipped' then private.sms_skip_is_resolved(
        m, c.id, c.has_gdpr_consent, c.phone_number, r.updated_at, s.timezone)
      when 'failed' then private.sms_skip_is_resolved(
        m, c.id, c.has_gdpr_consent, c.phone_number, r.updated_at, s.timezone)
      else false
    end
    or m.id is not null and allowed.send_at < e.start_time - r.min_lead
      and private.sms_must_tell_again(m, e.id, e.start_time, c.phone_number)
  )
  and not exists (
    select from private.sms_last_text(e.id, c.phone_number) t where t.start_time = e.start_time);
revoke all on table private.unplanned_appointments
  from public, anon, authenticated, service_role;
grant select on table private.unplanned_appointments to sms_worker;
comment on view private.unplanned_appointments is
  'Appointments of the next days that no message covers, or only one that was not sent and whose '
  'cause is gone, or one after which the client must be told again; none whose start is what the '
  'last text to the client''s number names. due_at: when the settings say '
  'that the reminder is due. alone: its own id, if its reminder is not grouped with others. '
  'soon_too_late: ten minutes from now it would be too late to send it.';


-- supabase/schemas/50_reminders/330_due_reminders.sql

-- What is to be sent when. Read by private.sms_plan_salon and sms_preview.

create view public.due_reminders with (security_invoker = true) as
with reminder as (
  select
    u.salon_id,
    u.client_id,
    u.local_date,
    u.alone,
    -- Grouped by: an early appointment must not cost a later one its reminder.
    u.too_late,
    min(u.start_time) as first_start,
    array_agg(u.event_id order by u.start_time, u.event_id) as event_ids,
    array_agg(u.start_time order by u.start_time, u.event_id) as start_times,
    jsonb_agg(jsonb_build_object('startTime', u.start_time, 'pet', u.pet)
      order by u.start_time, u.event_id) as appointments
  from private.unplanned_appointments u
  -- Who books on the day of the appointment needs no reminder. Who booked earlier, but after the
  -- reminder was due, gets it late.
  where u.booked_at <= u.due_at or u.booked_on < u.local_date
  group by u.salon_id, u.client_id, u.local_date, u.alone, u.too_late
  having min(u.due_at) <= private.app_now() and (
      max(u.held_back_until) <= private.app_now()
      -- Bookings that keep coming must not hold the first one back for good.
      or min(greatest(u.due_at, u.held_back_until) + u.delay_after_booking) <= private.app_now()
      or bool_or(u.soon_too_late and greatest(u.due_at, u.held_back_until) <= private.app_now())
    )
    or u.alone is null and not u.too_late
      and private.sms_waiting_message(u.salon_id, u.client_id, u.local_date) is not null
)
select
  d.salon_id,
  s.name as salon_name,
  s.address as salon_address,
  s.timezone,
  r.template,
  r.language,
  r.transliterate,
  r.max_segments,
  d.client_id,
  c.name as client_name,
  c.phone_number,
  d.local_date,
  d.event_ids,
  d.start_times,
  d.appointments,
  case when d.alone is null and not d.too_late
    then private.sms_waiting_message(d.salon_id, d.client_id, d.local_date)
  end as waiting_message_id,
  allowed.send_at,
  d.first_start - r.min_lead as not_after,
  case
    when d.client_id is null then 'no_client'
    when not c.has_gdpr_consent then 'no_consent'
    when d.too_late then 'no_window'
  end::public.sms_reason as skip_reason,
  r.allowed_links,
  s.phone_number as salon_phone
from reminder d
join public.sms_settings r on r.salon_id = d.salon_id
join public.salons s on s.id = d.salon_id
left join public.clients c on c.id = d.client_id and c.salon_id = d.salon_id
cross join lateral private.sms_allowed_at(
  private.app_now(), s.timezone, r.quiet_from, r.quiet_to) as allowed (send_at);
revoke all on table public.due_reminders from public, anon, authenticated, service_role;
grant select on table public.due_reminders to sms_worker;
comment on view public.due_reminders is
  'The messages that should exist by now and do not: one row per client and day, with its '
  'appointments. waiting_message_id: a message about the same day that was not sent yet, which '
  'they join. skip_reason: why the message must not be sent. Read as sms_worker.';


-- supabase/schemas/50_reminders/335_sms_record_problem.sql

-- Called by sms_plan and sms_claim.

create function private.sms_record_problem(salon uuid, code text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Planning succeeds although messages of the salon could not be claimed.
  if code is null and exists (
    select from public.sms_messages m
    where m.salon_id = salon and m.status = 'pending' and m.reason = 'passed_over'
  ) then
    return;
  end if;
  update public.sms_settings s
  set problem = code,
    problem_since = case when code is not null
      then coalesce(s.problem_since, private.app_now()) end
  where s.problem is distinct from code and s.salon_id in (
    select r.salon_id from public.sms_settings r where r.salon_id = salon
    -- An owner who is saving the settings must not block the run; the next one records it.
    for no key update skip locked);
end;
$$;
revoke all on function private.sms_record_problem(uuid, text) from public, anon, authenticated;
grant execute on function private.sms_record_problem(uuid, text) to sms_worker;
comment on function private.sms_record_problem(uuid, text) is
  'Records the SQLSTATE for which a salon was passed over, or with null that there is no problem '
  'any more.';


-- supabase/schemas/50_reminders/340_sms_plan_salon.sql

-- Called by private.sms_try_plan_salon.

create function private.sms_plan_salon(p_salon_id uuid)
returns table (planned integer, skipped integer)
language plpgsql
set search_path = ''
as $$
begin
  return query
  with reminder as materialized (
    select gen_random_uuid() as new_message_id, r.*
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
    select d.message_id, d.salon_id, d.client_id, 'reminder', d.local_date, d.phone_number,
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
    select a.event_id, a.start_time, 'reminder', d.message_id, d.salon_id
    from due d, unnest(d.event_ids, d.start_times) as a (event_id, start_time)
    -- Covered until now by a message that was cancelled, skipped for a cause that is gone, or sent
    -- and no longer true.
    on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id
  )
  select count(*) filter (where m.status = 'pending')::integer,
    count(*) filter (where m.status = 'skipped')::integer
  from message m;
end;
$$;
revoke all on function private.sms_plan_salon(uuid) from public, anon, authenticated;
grant execute on function private.sms_plan_salon(uuid) to sms_worker;
comment on function private.sms_plan_salon(uuid) is
  'Writes the due reminders of a salon down as messages, with the appointments they cover. '
  'Appointments that join a message which waits to be sent are not counted.';


-- supabase/schemas/50_reminders/345_sms_try_plan_salon.sql

-- Called by sms_plan for each salon.

create function private.sms_try_plan_salon(salon uuid)
returns table (planned integer, skipped integer, problem text)
language plpgsql
set search_path = ''
as $$
begin
  -- A run that plans the same salon would miss what this one writes, and so would a merge of two
  -- appointments: private.merge_appointments waits for this lock.
  if not pg_try_advisory_xact_lock(hashtextextended('sms_plan ' || salon::text, 0)) then
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
$$;
revoke all on function private.sms_try_plan_salon(uuid) from public, anon, authenticated;
grant execute on function private.sms_try_plan_salon(uuid) to sms_worker;
comment on function private.sms_try_plan_salon(uuid) is
  'Plans the due reminders of a salon. problem: the SQLSTATE for which it could not; nothing is '
  'written then.';


-- supabase/schemas/50_reminders/347_sms_has_coming_appointment.sql

-- Called by sms_plan and sms_preview.

create function private.sms_has_coming_appointment(salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_events e
    where e.salon_id = salon and e.status in ('scheduled', 'confirmed')
      and e.start_time > private.app_now());
end;
$$;
revoke all on function private.sms_has_coming_appointment(uuid) from public, anon, authenticated;
grant execute on function private.sms_has_coming_appointment(uuid) to sms_worker;
comment on function private.sms_has_coming_appointment(uuid) is
  'Whether a salon has an appointment in the days that sms_worker sees. Without one there is '
  'nothing to plan, and to find that out by due_reminders takes thirty times as long.';


-- supabase/schemas/50_reminders/350_sms_plan.sql

-- Called by functions/sms-reminders at the start of a run.

create function public.sms_plan(p_after uuid default null, p_now timestamptz default null)
returns table (planned integer, skipped integer, broken integer, next_after uuid)
language plpgsql
security definer
set search_path = ''
-- For the locks of rows: a client who is being deleted delays only the reminders of their salon.
set lock_timeout = '500ms'
as $$
declare
  -- Well before the database would end the call and roll all of it back.
  time_is_up timestamptz := clock_timestamp() + interval '2 seconds';
  -- Each salon takes a place in the table of locks, which has room for some thousands.
  salons_left integer := 200;
  salon record;
  result record;
begin
  perform private.set_app_clock(p_now);
  planned := 0;
  skipped := 0;
  broken := 0;
  for salon in
    select s.salon_id, s.problem
    from public.sms_settings s
    where s.enabled and (p_after is null or s.salon_id > p_after)
      -- A problem ends when the salon is planned again.
      and (s.problem is not null or private.sms_has_coming_appointment(s.salon_id))
    order by s.salon_id
  loop
    if next_after is not null and (clock_timestamp() > time_is_up or salons_left = 0) then
      return next;
      return;
    end if;
    next_after := salon.salon_id;
    salons_left := salons_left - 1;
    select * into result from private.sms_try_plan_salon(salon.salon_id);
    planned := planned + result.planned;
    skipped := skipped + result.skipped;
    if result.problem is not null then
      broken := broken + 1;
    end if;
    if result.problem is distinct from salon.problem then
      perform private.sms_record_problem(salon.salon_id, result.problem);
    end if;
    -- The statement timeout ends a call only once, so the next salons need a new call.
    if result.problem = '57014' then
      return next;
      return;
    end if;
  end loop;
  next_after := null;
  return next;
end;
$$;
revoke all on function public.sms_plan(uuid, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_plan(uuid, timestamptz) to service_role;
comment on function public.sms_plan(uuid, timestamptz) is
  'Plans the due reminders of at most 200 salons, one by one, for two seconds, and reads nothing '
  'else of those without a coming appointment. next_after: where '
  'the next call resumes (p_after); null when all salons were planned. broken: salons that were '
  'passed over, see sms_settings.problem. Security definer, because the job works with the rights '
  'of sms_worker.';
select private.assign_to_sms_worker('public.sms_plan(uuid, timestamptz)');


-- supabase/schemas/50_reminders/360_sms_preview.sql

-- Called by functions/sms-reminders in a dry run.

create function public.sms_preview(p_limit integer default 500, p_now timestamptz default null)
returns table (
  salon_id uuid, salon_name text, salon_address text, timezone text, template text,
  language public.reminder_language, transliterate boolean, max_segments integer, client_name text,
  phone text, appointments jsonb, send_at timestamptz, not_after timestamptz,
  skip_reason public.sms_reason, allowed_links text[],
  salon_phone text
)
language plpgsql
security definer
set search_path = ''
as $$
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
        r.send_at, r.not_after, r.skip_reason, r.allowed_links, r.salon_phone
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
$$;
revoke all on function public.sms_preview(integer, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_preview(integer, timestamptz) to service_role;
comment on function public.sms_preview(integer, timestamptz) is
  'What a run would plan; writes nothing. skip_reason: as in due_reminders, or broken_settings. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_preview(integer, timestamptz)');


-- supabase/schemas/50_reminders/400_sms_start_run.sql

-- Called by functions/sms-reminders at the start of a run.

create function public.sms_start_run(p_provider public.sms_provider)
returns uuid
language sql
security definer
set search_path = ''
as $$
  insert into public.sms_runs (provider) values (p_provider) returning id;
$$;
revoke all on function public.sms_start_run(public.sms_provider) from public, anon, authenticated;
grant execute on function public.sms_start_run(public.sms_provider) to service_role;
comment on function public.sms_start_run(public.sms_provider) is
  'Records the start of a run of the reminder job; returns its id. Security definer, because the '
  'job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_start_run(public.sms_provider)');


-- supabase/schemas/50_reminders/410_sms_recover_expired_leases.sql

-- Called by sms_recover_and_expire.

create function private.sms_recover_expired_leases(idempotent_providers public.sms_provider[])
returns table (requeued integer, unknown integer)
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  with expired as (
    select m.id, coalesce(m.maybe_sent_since, m.dispatch_started_at) as sent_since
    from public.sms_messages m
    where m.status = 'leased' and m.lease_until < now_at
    -- A message that is locked is being settled right now, and that result is better.
    for update skip locked
  ), released as (
    update public.sms_messages m
    set lease_token = null, lease_until = null, reason = 'lease_expired', next_attempt_at = now_at,
      maybe_sent_since = e.sent_since,
      status = case
        when e.sent_since is null or m.provider = any (idempotent_providers) then 'pending'
        else 'unknown'
      end::public.sms_message_status
    from expired e
    where m.id = e.id
    returning m.status
  )
  select count(*) filter (where r.status = 'pending'), count(*) filter (where r.status = 'unknown')
  into requeued, unknown
  from released r;
  return next;
end;
$$;
revoke all on function private.sms_recover_expired_leases(public.sms_provider[])
  from public, anon, authenticated;
grant execute on function private.sms_recover_expired_leases(public.sms_provider[])
  to sms_worker;
comment on function private.sms_recover_expired_leases(public.sms_provider[]) is
  'Takes messages back from runs that ended without settling them. A message that was certainly '
  'not sent is pending again, and so is one whose provider recognizes a repetition. Others are '
  'unknown.';


-- supabase/schemas/50_reminders/420_sms_expire_messages.sql

-- Called by sms_recover_and_expire.

create function private.sms_expire_messages()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  expired integer;
begin
  with late as (
    select m.id
    from public.sms_messages m
    where m.status in ('pending', 'unknown')
      and (
        m.not_after <= now_at
        -- SMSAPI knows an idx for 24 hours. Sent again after that, it would be a second SMS.
        or m.maybe_sent_since < now_at - interval '20 hours'
      )
    for update skip locked
  )
  update public.sms_messages m
  set final_at = now_at,
    status = case
      when m.maybe_sent_since is null then 'expired' else 'dead'
    end::public.sms_message_status,
    reason = case
      when m.maybe_sent_since is null then 'deadline' else 'ambiguous'
    end::public.sms_reason
  from late l
  where m.id = l.id;
  get diagnostics expired = row_count;
  return expired;
end;
$$;
revoke all on function private.sms_expire_messages() from public, anon, authenticated;
grant execute on function private.sms_expire_messages() to sms_worker;
comment on function private.sms_expire_messages() is
  'Ends messages that it is too late to send: expired, or dead if they may have been sent. Returns '
  'how many.';


-- supabase/schemas/50_reminders/430_sms_recover_and_expire.sql

-- Called by functions/sms-reminders before it plans.

create function public.sms_recover_and_expire(
  p_idempotent_providers public.sms_provider[], p_now timestamptz default null
)
returns table (requeued integer, unknown integer, expired integer)
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.set_app_clock(p_now);
  select r.requeued, r.unknown into requeued, unknown
  from private.sms_recover_expired_leases(p_idempotent_providers) r;
  -- After it, so that a message whose lease has just ended can expire at once.
  expired := private.sms_expire_messages();
  return next;
end;
$$;
revoke all on function public.sms_recover_and_expire(public.sms_provider[], timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_recover_and_expire(public.sms_provider[], timestamptz)
  to service_role;
comment on function public.sms_recover_and_expire(public.sms_provider[], timestamptz) is
  'Takes messages back from runs that ended without settling them, and ends those that it is too '
  'late to send. p_idempotent_providers: providers that recognize a message they are sent twice. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_recover_and_expire(public.sms_provider[], timestamptz)');


-- supabase/schemas/50_reminders/440_sms_provider_is_paused.sql

-- Called by sms_claim and private.sms_dispatch_decision.

create function private.sms_provider_is_paused(name public.sms_provider)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.sms_provider_state s
    where s.provider = name and s.paused_until > private.app_now()
  );
end;
$$;
revoke all on function private.sms_provider_is_paused(public.sms_provider)
  from public, anon, authenticated;
grant execute on function private.sms_provider_is_paused(public.sms_provider) to sms_worker;
comment on function private.sms_provider_is_paused(public.sms_provider) is
  'Whether a provider refused our account and is not tried again yet.';


-- supabase/schemas/50_reminders/448_sms_may_be_claimed.sql

-- Called by private.sms_lock_due_messages.

create function private.sms_may_be_claimed(
  message public.sms_messages, sending_provider public.sms_provider
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  return message.status in ('pending', 'unknown')
    and message.next_attempt_at <= now_at
    and message.not_after > now_at
    -- A message that another provider may have accepted is not given to this one as well.
    and (
      message.maybe_sent_since is null
      or (message.provider = sending_provider
        and message.maybe_sent_since >= now_at - interval '20 hours')
    );
end;
$$;
revoke all on function private.sms_may_be_claimed(public.sms_messages, public.sms_provider)
  from public, anon, authenticated;
grant execute on function private.sms_may_be_claimed(public.sms_messages, public.sms_provider)
  to sms_worker;
comment on function private.sms_may_be_claimed(public.sms_messages, public.sms_provider) is
  'Whether a provider may send a message now.';


-- supabase/schemas/50_reminders/450_sms_lock_due_messages.sql

-- Called by sms_claim.

create function private.sms_lock_due_messages(
  sending_provider public.sms_provider, max_messages integer
)
returns table (salon_id uuid, message_id uuid, was_unknown boolean)
language plpgsql
set search_path = ''
as $$
begin
  return query
  with recursive first_messages as (
    (select m.salon_id, m.next_attempt_at from public.sms_messages m
      where m.status in ('pending', 'unknown')
      order by m.salon_id, m.next_attempt_at limit 1)
    union all
    -- The next salon in the index, without reading the other messages of this one.
    select next.salon_id, next.next_attempt_at
    from first_messages f
    cross join lateral (
      select m.salon_id, m.next_attempt_at from public.sms_messages m
      where m.status in ('pending', 'unknown') and m.salon_id > f.salon_id
      order by m.salon_id, m.next_attempt_at limit 1
    ) next
  ), salons as (
    select f.salon_id, count(*) over () as count
    from first_messages f
    where f.next_attempt_at <= private.app_now()
  ), turns as (
    select own.id, own.turn
    from salons s
    cross join lateral (
      select m.id, row_number() over (order by m.next_attempt_at, m.id) as turn
      from public.sms_messages m
      where m.salon_id = s.salon_id
        and m.status in ('pending', 'unknown') and m.next_attempt_at <= private.app_now()
        and private.sms_may_be_claimed(m, sending_provider)
      order by m.next_attempt_at, m.id
      -- Some more than the share of each salon: other runs may have locked the first ones.
      limit 1 + 4 * max_messages / s.count
    ) own
  )
  select m.salon_id, m.id, m.status = 'unknown'
  from turns t
  join public.sms_messages m on m.id = t.id
  -- Again, because it may have changed before it was locked.
  where private.sms_may_be_claimed(m, sending_provider)
  -- At random, so that no salon comes first in every claim.
  order by t.turn, random()
  limit max_messages
  -- Runs that overlap get different messages.
  for update of m skip locked;
end;
$$;
revoke all on function private.sms_lock_due_messages(public.sms_provider, integer)
  from public, anon, authenticated;
grant execute on function private.sms_lock_due_messages(public.sms_provider, integer)
  to sms_worker;
comment on function private.sms_lock_due_messages(public.sms_provider, integer) is
  'Messages that a provider may send now: the longest due of each salon, then the second of each, '
  'so that a salon with many does not keep the others waiting. They stay locked until the end of '
  'the transaction.';


-- supabase/schemas/50_reminders/455_sms_lease_messages.sql

-- Called by sms_claim.

create function private.sms_lease_messages(
  due_ids uuid[], unknown_ids uuid[], sending_provider public.sms_provider, lease_time interval
)
returns table (
  message_id uuid, lease_token uuid, was_unknown boolean, salon_id uuid, salon_name text,
  salon_address text, timezone text, template text, language public.reminder_language,
  transliterate boolean, max_segments integer, sender text, client_name text, phone text,
  not_after timestamptz, appointments jsonb, sent_to text, sent_body text, sent_since timestamptz,
  allowed_links text[], salon_phone text
)
language plpgsql
set search_path = ''
as $$
begin
  return query
  with claimed as (
    update public.sms_messages m
    set status = 'leased', lease_token = gen_random_uuid(),
      lease_until = private.app_now() + lease_time, provider = sending_provider,
      dispatch_started_at = null,
      -- An unknown message is looked up or repeated, which does not count as an attempt.
      attempts = m.attempts + (m.status = 'pending')::integer,
      -- One that may have been sent belongs to the number that it was sent to.
      phone_number = case when m.maybe_sent_since is null then (
          select c.phone_number from public.clients c
          where c.id = m.client_id and c.salon_id = m.salon_id)
        else m.phone_number end
    where m.id = any (due_ids)
    returning m.*
  )
  select m.id, m.lease_token, coalesce(m.id = any (unknown_ids), false), m.salon_id, s.name,
    s.address, s.timezone, r.template, r.language, r.transliterate, r.max_segments::integer,
    r.sender, c.name, private.e164(m.phone_number), m.not_after, coalesce(a.appointments, '[]'),
    m.phone, m.body, m.maybe_sent_since, r.allowed_links, s.phone_number
  from claimed m
  left join public.salons s on s.id = m.salon_id
  left join public.sms_settings r on r.salon_id = m.salon_id
  left join public.clients c on c.id = m.client_id and c.salon_id = m.salon_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('startTime', a.start_time, 'pet', p.name)
      order by a.start_time, a.event_id) as appointments
    from private.sms_still_to_tell(m.id, m.client_id, m.phone_number) a
    left join public.pets p on p.id = a.pet_id and p.salon_id = m.salon_id
  ) a on true;
end;
$$;
revoke all on function
  private.sms_lease_messages(uuid[], uuid[], public.sms_provider, interval)
  from public, anon, authenticated;
grant execute on function
  private.sms_lease_messages(uuid[], uuid[], public.sms_provider, interval)
  to sms_worker;
comment on function
  private.sms_lease_messages(uuid[], uuid[], public.sms_provider, interval) is
  'Leases locked messages to the run that claims them, and returns them as sms_claim does.';


-- supabase/schemas/50_reminders/457_sms_pass_over.sql

-- Called by sms_claim.

create function private.sms_pass_over(salon uuid, code text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set next_attempt_at = private.app_now() + interval '15 minutes', error_code = code,
    reason = case when m.status = 'pending' then 'passed_over' else m.reason end
  where m.id in (
    select d.id from public.sms_messages d
    where d.salon_id = salon and d.status in ('pending', 'unknown')
      and d.next_attempt_at <= private.app_now()
    for update skip locked);
  perform private.sms_record_problem(salon, code);
end;
$$;
revoke all on function private.sms_pass_over(uuid, text)
  from public, anon, authenticated;
grant execute on function private.sms_pass_over(uuid, text) to sms_worker;
comment on function private.sms_pass_over(uuid, text) is
  'Makes the due messages of a salon wait, because some could not be claimed, so that the run can '
  'claim those of others. code: the SQLSTATE.';


-- supabase/schemas/50_reminders/460_sms_claim.sql

-- Called by functions/sms-reminders for each batch.

create function public.sms_claim(
  p_provider public.sms_provider,
  p_limit integer default 25,
  p_lease interval default '60 seconds',
  p_now timestamptz default null
)
returns table (
  message_id uuid, lease_token uuid, was_unknown boolean, salon_id uuid, salon_name text,
  salon_address text, timezone text, template text, language public.reminder_language,
  transliterate boolean, max_segments integer, sender text, client_name text, phone text,
  not_after timestamptz, appointments jsonb, sent_to text, sent_body text, sent_since timestamptz,
  allowed_links text[], salon_phone text
)
language plpgsql
security definer
set search_path = ''
as $$
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
$$;
revoke all on function public.sms_claim(public.sms_provider, integer, interval, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_claim(public.sms_provider, integer, interval, timestamptz)
  to service_role;
comment on function public.sms_claim(public.sms_provider, integer, interval, timestamptz) is
  'Claims due messages for one run, each until its lease ends; none while the provider is paused. '
  'was_unknown: the message may have been sent (sent_to, sent_body, sent_since), so look it up, or '
  'send it again if the provider recognizes a repetition. phone: of the client, in E.164. appointments: '
  '[{startTime, pet}], those that still take place. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_claim(public.sms_provider, integer, interval, timestamptz)');


-- supabase/schemas/50_reminders/500_sms_cap_is_reached.sql

-- Called by private.sms_dispatch_decision.

create function private.sms_cap_is_reached(
  message public.sms_messages, settings public.sms_settings, zone text, more_segments integer
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  month_start timestamptz :=
    date_trunc('month', private.app_now() at time zone zone) at time zone zone;
begin
  if settings.monthly_cap is null then
    return false;
  end if;
  -- Otherwise two runs could both see room for the last message.
  perform pg_advisory_xact_lock(hashtextextended('sms_cap ' || settings.salon_id, 0));
  return settings.monthly_cap < more_segments + (
    select coalesce(sum(m.segments), 0)
    from public.sms_messages m
    where m.salon_id = settings.salon_id
      and m.id <> message.id
      and m.created_at >= month_start - interval '9 days'
      and coalesce(m.maybe_sent_since, m.dispatch_started_at) >= month_start
      and m.status <> 'failed'
  );
end;
$$;
revoke all on function
  private.sms_cap_is_reached(public.sms_messages, public.sms_settings, text, integer)
  from public, anon, authenticated;
grant execute on function
  private.sms_cap_is_reached(public.sms_messages, public.sms_settings, text, integer)
  to sms_worker;
comment on function
  private.sms_cap_is_reached(public.sms_messages, public.sms_settings, text, integer) is
  'Whether a message of so many segments would exceed the salon''s limit for this calendar month. '
  'Every message that may have been sent counts; one that is sent again does not count twice.';


-- supabase/schemas/50_reminders/505_sms_limit_of_day.sql

-- Called by private.sms_dispatch_decision.

create function private.sms_limit_of_day(
  message public.sms_messages, settings public.sms_settings, phone text, more_segments integer
)
returns public.sms_dispatch_answer
language plpgsql
set search_path = ''
as $$
declare
  day_start timestamptz := private.sms_day_start();
  most_for_client constant integer := 3;
  sent record;
begin
  -- Otherwise two runs could both see room for the last message.
  perform pg_advisory_xact_lock(hashtextextended('sms_cap ' || settings.salon_id, 0));
  select coalesce(sum(m.segments), 0) as segments,
    count(*) filter (where m.phone = sms_limit_of_day.phone) as messages_to_client
  into sent
  from public.sms_messages m
  where m.salon_id = settings.salon_id
    and m.id <> message.id
    and m.created_at >= day_start - interval '9 days'
    and coalesce(m.maybe_sent_since, m.dispatch_started_at) >= day_start
    and m.status <> 'failed';
  return case
    when sent.messages_to_client >= most_for_client then 'client_limit'
    when sent.segments + more_segments > settings.daily_cap then 'daily_cap'
  end::public.sms_dispatch_answer;
end;
$$;
revoke all on function
  private.sms_limit_of_day(public.sms_messages, public.sms_settings, text, integer)
  from public, anon, authenticated;
grant execute on function
  private.sms_limit_of_day(public.sms_messages, public.sms_settings, text, integer)
  to sms_worker;
comment on function
  private.sms_limit_of_day(public.sms_messages, public.sms_settings, text, integer) is
  'The limit of the day (of UTC, so that no member can move it) that a message would exceed; null '
  'if none: three messages to one phone (client_limit), daily_cap segments in all. Every message '
  'that may have been sent counts; one that is sent again does not count twice.';


-- supabase/schemas/50_reminders/510_sms_dispatch_decision.sql

-- Called by sms_begin_dispatch.

create function private.sms_dispatch_decision(
  message public.sms_messages, phone text, segments integer, problem public.sms_reason
)
returns public.sms_dispatch_answer
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  settings public.sms_settings;
  zone text := (select s.timezone from public.salons s where s.id = message.salon_id);
  client record;
  to_tell integer := (
    select count(*)
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number));
  is_as_planned boolean;
begin
  select * into settings from public.sms_settings s where s.salon_id = message.salon_id;
  select c.phone_number, c.has_gdpr_consent into client
  from public.clients c where c.id = message.client_id and c.salon_id = message.salon_id;
  is_as_planned := (client.phone_number is not distinct from message.phone_number
      or private.e164(client.phone_number) = sms_dispatch_decision.phone)
    and to_tell = (
      select count(*) from public.sms_message_events c where c.message_id = message.id);

  return case
    when message.not_after <= now_at then 'expired'
    when settings.enabled is not true then 'disabled'
    when to_tell = 0 then 'event_gone'
    -- The provider would take another text, or a text to another number, for the first one.
    when message.maybe_sent_since is not null
      and not (is_as_planned and private.sms_may_be_repeated(message, phone)) then 'event_gone'
    when not is_as_planned then 'needs_rerender'
    when client.has_gdpr_consent is not true then 'no_consent'
    when problem is not null then problem::text
    -- Opt-outs and erasures know a client by this number, so nothing is sent to another.
    when phone is distinct from private.e164(client.phone_number) then 'no_phone'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = message.salon_id and o.phone = sms_dispatch_decision.phone
    ) then 'opted_out'
    when private.sms_provider_is_paused(message.provider) then 'paused'
    when private.sms_allowed_at(now_at, zone, settings.quiet_from, settings.quiet_to) > now_at
      then 'quiet_hours'
    when private.sms_cap_is_reached(message, settings, zone, segments) then 'cap'
    else coalesce(private.sms_limit_of_day(message, settings, phone, segments)::text, 'go')
  end::public.sms_dispatch_answer;
end;
$$;
revoke all on function
  private.sms_dispatch_decision(public.sms_messages, text, integer, public.sms_reason)
  from public, anon, authenticated;
grant execute on function
  private.sms_dispatch_decision(public.sms_messages, text, integer, public.sms_reason)
  to sms_worker;
comment on function
  private.sms_dispatch_decision(public.sms_messages, text, integer, public.sms_reason) is
  'Whether a claimed message may be sent now (go), and if not, why. event_gone: none of its '
  'appointments is left to tell, or it may have been sent and cannot be repeated as it was.';


-- supabase/schemas/50_reminders/520_sms_start_attempt.sql

-- Called by sms_begin_dispatch.

create function private.sms_start_attempt(
  message public.sms_messages,
  phone text,
  body text,
  encoding public.sms_encoding,
  segments integer
)
returns void
language plpgsql
set search_path = ''
as $$
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
    select t.event_id, t.start_time, message.id
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number) t;
  end if;
  insert into public.sms_attempts (lease_token, message_id, provider, started_at)
  values (message.lease_token, message.id, message.provider, private.app_now());
end;
$$;
revoke all on function
  private.sms_start_attempt(public.sms_messages, text, text, public.sms_encoding, integer)
  from public, anon, authenticated;
grant execute on function
  private.sms_start_attempt(public.sms_messages, text, text, public.sms_encoding, integer)
  to sms_worker;
comment on function
  private.sms_start_attempt(public.sms_messages, text, text, public.sms_encoding, integer) is
  'Records what is sent, which appointments it names, and that its POST begins. Until it is '
  'settled, the message may have been sent.';


-- supabase/schemas/50_reminders/530_sms_postpone.sql

-- Called by sms_begin_dispatch.

create function private.sms_postpone(
  message public.sms_messages, answer public.sms_dispatch_answer
)
returns void
language plpgsql
set search_path = ''
as $$
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
      select min(covered.start_time) - r.min_lead
      from public.sms_message_events covered
      join public.sms_settings r on r.salon_id = message.salon_id
      where covered.message_id = message.id
      group by r.min_lead
    ), m.not_after)
  where m.id = message.id;
end;
$$;
revoke all on function private.sms_postpone(public.sms_messages, public.sms_dispatch_answer)
  from public, anon, authenticated;
grant execute on function private.sms_postpone(public.sms_messages, public.sms_dispatch_answer)
  to sms_worker;
comment on function private.sms_postpone(public.sms_messages, public.sms_dispatch_answer) is
  'Returns a claimed message to the queue: it is written again at once (needs_rerender), or sent '
  'after the pause of its provider or the quiet hours of its salon.';


-- supabase/schemas/50_reminders/540_sms_drop.sql

-- Called by sms_begin_dispatch.

create function private.sms_drop(
  message public.sms_messages, answer public.sms_dispatch_answer, phone text
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set lease_token = null, lease_until = null, final_at = private.app_now(),
    -- One that may have been sent belongs to the number that it was sent to.
    phone = case when m.maybe_sent_since is null then coalesce(sms_drop.phone, m.phone)
      else m.phone end,
    exceeded_limit = (
      select case answer when 'daily_cap' then s.daily_cap when 'cap' then s.monthly_cap end
      from public.sms_settings s where s.salon_id = message.salon_id),
    -- If an earlier POST may have arrived, dead keeps the appointment from being planned again.
    status = case
      when m.maybe_sent_since is not null then 'dead'
      when answer = 'expired' then 'expired'
      when answer = 'event_gone' then 'cancelled'
      else 'skipped'
    end::public.sms_message_status,
    reason = case
      when m.maybe_sent_since is not null then 'ambiguous'
      when answer = 'expired' then 'deadline'
      else answer::text
    end::public.sms_reason
  where m.id = message.id;
end;
$$;
revoke all on function private.sms_drop(public.sms_messages, public.sms_dispatch_answer, text)
  from public, anon, authenticated;
grant execute on function private.sms_drop(public.sms_messages, public.sms_dispatch_answer, text)
  to sms_worker;
comment on function private.sms_drop(public.sms_messages, public.sms_dispatch_answer, text) is
  'Ends a claimed message that must not be sent.';


-- supabase/schemas/50_reminders/550_sms_begin_dispatch.sql

-- Called by functions/sms-reminders just before each request to a provider.

create function public.sms_begin_dispatch(
  p_message_id uuid,
  p_lease_token uuid,
  p_phone text default null,
  p_body text default null,
  p_encoding public.sms_encoding default null,
  p_segments integer default null,
  p_problem public.sms_reason default null,
  p_now timestamptz default null
)
returns public.sms_dispatch_answer
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  message public.sms_messages;
  answer public.sms_dispatch_answer;
begin
  -- The lock keeps sms_recover_and_expire and receipts away until the decision is stored.
  select * into message
  from public.sms_messages m
  where m.id = p_message_id and m.lease_token = p_lease_token and m.lease_until > now_at
  for no key update;
  if not found then
    return 'lost_lease'::public.sms_dispatch_answer;
  end if;

  answer := private.sms_dispatch_decision(message, p_phone, p_segments, p_problem);
  if answer = 'go' then
    perform private.sms_start_attempt(message, p_phone, p_body, p_encoding, p_segments);
  elsif answer in ('needs_rerender', 'paused', 'quiet_hours') then
    perform private.sms_postpone(message, answer);
  else
    perform private.sms_drop(message, answer, p_phone);
  end if;
  return answer;
end;
$$;
revoke all on function public.sms_begin_dispatch(
  uuid, uuid, text, text, public.sms_encoding, integer, public.sms_reason, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_begin_dispatch(
  uuid, uuid, text, text, public.sms_encoding, integer, public.sms_reason, timestamptz)
  to service_role;
comment on function public.sms_begin_dispatch(
  uuid, uuid, text, text, public.sms_encoding, integer, public.sms_reason, timestamptz) is
  'Last check of a claimed message, just before its POST. go: send it now, and settle it. Any '
  'other answer: do not send it; its new status is stored. p_problem: why its text or number '
  'cannot be used. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_begin_dispatch(uuid, uuid, text, text, '
  'public.sms_encoding, integer, public.sms_reason, timestamptz)');


-- supabase/schemas/50_reminders/600_sms_max_attempts.sql

-- Called by the functions of sms_settle that try again.

create function private.sms_max_attempts()
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 6;
end;
$$;
revoke all on function private.sms_max_attempts() from public, anon, authenticated;
grant execute on function private.sms_max_attempts() to sms_worker;
comment on function private.sms_max_attempts() is
  'How often a message is tried before it is given up.';


-- supabase/schemas/50_reminders/610_sms_close_lease.sql

-- Called by sms_settle.

create function private.sms_close_lease(
  message_id uuid,
  new_status public.sms_message_status,
  new_reason public.sms_reason,
  code text,
  next_at timestamptz default null
)
returns void
language sql
set search_path = ''
as $$
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
$$;
revoke all on function private.sms_close_lease(
  uuid, public.sms_message_status, public.sms_reason, text, timestamptz)
  from public, anon, authenticated;
grant execute on function private.sms_close_lease(
  uuid, public.sms_message_status, public.sms_reason, text, timestamptz) to sms_worker;
comment on function private.sms_close_lease(
  uuid, public.sms_message_status, public.sms_reason, text, timestamptz) is
  'Ends the lease of a message with its new status. next_at: when it is due again; null leaves '
  'that as it is. failed becomes dead if an earlier POST may have arrived.';


-- supabase/schemas/50_reminders/620_sms_settle_after_lease.sql

-- Called by sms_settle when the lease has ended.

create function private.sms_settle_after_lease(
  message public.sms_messages, outcome public.sms_attempt_outcome, provider_id text
)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
begin
  if outcome <> 'accepted' then
    return 'lost_lease'::public.sms_settle_answer;
  end if;
  if message.status in ('sent', 'delivered', 'undelivered')
    -- A receipt can also have told, before this, that it was accepted and then failed.
    or (message.status = 'failed' and message.provider_status is not null) then
    if message.provider_message_id <> provider_id then
      update public.sms_messages set reason = 'duplicate_suspected' where id = message.id;
      return 'duplicate_suspected'::public.sms_settle_answer;
    end if;
    update public.sms_messages set provider_message_id = provider_id
    where id = message.id and provider_message_id is null;
    return 'late_ack'::public.sms_settle_answer;
  end if;
  -- The provider accepted the message, whichever run reports it and whenever.
  update public.sms_messages
  set status = 'sent', reason = 'late_ack', lease_token = null, lease_until = null,
    provider_message_id = provider_id, sent_at = private.app_now(), final_at = null
  where id = message.id;
  return 'late_ack'::public.sms_settle_answer;
end;
$$;
revoke all on function
  private.sms_settle_after_lease(public.sms_messages, public.sms_attempt_outcome, text)
  from public, anon, authenticated;
grant execute on function
  private.sms_settle_after_lease(public.sms_messages, public.sms_attempt_outcome, text)
  to sms_worker;
comment on function
  private.sms_settle_after_lease(public.sms_messages, public.sms_attempt_outcome, text) is
  'The only result that a run may store after its lease has ended: that the provider accepted the '
  'message.';


-- supabase/schemas/50_reminders/630_sms_settle_accepted.sql

-- Called by sms_settle.

create function private.sms_settle_accepted(message public.sms_messages, provider_id text)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set status = 'sent', reason = null, error_code = null, lease_token = null, lease_until = null,
    sent_at = private.app_now(),
    provider_message_id = coalesce(provider_id, m.provider_message_id)
  where m.id = message.id;
  return 'sent'::public.sms_settle_answer;
end;
$$;
revoke all on function private.sms_settle_accepted(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_accepted(public.sms_messages, text) to sms_worker;
comment on function private.sms_settle_accepted(public.sms_messages, text) is
  'The provider accepted the message. Its id is null if only an earlier POST brought the message '
  'there.';


-- supabase/schemas/50_reminders/640_sms_settle_paused.sql

-- Called by sms_settle.

create function private.sms_settle_paused(message public.sms_messages, code text)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
declare
  next_at timestamptz := private.app_now() + interval '15 minutes';
begin
  insert into public.sms_provider_state (provider, paused_until, reason)
  values (message.provider, next_at, coalesce(code, 'unknown'))
  on conflict (provider) do update
  set paused_until = excluded.paused_until, reason = excluded.reason;
  update public.sms_messages m
  set attempts = greatest(m.attempts - 1, 0), dispatch_started_at = null
  where m.id = message.id;
  perform private.sms_close_lease(message.id, 'pending', 'paused', code, next_at);
  return 'paused'::public.sms_settle_answer;
end;
$$;
revoke all on function private.sms_settle_paused(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_paused(public.sms_messages, text) to sms_worker;
comment on function private.sms_settle_paused(public.sms_messages, text) is
  'The provider refused our account: pauses the provider, and returns the message to the queue '
  'without counting the attempt.';


-- supabase/schemas/50_reminders/650_sms_settle_not_sent.sql

-- Called by sms_settle.

create function private.sms_settle_not_sent(
  message public.sms_messages,
  counts boolean,
  code text,
  retry_after_seconds integer,
  random double precision
)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
declare
  -- Full jitter, so that messages that failed together are not retried together.
  next_at timestamptz := private.app_now() + greatest(
    make_interval(secs => coalesce(retry_after_seconds, 0)), interval '5 seconds',
    random * power(2, message.attempts - 1) * interval '30 seconds');
begin
  update public.sms_messages m
  set dispatch_started_at = null,
    -- A provider that is down for an hour must not cost anybody their reminder.
    attempts = greatest(m.attempts - (not counts)::integer, 0)
  where m.id = message.id;
  if next_at >= message.not_after then
    perform private.sms_close_lease(message.id, 'dead', 'deadline', code);
    return 'dead'::public.sms_settle_answer;
  elsif counts and message.attempts >= private.sms_max_attempts() then
    perform private.sms_close_lease(message.id, 'dead', 'max_attempts', code);
    return 'dead'::public.sms_settle_answer;
  end if;
  perform private.sms_close_lease(message.id, 'pending', null, code, next_at);
  return 'retry'::public.sms_settle_answer;
end;
$$;
revoke all on function
  private.sms_settle_not_sent(public.sms_messages, boolean, text, integer, double precision)
  from public, anon, authenticated;
grant execute on function
  private.sms_settle_not_sent(public.sms_messages, boolean, text, integer, double precision)
  to sms_worker;
comment on function
  private.sms_settle_not_sent(public.sms_messages, boolean, text, integer, double precision) is
  'The message was certainly not sent: schedules the next attempt with exponential backoff, or '
  'gives up. counts: whether this was one of its attempts.';


-- supabase/schemas/50_reminders/660_sms_settle_ambiguous.sql

-- Called by sms_settle.

create function private.sms_settle_ambiguous(message public.sms_messages, code text)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set maybe_sent_since = coalesce(m.maybe_sent_since, m.dispatch_started_at)
  where m.id = message.id;
  if message.attempts >= private.sms_max_attempts() then
    perform private.sms_close_lease(message.id, 'dead', 'ambiguous', code);
    return 'dead'::public.sms_settle_answer;
  end if;
  perform private.sms_close_lease(
    message.id, 'unknown', 'ambiguous', code, private.app_now() + interval '2 minutes');
  return 'unknown'::public.sms_settle_answer;
end;
$$;
revoke all on function private.sms_settle_ambiguous(public.sms_messages, text)
  from public, anon, authenticated;
grant execute on function private.sms_settle_ambiguous(public.sms_messages, text) to sms_worker;
comment on function private.sms_settle_ambiguous(public.sms_messages, text) is
  'The message may have been sent: it is looked up, or repeated, in two minutes.';


-- supabase/schemas/50_reminders/670_sms_settle_not_found.sql

-- Called by sms_settle.

create function private.sms_settle_not_found(
  message public.sms_messages, code text, on_ambiguous public.sms_ambiguity_policy
)
returns public.sms_settle_answer
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  update public.sms_messages m set lookups = m.lookups + 1 where m.id = message.id;
  if message.lookups = 0 then
    -- Asked a second time, because the provider may list a message late.
    perform private.sms_close_lease(
      message.id, 'unknown', 'ambiguous', code, now_at + interval '8 minutes');
    return 'unknown'::public.sms_settle_answer;
  elsif on_ambiguous = 'resend' then
    update public.sms_messages m set lookups = 0 where m.id = message.id;
    perform private.sms_close_lease(message.id, 'pending', 'ambiguous', code, now_at);
    return 'retry'::public.sms_settle_answer;
  end if;
  perform private.sms_close_lease(message.id, 'unknown', 'held', code, 'infinity');
  return 'held'::public.sms_settle_answer;
end;
$$;
revoke all on function
  private.sms_settle_not_found(public.sms_messages, text, public.sms_ambiguity_policy)
  from public, anon, authenticated;
grant execute on function
  private.sms_settle_not_found(public.sms_messages, text, public.sms_ambiguity_policy)
  to sms_worker;
comment on function
  private.sms_settle_not_found(public.sms_messages, text, public.sms_ambiguity_policy) is
  'A look-up did not find the message. The second one decides: hold it, or send it again.';


-- supabase/schemas/50_reminders/680_sms_settle.sql

-- Called by functions/sms-reminders after each request to a provider.

create function public.sms_settle(
  p_message_id uuid,
  p_lease_token uuid,
  p_outcome public.sms_attempt_outcome,
  p_code text default null,
  p_provider_message_id text default null,
  p_retry_after_seconds integer default null,
  p_opt_out boolean default false,
  p_on_ambiguous public.sms_ambiguity_policy default 'hold',
  p_random double precision default random(),
  p_now timestamptz default null
)
returns public.sms_settle_answer
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  message public.sms_messages;
begin
  select * into message
  from public.sms_messages m where m.id = p_message_id for no key update;
  if not found then
    return 'lost_lease'::public.sms_settle_answer;
  end if;
  update public.sms_attempts a
  set ended_at = now_at, outcome = p_outcome, code = p_code,
    provider_message_id = p_provider_message_id
  where a.lease_token = p_lease_token;

  if p_outcome = 'accepted' and exists (
    select from public.sms_messages m
    where m.provider = message.provider and m.provider_message_id = p_provider_message_id
      and m.id <> message.id
  ) then
    -- Two clients with the same number and text: the look-up found the message of the other one.
    p_outcome := 'not_found';
  end if;
  if message.lease_token is distinct from p_lease_token then
    return private.sms_settle_after_lease(message, p_outcome, p_provider_message_id);
  end if;
  if p_opt_out and message.phone is not null then
    insert into public.sms_opt_outs (salon_id, phone, source)
    values (message.salon_id, message.phone, message.provider::text::public.sms_opt_out_source)
    on conflict do nothing;
  end if;

  case p_outcome
    when 'accepted' then
      return private.sms_settle_accepted(message, p_provider_message_id);
    when 'permanent' then
      perform private.sms_close_lease(message.id, 'failed', null, p_code);
      return 'failed'::public.sms_settle_answer;
    when 'account' then
      return private.sms_settle_paused(message, p_code);
    when 'transient', 'unreached' then
      return private.sms_settle_not_sent(
        message, p_outcome = 'transient', p_code, p_retry_after_seconds, p_random);
    when 'ambiguous' then
      return private.sms_settle_ambiguous(message, p_code);
    when 'not_found' then
      return private.sms_settle_not_found(message, p_code, p_on_ambiguous);
    else
      -- unavailable: the provider could not be asked, so the message stays unknown.
      perform private.sms_close_lease(
        message.id, 'unknown', 'ambiguous', p_code, now_at + interval '2 minutes');
      return 'unknown'::public.sms_settle_answer;
  end case;
end;
$$;
revoke all on function public.sms_settle(
  uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean,
  public.sms_ambiguity_policy, double precision, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_settle(
  uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean,
  public.sms_ambiguity_policy, double precision, timestamptz) to service_role;
comment on function public.sms_settle(
  uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean,
  public.sms_ambiguity_policy, double precision, timestamptz) is
  'Stores the result of a POST (accepted, permanent, transient, unreached, account, ambiguous) or '
  'of a look-up (accepted, not_found, unavailable), and returns what became of the message. '
  'p_on_ambiguous: what to do with a message that two look-ups did not find. p_random: for tests '
  'of the backoff. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_settle(uuid, uuid, public.sms_attempt_outcome, text, text, integer, boolean, '
  'public.sms_ambiguity_policy, double precision, timestamptz)');


-- supabase/schemas/50_reminders/690_sms_finish_run.sql

-- Called by functions/sms-reminders at the end of a run.

create function public.sms_finish_run(p_run_id uuid, p_counts jsonb, p_error text default null)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.sms_runs
  set finished_at = clock_timestamp(), counts = p_counts, error = p_error
  where id = p_run_id;
$$;
revoke all on function public.sms_finish_run(uuid, jsonb, text) from public, anon, authenticated;
grant execute on function public.sms_finish_run(uuid, jsonb, text) to service_role;
comment on function public.sms_finish_run(uuid, jsonb, text) is
  'Records how a run ended. Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_finish_run(uuid, jsonb, text)');


-- supabase/schemas/50_reminders/700_sms_message_of_receipt.sql

-- Called by sms_apply_receipts.

create function private.sms_message_of_receipt(
  sending_provider public.sms_provider, receipt jsonb
)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
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
$$;
revoke all on function private.sms_message_of_receipt(public.sms_provider, jsonb)
  from public, anon, authenticated;
grant execute on function private.sms_message_of_receipt(public.sms_provider, jsonb)
  to sms_worker;
comment on function private.sms_message_of_receipt(public.sms_provider, jsonb) is
  'The message of a receipt, found by the provider''s id, or by ours if a POST of it was begun.';


-- supabase/schemas/50_reminders/710_sms_apply_receipts.sql

-- Called by functions/sms-status.

create function public.sms_apply_receipts(
  p_provider public.sms_provider, p_receipts jsonb, p_now timestamptz default null
)
returns table (applied integer, unknown integer)
language plpgsql
security definer
set search_path = ''
as $$
declare
  now_at timestamptz := private.set_app_clock(p_now);
  receipt jsonb;
  message_id uuid;
  new_status public.sms_message_status;
begin
  applied := 0;
  unknown := 0;
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
$$;
revoke all on function public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz)
  from public, anon, authenticated;
grant execute on function public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz)
  to service_role;
comment on function public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz) is
  'Stores receipts: [{messageId, providerMessageId, status: sent | delivered | undelivered | '
  'failed | null (no change), providerStatus, code, at}]. applied: how many changed a message. '
  'unknown: how many belong to no message. Security definer, because receipts are written with the '
  'rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_apply_receipts(public.sms_provider, jsonb, timestamptz)');


-- supabase/schemas/50_reminders/720_sms_record_opt_out.sql

-- Called by functions/sms-status when somebody answers STOP.

create function public.sms_record_opt_out(p_phone text, p_source public.sms_opt_out_source)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  recorded integer;
begin
  insert into public.sms_opt_outs (salon_id, phone, source)
  select salon.salon_id, p_phone, p_source
  from (
    select m.salon_id from public.sms_messages m where m.phone = p_phone
    union
    -- Old messages have no number any more, and a salon may be about to send its first one.
    select c.salon_id from public.clients c where private.e164(c.phone_number) = p_phone
  ) salon
  on conflict do nothing;
  get diagnostics recorded = row_count;
  return recorded;
end;
$$;
revoke all on function public.sms_record_opt_out(text, public.sms_opt_out_source)
  from public, anon, authenticated;
grant execute on function public.sms_record_opt_out(text, public.sms_opt_out_source)
  to service_role;
comment on function public.sms_record_opt_out(text, public.sms_opt_out_source) is
  'Records that somebody answered STOP. All salons send from the same number, so the opt-out '
  'counts for each one that wrote to that person or is about to. p_phone: E.164. Returns the '
  'number of salons for which it is new; one that a salon recorded itself does not count. Security '
  'definer, because opt-outs are written with the rights of sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_record_opt_out(text, public.sms_opt_out_source)');


-- supabase/schemas/50_reminders/730_sms_withdraw_opt_out.sql

-- Called by functions/sms-status when somebody answers START.

create function public.sms_withdraw_opt_out(p_phone text, p_source public.sms_opt_out_source)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  withdrawn integer;
begin
  -- An opt-out that a salon recorded itself can only be withdrawn by the salon.
  delete from public.sms_opt_outs o where o.phone = p_phone and o.source = p_source;
  get diagnostics withdrawn = row_count;
  delete from private.erased_opt_outs o
  where o.source = p_source and o.phone_hash = private.opt_out_hash(o.salon_id, p_phone);
  return withdrawn;
end;
$$;
revoke all on function public.sms_withdraw_opt_out(text, public.sms_opt_out_source)
  from public, anon, authenticated;
grant execute on function public.sms_withdraw_opt_out(text, public.sms_opt_out_source)
  to service_role;
comment on function public.sms_withdraw_opt_out(text, public.sms_opt_out_source) is
  'Withdraws the opt-outs that the same provider recorded, because somebody answered START. '
  'Returns the number of salons. Security definer, because opt-outs are written with the rights of '
  'sms_worker.';
select private.assign_to_sms_worker(
  'public.sms_withdraw_opt_out(text, public.sms_opt_out_source)');


-- supabase/schemas/60_privacy/100_retention.sql

-- How long personal data is kept.

create table private.retention (
  kept_days integer not null default 90,
  constraint retention_kept_days_is_valid check (kept_days between 1 and 3650)
);
insert into private.retention default values;

create unique index retention_is_one_row on private.retention ((true));

comment on table private.retention is
  'One row. kept_days: how long bodies of deliveries, and texts and numbers of messages, are kept: '
  'update private.retention set kept_days = 30.';

alter table private.retention enable row level security;
revoke all on table private.retention from public, anon, authenticated, service_role;


-- supabase/schemas/60_privacy/110_redacted_payload.sql

-- Called wherever a payload is removed.

create function private.redacted_payload(why text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('redacted', why);
$$;
revoke all on function private.redacted_payload(text) from public, anon, authenticated;
grant execute on function private.redacted_payload(text) to service_role;
comment on function private.redacted_payload(text) is
  'What replaces a removed webhook_logs.payload. why: retention or erasure.';


-- supabase/schemas/60_privacy/120_trim_deliveries.sql

-- Removes old payloads. Called by pg_cron.

create function private.trim_deliveries(batch integer default 1000)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  kept_days integer := (select r.kept_days from private.retention r);
  trimmed integer;
begin
  update public.webhook_logs l
  set payload = private.redacted_payload('retention'), redacted_at = now(),
    -- A delivery that belongs to no appointment is not needed any more and cannot become one.
    booking = case when old.is_needed then l.booking end,
    next_attempt_at = case when old.is_needed then l.next_attempt_at end
  from (
    select o.id, exists (
      select from public.calendar_event_uids u
      join public.calendar_events e on e.id = u.event_id and e.salon_id = o.salon_id
      where u.booking_uid = o.booking_uid and o.seat_id in (u.seat_id, '')) as is_needed
    from public.webhook_logs o
    where o.redacted_at is null and o.created_at < now() - make_interval(days => kept_days)
    order by o.created_at
    limit batch
    for update skip locked
  ) old
  where l.id = old.id;
  get diagnostics trimmed = row_count;
  return trimmed;
end;
$$;
revoke all on function private.trim_deliveries(integer) from public, anon, authenticated;
comment on function private.trim_deliveries(integer) is
  'Called by pg_cron: removes the bodies of deliveries that are older than private.retention '
  'allows, oldest first, at most one batch. What was read from a body is kept as long as an '
  'appointment is folded from it, because the row cannot be computed without it and contains the '
  'same contact; for deliveries that never became an appointment (invalid, dead, ignored) it is '
  'removed too. Returns how many. The job repeats the call until none is left.';


-- supabase/schemas/60_privacy/130_trim_messages.sql

-- Removes old texts and numbers. Called by pg_cron.

create function private.trim_messages(kept_days integer default 90)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  trimmed integer;
begin
  update public.sms_messages m
  set body = null, phone = null, phone_number = null, lease_token = null, lease_until = null,
    -- Messages that remained when the job was disabled.
    status = case when m.status in ('pending', 'leased', 'unknown') then 'dead' else m.status end
  where m.not_after < now() - make_interval(days => kept_days)
    and (m.body is not null or m.phone is not null or m.phone_number is not null);
  get diagnostics trimmed = row_count;
  delete from public.sms_runs r where r.started_at < now() - interval '30 days';
  return trimmed;
end;
$$;
revoke all on function private.trim_messages(integer) from public, anon, authenticated;
comment on function private.trim_messages(integer) is
  'Called by pg_cron: removes text and number of messages whose appointments were more than '
  'kept_days ago, and deletes old runs. What happened and when is kept. Returns how many messages '
  'were redacted.';


-- supabase/schemas/60_privacy/200_erased_email.sql

-- Called where the address of an erased person is replaced or recognized.

create function private.erased_email()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return 'erased@erased.invalid';
end;
$$;
revoke all on function private.erased_email() from public, anon, authenticated;
grant execute on function private.erased_email() to service_role;
comment on function private.erased_email() is
  'Replaces the address of an erased person in webhook_logs.booking, so that a no-show still finds '
  'its appointment. It is never stored in calendar_events.';


-- supabase/schemas/60_privacy/210_without_personal_data.sql

-- Called where personal data is removed from a booking.

create function private.without_personal_data(booking jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_object_agg(member.key, member.value)
  from jsonb_each(booking) member
  where jsonb_typeof(member.value) in ('boolean', 'number')
    or member.key in ('trigger', 'uid', 'rescheduleUid', 'seatId', 'occurredAt',
      'organizerUsername', 'hostUsername', 'hostName', 'startTime', 'endTime', 'snapshot')
    -- UIDs made by Cal.com consist of the first uid.
    or member.key = 'icalUid' and member.value #>> '{}' ~ '^[^@]+@Cal\.com$';
$$;
revoke all on function private.without_personal_data(jsonb) from public, anon, authenticated;
grant execute on function private.without_personal_data(jsonb) to service_role;
comment on function private.without_personal_data(jsonb) is
  'The members of a CalendarBooking that identify nobody. An allowlist, so that a new member is '
  'removed by default.';


-- supabase/schemas/60_privacy/220_redact_booking.sql

-- Called by private.erase_unapplied_deliveries, private.erase_deliveries and
-- private.erased_delivery.

create function private.redact_booking(booking jsonb, seat text, email text, phone text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  person jsonb := private.matching_attendee(booking, email, phone);
begin
  if person is null and email is null and phone is null then
    person := booking -> 'attendees' -> 0;
  end if;
  return private.without_personal_data(booking)
    || jsonb_build_object(
      'seatId', coalesce(booking ->> 'seatId', nullif(seat, '')),
      'attendeeEmail', private.erased_email(),
      'attendees', case when person is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object(
          'email', private.erased_email(), 'phone', null, 'noShow', person -> 'noShow')) end);
end;
$$;
revoke all on function private.redact_booking(jsonb, text, text, text)
  from public, anon, authenticated;
grant execute on function private.redact_booking(jsonb, text, text, text) to service_role;
comment on function private.redact_booking(jsonb, text, text, text) is
  'The booking of one appointment without its person and guests. seat: the id of its seat, empty '
  'for a plain booking. email, phone: of the person, to tell them from guests; if both are '
  'unknown, the person is the first attendee.';


-- supabase/schemas/60_privacy/230_redact_slot_booking.sql

-- Called by private.erase_deliveries and private.erased_delivery.

create function private.redact_slot_booking(booking jsonb, appointment public.calendar_events)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  is_known boolean := coalesce(appointment.attendee_email, appointment.attendee_phone) is not null;
begin
  return private.without_personal_data(booking) || jsonb_strip_nulls(jsonb_build_object(
    -- Common to all seats, unless it is a phone number, which is somebody's.
    'location', case when private.e164(booking ->> 'location') is null
      then booking -> 'location' end,
    'meetingUrl', booking -> 'meetingUrl',
    'cancellationReason', case when (booking ->> 'wholeSlot')::boolean
      then booking -> 'cancellationReason' end
  )) || jsonb_build_object('attendees', (
    select coalesce(jsonb_agg(kept.entry), '[]'::jsonb)
    from jsonb_array_elements(booking -> 'attendees') a
    cross join lateral (
      select private.is_same_person(a ->> 'email', a ->> 'phone',
          appointment.attendee_email, appointment.attendee_phone) as is_erased,
        a ->> 'email' = private.erased_email() or exists (
          select from public.calendar_event_uids u
          join public.calendar_events e on e.id = u.event_id
          where u.booking_uid in (booking ->> 'uid', booking ->> 'rescheduleUid')
            and e.erased_at is null and e.id <> appointment.id and private.is_same_person(
              a ->> 'email', a ->> 'phone', e.attendee_email, e.attendee_phone)) as is_kept
    ) person
    cross join lateral (
      select a as entry where person.is_kept or is_known and not person.is_erased
      union all
      select jsonb_build_object(
        'email', private.erased_email(), 'phone', null, 'noShow', a -> 'noShow')
      where person.is_erased
    ) kept
  ));
end;
$$;
revoke all on function private.redact_slot_booking(jsonb, public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.redact_slot_booking(jsonb, public.calendar_events)
  to service_role;
comment on function private.redact_slot_booking(jsonb, public.calendar_events) is
  'The booking of a whole slot without the person of one seat. The other attendees stay; if the '
  'person''s contact is unknown, only those with a known seat.';


-- supabase/schemas/60_privacy/240_erase_deliveries.sql

-- Called by private.write_appointment for erased appointments.

create function private.erase_deliveries(appointment public.calendar_events)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_booking(
      l.booking, l.seat_id, appointment.attendee_email, appointment.attendee_phone),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now()),
    erased_at = now()
  where (l.booking_uid, l.seat_id) in (
      select u.booking_uid, u.seat_id
      from public.calendar_event_uids u where u.event_id = appointment.id)
    and (l.salon_id = appointment.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = appointment.salon_id)
    and l.erased_at is null;
  if appointment.seat_id is null then
    return;
  end if;
  update public.webhook_logs l
  set booking = private.redact_slot_booking(l.booking, appointment),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now())
  where l.seat_id = '' and l.booking_uid in (
      select u.booking_uid from public.calendar_event_uids u where u.event_id = appointment.id)
    and (l.salon_id = appointment.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = appointment.salon_id)
    and l.booking is not null
    and (l.redacted_at is null
      or private.matching_attendee(
        l.booking, appointment.attendee_email, appointment.attendee_phone) is not null);
end;
$$;
revoke all on function private.erase_deliveries(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.erase_deliveries(public.calendar_events) to service_role;
comment on function private.erase_deliveries(public.calendar_events) is
  'Removes the person from all deliveries of an erased appointment that still name them: at the '
  'erasure, and whenever another delivery arrives. Deliveries that are deferred for another salon '
  'stay.';


-- supabase/schemas/60_privacy/290_contacts.sql

-- What identifies a client in texts. See private.unique_contacts.

create type private.contacts as (
  phone text,
  email text,
  hint text,
  pattern text
);
comment on type private.contacts is
  'phone: E.164. email: in lower case. pattern: the regular expression that finds either in a '
  'text; null if both are null. hint: one that finds at least the same, and is forty times '
  'as fast.';


-- supabase/schemas/60_privacy/295_phone_gap.sql

-- Called by private.phone_pattern and private.contact_hint.

create function private.phone_gap()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '[^0-9[:alpha:]":@]{0,3}';
end;
$$;
revoke all on function private.phone_gap() from public, anon, authenticated;
comment on function private.phone_gap() is
  'A regular expression of what may stand between two digits of a phone number.';


-- supabase/schemas/60_privacy/300_phone_pattern.sql

-- Called by private.contact_pattern.

create function private.phone_pattern(phone text)
returns text
language plpgsql
immutable
strict
set search_path = ''
as $$
declare
  gap constant text := private.phone_gap();
  digits text := substr(phone, 2);
  -- The country code has one to three digits and may be left out. Fewer than nine digits without it
  -- could be anything.
  national text := (
    select string_agg(
      regexp_replace(substr(digits, skipped + 1), '(.)(?=.)', '\1' || gap, 'g'), '|')
    from generate_series(0, least(3, length(digits) - 9)) as skipped);
begin
  return concat(
    '(?:(?:\+|(?<![0-9])00)', gap, regexp_replace(digits, '(.)(?=.)', '\1' || gap, 'g'),
    -- A number of JSON is an id or an amount.
    '|(?<![0-9]|": )'
      '(?!(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./]|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}'
      '|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))'
      '(?:0' || gap || ')?(?:' || national || ')',
    ')(?![0-9]|:[0-9])');
end;
$$;
revoke all on function private.phone_pattern(text) from public, anon, authenticated;
comment on function private.phone_pattern(text) is
  'A regular expression that finds a phone number in free text or JSON, in any spelling, with or '
  'without its country code, but not as part of a longer number, in a date or in a time. phone: '
  'E.164. Null if it is null.';


-- supabase/schemas/60_privacy/302_contact_pattern.sql

-- Called by private.unique_contacts.

create function private.contact_pattern(phone text, email text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return nullif(concat_ws('|',
    private.phone_pattern(phone),
    -- In JSON, the escape of a line break may stand before the address.
    '(?:(?<![[:alnum:]._%+-])|(?<=\\[bfnrt]))'
      || regexp_replace(lower(email), '([^[:alnum:]@_-])', '\\\1', 'g')
      || '(?![[:alnum:]-]|\.[[:alnum:]])'), '');
end;
$$;
revoke all on function private.contact_pattern(text, text) from public, anon, authenticated;
comment on function private.contact_pattern(text, text) is
  'A regular expression that finds a phone number in any spelling and an e-mail address in any '
  'case, but not as part of a longer one. phone: E.164. Null if both are null.';

create function private.contact_hint(phone text, email text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return nullif(concat_ws('|',
    regexp_replace(right(substr(phone, 2), 9), '(.)(?=.)', '\1' || private.phone_gap(), 'g'),
    regexp_replace(lower(email), '([^[:alnum:]@_-])', '\\\1', 'g')), '');
end;
$$;
revoke all on function private.contact_hint(text, text) from public, anon, authenticated;
comment on function private.contact_hint(text, text) is
  'A regular expression that finds at least what private.contact_pattern finds. It looks at '
  'nothing around a match, which is what makes the pattern slow, so it sorts out most texts first.';


-- supabase/schemas/60_privacy/305_host_contacts.sql

-- Called by private.unique_contacts.

create function private.host_contacts(salon uuid)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select lower(u.email) from auth.users u
    where u.id = (select s.user_id from public.salons s where s.id = salon)
      or u.id in (select m.user_id from public.salon_members m where m.salon_id = salon)
    union
    select contact.value
    from (
      select distinct body #>> '{organizer,email}' as organizer,
        body #>> '{organizer,phoneNumber}' as phone, body #>> '{user,email}' as owner,
        body ->> 'userPrimaryEmail' as primary_email, body #>> '{hosts,0,email}' as host,
        body #>> '{destinationCalendar,0,primaryEmail}' as calendar
      from public.webhook_logs l
      -- A webhook has the booking in payload, or is the booking, as is an answer of the API.
      cross join lateral (select coalesce(l.payload -> 'payload', l.payload) as body) delivered
      where l.salon_id = salon and l.redacted_at is null
    ) hosts
    cross join lateral (
      values (lower(organizer)), (private.e164(phone)), (lower(owner)), (lower(primary_email)),
        (lower(host)), (lower(calendar))
    ) as contact (value)
    where contact.value is not null
  );
end;
$$;
revoke all on function private.host_contacts(uuid) from public, anon, authenticated;
comment on function private.host_contacts(uuid) is
  'The e-mail addresses, in lower case, and phone numbers, in E.164, of the members of a salon and '
  'of the hosts of its bookings. They stand in every delivery and name no client.';


-- supabase/schemas/60_privacy/310_unique_contacts.sql

-- Called first where a client is erased or exported.

create function private.unique_contacts(client public.clients)
returns private.contacts
language plpgsql
stable
set search_path = ''
as $$
declare
  of_hosts text[] := private.host_contacts(client.salon_id);
  own private.contacts;
begin
  own.phone := private.e164(client.phone_number);
  if own.phone = any (of_hosts) or exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and private.e164(c.phone_number) = own.phone) then
    own.phone := null;
  end if;
  -- Must look like an address: a salon may have entered "brak", which would match everybody's data.
  own.email := substring(lower(trim(client.email)) from '^[^[:space:]@]+@[^[:space:]@]+$');
  if own.email = any (of_hosts) or exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and lower(c.email) = own.email) then
    own.email := null;
  end if;
  own.hint := private.contact_hint(own.phone, own.email);
  own.pattern := private.contact_pattern(own.phone, own.email);
  return own;
end;
$$;
revoke all on function private.unique_contacts(public.clients) from public, anon, authenticated;
comment on function private.unique_contacts(public.clients) is
  'The phone and e-mail that only this client has. A contact that a couple shares is also the '
  'other''s data and identifies neither; that of a host identifies no client.';


-- supabase/schemas/60_privacy/315_names_contact.sql

-- Called where many texts are searched.

create function private.names_contact(words text, own private.contacts)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when words ~* own.hint then words ~* own.pattern else false end;
end;
$$;
revoke all on function private.names_contact(text, private.contacts)
  from public, anon, authenticated;
comment on function private.names_contact(text, private.contacts) is
  'Whether a text, or JSON as text, contains the phone or e-mail.';


-- supabase/schemas/60_privacy/320_client_appointments.sql

-- Called by erase_client and export_client.

create function private.client_appointments(client public.clients, phone text, email text)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select e.id from public.calendar_events e
    where e.salon_id = client.salon_id and e.erased_at is null
      and (e.client_id = client.id
        or e.client_id is null and (
          lower(e.attendee_email) = client_appointments.email
          or private.e164(e.attendee_phone) = client_appointments.phone
            -- The known e-mail of another client outweighs the phone number.
            and not exists (
              select from public.clients c
              where c.salon_id = client.salon_id and c.id <> client.id
                and lower(c.email) = lower(e.attendee_email))))
  );
end;
$$;
revoke all on function private.client_appointments(public.clients, text, text)
  from public, anon, authenticated;
comment on function private.client_appointments(public.clients, text, text) is
  'The appointments of a client: linked ones, and unlinked ones with a phone or e-mail that only '
  'this client has (private.unique_contacts).';


-- supabase/schemas/60_privacy/330_appointment_deliveries.sql

-- Called by erase_client and export_client.

create function private.appointment_deliveries(client public.clients, appointments uuid[])
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select l.id, false
  from public.calendar_event_uids u
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
  where u.event_id = any (appointments)
    and (l.salon_id = client.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = client.salon_id)
  union
  -- A delivery about a whole slot is not about one appointment, even if the client has all seats.
  select l.id, true
  from public.calendar_event_uids u
  join public.calendar_events e on e.id = u.event_id
  join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = ''
  where u.event_id = any (appointments) and u.seat_id <> ''
    and (l.salon_id = client.salon_id
      or l.salon_id is null and private.find_salon(l.booking) = client.salon_id)
    and private.matching_attendee(l.booking, e.attendee_email, e.attendee_phone) is not null;
end;
$$;
revoke all on function private.appointment_deliveries(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.appointment_deliveries(public.clients, uuid[]) is
  'The deliveries from which appointments of a client are computed. is_mention: the delivery is '
  'about appointments of others as well.';


-- supabase/schemas/60_privacy/340_is_about_appointment.sql

-- Called by private.erase_client_data and private.unlinked_client_deliveries.

create function private.is_about_appointment(delivery public.webhook_logs, salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id and e.salon_id = salon
    where u.booking_uid = delivery.booking_uid and delivery.seat_id in (u.seat_id, ''));
end;
$$;
revoke all on function private.is_about_appointment(public.webhook_logs, uuid)
  from public, anon, authenticated;
comment on function private.is_about_appointment(public.webhook_logs, uuid) is
  'Whether a delivery is about an appointment of the salon, or about the slot that its seat is in.';


-- supabase/schemas/60_privacy/343_may_search_unassigned.sql

-- Called where the deliveries of a client are searched.

create function private.may_search_unassigned()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return current_setting('role') <> 'authenticated';
end;
$$;
revoke all on function private.may_search_unassigned() from public, anon, authenticated;
comment on function private.may_search_unassigned() is
  'Whether the caller may search deliveries that belong to no salon yet: not for a member, who '
  'could enter the contact of another salon''s client.';


-- supabase/schemas/60_privacy/345_is_client_delivery.sql

-- Called by private.search_deliveries and private.unlinked_client_deliveries.

create function private.is_client_delivery(
  delivery public.webhook_logs, client uuid, salon uuid, own private.contacts
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return delivery.erased_at is null
    and (private.names_contact(concat(delivery.booking::text, ' ', delivery.payload::text), own)
      or delivery.booking ->> 'clientId' = client::text
        and not private.is_about_appointment(delivery, salon))
    and (delivery.salon_id = salon
      or delivery.salon_id is null
        and coalesce(private.find_salon(delivery.booking), salon) = salon);
end;
$$;
revoke all on function private.is_client_delivery(public.webhook_logs, uuid, uuid, private.contacts)
  from public, anon, authenticated;
comment on function private.is_client_delivery(public.webhook_logs, uuid, uuid, private.contacts) is
  'Whether a delivery of the salon, or of none, contains a phone or e-mail of the client, or was '
  'booked with the client''s id and never became an appointment.';


-- supabase/schemas/60_privacy/350_unlinked_client_deliveries.sql

-- Called by export_client.

create function private.unlinked_client_deliveries(
  client public.clients, appointments uuid[], own private.contacts
)
returns table (log_id uuid, is_mention boolean)
language plpgsql
stable
set search_path = ''
as $$
declare
  linked uuid[] := array(
    select v.log_id from private.appointment_deliveries(client, appointments) v);
begin
  return query
  select l.id, private.is_about_appointment(l, client.salon_id)
  from public.webhook_logs l
  where (l.salon_id = client.salon_id
      or l.salon_id is null and private.may_search_unassigned())
    and l.id <> all (linked)
    and private.is_client_delivery(l, client.id, client.salon_id, own);
end;
$$;
revoke all on function private.unlinked_client_deliveries(public.clients, uuid[], private.contacts)
  from public, anon, authenticated;
comment on function private.unlinked_client_deliveries(public.clients, uuid[], private.contacts) is
  'Other deliveries that contain the client''s contact, see private.is_client_delivery. Reads all '
  'of the salon, which takes about a second for 10,000 bodies. is_mention: the delivery is about '
  'appointments of others; if not, it never became an appointment.';


-- supabase/schemas/60_privacy/360_pets_only_of_client.sql

-- Called by erase_client and export_client.

create function private.pets_only_of_client(client public.clients, appointments uuid[])
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select p.id from public.pets p
    where p.salon_id = client.salon_id
      and not exists (
        select from public.client_pets o where o.pet_id = p.id and o.client_id <> client.id)
      and (p.id in (select cp.pet_id from public.client_pets cp where cp.client_id = client.id)
        or p.id in (select e.pet_id from public.calendar_events e where e.id = any (appointments))
          and not exists (
            select from public.calendar_events e
            where e.pet_id = p.id and e.client_id <> client.id))
  );
end;
$$;
revoke all on function private.pets_only_of_client(public.clients, uuid[])
  from public, anon, authenticated;
comment on function private.pets_only_of_client(public.clients, uuid[]) is
  'The pets of this client and nobody else, including pets that are linked only through the '
  'client''s appointments.';


-- supabase/schemas/60_privacy/400_redact_text.sql

-- Called wherever a contact is removed from free text.

create function private.redact_text(words text, pattern text)
returns text
language sql
immutable
set search_path = ''
as $$
  select regexp_replace(words, pattern, '[usunięto]', 'gi');
$$;
revoke all on function private.redact_text(text, text) from public, anon, authenticated;
comment on function private.redact_text(text, text) is
  'A text with every match of the pattern replaced, so that the salon sees that something was '
  'removed.';


-- supabase/schemas/60_privacy/410_redact_contact.sql

-- Called by private.redact_mentions.

create function private.redact_contact(booking jsonb, pattern text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_object_agg(member.key, case
      when member.key = 'attendees' then (
        select coalesce(jsonb_agg(case
          when a::text ~* pattern then jsonb_build_object(
            'email', private.erased_email(), 'phone', null, 'noShow', a -> 'noShow')
          else a end), '[]'::jsonb)
        from jsonb_array_elements(member.value) a)
      -- The name belongs to the address.
      when member.key = 'attendeeName' and booking ->> 'attendeeEmail' ~* pattern
        then 'null'::jsonb
      when jsonb_typeof(member.value) <> 'string' or member.value #>> '{}' !~* pattern
        then member.value
      when member.key = 'attendeeEmail' then to_jsonb(private.erased_email())
      when member.key = 'attendeePhone' then 'null'::jsonb
      else to_jsonb(private.redact_text(member.value #>> '{}', pattern))
    end)
    from jsonb_each(booking) member
  );
end;
$$;
revoke all on function private.redact_contact(jsonb, text) from public, anon, authenticated;
comment on function private.redact_contact(jsonb, text) is
  'Another person''s booking without the contact that the pattern finds.';


-- supabase/schemas/60_privacy/415_redact_base.sql

-- Called by private.erase_mentions.

create function private.redact_base(fold_state jsonb, pattern text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  base jsonb := fold_state -> 'base';
begin
  if base is null then
    return fold_state;
  end if;
  return fold_state || jsonb_build_object('base', base || jsonb_build_object(
    'title', private.redact_text(base ->> 'title', pattern),
    'description', private.redact_text(base ->> 'description', pattern),
    'location', private.redact_text(base ->> 'location', pattern),
    'meeting_url', private.redact_text(base ->> 'meeting_url', pattern),
    'cancellation_reason', private.redact_text(base ->> 'cancellation_reason', pattern),
    'attendee_name', case when base ->> 'attendee_email' ~* pattern then null
      else private.redact_text(base ->> 'attendee_name', pattern) end,
    'attendee_email', case when base ->> 'attendee_email' !~* pattern
      then base ->> 'attendee_email' end,
    'attendee_phone', case when base ->> 'attendee_phone' !~* pattern
      then base ->> 'attendee_phone' end));
end;
$$;
revoke all on function private.redact_base(jsonb, text) from public, anon, authenticated;
comment on function private.redact_base(jsonb, text) is
  'The fold_state of an appointment that BarkBook inserted, without a person''s contact in the row '
  'that its fold starts from.';


-- supabase/schemas/60_privacy/418_redact_mentions.sql

-- Called by private.erase_client_data, private.erase_mentions and private.continue_erasure.

create function private.redact_mentions(deliveries uuid[], pattern text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_contact(l.booking, pattern),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now())
  where l.id = any (deliveries);
end;
$$;
revoke all on function private.redact_mentions(uuid[], text) from public, anon, authenticated;
comment on function private.redact_mentions(uuid[], text) is
  'Removes a person''s contact from deliveries about appointments of others, or of several people.';


-- supabase/schemas/60_privacy/420_erase_mentions.sql

-- Called by private.erase_client_data.

create function private.erase_mentions(salon uuid, client uuid, own private.contacts)
returns integer
language plpgsql
set search_path = ''
as $$
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
          e.attendee_name, e.attendee_email, e.attendee_phone, e.fold_state), own));
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
$$;
revoke all on function private.erase_mentions(uuid, uuid, private.contacts)
  from public, anon, authenticated;
comment on function private.erase_mentions(uuid, uuid, private.contacts) is
  'Removes a person''s contact from the data of others: an appointment that somebody else booked '
  'with their number, and its deliveries, or a note about a pet. Returns the number of deliveries.';


-- supabase/schemas/60_privacy/425_erased_opt_outs.sql

-- What erased people told a provider: STOP.

create table private.erased_opt_outs (
  salon_id uuid not null references public.salons (id) on delete cascade,
  phone_hash text not null,
  source public.sms_opt_out_source not null,
  primary key (salon_id, phone_hash, source)
);

comment on table private.erased_opt_outs is
  'Opt-outs by STOP of erased clients, so that nobody takes them back by deleting and adding a '
  'client. The opt-out returns with the number: private.restore_opt_outs.';
comment on column private.erased_opt_outs.phone_hash is 'See private.opt_out_hash.';

alter table private.erased_opt_outs enable row level security;
revoke all on table private.erased_opt_outs from public, anon, authenticated, service_role;
grant select, delete on table private.erased_opt_outs to sms_worker;

create policy "the SMS worker can see erased opt-outs" on private.erased_opt_outs
  for select to sms_worker using (true);
create policy "the SMS worker can withdraw erased opt-outs" on private.erased_opt_outs
  for delete to sms_worker using (true);

create function private.opt_out_hash(salon uuid, phone text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return encode(sha256(convert_to(salon::text || phone, 'UTF8')), 'hex');
end;
$$;
revoke all on function private.opt_out_hash(uuid, text) from public, anon, authenticated;
grant execute on function private.opt_out_hash(uuid, text) to sms_worker;
comment on function private.opt_out_hash(uuid, text) is
  'By what an erased opt-out is recognized: SHA-256 of salon and E.164 number, hexadecimal.';


-- supabase/schemas/60_privacy/428_restore_opt_outs.sql

-- Brings an erased opt-out back. Trigger on clients.

create function private.restore_opt_outs()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  number text := private.e164(new.phone_number);
begin
  insert into public.sms_opt_outs (salon_id, phone, source)
  select e.salon_id, number, e.source
  from private.erased_opt_outs e
  where e.salon_id = new.salon_id
    and e.phone_hash = private.opt_out_hash(new.salon_id, number)
  on conflict do nothing;
  return null;
end;
$$;
revoke all on function private.restore_opt_outs() from public, anon, authenticated;
comment on function private.restore_opt_outs() is
  'Trigger: a client with the number of an erased one who had sent STOP is opted out again. '
  'Security definer, because members can record opt-outs of their own only.';

create trigger restore_opt_outs
  after insert or update of phone_number on public.clients
  for each row execute function private.restore_opt_outs();


-- supabase/schemas/60_privacy/430_erase_messages.sql

-- Called by private.erase_client_data.

create function private.erase_messages(client public.clients, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  emptied integer;
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
  where m.salon_id = client.salon_id
    and (m.client_id = client.id
      or m.client_id is null and m.phone = erase_messages.phone);
  get diagnostics emptied = row_count;
  return emptied;
end;
$$;
revoke all on function private.erase_messages(public.clients, text)
  from public, anon, authenticated;
comment on function private.erase_messages(public.clients, text) is
  'Removes number and text from the messages to a person, and cancels those that were not sent. '
  'Returns how many.';


-- supabase/schemas/60_privacy/432_erase_opt_outs.sql

-- Called by private.erase_client_data.

create function private.erase_opt_outs(salon uuid, phone text)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  erased integer;
begin
  insert into private.erased_opt_outs (salon_id, phone_hash, source)
  select o.salon_id, private.opt_out_hash(o.salon_id, o.phone), o.source
  from public.sms_opt_outs o
  where o.salon_id = salon and o.phone = erase_opt_outs.phone and o.source <> 'salon'
  on conflict do nothing;
  delete from public.sms_opt_outs o where o.salon_id = salon and o.phone = erase_opt_outs.phone;
  get diagnostics erased = row_count;
  return erased;
end;
$$;
revoke all on function private.erase_opt_outs(uuid, text) from public, anon, authenticated;
comment on function private.erase_opt_outs(uuid, text) is
  'Removes the opt-outs of a number, and remembers a STOP without it. Returns how many.';


-- supabase/schemas/60_privacy/435_erase_unapplied_deliveries.sql

-- Called by private.erase_client_data and private.continue_erasure.

create function private.erase_unapplied_deliveries(deliveries uuid[], email text, phone text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_booking(l.booking, l.seat_id, email, phone),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now()),
    erased_at = now()
  where l.id = any (deliveries) and l.erased_at is null;
end;
$$;
revoke all on function private.erase_unapplied_deliveries(uuid[], text, text)
  from public, anon, authenticated;
comment on function private.erase_unapplied_deliveries(uuid[], text, text) is
  'Removes a person, found by e-mail or phone, from deliveries that never became an appointment.';


-- supabase/schemas/60_privacy/440_client_erasures.sql

-- Which clients were erased, when and by whom.

create table public.client_erasures (
  client_id uuid not null,
  salon_id uuid not null references public.salons (id) on delete cascade,
  erased_by uuid,
  erased_at timestamptz not null default now(),
  counts jsonb not null,
  finished_at timestamptz,
  -- Another salon can insert a client with the id of an erased one.
  primary key (salon_id, client_id)
);

create index client_erasures_client_id_idx on public.client_erasures (client_id);

create index client_erasures_salon_id_erased_at_idx
  on public.client_erasures (salon_id, erased_at);

comment on table public.client_erasures is
  'Who was erased, by whom and when, as evidence for the salon. The id identifies nobody any more.';
comment on column public.client_erasures.erased_by is
  'An id of auth.users; null for service_role. Not a foreign key, so that the record outlasts the '
  'account.';
comment on column public.client_erasures.counts is
  'The erased rows by table: the result of erase_client.';
comment on column public.client_erasures.finished_at is
  'When all deliveries had been searched for the client; null as long as the job continues.';

alter table public.client_erasures enable row level security;
revoke all on table public.client_erasures from public, anon, authenticated, service_role;
grant select on table public.client_erasures to authenticated, service_role;

create policy "owners can see the erasures of their salon" on public.client_erasures
  for select to authenticated
  using (
    private.refuse_estimates() and salon_id = any ((select private.owned_salon_ids())::uuid[])
  );


-- supabase/schemas/60_privacy/445_unfinished_erasures.sql

-- Erasures whose search of the deliveries has not ended.

create table private.unfinished_erasures (
  client_id uuid not null,
  salon_id uuid not null,
  own private.contacts not null,
  includes_unassigned boolean not null,
  searched_at timestamptz not null default '-infinity',
  searched_id uuid not null default '00000000-0000-0000-0000-000000000000',
  primary key (salon_id, client_id),
  constraint unfinished_erasures_client_erasures_fkey foreign key (salon_id, client_id)
    references public.client_erasures (salon_id, client_id) on delete cascade
);

comment on table private.unfinished_erasures is
  'Erasures that the job barkbook_erase continues. A row holds the contact to search for, and is '
  'deleted when the search ends.';
comment on column private.unfinished_erasures.includes_unassigned is
  'Whether deliveries that belong to no salon are searched: private.may_search_unassigned when the '
  'client was deleted.';
comment on column private.unfinished_erasures.searched_at is
  'With searched_id, the last delivery that was searched.';

alter table private.unfinished_erasures enable row level security;
revoke all on table private.unfinished_erasures from public, anon, authenticated, service_role;


-- supabase/schemas/60_privacy/446_next_deliveries.sql

-- Called by private.search_deliveries.

create function private.next_deliveries(erasure private.unfinished_erasures, batch integer)
returns setof public.webhook_logs
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Not one condition with "or", for which Postgres would sort all deliveries of the salon.
  return query
  select d.* from (
    (select l.* from public.webhook_logs l
      where l.salon_id = erasure.salon_id
        and (l.created_at, l.id) > (erasure.searched_at, erasure.searched_id)
      order by l.created_at, l.id limit batch)
    union all
    (select l.* from public.webhook_logs l
      where erasure.includes_unassigned and l.salon_id is null
        and (l.created_at, l.id) > (erasure.searched_at, erasure.searched_id)
      order by l.created_at, l.id limit batch)
  ) d
  order by d.created_at, d.id limit batch;
end;
$$;
revoke all on function private.next_deliveries(private.unfinished_erasures, integer)
  from public, anon, authenticated;
comment on function private.next_deliveries(private.unfinished_erasures, integer) is
  'The deliveries that an erasure searches next, in the order of their arrival.';


-- supabase/schemas/60_privacy/447_searched_deliveries.sql

-- The search of an erasure in one batch of deliveries.

create type private.searched_deliveries as (
  matching uuid[],
  last_at timestamptz,
  last_id uuid,
  is_end boolean
);
comment on type private.searched_deliveries is
  'matching: deliveries that contain the contact of an erased client. last_at, last_id: the last '
  'delivery that was searched. is_end: whether there are no more.';

-- Called by private.continue_erasure.
create function private.search_deliveries(erasure private.unfinished_erasures, batch integer)
returns private.searched_deliveries
language plpgsql
set search_path = ''
as $$
declare
  deadline timestamptz := clock_timestamp() + interval '1 second';
  searched private.searched_deliveries := ('{}', null, null, true);
  delivery public.webhook_logs;
  remaining integer := batch;
begin
  for delivery in
    select n.* from private.next_deliveries(erasure, batch) n order by n.created_at, n.id
  loop
    if private.is_client_delivery(delivery, erasure.client_id, erasure.salon_id, erasure.own) then
      searched.matching := searched.matching || delivery.id;
    end if;
    searched.last_at := delivery.created_at;
    searched.last_id := delivery.id;
    remaining := remaining - 1;
    searched.is_end := remaining > 0 and clock_timestamp() < deadline;
    -- Long bodies take a second each. Meanwhile the deliveries of the salon wait.
    exit when not searched.is_end;
  end loop;
  return searched;
end;
$$;
revoke all on function private.search_deliveries(private.unfinished_erasures, integer)
  from public, anon, authenticated;
comment on function private.search_deliveries(private.unfinished_erasures, integer) is
  'Searches the next deliveries for the contact of an erased client, for about a second: at least '
  'one and at most a batch.';


-- supabase/schemas/60_privacy/448_continue_erasure.sql

-- Called by private.erase_deleted_client and private.continue_erasures, both of which hold the lock
-- of the salon.

create function private.continue_erasure(salon uuid, erased uuid, batch integer default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  erasure private.unfinished_erasures;
  searched private.searched_deliveries;
  found_ids uuid[];
  mentions uuid[];
begin
  select u.* into erasure
  from private.unfinished_erasures u where u.salon_id = salon and u.client_id = erased;
  searched := private.search_deliveries(erasure, batch);

  -- Read again, because one without a salon may have been assigned to another meanwhile.
  perform from public.webhook_logs l where l.id = any (searched.matching)
  order by l.id for update;
  select coalesce(array_agg(l.id), '{}'),
    coalesce(array_agg(l.id) filter (where private.is_about_appointment(l, salon)), '{}')
  into found_ids, mentions
  from public.webhook_logs l
  where l.id = any (searched.matching) and l.erased_at is null
    and (l.salon_id is null or l.salon_id = salon);
  perform private.redact_mentions(mentions, (erasure.own).pattern);
  perform private.erase_unapplied_deliveries(
    array(select unnest(found_ids) except select unnest(mentions)), (erasure.own).email,
    (erasure.own).phone);

  update public.client_erasures e
  set counts = e.counts || jsonb_build_object(
      'webhook_logs', (e.counts -> 'webhook_logs')::integer + cardinality(found_ids)),
    finished_at = case when searched.is_end then now() end
  where e.salon_id = salon and e.client_id = erased;
  if searched.is_end then
    delete from private.unfinished_erasures u where u.salon_id = salon and u.client_id = erased;
    return false;
  end if;
  update private.unfinished_erasures u
  set searched_at = searched.last_at, searched_id = searched.last_id
  where u.salon_id = salon and u.client_id = erased;
  return true;
end;
$$;
revoke all on function private.continue_erasure(uuid, uuid, integer)
  from public, anon, authenticated;
comment on function private.continue_erasure(uuid, uuid, integer) is
  'Erases a client from the next deliveries that contain their contact: at most one batch, and as '
  'many as private.search_deliveries reads. Returns whether there are more to search.';


-- supabase/schemas/60_privacy/449_record_erasure.sql

-- Called by private.erase_client_data.

create function private.record_erasure(
  client public.clients, own private.contacts, counts jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The salon may have inserted a client with the id of an erased one.
  delete from public.client_erasures e
  where e.salon_id = client.salon_id and e.client_id = client.id;
  insert into public.client_erasures (client_id, salon_id, erased_by, counts)
  values (client.id, client.salon_id, (select auth.uid()), counts);
  insert into private.unfinished_erasures (client_id, salon_id, own, includes_unassigned)
  values (client.id, client.salon_id, own, private.may_search_unassigned());
end;
$$;
revoke all on function private.record_erasure(public.clients, private.contacts, jsonb)
  from public, anon, authenticated;
comment on function private.record_erasure(public.clients, private.contacts, jsonb) is
  'Records an erasure, and what its search has to find.';


-- supabase/schemas/60_privacy/450_erase_client_data.sql

-- Called by private.erase_deleted_client.

create function private.erase_client_data(client public.clients)
returns void
language plpgsql
set search_path = ''
as $$
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
  set erased_at = now(), client_id = null, pet_id = null, link_source = null
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
    'sms_opt_outs', private.erase_opt_outs(client.salon_id, own.phone));
  delete from public.pets p where p.id = any (pets);
  perform private.record_erasure(client, own, counts);
end;
$$;
revoke all on function private.erase_client_data(public.clients) from public, anon, authenticated;
comment on function private.erase_client_data(public.clients) is
  'Erases what an index finds of a client who is being deleted, and records how many rows that '
  'are. private.continue_erasure searches the other deliveries.';


-- supabase/schemas/60_privacy/455_erase_deleted_client.sql

-- Deleting a client is erasing them. Trigger on clients.

create function private.erase_deleted_client()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- The salon itself is being deleted, with everything of the client, or there never was one.
  if not exists (select from public.salons s where s.id = old.salon_id) then
    return old;
  end if;
  -- Waits for the deliveries of the salon that are being applied, and blocks later ones. No
  -- reminder can be planned for a client whose row is locked.
  perform private.lock_salon(old.salon_id);
  perform private.erase_client_data(old);
  -- Well before the Data API ends the request, and for all clients of the statement together. The
  -- job continues from there.
  while clock_timestamp() < statement_timestamp() + interval '2 seconds' loop
    exit when not private.continue_erasure(old.salon_id, old.id);
  end loop;
  return old;
end;
$$;
revoke all on function private.erase_deleted_client() from public, anon, authenticated;
comment on function private.erase_deleted_client() is
  'Trigger: erases a client who is deleted, whoever deletes them. What an index finds is erased at '
  'once; the search of the other deliveries ends after two seconds and is continued by '
  'private.continue_erasures. Security definer, because members may not otherwise write the '
  'calendar.';

create trigger erase_deleted_client
  before delete on public.clients
  for each row execute function private.erase_deleted_client();


-- supabase/schemas/60_privacy/457_continue_erasures.sql

-- Continues erasures that had too many deliveries to search. Called by pg_cron.

create function private.continue_erasures(after uuid default null, batch integer default 500)
returns uuid
language plpgsql
set search_path = ''
as $$
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
      hashtextextended('salon ' || erasure.salon_id::text, 0));
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
$$;
revoke all on function private.continue_erasures(uuid, integer) from public, anon, authenticated;
comment on function private.continue_erasures(uuid, integer) is
  'Called by pg_cron: searches the next deliveries for one erased client of the next salon. after: '
  'the salon whose turn it was. Returns the salon; null if no erasure is left that can be '
  'continued. One that fails stays unfinished and does not stop the others. The job repeats the '
  'call, each in its own transaction.';


-- supabase/schemas/60_privacy/460_erase_client.sql

-- Called by owners, and by service_role.

create function public.erase_client(p_client_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Several salons may have had a client with this id, one after another.
  salon uuid := (
    select s.id
    from (
      select c.salon_id as id, 'infinity' as since from public.clients c where c.id = p_client_id
      union all
      select e.salon_id, e.erased_at from public.client_erasures e
      where e.client_id = p_client_id
    ) s
    where private.can_manage_salon(s.id)
    order by s.since desc limit 1);
begin
  if salon is null then
    raise exception 'There is no such client'
      using errcode = 'PT404', hint = 'Owners can erase the clients of their salon.';
  end if;
  -- Before the row of the client, as a delivery does.
  perform private.lock_salon(salon);
  delete from public.clients c where c.id = p_client_id and c.salon_id = salon;
  return (
    select case when found then e.counts
      else (select jsonb_object_agg(c.key, 0) from jsonb_each(e.counts) c) end
    from public.client_erasures e
    where e.salon_id = salon and e.client_id = p_client_id);
end;
$$;
revoke all on function public.erase_client(uuid) from public, anon, authenticated;
grant execute on function public.erase_client(uuid) to authenticated, service_role;
comment on function public.erase_client(uuid) is
  'Erases a client permanently, as deleting the row does: the client, pets that belong to nobody '
  'else, and the opt-out; from appointments, deliveries and messages everything that identifies '
  'the person, while the rows stay to be counted. Messages that were not sent are cancelled. '
  'Appointments and deliveries that are not linked to the client are found by phone (in any '
  'spelling) and e-mail, unless another client of the salon or a host has the same. Deliveries '
  'that are not searched within two seconds follow by the job: see client_erasures.finished_at. '
  'Returns the rows erased so far by table; zeros if the client was erased before. For owners of '
  'the salon and service_role; for others the client does not exist: PT404. Security definer, '
  'because it reads erasures and locks the salon.';


-- supabase/schemas/60_privacy/470_export_delivery.sql

-- Called by private.export_deliveries.

create function private.export_delivery(
  delivery public.webhook_logs, is_mention boolean, pattern text
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'received_at', delivery.created_at, 'webhook_type', delivery.webhook_type,
    'cal_com_event_id', delivery.cal_com_event_id
  ) || case when is_mention then jsonb_build_object('attendees', (
      select coalesce(jsonb_agg(a), '[]'::jsonb)
      from jsonb_array_elements(delivery.booking -> 'attendees') a where a::text ~* pattern))
    else jsonb_build_object('booking', delivery.booking, 'payload', delivery.payload) end;
end;
$$;
revoke all on function private.export_delivery(public.webhook_logs, boolean, text)
  from public, anon, authenticated;
comment on function private.export_delivery(public.webhook_logs, boolean, text) is
  'A delivery as its person may see it. If it is a mention, only their own entry.';


-- supabase/schemas/60_privacy/475_export_deliveries.sql

-- Called by export_client.

create function private.export_deliveries(
  client public.clients, appointments uuid[], own private.contacts
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(private.export_delivery(l, d.is_mention, own.pattern)
      order by l.created_at), '[]'::jsonb)
    from (
      select v.log_id, v.is_mention from private.appointment_deliveries(client, appointments) v
      union
      select o.log_id, o.is_mention
      from private.unlinked_client_deliveries(client, appointments, own) o
    ) d
    join public.webhook_logs l on l.id = d.log_id
  );
end;
$$;
revoke all on function private.export_deliveries(public.clients, uuid[], private.contacts)
  from public, anon, authenticated;
comment on function private.export_deliveries(public.clients, uuid[], private.contacts) is
  'The deliveries of a client, as private.export_delivery shows each.';


-- supabase/schemas/60_privacy/480_export_client.sql

-- Called by owners, and by service_role.

create function public.export_client(p_client_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
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
        'local_date', m.local_date, 'phone', coalesce(m.phone, m.phone_number), 'body', m.body,
        'status', m.status, 'provider', m.provider, 'sent_at', m.sent_at)
        order by m.created_at), '[]'::jsonb)
      from public.sms_messages m
      where m.salon_id = client.salon_id
        and (m.client_id = client.id or m.client_id is null and m.phone = own.phone)),
    'sms_opt_outs', (
      select coalesce(jsonb_agg(to_jsonb(o) - 'salon_id'), '[]'::jsonb)
      from public.sms_opt_outs o
      where o.salon_id = client.salon_id and o.phone = private.e164(client.phone_number))
  );
end;
$$;
revoke all on function public.export_client(uuid) from public, anon, authenticated;
grant execute on function public.export_client(uuid) to authenticated, service_role;
comment on function public.export_client(uuid) is
  'Everything that is stored about a client, as JSON by table: what erase_client would erase, '
  'except that an owner does not get deliveries without a salon. Where others are concerned too, '
  'only the client''s own entry. For owners of the salon and service_role; for others the client '
  'does not exist: PT404. Security definer, because members may not otherwise read the bodies of '
  'deliveries.';


-- supabase/schemas/70_views/100_local_span.sql

-- Called by the views of a day, of a week, and of the figures of each day.

create function private.local_span(
  unit text, moment timestamptz, zone text, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  first_date date := date_trunc(unit, moment at time zone zone);
  next_date date := first_date + ('1 ' || unit)::interval;
  hour constant interval := interval '1 hour';
begin
  starts_at := first_date::timestamp at time zone zone;
  ends_at := next_date::timestamp at time zone zone;
  -- Where clocks change at midnight, as on the Azores and in Cuba, there are two midnights
  -- in autumn, of which Postgres takes the last. It reads one that spring lacks as an hour later.
  if ((starts_at - hour) at time zone zone)::date = first_date then
    starts_at := starts_at - hour;
  end if;
  if ((ends_at - hour) at time zone zone)::date = next_date then
    ends_at := ends_at - hour;
  end if;
end;
$$;
revoke all on function private.local_span(text, timestamptz, text) from public, anon;
grant execute on function private.local_span(text, timestamptz, text)
  to authenticated, service_role;
comment on function private.local_span(text, timestamptz, text) is
  'The day or week (from Monday) of a time zone that contains a moment: from starts_at up to, not '
  'including, ends_at. A join on these two columns can use the index on start_time under row level '
  'security; an expression over timezone could not.';


-- supabase/schemas/70_views/110_appointments.sql

-- The view that the other appointment views select from.

create view public.appointments with (security_invoker = true) as
select
  e.id, e.cal_com_event_id, e.salon_id, e.client_id, e.pet_id, e.title, e.description,
  e.start_time, e.end_time, e.duration_minutes, e.status, e.attendee_email, e.attendee_phone,
  e.location, e.meeting_url, e.created_at, e.updated_at, e.synced_at, e.ical_uid,
  e.last_event_at, e.status_before_no_show, e.cancelled_at, e.cancellation_reason, e.link_source,
  e.auto_completed_at, e.erased_at,
  n.is_over,
  case when n.is_over and e.status in ('scheduled', 'confirmed') then 'completed' else e.status end
    as effective_status,
  s.name as salon_name,
  s.timezone,
  (e.start_time at time zone s.timezone)::date as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_start,
  to_char(e.end_time at time zone s.timezone, 'HH24:MI') as local_end,
  e.host_username, e.host_name, e.seat_id, e.attendee_name
from public.calendar_events e
join public.salons s on s.id = e.salon_id
cross join lateral (select e.end_time < (select private.app_now()) as is_over) n;
revoke all on table public.appointments from public, anon, authenticated, service_role;
grant select on table public.appointments to authenticated, service_role;
comment on view public.appointments is
  'Every appointment of the reader''s salons, whatever its status. Filter by start_time.';
comment on column public.appointments.is_over is 'Whether its end has passed.';
comment on column public.appointments.effective_status is
  'status, but completed for a scheduled or confirmed appointment that is over.';
comment on column public.appointments.local_date is
  'The date of the start in the salon''s time zone.';
comment on column public.appointments.local_start is
  'The start by the salon''s clock, such as 09:30.';
comment on column public.appointments.local_end is 'The end by the salon''s clock.';


-- supabase/schemas/70_views/120_todays_appointments.sql

-- Read by the client library, shared/calendar/appointments.ts.

create view public.todays_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end,
  a.host_username, a.host_name, a.seat_id, a.attendee_name
from public.appointments a
cross join lateral private.local_span('day', private.app_now(), a.timezone) as today
where a.start_time >= today.starts_at and a.start_time < today.ends_at;
revoke all on table public.todays_appointments from public, anon, authenticated, service_role;
grant select on table public.todays_appointments to authenticated;
comment on view public.todays_appointments is
  'The appointments that begin on the current day of each salon, including cancelled ones: see '
  'status.';


-- supabase/schemas/70_views/130_tomorrows_appointments.sql

-- Read by clients over the Data API. The reminder job reads due_reminders.

create view public.tomorrows_appointments with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  s.name as salon_name,
  s.timezone,
  e.client_id,
  c.name as client_name,
  e.pet_id,
  p.name as pet_name,
  e.start_time,
  to_char(e.start_time at time zone s.timezone, 'YYYY-MM-DD') as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_time,
  e.status
from public.calendar_events e
join public.salons s on s.id = e.salon_id
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
where e.status in ('scheduled', 'confirmed')
  -- Bounds for the index: tomorrow is always within them, even when the clocks change.
  and e.start_time > private.app_now()
  and e.start_time < private.app_now() + interval '50 hours'
  and (e.start_time at time zone s.timezone)::date
    = (private.app_now() at time zone s.timezone)::date + 1;
revoke all on table public.tomorrows_appointments from public, anon, authenticated, service_role;
grant select on table public.tomorrows_appointments to authenticated, service_role, sms_worker;
comment on view public.tomorrows_appointments is
  'The appointments of the next calendar day in each salon''s own time zone.';


-- supabase/schemas/70_views/140_this_weeks_appointments.sql

-- Read by the client library, shared/calendar/appointments.ts.

create view public.this_weeks_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end,
  a.host_username, a.host_name, a.seat_id, a.attendee_name
from public.appointments a
cross join lateral private.local_span('week', private.app_now(), a.timezone) as week
where a.start_time >= week.starts_at and a.start_time < week.ends_at;
revoke all on table public.this_weeks_appointments from public, anon, authenticated, service_role;
grant select on table public.this_weeks_appointments to authenticated;
comment on view public.this_weeks_appointments is
  'The appointments that begin from Monday to Sunday of the current week of each salon, including '
  'cancelled ones: see status.';


-- supabase/schemas/70_views/150_upcoming_appointments.sql

-- Read by the client library, shared/calendar/appointments.ts.

create view public.upcoming_appointments with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end,
  a.host_username, a.host_name, a.seat_id, a.attendee_name
from public.appointments a
where a.start_time >= private.app_now() and a.status in ('pending', 'scheduled', 'confirmed');
revoke all on table public.upcoming_appointments from public, anon, authenticated, service_role;
grant select on table public.upcoming_appointments to authenticated;
comment on view public.upcoming_appointments is
  'The appointments that have not begun and were not cancelled. Pending ones may never take place.';


-- supabase/schemas/70_views/160_pet_history.sql

-- Read by the client library, shared/calendar/appointments.ts.

create view public.pet_history with (security_invoker = true) as
select
  a.id, a.cal_com_event_id, a.salon_id, a.client_id, a.pet_id, a.title, a.description,
  a.start_time, a.end_time, a.duration_minutes, a.status, a.attendee_email, a.attendee_phone,
  a.location, a.meeting_url, a.created_at, a.updated_at, a.synced_at, a.ical_uid,
  a.last_event_at, a.status_before_no_show, a.cancelled_at, a.cancellation_reason, a.link_source,
  a.auto_completed_at, a.erased_at,
  a.is_over, a.effective_status, a.salon_name, a.timezone, a.local_date, a.local_start, a.local_end,
  a.host_username, a.host_name, a.seat_id, a.attendee_name
from public.appointments a
where a.pet_id is not null and a.effective_status = 'completed';
revoke all on table public.pet_history from public, anon, authenticated, service_role;
grant select on table public.pet_history to authenticated;
comment on view public.pet_history is
  'The completed appointments of each pet: those that Cal.com completed, and those whose end has '
  'passed. Cancelled and missed ones are left out.';


-- supabase/schemas/70_views/170_appointment_daily_stats.sql

-- Read by the client library, shared/calendar/salons.ts.

create view public.appointment_daily_stats with (security_invoker = true) as
select s.id as salon_id, day.local_date, d.appointments, d.completed, d.cancelled, d.no_shows
from public.salons s
cross join lateral (
  select
    (min(e.start_time) at time zone s.timezone)::date as first_date,
    (max(e.start_time) at time zone s.timezone)::date as last_date,
    (private.app_now() at time zone s.timezone)::date as today
  from public.calendar_events e
  where e.salon_id = s.id
) known
-- Day by day, so that a condition on local_date becomes a condition on the index over start_time.
-- Limited, because a single booking for the year 3000 would add every day until then.
cross join lateral (
  select g::date as local_date
  from generate_series(
    greatest(known.first_date, known.today - 5 * 366)::timestamp,
    least(known.last_date, known.today + 366)::timestamp,
    interval '1 day') as g
  -- greatest() and least() ignore null.
  where known.first_date is not null
) day
cross join lateral private.local_span(
  'day', (day.local_date + time '12:00') at time zone s.timezone, s.timezone) as span
cross join lateral (
  select
    count(*) filter (where e.status in ('scheduled', 'confirmed', 'completed')) as appointments,
    count(*) filter (where e.status = 'completed' or (
      e.status in ('scheduled', 'confirmed') and e.end_time < (select private.app_now())
    )) as completed,
    count(*) filter (where e.status = 'cancelled') as cancelled,
    count(*) filter (where e.status = 'no_show') as no_shows
  from public.calendar_events e
  where e.salon_id = s.id
    and e.start_time >= span.starts_at and e.start_time < span.ends_at
) d;
revoke all on table public.appointment_daily_stats from public, anon, authenticated, service_role;
grant select on table public.appointment_daily_stats to authenticated;
comment on view public.appointment_daily_stats is
  'Every day from a salon''s first appointment to its last, in its own time zone, including days '
  'without appointments; at most five years back and one ahead. Filter by local_date.';
comment on column public.appointment_daily_stats.appointments is
  'Took place or will: neither pending nor cancelled nor missed.';
comment on column public.appointment_daily_stats.completed is
  'Those of appointments that are over, whether Cal.com completed them or not.';


-- supabase/schemas/70_views/180_my_salons.sql

-- Read by the client library, shared/calendar/salons.ts.

create view public.my_salons with (security_invoker = true) as
select
  s.id,
  s.name,
  s.address,
  s.timezone,
  case when s.id = any ((select private.owned_salon_ids())::uuid[]) then 'owner' else 'staff' end
    ::public.member_role as role,
  s.phone_number
from public.salons s;
revoke all on table public.my_salons from public, anon, authenticated, service_role;
grant select on table public.my_salons to authenticated;
comment on view public.my_salons is 'The salons of the signed-in user, with their role in each.';


-- supabase/schemas/70_views/190_search_pets.sql

-- Called by the client library, shared/calendar/salons.ts.

create function public.search_pets(
  p_text text, p_salon_id uuid default null, p_limit integer default 20
)
returns setof public.pets
language plpgsql
stable
security definer
rows 20
set search_path = ''
as $$
declare
  sought record := private.search_patterns(p_text);
  salons uuid[] := private.salons_to_search(p_salon_id);
begin
  if sought.texts = '{}' then
    return;
  end if;
  return query
  select p.*
  from public.pets p
  left join (
    select cp.pet_id, string_agg(concat_ws(' ', c.name, c.surname), ' ') as names,
      string_agg(translate(c.phone_number, ' -+()./', ''), ' ') as phones
    from public.clients c
    join public.client_pets cp on cp.client_id = c.id
    where c.salon_id = any (salons)
    group by cp.pet_id
  ) owners on owners.pet_id = p.id
  where p.salon_id = any (salons)
    and (concat_ws(' ', p.name, owners.names) ~* all (sought.texts)
      or owners.phones like any (sought.phones))
  order by p.name, p.id
  limit least(greatest(p_limit, 0), 100);
end;
$$;
revoke all on function public.search_pets(text, uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function public.search_pets(text, uuid, integer) to authenticated;
comment on function public.search_pets(text, uuid, integer) is
  'The pets whose name and owners contain every word, in any case and without regard to '
  'diacritics, or one of whose owners has the phone number, however it is written; by name, at '
  'most p_limit (100). Reads all pets of the salon, or of all salons of the member. Security '
  'definer, because policies would be checked for every pet and client.';


-- supabase/schemas/70_views/195_search_clients.sql

-- Called by the client library, shared/calendar/salons.ts.

create function public.search_clients(
  p_text text, p_salon_id uuid default null, p_limit integer default 20
)
returns setof public.clients
language plpgsql
stable
security definer
rows 20
set search_path = ''
as $$
declare
  sought record := private.search_patterns(p_text);
  salons uuid[] := private.salons_to_search(p_salon_id);
begin
  if sought.texts = '{}' then
    return;
  end if;
  return query
  select c.*
  from public.clients c
  left join (
    select cp.client_id, string_agg(p.name, ' ') as names
    from public.pets p
    join public.client_pets cp on cp.pet_id = p.id
    where p.salon_id = any (salons)
    group by cp.client_id
  ) pets on pets.client_id = c.id
  where c.salon_id = any (salons)
    and (concat_ws(' ', c.name, c.surname, pets.names) ~* all (sought.texts)
      or translate(c.phone_number, ' -+()./', '') like any (sought.phones))
  order by c.surname, c.name, c.id
  limit least(greatest(p_limit, 0), 100);
end;
$$;
revoke all on function public.search_clients(text, uuid, integer)
  from public, anon, authenticated, service_role;
grant execute on function public.search_clients(text, uuid, integer) to authenticated;
comment on function public.search_clients(text, uuid, integer) is
  'The clients whose name and pets contain every word, in any case and without regard to '
  'diacritics, or who have the phone number, however it is written; by surname, at most p_limit '
  '(100). Reads all clients of the salon, or of all salons of the member. Security definer, '
  'because policies would be checked for every pet and client.';


-- supabase/schemas/70_views/200_webhook_health.sql

-- Read by the client library, shared/calendar/sync.ts.

create view public.webhook_health with (security_invoker = true) as
select
  s.id as salon_id,
  d.deliveries,
  d.success_count,
  d.processing_count,
  d.error_count,
  round(100.0 * d.success_count / nullif(d.deliveries, 0), 2) as success_percentage,
  round(100.0 * d.processing_count / nullif(d.deliveries, 0), 2) as processing_percentage,
  round(100.0 * d.error_count / nullif(d.deliveries, 0), 2) as error_percentage,
  d.p50_duration_ms,
  d.p95_duration_ms,
  coalesce(d.last_delivery_at, (
    select w.created_at
    from public.webhook_logs w
    where w.salon_id = s.id and w.webhook_type <> 'BOOKING_SYNCED'
    order by w.created_at desc
    limit 1
  )) as last_delivery_at
from public.salons s
cross join lateral (
  select
    count(*) as deliveries,
    max(w.created_at) as last_delivery_at,
    count(*) filter (where w.status = 'success') as success_count,
    count(*) filter (where w.status = 'processing') as processing_count,
    count(*) filter (where w.status = 'error') as error_count,
    percentile_cont(0.5) within group (order by w.duration_ms)::numeric(10, 1) as p50_duration_ms,
    percentile_cont(0.95) within group (order by w.duration_ms)::numeric(10, 1) as p95_duration_ms
  from public.webhook_logs w
  where w.salon_id = s.id and w.created_at > private.app_now() - interval '24 hours'
    and w.webhook_type <> 'BOOKING_SYNCED'
) d;
revoke all on table public.webhook_health from public, anon, authenticated, service_role;
grant select on table public.webhook_health to authenticated;
comment on view public.webhook_health is
  'One row per salon: what came of the deliveries of the last 24 hours, and when the last one ever '
  'arrived. Percentages and durations are null without deliveries. Snapshots do not count.';
comment on column public.webhook_health.processing_count is
  'Deliveries deferred until their booking arrives or their rate limit has passed.';
comment on column public.webhook_health.p95_duration_ms is
  'Milliseconds that the database spent on a delivery: 95% took no longer.';


-- supabase/schemas/70_views/208_booking_of_delivery.sql

-- Called by the view failed_deliveries.

create function private.booking_of_delivery(delivery uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'title', l.booking ->> 'title',
      'booker', l.booking ->> 'attendeeName',
      'phone', coalesce(
        private.e164(l.booking ->> 'attendeePhone'), l.booking ->> 'attendeePhone'),
      'start_time', l.booking ->> 'startTime')
    from public.webhook_logs l
    where l.id = delivery and l.status <> 'success' and l.erased_at is null
      and l.salon_id = any (private.salon_ids()) and jsonb_typeof(l.booking) = 'object');
end;
$$;
revoke all on function private.booking_of_delivery(uuid) from public, anon;
grant execute on function private.booking_of_delivery(uuid) to authenticated;
comment on function private.booking_of_delivery(uuid) is
  'Whose booking a failed delivery of the caller''s salon is about, and when, so that somebody can '
  'phone; null if it cannot be read. Security definer, because members may not otherwise read the '
  'bodies of deliveries.';


-- supabase/schemas/70_views/210_failed_deliveries.sql

-- Read by the client library, shared/calendar/sync.ts.

create view public.failed_deliveries with (security_invoker = true) as
select
  w.id as log_id,
  w.salon_id,
  w.webhook_type,
  w.cal_com_event_id,
  w.status,
  w.action,
  w.reason,
  w.error_message,
  w.warnings,
  w.occurred_at,
  w.created_at,
  w.attempts,
  w.next_attempt_at,
  -- A subquery, so that it is computed only for the rows of a page, after sorting.
  (select private.booking_of_delivery(w.id)) as booking
from public.webhook_logs w
where w.status <> 'success';
revoke all on table public.failed_deliveries from public, anon, authenticated, service_role;
grant select on table public.failed_deliveries to authenticated;
comment on view public.failed_deliveries is
  'Deliveries that changed nothing yet. reason says why, error_message explains it to a person, '
  'next_attempt_at says when the retry is due.';
comment on column public.failed_deliveries.booking is
  'What can be read of the booking: title, booker, phone and start_time, each of which may be null. '
  'Null if nothing can be, or the person was erased.';


-- supabase/schemas/70_views/220_sync_lag.sql

-- Read by the client library, shared/calendar/sync.ts.

create view public.sync_lag with (security_invoker = true) as
select
  booked.id as event_id,
  s.id as salon_id,
  booked.cal_com_event_id,
  booked.created_at,
  booked.synced_at,
  round(extract(epoch from booked.synced_at - booked.created_at), 3) as lag_seconds
from public.salons s
cross join lateral (
  select e.id, e.cal_com_event_id, e.created_at, e.synced_at
  from public.calendar_events e
  where e.salon_id = s.id
  order by e.created_at desc
  limit 200
) booked;
revoke all on table public.sync_lag from public, anon, authenticated, service_role;
grant select on table public.sync_lag to authenticated;
comment on view public.sync_lag is
  'For the 200 most recently booked appointments of each salon, how long they took from the '
  'booking in Cal.com to this database. For bookings made before the salon joined, until it '
  'joined.';


-- supabase/schemas/70_views/230_reminder_log.sql

-- Read by the client library, shared/calendar/reminders.ts.

create view public.reminder_log with (security_invoker = true) as
select
  m.id as message_id,
  m.salon_id,
  m.client_id,
  m.local_date,
  m.phone_number,
  m.body,
  m.segments,
  m.provider,
  m.status,
  case
    when m.status in ('pending', 'leased') then 'upcoming'
    when m.status in ('undelivered', 'failed', 'dead', 'expired') then 'failed'
    else m.status::text
  end::public.reminder_outcome as outcome,
  m.reason,
  m.error_code,
  m.attempts,
  m.next_attempt_at,
  m.sent_at,
  m.final_at,
  m.created_at,
  s.timezone,
  to_char(coalesce(m.sent_at, m.next_attempt_at) at time zone s.timezone, 'YYYY-MM-DD HH24:MI')
    as local_send_at,
  -- A subquery, so that it is computed only for the rows of a page, after sorting.
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'event_id', covered.event_id,
      'local_start', to_char(covered.start_time at time zone s.timezone, 'HH24:MI'),
      'pet_name', p.name
    ) order by covered.start_time, covered.event_id), '[]')
    from public.sms_message_events covered
    left join public.calendar_events e on e.id = covered.event_id
    left join public.pets p on p.id = e.pet_id
    where covered.message_id = m.id
  ) as appointments
from public.sms_messages m
join public.salons s on s.id = m.salon_id
where m.kind = 'reminder';
revoke all on table public.reminder_log from public, anon, authenticated, service_role;
grant select on table public.reminder_log to authenticated;
comment on view public.reminder_log is
  'Every planned reminder and what became of it. Numbers and texts are not masked: members see '
  'their clients anyway, and have to recognize a wrong number.';
comment on column public.reminder_log.local_send_at is
  'When it was sent or will be, in the salon''s time zone.';
comment on column public.reminder_log.appointments is
  'The appointments that the reminder covers: event_id, local_start, pet_name. Empty once they '
  'were moved or deleted, or another message told the client again.';


-- supabase/schemas/70_views/240_upcoming_reminders.sql

-- Read by the client library, shared/calendar/reminders.ts.

create view public.upcoming_reminders with (security_invoker = true) as
select
  e.id as event_id,
  e.salon_id,
  e.client_id,
  e.pet_id,
  e.start_time,
  s.timezone,
  (e.start_time at time zone s.timezone)::date as local_date,
  to_char(e.start_time at time zone s.timezone, 'HH24:MI') as local_start,
  allowed.send_at,
  to_char(allowed.send_at at time zone s.timezone, 'YYYY-MM-DD HH24:MI') as local_send_at,
  case
    when e.client_id is null then 'no_client'
    when not c.has_gdpr_consent then 'no_consent'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = c.salon_id and o.phone = private.e164(c.phone_number))
      then 'opted_out'
    when e.created_at > d.due_at
      and (e.created_at at time zone s.timezone)::date
        = (e.start_time at time zone s.timezone)::date then 'booked_same_day'
    when allowed.send_at >= e.start_time - r.min_lead then 'no_window'
  end::public.sms_reason as skip_reason,
  e.attendee_name
from public.calendar_events e
join public.salons s on s.id = e.salon_id
join public.sms_settings r on r.salon_id = e.salon_id and r.enabled
left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
left join public.sms_message_events covered
  on covered.event_id = e.id and covered.start_time = e.start_time and covered.kind = 'reminder'
cross join lateral (
  select private.reminder_due_at(e.start_time, s.timezone, r, private.sms_allowed_at(
    e.start_time - make_interval(hours => r.hours_before),
    s.timezone, r.quiet_from, r.quiet_to)) as due_at
) d
cross join lateral private.sms_allowed_at(
  greatest(d.due_at, private.app_now(),
    coalesce(greatest(e.created_at, e.last_event_at), '-infinity') + r.delay_after_booking),
  s.timezone, r.quiet_from, r.quiet_to) as allowed (send_at)
where e.status in ('scheduled', 'confirmed')
  and e.start_time > private.app_now()
  and e.start_time < private.app_now() + interval '9 days'
  and covered.event_id is null;
revoke all on table public.upcoming_reminders from public, anon, authenticated, service_role;
grant select on table public.upcoming_reminders to authenticated;
comment on view public.upcoming_reminders is
  'Appointments of the next nine days that no message covers yet, and when their reminder will be '
  'sent as things stand. With another appointment on the same day it may be sent earlier. Once a '
  'reminder is due and planned, it is in reminder_log.';
comment on column public.upcoming_reminders.skip_reason is
  'Why no reminder will be sent unless somebody corrects it. The phone number is checked only when '
  'the reminder is sent.';


-- supabase/schemas/70_views/300_calendar_feeds.sql

-- Calendar feeds.

create table public.calendar_feeds (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  token_hash bytea not null constraint calendar_feeds_token_hash_key unique,
  shows_clients boolean not null default false,
  created_at timestamptz not null default now(),
  constraint calendar_feeds_token_hash_is_sha256 check (length(token_hash) = 32)
);

comment on table public.calendar_feeds is
  'Salons with a calendar feed, which anyone who knows its address can read.';
comment on column public.calendar_feeds.token_hash is
  'SHA-256 of the secret in the address. The secret itself is not stored.';
comment on column public.calendar_feeds.shows_clients is
  'Whether the feed includes the client''s first name and the title of the booking, which contains '
  'the full name. Otherwise it includes only the name of the pet.';
comment on column public.calendar_feeds.created_at is 'When the address last changed.';

create trigger keep_key
  before update of salon_id on public.calendar_feeds
  for each row when (new.salon_id <> old.salon_id) execute function private.refuse_new_key();

alter table public.calendar_feeds enable row level security;
revoke all on table public.calendar_feeds from public, anon, authenticated, service_role;
grant select (salon_id, shows_clients, created_at), update (shows_clients), delete
  on table public.calendar_feeds to authenticated;
grant select, insert, update, delete on table public.calendar_feeds to service_role;

create policy "members can see the feed settings of their salon"
  on public.calendar_feeds for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "owners can change what the feed shows" on public.calendar_feeds
  for update to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]))
  with check (salon_id = any ((select private.owned_salon_ids())::uuid[]));
create policy "owners can delete the feed" on public.calendar_feeds
  for delete to authenticated
  using (salon_id = any ((select private.owned_salon_ids())::uuid[]));


-- supabase/schemas/70_views/310_rotate_calendar_feed_token.sql

-- Called by owners in the dashboard.

create function public.rotate_calendar_feed_token(p_salon_id uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Twice 122 random bits, without an extension.
  token text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
  if p_salon_id is null or p_salon_id <> all (private.owned_salon_ids()) then
    raise exception 'Only an owner of the salon can create the address of its feed'
      using errcode = 'insufficient_privilege', hint = 'Ask an owner of the salon.';
  end if;
  insert into public.calendar_feeds as f (salon_id, token_hash)
  values (p_salon_id, sha256(convert_to(token, 'UTF8')))
  on conflict (salon_id) do update set token_hash = excluded.token_hash, created_at = now();
  return token;
end;
$$;
revoke all on function public.rotate_calendar_feed_token(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.rotate_calendar_feed_token(uuid) to authenticated;
comment on function public.rotate_calendar_feed_token(uuid) is
  'For owners: creates a new secret for the address of the salon''s feed and returns it this one '
  'time; the previous address stops working. Security definer, because nobody may choose a secret '
  'or read its hash.';


-- supabase/schemas/70_views/320_feed_time.sql

-- Called by calendar_feed.

create function private.feed_time(moment timestamptz, zone text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  wall_time timestamp := moment at time zone zone;
begin
  -- When clocks are put back, an hour occurs twice. iCalendar defines it as the first, but not
  -- every calendar program does so.
  if zone = 'UTC' or wall_time in (
    (moment - interval '1 hour') at time zone zone, (moment + interval '1 hour') at time zone zone
  ) then
    return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
  end if;
  return to_char(wall_time, 'YYYY-MM-DD"T"HH24:MI:SS');
end;
$$;
revoke all on function private.feed_time(timestamptz, text) from public, anon, authenticated;
grant execute on function private.feed_time(timestamptz, text) to service_role;
comment on function private.feed_time(timestamptz, text) is
  'A moment by the clock of a zone, such as 2026-11-24T09:30:00; in UTC, with a Z, where that '
  'clock shows the same time twice.';


-- supabase/schemas/70_views/330_calendar_feed.sql

-- Called by functions/calendar-feed.

create function public.calendar_feed(p_token text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'salon_id', s.id,
      'name', s.name,
      'timezone', s.timezone,
      'appointments', coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', e.id,
          'status', e.status,
          'pet', p.name,
          'client', case when f.shows_clients then c.name end,
          'title', case when f.shows_clients then e.title end,
          'start', private.feed_time(e.start_time, s.timezone),
          'end', private.feed_time(e.end_time, s.timezone),
          'changed_at', private.feed_time(coalesce(e.updated_at, e.start_time), 'UTC'),
          'sequence', greatest(extract(epoch from e.updated_at - e.created_at)::integer, 0)
        ) order by e.start_time, e.id)
        from public.calendar_events e
        left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
        left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
        where e.salon_id = s.id
          and e.start_time >= private.app_now() - interval '60 days'
          and e.start_time < private.app_now() + interval '365 days'
      ), '[]'))
    from public.calendar_feeds f
    join public.salons s on s.id = f.salon_id
    where f.token_hash = sha256(convert_to(p_token, 'UTF8'))
  );
end;
$$;
revoke all on function public.calendar_feed(text) from public, anon, authenticated;
grant execute on function public.calendar_feed(text) to service_role;
comment on function public.calendar_feed(text) is
  'What functions/calendar-feed writes for the salon of a token: its appointments from 60 days ago '
  'to 365 days ahead, including cancelled ones; null for an unknown token. One value, because the '
  'Data API would cut off rows. sequence never decreases, and increases with any change that is '
  'made at least a second later.';


-- supabase/schemas/70_views/340_end_feed_of_owner.sql

-- Ends the feed of a salon that an owner leaves. Trigger on salon_members and salons.

create function private.end_feed_of_owner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_table_name = 'salons' then
    delete from public.calendar_feeds f where f.salon_id = old.id;
  else
    delete from public.calendar_feeds f where f.salon_id = old.salon_id;
  end if;
  return null;
end;
$$;
revoke all on function private.end_feed_of_owner() from public, anon, authenticated;
comment on function private.end_feed_of_owner() is
  'Trigger: an owner who left may know the address of the feed, so it stops working. Security '
  'definer, because members who leave may not delete the feed.';

create trigger end_feed_of_owner
  after delete on public.salon_members
  for each row when (old.role = 'owner') execute function private.end_feed_of_owner();
create trigger end_feed_of_former_owner
  after update of role on public.salon_members
  for each row when (old.role = 'owner' and new.role <> 'owner')
  execute function private.end_feed_of_owner();
create trigger end_feed_of_owner
  after update of user_id on public.salons
  for each row when (old.user_id is distinct from new.user_id)
  execute function private.end_feed_of_owner();


-- supabase/schemas/80_operations/100_vault_secret.sql

-- Called by private.call_function, which needs both secrets of the schedules.

create function private.vault_secret(secret_name text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  value text;
begin
  select s.decrypted_secret into value from vault.decrypted_secrets s where s.name = secret_name;
  if coalesce(trim(value), '') = '' then
    raise exception 'The secret % is missing or empty in Vault', secret_name
      using errcode = 'no_data_found',
        hint = 'select private.setup_schedules(''https://<ref>.supabase.co/functions/v1'');';
  end if;
  return value;
end;
$$;
revoke all on function private.vault_secret(text) from public, anon, authenticated;
comment on function private.vault_secret(text) is
  'A secret of the schedules from Supabase Vault. Raises P0002 if it is missing or empty.';


-- supabase/schemas/80_operations/105_worker_secret_hash.sql

-- Called by the functions that scheduled jobs start.

create function public.worker_secret_hash()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select encode(sha256(convert_to(s.decrypted_secret, 'UTF8')), 'hex')
    from vault.decrypted_secrets s
    where s.name = 'barkbook_worker_secret' and trim(s.decrypted_secret) <> ''
  );
end;
$$;
revoke all on function public.worker_secret_hash() from public, anon, authenticated;
grant execute on function public.worker_secret_hash() to service_role;
comment on function public.worker_secret_hash() is
  'The SHA-256, in hex, of the secret that scheduled jobs call functions with; null before '
  'private.setup_schedules has made one. Security definer, because Supabase decides what '
  'service_role may read in Vault.';


-- supabase/schemas/80_operations/110_call_function.sql

-- Calls an Edge Function. Called by pg_cron.

create function private.call_function(function_name text)
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  -- pg_net sends one batch at a time, so that a slow call delays all others. The functions answer
  -- at once and work afterwards. Anyone who runs SQL may read the queue and its headers, so that
  -- they must not contain an API key.
  return net.http_post(
    url => private.vault_secret('barkbook_functions_url') || '/' || function_name,
    headers => jsonb_build_object(
      'content-type', 'application/json',
      'x-worker-secret', private.vault_secret('barkbook_worker_secret')),
    body => '{}'::jsonb,
    timeout_milliseconds => 5000
  );
end;
$$;
revoke all on function private.call_function(text) from public, anon, authenticated;
comment on function private.call_function(text) is
  'Called by pg_cron: calls an Edge Function with the worker secret, which can start scheduled '
  'functions and nothing else. The base address (https://<ref>.supabase.co/functions/v1) and the '
  'secret are read from Vault on every call.';


-- supabase/schemas/80_operations/120_trim_job_history.sql

-- Deletes old entries of pg_cron's log. Called by pg_cron.

create function private.trim_job_history()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from cron.job_run_details d
  using cron.job j
  where j.jobid = d.jobid and j.jobname in (select n.jobname from private.scheduled_jobs() n)
    and coalesce(d.end_time, d.start_time) < now() - case
      when d.status = 'succeeded' and j.schedule = '* * * * *' then interval '1 day'
      else interval '7 days'
    end;
end;
$$;
revoke all on function private.trim_job_history() from public, anon, authenticated;
comment on function private.trim_job_history() is
  'Called by pg_cron, which never cleans up its log: deletes the entries of our jobs after a week, '
  'and successful runs of the jobs that run every minute after a day. Other jobs keep theirs.';


-- supabase/schemas/80_operations/125_scheduled_jobs.sql

-- Called by private.setup_schedules and private.remove_schedules, and by the doctor.

create function private.scheduled_jobs()
returns table (jobname text, schedule text, command text)
language plpgsql
immutable
set search_path = ''
as $jobs$
begin
  -- Jobs that loop commit after each turn, so that nobody waits for a row or a salon longer than
  -- one turn.
  return query values
    ('barkbook_sms_reminders', '*/5 * * * *', $job$select private.call_function('sms-reminders')$job$),
    ('barkbook_calcom_sync', '*/10 * * * *', $job$select private.call_function('calcom-sync')$job$),
    ('barkbook_retry', '* * * * *',
      $job$do $$begin while private.retry_deliveries() > 0 loop commit; end loop; end$$$job$),
    ('barkbook_erase', '* * * * *',
      $job$do $$declare salon uuid; begin
loop salon := private.continue_erasures(salon); exit when salon is null; commit; end loop;
end$$$job$),
    ('barkbook_complete', '7 * * * *',
      $job$do $$begin
while private.complete_past_appointments() > 0 loop commit; end loop; end$$$job$),
    ('barkbook_trim', '17 3 * * *',
      $job$do $$begin while private.trim_deliveries() > 0 loop commit; end loop;
perform private.trim_messages((select r.kept_days from private.retention r)),
  private.trim_job_history(); end$$$job$);
end;
$jobs$;
revoke all on function private.scheduled_jobs() from public, anon, authenticated;
comment on function private.scheduled_jobs() is
  'The jobs that pg_cron must have, as this version of the schema needs them.';


-- supabase/schemas/80_operations/130_setup_schedules.sql

-- Schedules every job. Called by the command that deploys.

create function private.setup_schedules(p_functions_url text default null)
returns text
language plpgsql
set search_path = ''
as $$
declare
  functions_url text := rtrim(trim(p_functions_url), '/');
begin
  if to_regclass('cron.job') is null or to_regnamespace('net') is null then
    raise exception 'pg_cron or pg_net is not installed'
      using errcode = 'undefined_object',
        hint = 'Enable both under Integrations in the dashboard of the project.';
  end if;
  if functions_url !~ '^https?://[^\s?#/]+[^\s?#]*$' then
    raise exception '"%" is not the address of the functions', p_functions_url
      using errcode = 'invalid_parameter_value',
        hint = 'Pass https://<ref>.supabase.co/functions/v1.';
  elsif functions_url is not null then
    perform private.set_vault_secret('barkbook_functions_url', functions_url);
  end if;
  functions_url := private.vault_secret('barkbook_functions_url');
  perform private.set_vault_secret(
    'barkbook_worker_secret',
    -- Twice 122 random bits, without an extension.
    replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
  -- A job of the same name is replaced.
  perform cron.schedule(j.jobname, j.schedule, j.command) from private.scheduled_jobs() j;
  return format('%s jobs are scheduled. They call the functions at %s with a new secret.',
    (select count(*) from private.scheduled_jobs()), functions_url);
end;
$$;
revoke all on function private.setup_schedules(text) from public, anon, authenticated;
comment on function private.setup_schedules(text) is
  'Run as postgres after each deployment: schedules all jobs, or updates them, and makes a new '
  'worker secret, which replaces the previous one within a minute. The address of the functions '
  '(https://<ref>.supabase.co/functions/v1) is kept in Vault, so that it is needed the first time '
  'only. Requires pg_cron and pg_net. Raises 42704 without them, 22023 for an invalid address and '
  'P0002 if there is none.';


-- supabase/schemas/80_operations/135_remove_schedules.sql

-- Unschedules every job. Called by the command that uninstalls.

create function private.remove_schedules()
returns text
language plpgsql
set search_path = ''
as $$
declare
  job_id bigint;
  removed integer := 0;
begin
  if to_regclass('cron.job') is not null then
    for job_id in
      select c.jobid from cron.job c join private.scheduled_jobs() j on j.jobname = c.jobname
      -- Of another user's jobs, only that user can unschedule one.
      where c.username = current_user
    loop
      perform cron.unschedule(job_id);
      removed := removed + 1;
    end loop;
  end if;
  perform private.set_vault_secret('barkbook_functions_url', null),
    private.set_vault_secret('barkbook_worker_secret', null);
  return format('%s jobs are unscheduled. The worker secret is deleted.', removed);
end;
$$;
revoke all on function private.remove_schedules() from public, anon, authenticated;
comment on function private.remove_schedules() is
  'Run as postgres: undoes private.setup_schedules. Jobs and secrets of others stay.';


-- supabase/schemas/80_operations/140_deployments.sql

-- Which versions were deployed. Written by the command that deploys, read by the doctor.

create table private.deployments (
  id bigint generated always as identity primary key,
  version text not null,
  functions_hash text,
  deployed_at timestamptz not null default now(),
  constraint deployments_version_is_semantic check (version ~ '^\d+\.\d+\.\d+([-+].+)?$')
);
comment on table private.deployments is
  'One row for each deployment; the newest row is the current one. version: of package.json. '
  'functions_hash: a hash of the source of the functions, null if they were not uploaded.';

alter table private.deployments enable row level security;
revoke all on table private.deployments from public, anon, authenticated, service_role;


-- supabase/schemas/80_operations/200_scheduler_report.sql

-- Called by health_report.

create function private.scheduler_report(
  out missing_jobs integer, out failing_jobs integer, out ran_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
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
      -- By the primary key, the only index of this table. Our jobs run about 3,300 times a day
      -- together, and one of them only once.
      select l.* from cron.job_run_details l order by l.runid desc limit 5000
    ) d
    where d.status in ('succeeded', 'failed')
    order by d.jobid, d.runid desc
  ) r on r.jobid = j.jobid
  where j.active and j.jobname in (select n.jobname from private.scheduled_jobs() n);
end;
$$;
revoke all on function private.scheduler_report() from public, anon, authenticated;
comment on function private.scheduler_report() is
  'How many of our jobs pg_cron lacks (all without pg_cron), how many failed in their last run, and '
  'when one last ran; when they were scheduled, if none ever ran. A job that is switched off is '
  'neither missing nor failing.';


-- supabase/schemas/80_operations/203_scheduled_at.sql

-- Called by private.scheduler_report and private.wake_up_report.

create function private.scheduled_at()
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select s.updated_at from vault.secrets s where s.name = 'barkbook_worker_secret');
end;
$$;
revoke all on function private.scheduled_at() from public, anon, authenticated;
comment on function private.scheduled_at() is
  'When setup_schedules was last called: each call makes a new worker secret. Null if it was not.';


-- supabase/schemas/80_operations/204_unwoken_since.sql

-- Called by private.wake_up_report.

create function private.unwoken_since(job text, woken_at timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  is_switched_off boolean := false;
begin
  if to_regclass('cron.job') is not null then
    is_switched_off := exists (
      select from cron.job j where j.jobname = job and not j.active);
  end if;
  return case when not is_switched_off then greatest(woken_at, private.scheduled_at()) end;
end;
$$;
revoke all on function private.unwoken_since(text, timestamptz) from public, anon, authenticated;
comment on function private.unwoken_since(text, timestamptz) is
  'When a function was last started or its job last set up, the later of both, whatever keeps it '
  'from being started again. Null if neither happened, or if the job was switched off on purpose '
  '(cron.alter_job with active => false).';


-- supabase/schemas/80_operations/205_wake_up_report.sql

-- Called by health_report.

create function private.wake_up_report(
  out reminders_unwoken_since timestamptz, out sync_unwoken_since timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (select from public.sms_settings s where s.enabled) then
    reminders_unwoken_since := private.unwoken_since(
      'barkbook_sms_reminders', (select max(r.started_at) from public.sms_runs r));
  end if;
  if exists (
    select from public.salons s
    where s.cal_com_username is not null and private.has_salon_secret('calcom_api_key', s.id)
  ) then
    sync_unwoken_since := private.unwoken_since(
      'barkbook_calcom_sync', (select w.woken_at from private.sync_wake_up w));
  end if;
end;
$$;
revoke all on function private.wake_up_report() from public, anon, authenticated;
comment on function private.wake_up_report() is
  'Since when functions/sms-reminders and calcom-sync were not started although a salon needs them; '
  'null if none does. Not judged by what pg_cron says of their jobs, which succeed once a call is '
  'queued, whatever its answer.';


-- supabase/schemas/80_operations/210_health_report.sql

-- Called by functions/health.

create function public.health_report()
returns table (
  last_delivery_at timestamptz,
  oldest_unapplied_at timestamptz,
  oldest_overdue_retry_at timestamptz,
  dead_letters integer,
  oldest_overdue_reminder_at timestamptz,
  stale_syncs integer,
  missing_jobs integer,
  failing_jobs integer,
  scheduler_ran_at timestamptz,
  passed_over jsonb,
  oldest_passed_over_at timestamptz,
  reminders_unwoken_since timestamptz,
  sync_unwoken_since timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
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
  return next;
end;
$$;
revoke all on function public.health_report() from public, anon, authenticated;
grant execute on function public.health_report() to service_role;
comment on function public.health_report() is
  'One row about the project as a whole, which functions/health judges; what a salon can bring '
  'about for itself is shown to its members. oldest_unapplied_at: arrival of the oldest deferred '
  'booking that belongs to no salon or failed to be applied. oldest_overdue_retry_at: when the '
  'retry job should have run. dead_letters: the same of the last day. oldest_overdue_reminder_at: '
  'when the reminder should have been sent. stale_syncs: salons whose sync has not succeeded for '
  'two hours, though Cal.com accepts their API key. passed_over: how many salons the reminder job '
  'passes over, by SQLSTATE; oldest_passed_over_at: since when the first one. '
  'reminders_unwoken_since, sync_unwoken_since: see private.wake_up_report. Security definer, '
  'because only postgres may read the log of pg_cron.';
