-- Called by sms_claim and private.sms_dispatch_decision.

create function private.sms_provider_is_paused(name public.sms_provider)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.sms_provider_state s
    where s.provider = name and s.paused_until > private.app_now()
  );
end;
$$;
revoke all on function private.sms_provider_is_paused(public.sms_provider)
  from public, anon, authenticated;
grant execute on function private.sms_provider_is_paused(public.sms_provider) to sms_worker;
comment on function private.sms_provider_is_paused(public.sms_provider) is
  'Whether a provider refused our account and is not tried again yet.';
