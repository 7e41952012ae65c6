-- Called by sms_claim.

create function private.sms_pass_over(salon uuid, code text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.sms_messages m
  set next_attempt_at = private.app_now() + interval '15 minutes', error_code = code,
    reason = case when m.status = 'pending' then 'passed_over' else m.reason end
  where m.id in (
    select d.id from public.sms_messages d
    where d.salon_id = salon and d.status in ('pending', 'unknown')
      and d.next_attempt_at <= private.app_now()
    for update skip locked);
  perform private.sms_record_problem(salon, code);
end;
$$;
revoke all on function private.sms_pass_over(uuid, text)
  from public, anon, authenticated;
grant execute on function private.sms_pass_over(uuid, text) to sms_worker;
comment on function private.sms_pass_over(uuid, text) is
  'Makes the due messages of a salon wait, because some could not be claimed, so that the run can '
  'claim those of others. code: the SQLSTATE.';
