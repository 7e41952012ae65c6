-- Called by the functions that claim, check, postpone and extend a message.

create function private.sms_still_to_tell(message uuid, client uuid, number_typed text)
returns table (event_id uuid, start_time timestamptz, pet_id uuid)
language plpgsql
stable
rows 1
set search_path = ''
as $$
begin
  return query
  select e.id, e.start_time, e.pet_id
  from public.sms_message_events covered
  join public.sms_messages m on m.id = covered.message_id
  join public.calendar_events e on e.id = covered.event_id
    and e.start_time = covered.start_time and e.client_id = client
    and (covered.kind = 'cancelled') = (e.status = 'cancelled')
  where covered.message_id = message and not private.sms_is_told(
    e.id, number_typed, covered.kind,
    case covered.kind when 'cancelled' then 'infinity' else e.start_time end,
    m.created_at, null, message);
end;
$$;
revoke all on function private.sms_still_to_tell(uuid, uuid, text)
  from public, anon, authenticated;
grant execute on function private.sms_still_to_tell(uuid, uuid, text) to sms_worker;
comment on function private.sms_still_to_tell(uuid, uuid, text) is
  'The appointments of a message that still take place at the time and with the client it was '
  'planned for, or are still cancelled if it says so, and that its number was not told by another '
  'message since: the number or the client of an appointment can change and change back while a '
  'message waits.';
