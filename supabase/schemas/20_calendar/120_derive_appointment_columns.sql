-- Sets columns of calendar_events that follow from others. Trigger on calendar_events.

create function private.derive_appointment_columns()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.duration_minutes := round(extract(epoch from new.end_time - new.start_time) / 60);
  if tg_op = 'UPDATE' then
    new.updated_at := now();
    if new.start_time <> old.start_time then
      new := private.forget_answers(new);
    end if;
    if current_user = 'authenticated' then
      if (new.client_id, new.pet_id) is distinct from (old.client_id, old.pet_id) then
        new.link_source := 'manual';
      end if;
      if new.client_response is distinct from old.client_response then
        new.client_responded_at := case when new.client_response is not null then now() end;
      end if;
    end if;
  end if;
  return new;
end;
$$;
revoke all on function private.derive_appointment_columns() from public, anon, authenticated;
comment on function private.derive_appointment_columns() is
  'Trigger: sets duration_minutes and updated_at; link_source when a member assigns the client or '
  'pet, and client_responded_at when a member records an answer; forgets what was said about the '
  'time before a move.';

-- A fold sets these columns itself.
create or replace trigger derive_appointment_columns
  before insert on public.calendar_events
  for each row when (new.fold_state is null)
  execute function private.derive_appointment_columns();
create or replace trigger derive_changed_appointment_columns
  before update on public.calendar_events
  for each row when (new.fold_state is not distinct from old.fold_state)
  execute function private.derive_appointment_columns();
