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
  -- A test tells of no appointment.
  is_test boolean := message.kind = 'test';
  to_tell integer := is_test::integer + (
    select count(*)
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number));
  is_as_planned boolean;
begin
  select * into settings from public.sms_settings s where s.salon_id = message.salon_id;
  select c.phone_number, c.has_gdpr_consent into client
  from public.clients c where c.id = message.client_id and c.salon_id = message.salon_id
  union all
  -- An owner named the number of a test.
  select message.phone_number, true where is_test;
  is_as_planned := (client.phone_number is not distinct from message.phone_number
      or private.e164(client.phone_number) = sms_dispatch_decision.phone)
    and to_tell = is_test::integer + (
      select count(*) from public.sms_message_events c where c.message_id = message.id);

  return case
    when message.not_after <= now_at then 'expired'
    when not private.sms_kind_is_enabled(message.salon_id, message.kind) then 'disabled'
    when to_tell = 0 then 'event_gone'
    -- The provider would take another text, or a text to another number, for the first one.
    when message.maybe_sent_since is not null
      and not (is_as_planned and private.sms_may_be_repeated(message, phone)) then 'event_gone'
    when not is_as_planned then 'needs_rerender'
    when client.has_gdpr_consent is not true then 'no_consent'
    when problem is not null then problem::text
    -- Opt-outs and erasures know a client by this number, so nothing is sent to another.
    when phone is distinct from private.e164(client.phone_number) then 'no_phone'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = message.salon_id and o.phone = sms_dispatch_decision.phone
    ) then 'opted_out'
    when private.sms_provider_is_paused(message.provider) then 'paused'
    when not is_test
      and private.sms_allowed_at(now_at, zone, settings.quiet_from, settings.quiet_to) > now_at
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
  'Whether a claimed message may be sent now (go), and if not, why. event_gone: none of its '
  'appointments is left to tell, or it may have been sent and cannot be repeated as it was.';
