-- Foundation: the private schema and the helpers every later migration uses.
-- Objects: schema private; private.e164, private.set_updated_at, private.ensure_constraint,
-- private.drop_policies.
-- Also takes away the habit of letting everyone execute a new function (Postgres' own, and the
-- one older Supabase projects add in public).
-- Destructive: no. Undo: drop schema private cascade.

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated;

create schema if not exists private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to service_role;
comment on schema private is
  'Helpers and internals of the calendar sync. Not in api.schemas, so the Data API never shows it.';

-- PL/pgSQL here and below where a delivery passes: it keeps its plans for the session, an SQL
-- function with a pinned search_path is planned anew at every call.
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
  if phone is null or phone ~ '[[:alpha:]]' then
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
-- An index on clients calls it, so whoever writes a client must be able to execute it.
grant execute on function private.e164(text) to authenticated, service_role;
comment on function private.e164(text) is
  'A phone number in E.164, so that "501 220 314", "0048501220314" and "+48501220314" match. '
  'A number without a country is Polish. Null when it cannot be a phone number.';

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
comment on function private.set_updated_at() is 'Trigger: stamps updated_at.';

create function private.ensure_constraint(target regclass, rule name, definition text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if exists (select from pg_constraint c where c.conrelid = target and c.conname = rule) then
    return;
  end if;
  execute format('alter table %s add constraint %I %s not valid', target, rule, definition);
  begin
    execute format('alter table %s validate constraint %I', target, rule);
  exception
    when check_violation or foreign_key_violation then
      raise warning 'Older rows of % break %. New rows are checked. Mend them, then run: '
        'alter table % validate constraint %', target, rule, target, rule;
  end;
end;
$$;
revoke all on function private.ensure_constraint(regclass, name, text)
  from public, anon, authenticated;
comment on function private.ensure_constraint(regclass, name, text) is
  'For migrations: adds a named check or foreign key if it is missing. Rows that BarkBook wrote '
  'before and that break it stay as they are, with a warning; every new or changed row is checked.';

create function private.drop_policies(target regclass)
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
revoke all on function private.drop_policies(regclass) from public, anon, authenticated;
comment on function private.drop_policies(regclass) is
  'For migrations: clears the policies BarkBook left on a table (they named no role, so they '
  'applied to anon too) before ours are made.';
