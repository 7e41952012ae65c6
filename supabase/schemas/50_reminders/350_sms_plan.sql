-- Called by functions/sms-reminders at the start of a run.

create function public.sms_plan(p_after uuid default null, p_now timestamptz default null)
returns table (planned integer, skipped integer, broken integer, next_after uuid)
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Well before the database would end the call and roll all of it back.
  time_is_up timestamptz := clock_timestamp() + interval '2 seconds';
  salon record;
  result record;
begin
  perform private.set_app_clock(p_now);
  planned := 0;
  skipped := 0;
  broken := 0;
  -- One planner at a time is enough. Merging appointments and erasing a client hold the same lock,
  -- because planning at the same time would miss what they change.
  if not pg_try_advisory_xact_lock(hashtextextended('sms_plan', 0)) then
    return next;
    return;
  end if;
  for salon in
    select s.salon_id, s.problem
    from public.sms_settings s
    where s.enabled and (p_after is null or s.salon_id > p_after)
    order by s.salon_id
  loop
    if clock_timestamp() > time_is_up and next_after is not null then
      return next;
      return;
    end if;
    next_after := salon.salon_id;
    begin
      select * into result from private.sms_plan_salon(salon.salon_id);
      planned := planned + result.planned;
      skipped := skipped + result.skipped;
      if salon.problem is not null then
        update public.sms_settings set problem = null where salon_id = salon.salon_id;
      end if;
    exception
      -- A time zone that Postgres no longer knows, or a client who was deleted meanwhile.
      when data_exception or integrity_constraint_violation then
        broken := broken + 1;
        update public.sms_settings set problem = sqlstate
        where salon_id = salon.salon_id and problem is distinct from sqlstate;
    end;
  end loop;
  next_after := null;
  return next;
end;
$$;
revoke all on function public.sms_plan(uuid, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_plan(uuid, timestamptz) to service_role;
comment on function public.sms_plan(uuid, timestamptz) is
  'Plans the due reminders, salon by salon, for two seconds. next_after: where the next call '
  'resumes (p_after); null when all salons were planned. broken: salons that could not be planned '
  'for, see sms_settings.problem. Security definer, because the job works with the rights of '
  'sms_worker.';
select private.assign_to_sms_worker('public.sms_plan(uuid, timestamptz)');
