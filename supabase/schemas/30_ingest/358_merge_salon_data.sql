-- Called by private.merge_appointments.

create function private.merge_salon_data(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.calendar_events k
  set salon_note = concat_ws(E'\n', k.salon_note, m.salon_note)
  from public.calendar_events m
  where k.id = kept and m.id = any (merged) and k.erased_at is null
    and m.salon_note is not null and k.salon_note is distinct from m.salon_note;
  -- An answer comes with the start that it is about. The fold that follows forgets it if the
  -- appointment starts at another time after all.
  update public.calendar_events k
  set start_time = m.start_time, end_time = m.end_time, attendance = m.attendance,
    client_response = m.client_response, client_responded_at = m.client_responded_at
  from public.calendar_events m
  where k.id = kept and m.id = any (merged)
    and coalesce(m.attendance::text, m.client_response::text) is not null
    and (coalesce(k.attendance::text, k.client_response::text) is null
      or m.last_event_at > k.last_event_at);
  update public.salon_activity a set event_id = kept where a.event_id = any (merged);
end;
$$;
revoke all on function private.merge_salon_data(uuid, uuid[]) from public, anon, authenticated;
grant execute on function private.merge_salon_data(uuid, uuid[]) to service_role;
comment on function private.merge_salon_data(uuid, uuid[]) is
  'Moves to the appointment that is kept what is known of the others here and not in Cal.com: '
  'notes, who came, what the client answered, and the record of what was done.';
