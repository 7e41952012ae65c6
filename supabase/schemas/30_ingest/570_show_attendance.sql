-- Shows at once what staff say about who came. Trigger on calendar_events.

create function private.show_attendance()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  initial public.calendar_events;
begin
  -- An appointment that BarkBook inserted has no other place for the status to return to.
  if new.fold_state is null then
    initial := private.initial_appointment(old, false);
    new.fold_state := (private.apply_local_decisions(initial)).fold_state;
  end if;
  new.fold_state := new.fold_state - 'attendanceAt'
    || case when new.attendance is null then '{}'::jsonb
      else jsonb_build_object('attendanceAt', now()) end;
  return private.apply_local_decisions(private.remove_local_decisions(new));
end;
$$;
revoke all on function private.show_attendance() from public, anon, authenticated;
comment on function private.show_attendance() is
  'Trigger: the status that follows from what staff say about who came; Cal.com''s own once they '
  'take it back. Security definer, because members may not execute the functions of the fold.';

-- A fold applies it itself. The name comes after derive_changed_appointment_columns, which forgets it
-- after a move, and whose condition is not met any more once fold_state is set.
create trigger show_attendance
  before update on public.calendar_events
  for each row when (new.attendance is distinct from old.attendance
    and new.fold_state is not distinct from old.fold_state)
  execute function private.show_attendance();
