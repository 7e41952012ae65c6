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
  -- A test tells of no appointment, and an owner named its number.
  is_test boolean := message.kind = 'test';
  to_tell bigint := is_test::integer + (
    select count(*)
    from private.sms_still_to_tell(message.id, message.client_id, message.phone_number));
  target record;
  is_as_planned boolean;
begin
  select s.timezone, r as settings,
    case when is_test then message.phone_number else c.phone_number end as number_typed,
    is_test or c.has_gdpr_consent as has_consent,
    is_test::integer + (
      select count(*) from public.sms_message_events e where e.message_id = message.id
    ) as planned_to_tell
  into target
  from public.salons s
  join public.sms_settings r on r.salon_id = s.id
  left join public.clients c
    on c.id = message.client_id and c.salon_id is not distinct from s.id
  where s.id = message.salon_id;
  is_as_planned := to_tell = target.planned_to_tell
    and (target.number_typed is not distinct from message.phone_number
      or private.e164(target.number_typed) = sms_dispatch_decision.phone);

  return case
    when message.not_after <= now_at then 'expired'
    when not private.sms_kind_is_enabled(message.salon_id, message.kind) then 'disabled'
    when to_tell = 0 then 'event_gone'
    -- The provider would take another text, or a text to another number, for the first one.
    when message.maybe_sent_since is not null
      and not (is_as_planned and private.sms_may_be_repeated(message, phone)) then 'event_gone'
    when not is_as_planned then 'needs_rerender'
    when target.has_consent is not true then 'no_consent'
    when problem is not null then problem::text
    -- Opt-outs and erasures know a client by this number, so nothing is sent to another.
    when phone is distinct from private.e164(target.number_typed) then 'no_phone'
    when exists (
      select from public.sms_opt_outs o
      where o.salon_id = message.salon_id and o.phone = sms_dispatch_decision.phone
    ) then 'opted_out'
    when private.sms_provider_is_paused(message.provider) then 'paused'
    when not is_test and private.sms_allowed_at(now_at, target.timezone,
        (target.settings).quiet_from, (target.settings).quiet_to) > now_at
      then 'quiet_hours'
    else coalesce(private.sms_exceeded_limit(
      message, target.settings, target.timezone, phone, segments)::text, 'go')
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
