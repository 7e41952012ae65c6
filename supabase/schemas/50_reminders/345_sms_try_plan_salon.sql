-- Called by sms_plan for each salon.

create function private.sms_try_plan_salon(salon uuid)
returns table (planned integer, skipped integer, problem text)
language plpgsql
set search_path = ''
as $$
begin
  -- A run that plans the same salon would miss what this one writes, and so would a merge of two
  -- appointments: private.merge_appointments waits for this lock.
  if not pg_try_advisory_xact_lock(private.lock_key('sms_plan', salon::text)) then
    raise exception 'The salon is locked' using errcode = 'lock_not_available';
  end if;
  select p.planned, p.skipped into planned, skipped from private.sms_plan_salon(salon) p;
  return next;
exception
  -- One salon must not stop the others. "others" does not include the statement timeout.
  when others or query_canceled then
    planned := 0;
    skipped := 0;
    problem := sqlstate;
    return next;
end;
$$;
revoke all on function private.sms_try_plan_salon(uuid) from public, anon, authenticated;
grant execute on function private.sms_try_plan_salon(uuid) to sms_worker;
comment on function private.sms_try_plan_salon(uuid) is
  'Plans the due reminders of a salon. problem: the SQLSTATE for which it could not; nothing is '
  'written then.';
