-- Called by private.merge_appointments.

create function private.merge_salon_data(kept uuid, merged uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- A row that BarkBook inserted may have no salon yet, and only one with a salon can have a client.
  update public.calendar_events k
  set salon_id = m.salon_id, client_id = m.client_id, pet_id = m.pet_id,
    link_source = m.link_source
  from (
    select e.* from public.calendar_events e
    where (e.id = kept or e.id = any (merged)) and e.link_source = 'manual'
    order by (
      select max(a.created_at) from public.salon_activity a
      where a.event_id = e.id and a.action = 'assign') desc nulls last, e.id = kept desc
    limit 1
  ) m
  where k.id = kept and m.id <> kept;
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
  -- Only the fold that follows knows which of the starts is right.
  update public.calendar_events k
  set attendance = null, client_response = null, client_responded_at = null,
    fold_state = coalesce(k.fold_state, (private.initial_appointment(k, false)).fold_state)
      || jsonb_build_object('answers', said.answers)
  from (
    select jsonb_agg(answer.value order by m.id = kept, m.created_at) as answers
    from public.calendar_events m
    cross join jsonb_array_elements(private.answers_of(m)) answer (value)
    where m.id = kept or m.id = any (merged)
  ) said
  where k.id = kept and said.answers is not null;
  update public.salon_activity a set event_id = kept where a.event_id = any (merged);
  update public.sms_inbox m set event_id = kept where m.event_id = any (merged);
end;
$$;
revoke all on function private.merge_salon_data(uuid, uuid[]) from public, anon, authenticated;
grant execute on function private.merge_salon_data(uuid, uuid[]) to service_role;
comment on function private.merge_salon_data(uuid, uuid[]) is
  'Moves to the appointment that is kept what is known of the others here and not in Cal.com: the '
  'client and pet that a member chose last, notes, who came, what the client answered and wrote, and '
  'the record of what was done.';
