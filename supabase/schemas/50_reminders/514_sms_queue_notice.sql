-- Called by functions that tell a client something at once, such as the answer to NIE.

create function private.sms_queue_notice(p_event_id uuid, p_kind public.sms_message_kind)
returns uuid
language plpgsql
set search_path = ''
as $$
begin
  -- Of two calls at once, the second finds the message of the first.
  perform pg_advisory_xact_lock(private.lock_key('sms_notice', p_event_id::text));
  if not exists (
    select from public.calendar_events e
    where e.id = p_event_id and e.client_id is not null
      and e.start_time > private.app_now() and e.status in ('scheduled', 'confirmed')
      and private.sms_kind_is_enabled(e.salon_id, p_kind)
      and not exists (
        select from public.sms_message_events covered
        where covered.event_id = e.id and covered.start_time = e.start_time
          and covered.kind = p_kind)
  ) then
    return null;
  end if;
  return private.sms_write_message(p_event_id, p_kind, 'pending');
end;
$$;
revoke all on function private.sms_queue_notice(uuid, public.sms_message_kind)
  from public, anon, authenticated;
grant execute on function private.sms_queue_notice(uuid, public.sms_message_kind)
  to sms_worker, service_role;
comment on function private.sms_queue_notice(uuid, public.sms_message_kind) is
  'Queues a message to the client of a coming appointment, and returns its id. Null if there is '
  'one of this kind for this start already, or the salon does not send the kind. Whether it may be '
  'sent is decided at dispatch, as for every message.';
