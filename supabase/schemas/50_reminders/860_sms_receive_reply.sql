-- Called by functions/sms-status when somebody answers an SMS, with anything but STOP or START.

create function public.sms_receive_reply(
  p_provider public.sms_provider,
  p_reply_id text,
  p_phone text,
  p_body text,
  p_response public.client_response default null
)
returns public.sms_reply_outcome
language plpgsql
set search_path = ''
as $$
declare
  appointment record;
  is_answered boolean := false;
begin
  insert into private.sms_replies (provider, reply_id) values (p_provider, p_reply_id)
  on conflict do nothing;
  if not found then
    return 'repeated'::public.sms_reply_outcome;
  end if;
  -- It may be about several appointments, whose rows a delivery locks in another order.
  perform private.lock_salon(t.salon_id) from private.sms_told_last(p_phone) t limit 1;
  if p_response is not null then
    for appointment in select t.* from private.sms_told_last(p_phone) t loop
      if private.record_client_response(
        appointment.event_id, appointment.start_time, p_response) then
        if p_response = 'wants_to_cancel' and not is_answered then
          perform private.sms_queue_notice(appointment.event_id, 'answer');
        end if;
        is_answered := true;
      end if;
    end loop;
  end if;
  if is_answered then
    return 'answered'::public.sms_reply_outcome;
  end if;
  insert into public.sms_inbox (salon_id, client_id, event_id, phone, body, received_at)
  select t.salon_id, t.client_id, t.event_id, p_phone, p_body, private.app_now()
  from private.sms_told_last(p_phone) t
  limit 1;
  return case when found then 'kept' else 'unknown' end::public.sms_reply_outcome;
end;
$$;
revoke all on function public.sms_receive_reply(
  public.sms_provider, text, text, text, public.client_response)
  from public, anon, authenticated;
grant execute on function public.sms_receive_reply(
  public.sms_provider, text, text, text, public.client_response) to service_role;
comment on function public.sms_receive_reply(
  public.sms_provider, text, text, text, public.client_response) is
  'Applies a reply once. A response is stored with all appointments of the next day that the '
  'number was told of; a no is answered by an SMS with the link. Without a response, or without such an appointment, the salon gets the '
  'reply to read. p_phone: E.164.';
