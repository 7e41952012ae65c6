-- Registers the ids of appointments that were not inserted by the sync. Trigger on calendar_events.

create function private.register_appointment_uid()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id)
  values (new.cal_com_event_id, split_part(new.cal_com_event_id, '#', 1), new.id)
  on conflict (cal_com_event_id) do nothing;
  return null;
end;
$$;
revoke all on function private.register_appointment_uid() from public, anon, authenticated;
comment on function private.register_appointment_uid() is
  'Trigger: registers the id of an appointment that was not inserted by the sync, such as by '
  'BarkBook''s own webhook.';

create or replace trigger register_appointment_uid
  after insert on public.calendar_events
  for each row when (new.last_event_at is null) execute function private.register_appointment_uid();
