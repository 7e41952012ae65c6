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
