-- Called by members in the dashboard.

create function public.set_salon_note(
  p_event_id uuid, p_note text default null, p_before text default null
)
returns void
language plpgsql
security invoker
set search_path = ''
as $$
begin
  update public.calendar_events e
  set salon_note = p_note
  where e.id = p_event_id
    -- Judged again once a writer at the same time is done. Who writes the same text agrees.
    and (e.salon_note is not distinct from p_before or e.salon_note is not distinct from p_note);
  if found then
    return;
  end if;
  if exists (select from public.calendar_events e where e.id = p_event_id) then
    raise exception 'Somebody else changed the note'
      using errcode = 'PT412', detail = 'note_changed',
        hint = 'Read the note again, and send what it says now as p_before.';
  end if;
  raise exception 'There is no such appointment'
    using errcode = 'PT404', hint = 'Look up the id in appointments.';
end;
$$;
revoke all on function public.set_salon_note(uuid, text, text)
  from public, anon, authenticated, service_role;
grant execute on function public.set_salon_note(uuid, text, text) to authenticated;
comment on function public.set_salon_note(uuid, text, text) is
  'Writes the salon''s note on an appointment, or removes it (null), if it still is what the caller '
  'read (p_before). Otherwise nothing is changed: PT412, note_changed. For members; for others the '
  'appointment does not exist: PT404.';
