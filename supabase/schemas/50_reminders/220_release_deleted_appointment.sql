-- Trigger on calendar_events.

create function private.release_deleted_appointment()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.sms_message_events c where c.event_id = old.id;
  return null;
end;
$$;
revoke all on function private.release_deleted_appointment() from public, anon, authenticated;
comment on function private.release_deleted_appointment() is
  'Trigger: an appointment that is deleted is no longer covered by a message.';

create trigger release_deleted_appointment
  after delete on public.calendar_events
  for each row execute function private.release_deleted_appointment();
