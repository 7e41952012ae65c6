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
