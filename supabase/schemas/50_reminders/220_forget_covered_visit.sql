-- Trigger on calendar_events.

create function private.forget_covered_visit()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  delete from public.sms_message_events c where c.event_id = old.id;
  return null;
end;
$$;
revoke all on function private.forget_covered_visit() from public, anon, authenticated;
comment on function private.forget_covered_visit() is
  'Trigger: a visit that is deleted is no longer covered by a message.';

create trigger forget_covered_visit
  after delete on public.calendar_events
  for each row execute function private.forget_covered_visit();
