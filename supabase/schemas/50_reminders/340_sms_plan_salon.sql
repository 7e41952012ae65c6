-- Called by private.sms_try_plan_salon.

create function private.sms_plan_salon(p_salon_id uuid)
returns table (planned integer, skipped integer)
language plpgsql
set search_path = ''
-- Planning this statement takes longer than executing it.
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return query
  with reminder as materialized (
    -- Without the text, which is written when the message is claimed.
    select gen_random_uuid() as new_message_id, r.salon_id, r.kind, r.client_id, r.local_date,
      r.phone_number, r.event_ids, r.start_times, r.waiting_message_id, r.send_at, r.not_after,
      r.skip_reason
    from public.due_reminders r
    where r.salon_id = p_salon_id
  ), waiting as materialized (
    select m.id
    from public.sms_messages m
    where m.status = 'pending'
      and m.id in (
        select r.waiting_message_id from reminder r where r.skip_reason is null)
    -- A run that claims a message reads its appointments: they join it before, or not at all.
    for update skip locked
  ), due as (
    select coalesce(w.id, r.new_message_id) as message_id, w.id is not null as joins, r.*
    from reminder r
    left join waiting w on w.id = r.waiting_message_id and r.skip_reason is null
  ), message as (
    insert into public.sms_messages (
      id, salon_id, client_id, kind, local_date, phone_number, status, reason, next_attempt_at,
      not_after, final_at, created_at
    )
    select d.message_id, d.salon_id, d.client_id, d.kind, d.local_date, d.phone_number,
      case when d.skip_reason is null then 'pending' else 'skipped' end::public.sms_message_status,
      d.skip_reason, d.send_at, d.not_after,
      case when d.skip_reason is not null then private.app_now() end, private.app_now()
    from due d
    where not d.joins
    returning status
  ), joined as (
    update public.sms_messages m set not_after = least(m.not_after, d.not_after)
    from due d
    where d.joins and m.id = d.message_id
  ), coverage as (
    insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
    select a.event_id, a.start_time, d.kind, d.message_id, d.salon_id
    from due d, unnest(d.event_ids, d.start_times) as a (event_id, start_time)
    -- Covered until now by a message that was cancelled, skipped for a cause that is gone, or sent
    -- and no longer true.
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
  'Writes the due reminders of a salon down as messages, with the appointments they cover. '
  'Appointments that join a message which waits to be sent are not counted.';
