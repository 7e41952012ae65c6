-- Called by private.merge_appointments.

create function private.merge_salon_data(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.calendar_events k
  set salon_note = (
    select string_agg(n.salon_note, E'\n' order by n.is_kept desc, n.booked_at)
    from (
      select m.salon_note, bool_or(m.id = kept) as is_kept, min(m.created_at) as booked_at
      from public.calendar_events m
      where m.id = kept or m.id = any (merged)
      group by m.salon_note
    ) n)
  where k.id = kept and k.erased_at is null and exists (
    select from public.calendar_events m where m.id = any (merged) and m.salon_note is not null);
  -- An answer comes with the start that it is about. The fold that follows forgets it if the
  -- appointment starts at another time after all.
  update public.calendar_events k
  set start_time = m.start_time, end_time = m.end_time, attendance = m.attendance,
    client_response = m.client_response, client_responded_at = m.client_responded_at
  from (
    select a.* from public.calendar_events a
    where (a.id = kept or a.id = any (merged))
      and coalesce(a.attendance::text, a.client_response::text) is not null
    order by a.last_event_at desc nulls last, a.id = kept desc
    limit 1
  ) m
  where k.id = kept and m.id <> kept;
  update public.salon_activity a set event_id = kept where a.event_id = any (merged);
end;
$$;
revoke all on function private.merge_salon_data(uuid, uuid[]) from public, anon, authenticated;
grant execute on function private.merge_salon_data(uuid, uuid[]) to service_role;
comment on function private.merge_salon_data(uuid, uuid[]) is
  'Moves to the appointment that is kept what is known of the others here and not in Cal.com: '
  'notes, who came, what the client answered, and the record of what was done.';
