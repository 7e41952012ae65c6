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
    where e.salon_id = salon and e.status in ('scheduled', 'confirmed', 'cancelled')
      and e.start_time > private.app_now());
end;
$$;
revoke all on function private.sms_has_coming_appointment(uuid) from public, anon, authenticated;
grant execute on function private.sms_has_coming_appointment(uuid) to sms_worker;
comment on function private.sms_has_coming_appointment(uuid) is
  'Whether a salon has an appointment in the days that sms_worker sees, or one of which a client is '
  'to be told at once. Without any there is nothing to plan, and to find that out by due_reminders '
  'takes thirty times as long.';
