-- Called by private.resolve_appointment when a late reschedule connects two appointments.

create function private.merge_appointments(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Excludes the planner: planner and merge would each miss what the other writes.
  perform pg_advisory_xact_lock(private.lock_key('sms_plan', salon.id::text))
  from (
    select distinct e.salon_id as id from public.calendar_events e
    where (e.id = kept or e.id = any (merged)) and e.salon_id is not null order by 1
  ) salon;
  update public.calendar_event_uids set event_id = kept where event_id = any (merged);
  insert into public.sms_message_events as covered
    (event_id, start_time, kind, message_id, salon_id)
  select distinct on (c.start_time, c.kind) kept, c.start_time, c.kind, c.message_id, c.salon_id
  from public.sms_message_events c
  join public.sms_messages m on m.id = c.message_id
  where c.event_id = any (merged)
  order by c.start_time, c.kind, private.may_have_been_sent(m) desc, m.created_at
  on conflict (event_id, start_time, kind) do update set message_id = excluded.message_id
  where exists (
    select from public.sms_messages here, public.sms_messages there
    where here.id = covered.message_id and there.id = excluded.message_id
      and private.may_have_been_sent(there) and not private.may_have_been_sent(here));
  insert into private.sms_told_events (event_id, start_time, message_id)
  select kept, told.start_time, told.message_id
  from private.sms_told_events told
  where told.event_id = any (merged)
  on conflict do nothing;
  perform private.merge_salon_data(kept, merged);
  -- An erasure is permanent, and so is what BarkBook wrote.
  update public.calendar_events k
  set erased_at = coalesce(k.erased_at, m.erased_at),
    salon_note = case when coalesce(k.erased_at, m.erased_at) is null then k.salon_note end,
    fold_state = case
      when k.fold_state is null or private.base_of_appointment(k) is not null
        or m.base is null then k.fold_state
      else k.fold_state || jsonb_build_object('base', m.base) end
  from (
    select min(a.erased_at) as erased_at,
      (array_agg(b.base order by a.created_at) filter (where b.base is not null))[1] as base
    from public.calendar_events a
    cross join private.base_of_appointment(a) as b (base)
    where a.id = any (merged)
  ) m
  where k.id = kept;
  delete from public.calendar_events where id = any (merged);
end;
$$;
revoke all on function private.merge_appointments(uuid, uuid[]) from public, anon, authenticated;
grant execute on function private.merge_appointments(uuid, uuid[]) to service_role;
comment on function private.merge_appointments(uuid, uuid[]) is
  'Merges two rows that turned out to be one appointment. The fold that follows recomputes the row '
  'from all deliveries; what members and the client decided is copied here.';
