-- Trigger on calendar_events, in place of foreign keys: see sms_message_events.

create function private.release_deleted_appointment()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.sms_message_events covered where covered.event_id = old.id;
  delete from private.sms_told_events told where told.event_id = old.id;
  delete from private.sms_changes changed where changed.event_id = old.id;
  return null;
end;
$$;
revoke all on function private.release_deleted_appointment() from public, anon, authenticated;
comment on function private.release_deleted_appointment() is
  'Trigger: no message covers a deleted appointment or told anybody about it.';

create trigger release_deleted_appointment
  after delete on public.calendar_events
  for each row execute function private.release_deleted_appointment();
