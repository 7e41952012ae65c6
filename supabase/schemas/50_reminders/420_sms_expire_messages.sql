-- Called by sms_recover_and_expire.

create function private.sms_expire_messages()
returns integer
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  expired integer;
begin
  with late as (
    select m.id
    from public.sms_messages m
    where m.status in ('pending', 'unknown')
      and (
        m.not_after <= now_at
        -- SMSAPI knows an idx for 24 hours. Sent again after that, it would be a second SMS.
        or m.maybe_sent_since < now_at - interval '20 hours'
      )
    for update skip locked
  )
  update public.sms_messages m
  set final_at = now_at,
    status = case
      when m.maybe_sent_since is null then 'expired' else 'dead'
    end::public.sms_message_status,
    reason = case
      when m.maybe_sent_since is null then 'deadline' else 'ambiguous'
    end::public.sms_reason
  from late l
  where m.id = l.id;
  get diagnostics expired = row_count;
  return expired;
end;
$$;
revoke all on function private.sms_expire_messages() from public, anon, authenticated;
grant execute on function private.sms_expire_messages() to sms_worker;
comment on function private.sms_expire_messages() is
  'Ends messages that it is too late to send: expired, or dead if they may have been sent. Returns '
  'how many.';
