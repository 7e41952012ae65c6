-- The clock of the reminder job and of every view that depends on the time of day. Functions that
-- take p_now set it with private.set_app_clock.

create function private.app_now()
returns timestamptz
-- One in SQL, with a search_path, would be planned anew for every query that calls it.
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(nullif(current_setting('barkbook.app_now', true), '')::timestamptz, now());
end;
$$;
revoke all on function private.app_now() from public, anon;
-- Views and policies call it, with the rights of whoever reads them.
grant execute on function private.app_now() to authenticated, service_role, sms_worker;
comment on function private.app_now() is
  'What time it is for reminders: now, unless a rehearsal of this transaction set another time.';
