-- From due reminders to messages.
-- Objects: private.sms_plan_salon; public.sms_plan, sms_preview.
-- Functions the job calls belong to sms_worker, so that it works with that role's rights.
-- Destructive: no. Undo: drop the functions.

create function private.sms_plan_salon(p_salon_id uuid)
returns table (planned integer, skipped integer)
language plpgsql
set search_path = ''
as $$
begin
  return query
  with due as materialized (
    select gen_random_uuid() as message_id, r.*
    from public.due_reminders r
    where r.salon_id = p_salon_id
  ), message as (
    insert into public.sms_messages (
      id, salon_id, client_id, kind, local_date, phone_number, status, reason, next_attempt_at,
      not_after, final_at
    )
    select d.message_id, d.salon_id, d.client_id, 'reminder', d.local_date, d.phone_number,
      case when d.skip_reason is null then 'pending' else 'skipped' end,
      d.skip_reason, d.send_at, d.not_after,
      case when d.skip_reason is not null then private.sms_now() end
    from due d
    returning status
  ), covered as (
    insert into public.sms_message_events (event_id, start_time, kind, message_id)
    select v.event_id, v.start_time, 'reminder', d.message_id
    from due d, unnest(d.event_ids, d.start_times) as v (event_id, start_time)
    -- Held by a message that was cancelled, or skipped for a reason that is gone.
    on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id
  )
  select count(*) filter (where m.status = 'pending')::integer,
    count(*) filter (where m.status = 'skipped')::integer
  from message m;
end;
$$;
revoke all on function private.sms_plan_salon(uuid) from public, anon, authenticated;
grant execute on function private.sms_plan_salon(uuid) to sms_worker;
comment on function private.sms_plan_salon(uuid) is
  'Turns the due reminders of a salon into messages, and notes which visits they are about.';

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
  perform private.set_sms_clock(p_now);
  planned := 0;
  skipped := 0;
  broken := 0;
  -- Another run is planning, which is enough, or two visits are being merged: see merge_events.
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
select private.hand_to_sms_worker('public.sms_plan(uuid, timestamptz)');

create function public.sms_preview(p_limit integer default 500, p_now timestamptz default null)
returns table (
  salon_id uuid, salon_name text, salon_address text, timezone text, template text, language text,
  transliterate boolean, max_segments integer, client_name text, phone_number text, visits jsonb,
  send_at timestamptz, not_after timestamptz, skip_reason text
)
language plpgsql
security definer
set search_path = ''
as $$
declare
  settings record;
  found_rows integer := 0;
  found_here integer;
begin
  perform private.set_sms_clock(p_now);
  for settings in
    select r.salon_id, s.name
    from public.sms_settings r join public.salons s on s.id = r.salon_id
    where r.enabled
  loop
    exit when found_rows >= p_limit;
    begin
      return query
      select r.salon_id, r.salon_name, r.salon_address, r.timezone, r.template, r.language,
        r.transliterate, r.max_segments::integer, r.client_name, r.phone_number, r.visits,
        r.send_at, r.not_after, r.skip_reason
      from public.due_reminders r
      where r.salon_id = settings.salon_id
      order by r.not_after
      limit p_limit - found_rows;
      get diagnostics found_here = row_count;
      found_rows := found_rows + found_here;
    exception
      when data_exception then
        salon_id := settings.salon_id;
        salon_name := settings.name;
        skip_reason := 'broken_settings';
        return next;
    end;
  end loop;
end;
$$;
revoke all on function public.sms_preview(integer, timestamptz) from public, anon, authenticated;
grant execute on function public.sms_preview(integer, timestamptz) to service_role;
comment on function public.sms_preview(integer, timestamptz) is
  'What a run would plan, without writing anything. skip_reason: as in due_reminders, or '
  'broken_settings. Security definer, because the job works with the rights of sms_worker.';
select private.hand_to_sms_worker('public.sms_preview(integer, timestamptz)');
