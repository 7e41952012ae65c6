-- Called by a constraint of salons. "or replace", because the migration that adopts BarkBook's
-- tables creates this function before the baseline does.

create or replace function private.is_time_zone(zone text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  perform now() at time zone zone;
  -- Postgres also accepts offsets and abbreviations, which have no daylight saving time.
  return zone ~ '/' or zone = 'UTC';
exception
  when invalid_parameter_value then
    return false;
end;
$$;
revoke all on function private.is_time_zone(text) from public, anon;
grant execute on function private.is_time_zone(text) to authenticated, service_role, sms_worker;
comment on function private.is_time_zone(text) is 'Whether a text names an IANA time zone.';
