-- Computes the row of an appointment: reduce(fold_step) over its deliveries in the order of
-- private.fold_position. Called by private.write_appointment.

create function private.fold_appointment(
  appointment public.calendar_events, latest public.webhook_logs, is_new boolean,
  from_start boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  state jsonb := appointment.fold_state;
  generation integer;
  folded public.calendar_events;
begin
  if is_new and not from_start then
    generation := 0;
  elsif not from_start and state is not null and not state ? 'base' then
    generation := private.generation_of_delivery(appointment.id, latest);
    from_start := coalesce(
      private.fold_position(latest, generation) <= (state ->> 'position') collate "C", false);
  else
    from_start := true;
  end if;
  if from_start then
    folded := private.refold_appointment(appointment, latest);
    -- No delivery with the whole booking is stored any more.
    if folded.created_at is null and appointment.created_at is not null then
      generation := private.generation_of_delivery(appointment.id, latest);
      appointment.fold_state := appointment.fold_state || '{"claims": []}';
      from_start := false;
      -- It cannot be added without what follows it.
      if private.fold_position(latest, generation) <= (state ->> 'position') collate "C" then
        latest := null;
      end if;
    end if;
  end if;
  if not from_start then
    folded := private.remove_local_decisions(appointment);
    if latest.id is not null then
      folded := private.fold_step(folded, latest, generation);
    end if;
  end if;
  if folded.client_id is null
    or folded.fold_state -> 'claims' is distinct from state -> 'claims' then
    folded := private.link_appointment(folded);
  end if;
  return private.apply_local_decisions(
    private.recall_answers(folded, private.answers_of(appointment)));
end;
$$;
revoke all on function private.fold_appointment(
  public.calendar_events, public.webhook_logs, boolean, boolean) from public, anon, authenticated;
grant execute on function private.fold_appointment(
  public.calendar_events, public.webhook_logs, boolean, boolean) to service_role;
comment on function private.fold_appointment(
  public.calendar_events, public.webhook_logs, boolean, boolean) is
  'The row of an appointment with one more delivery. One that comes last costs one step; for any '
  'other one the row is folded from the start, which gives the same. So neither the order of '
  'arrival nor repetition nor a stamp that is off by a minute changes the row. from_start: fold '
  'from the start in any case, because the chain of uids changed. latest: the delivery; null '
  'after an erasure. A row whose bookings somebody deleted stays what it is, without the contact '
  'that it remembers of them, and gets the latest if that comes last.';
