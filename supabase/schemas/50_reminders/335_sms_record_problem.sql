-- Called by sms_plan and sms_claim.

create function private.sms_record_problem(salon uuid, code text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Planning succeeds although messages of the salon could not be claimed.
  if code is null and exists (
    select from public.sms_messages m
    where m.salon_id = salon and m.status = 'pending' and m.reason = 'passed_over'
  ) then
    return;
  end if;
  update public.sms_settings s
  set problem = code,
    problem_since = case when code is not null
      then coalesce(s.problem_since, private.app_now()) end
  where s.problem is distinct from code and s.salon_id in (
    select r.salon_id from public.sms_settings r where r.salon_id = salon
    -- An owner who is saving the settings must not block the run; the next one records it.
    for no key update skip locked);
end;
$$;
revoke all on function private.sms_record_problem(uuid, text) from public, anon, authenticated;
grant execute on function private.sms_record_problem(uuid, text) to sms_worker;
comment on function private.sms_record_problem(uuid, text) is
  'Records the SQLSTATE for which a salon was passed over, or with null that there is no problem '
  'any more.';
