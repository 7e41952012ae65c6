-- Called by private.fold_step for the first delivery about the next uid of a chain.

create function private.start_generation(appointment public.calendar_events, generation integer)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- A move does not undo a confirmation, though Cal.com's API lists the old booking as cancelled.
  appointment.status := case
    when appointment.fold_state ? 'wasConfirmed' then 'confirmed' end;
  appointment.status_before_no_show := null;
  appointment.cancelled_at := null;
  appointment.cancellation_reason := null;
  appointment.fold_state := appointment.fold_state
    - '{accepted,liveAsOf,liveSince,cancelledBySalon}'::text[]
    || jsonb_build_object('generation', generation);
  return appointment;
end;
$$;
revoke all on function private.start_generation(public.calendar_events, integer)
  from public, anon, authenticated;
grant execute on function private.start_generation(public.calendar_events, integer)
  to service_role;
comment on function private.start_generation(public.calendar_events, integer) is
  'The appointment under its next uid, of which nothing is known yet: a move revives what was '
  'cancelled or over.';
