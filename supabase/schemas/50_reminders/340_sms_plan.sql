-- Called by functions/sms-reminders at the beginning of a run.

create function public.sms_plan(p_after uuid default null, p_now timestamptz default null)
returns table (planned integer, skipped integer, broken integer, next_after uuid)
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Long before the database would end the call, and undo all of it.
  time_is_up timestamptz := clock_timestamp() + interval '2 seconds';
  settings record;
  made record;
begin
  perform private.set_app_clock(p_now);
  planned := 0;
  skipped := 0;
  broken := 0;
  -- Another run is planning, which is enough, or two appointments are being merged: see merge_appointments.
  if not pg_try_advisory_xact_lock(hashtextextended('sms_plan', 0)) then
    return next;
    return;
  end if;
  for settings in
    select s.salon_id, s.problem
    from public.sms_settings s
    where s.enabled and (p_after is null or s.salon_id > p_after)
    order by s.salon_id
  loop
    if clock_timestamp() > time_is_up and next_after is not null then
      return next;
      return;
    end if;
    next_after := settings.salon_id;
    begin
      select * into made from private.sms_plan_salon(settings.salon_id);
      planned := planned + made.planned;
      skipped := skipped + made.skipped;
      if settings.problem is not null then
        update public.sms_settings set problem = null where salon_id = settings.salon_id;
      end if;
    exception
      -- A time zone that Postgres no longer knows; a client who was deleted this moment.
      when data_exception or integrity_constraint_violation then
        broken := broken + 1;
        update public.sms_settings set problem = sqlstate
        where salon_id = settings.salon_id and problem is distinct from sqlstate;
    end;
  end loop;
  next_after := null;
  return next;
end;
$$;
revoke all on function public.sms_plan(uuid, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_plan(uuid, timestamptz) to service_role;
comment on function public.sms_plan(uuid, timestamptz) is
  'Plans the reminders that are due, salon by salon, for two seconds: then next_after is where the '
  'next call goes on (p_after), else null. broken: salons passed over, see sms_settings.problem. '
  'Security definer, because the job works with the rights of sms_worker.';
select private.assign_to_sms_worker('public.sms_plan(uuid, timestamptz)');
