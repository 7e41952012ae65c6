-- Called by sms_begin_dispatch.

create function private.sms_dispatch_decision(
  message public.sms_messages, phone text, segments integer, problem public.sms_reason
)
returns public.sms_dispatch_answer
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  settings public.sms_settings;
  zone text := (select s.timezone from public.salons s where s.id = message.salon_id);
  client record;
  covered integer;
  still_valid integer;
begin
  select * into settings from public.sms_settings s where s.salon_id = message.salon_id;
  select count(*), count(e.id) into covered, still_valid
  from public.sms_message_events c
  left join public.calendar_events e
    on e.id = c.event_id and e.start_time = c.start_time and e.client_id = message.client_id
  where c.message_id = message.id;
  select c.phone_number, c.has_gdpr_consent into client
  from public.clients c where c.id = message.client_id and c.salon_id = message.salon_id;

  return case
    when message.not_after <= now_at then 'expired'
    when settings.enabled is not true then 'disabled'
    when still_valid = 0 then 'event_gone'
    when still_valid < covered or client.phone_number is distinct from message.phone_number
      then 'needs_rerender'
    when client.has_gdpr_consent is not true then 'no_consent'
    when problem is not null then problem::text
    -- Opt-outs and erasures know a client by this number, so nothing is sent to another.
    when phone is distinct from private.e164(client.phone_number) then 'no_phone'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = message.salon_id and o.phone = sms_dispatch_decision.phone
    ) then 'opted_out'
    when private.sms_provider_is_paused(message.provider) then 'paused'
    when private.sms_allowed_at(now_at, zone, settings.quiet_from, settings.quiet_to) > now_at
      then 'quiet_hours'
    when private.sms_cap_is_reached(message, settings, zone, segments) then 'cap'
    else coalesce(private.sms_limit_of_day(message, settings, phone, segments)::text, 'go')
  end::public.sms_dispatch_answer;
end;
$$;
revoke all on function
  private.sms_dispatch_decision(public.sms_messages, text, integer, public.sms_reason)
  from public, anon, authenticated;
grant execute on function
  private.sms_dispatch_decision(public.sms_messages, text, integer, public.sms_reason)
  to sms_worker;
comment on function
  private.sms_dispatch_decision(public.sms_messages, text, integer, public.sms_reason) is
  'Whether a claimed message may be sent now (go), and if not, why. sms_worker cannot see an '
  'appointment that was cancelled, so it counts as gone, like one that moved.';
