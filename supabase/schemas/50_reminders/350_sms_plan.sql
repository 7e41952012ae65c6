-- Called by functions/sms-reminders at the start of a run.

create function public.sms_plan(p_after uuid default null, p_now timestamptz default null)
returns table (planned integer, skipped integer, broken integer, next_after uuid)
language plpgsql
security definer
set search_path = ''
-- For the locks of rows: a client who is being deleted delays only the reminders of their salon.
set lock_timeout = '500ms'
as $$
declare
  -- Well before the database would end the call and roll all of it back.
  time_is_up timestamptz := clock_timestamp() + interval '2 seconds';
  -- Each salon takes a place in the table of locks, which has room for some thousands.
  salons_left integer := 200;
  salon record;
  result record;
begin
  perform private.set_app_clock(p_now);
  planned := 0;
  skipped := 0;
  broken := 0;
  for salon in
    select s.salon_id, s.problem
    from public.sms_settings s
    where s.enabled and (p_after is null or s.salon_id > p_after)
      -- A problem ends when the salon is planned again.
      and (s.problem is not null or private.sms_has_coming_appointment(s.salon_id))
    order by s.salon_id
  loop
    if next_after is not null and (clock_timestamp() > time_is_up or salons_left = 0) then
      return next;
      return;
    end if;
    next_after := salon.salon_id;
    salons_left := salons_left - 1;
    select * into result from private.sms_try_plan_salon(salon.salon_id);
    planned := planned + result.planned;
    skipped := skipped + result.skipped;
    if result.problem is not null then
      broken := broken + 1;
    end if;
    if result.problem is distinct from salon.problem then
      perform private.sms_record_problem(salon.salon_id, result.problem);
    end if;
    -- The statement timeout ends a call only once, so the next salons need a new call.
    if result.problem = '57014' then
      return next;
      return;
    end if;
  end loop;
  next_after := null;
  return next;
end;
$$;
revoke all on function public.sms_plan(uuid, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_plan(uuid, timestamptz) to service_role;
comment on function public.sms_plan(uuid, timestamptz) is
  'Plans the due reminders of at most 200 salons, one by one, for two seconds, and reads nothing '
  'else of those without a coming appointment. next_after: where '
  'the next call resumes (p_after); null when all salons were planned. broken: salons that were '
  'passed over, see sms_settings.problem. Security definer, because the job works with the rights '
  'of sms_worker.';
select private.assign_to_sms_worker('public.sms_plan(uuid, timestamptz)');
