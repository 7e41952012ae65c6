-- Registers appointments that somebody other than the sync inserts. Trigger on calendar_events.

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
  'Trigger: an appointment that somebody else than the sync inserted (BarkBook''s own webhook did) can be '
  'found by its id as well.';

create or replace trigger register_appointment_uid
  after insert on public.calendar_events
  for each row when (new.last_event_at is null) execute function private.register_appointment_uid();
