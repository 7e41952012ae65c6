-- Called by sms_begin_dispatch.

create function private.sms_drop(
  message public.sms_messages, answer public.sms_dispatch_answer, phone text
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set lease_token = null, lease_until = null, final_at = private.app_now(),
    -- One that may have been sent belongs to the number that it was sent to.
    phone = case when m.maybe_sent_since is null then coalesce(sms_drop.phone, m.phone)
      else m.phone end,
    exceeded_limit = (
      select case answer when 'daily_cap' then s.daily_cap when 'cap' then s.monthly_cap end
      from public.sms_settings s where s.salon_id = message.salon_id),
    -- If an earlier POST may have arrived, dead keeps the appointment from being planned again.
    status = case
      when m.maybe_sent_since is not null then 'dead'
      when answer = 'expired' then 'expired'
      when answer = 'event_gone' then 'cancelled'
      else 'skipped'
    end::public.sms_message_status,
    reason = case
      when m.maybe_sent_since is not null then 'ambiguous'
      when answer = 'expired' then 'deadline'
      else answer::text
    end::public.sms_reason
  where m.id = message.id;
end;
$$;
revoke all on function private.sms_drop(public.sms_messages, public.sms_dispatch_answer, text)
  from public, anon, authenticated;
grant execute on function private.sms_drop(public.sms_messages, public.sms_dispatch_answer, text)
  to sms_worker;
comment on function private.sms_drop(public.sms_messages, public.sms_dispatch_answer, text) is
  'Ends a claimed message that must not be sent.';
