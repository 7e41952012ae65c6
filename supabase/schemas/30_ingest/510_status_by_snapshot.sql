-- Called by private.status_after for snapshots, and by private.matches_snapshot.

create function private.status_by_snapshot(
  appointment public.calendar_events, booking jsonb, as_of timestamptz, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  snapshot jsonb := booking -> 'snapshot';
  is_cancelled boolean := snapshot ->> 'status' in ('cancelled', 'rejected');
  cancelled_since timestamptz := coalesce((snapshot ->> 'updatedAt')::timestamptz, as_of);
  live text;
begin
  if whole_slot and not is_cancelled then
    -- Listed seats have snapshots of their own. A seat that is not listed was given up, unless it
    -- has not been taken yet.
    if appointment.status is null or snapshot ->> 'seats' is null
      or snapshot -> 'seats' ? split_part(appointment.cal_com_event_id, '#', 2) then
      return appointment;
    end if;
    is_cancelled := true;
    -- Cal.com does not count a seat as a change of the booking.
    cancelled_since := as_of;
  end if;

  if is_cancelled then
    if appointment.status is distinct from 'cancelled' then
      appointment.status := 'cancelled';
      appointment.cancelled_at := cancelled_since;
    end if;
    appointment.cancellation_reason := coalesce(
      appointment.cancellation_reason, booking ->> 'cancellationReason');
    appointment.status_before_no_show := null;
    return appointment;
  end if;

  live := case appointment.status
    when 'no_show' then appointment.status_before_no_show else appointment.status end;
  live := case
    when snapshot ->> 'status' = 'pending' then 'pending'
    when (snapshot ->> 'ended')::boolean then 'completed'
    when live = 'pending' then 'confirmed'
    when live = 'confirmed' then 'confirmed'
    else 'scheduled'
  end;
  appointment.cancelled_at := null;
  appointment.cancellation_reason := null;
  if (snapshot ->> 'absent')::boolean and live <> 'pending' then
    appointment.status := 'no_show';
    appointment.status_before_no_show := live;
  else
    appointment.status := live;
    appointment.status_before_no_show := null;
  end if;
  return appointment;
end;
$$;
revoke all on function private.status_by_snapshot(
  public.calendar_events, jsonb, timestamptz, boolean) from public, anon, authenticated;
grant execute on function private.status_by_snapshot(
  public.calendar_events, jsonb, timestamptz, boolean) to service_role;
comment on function private.status_by_snapshot(
  public.calendar_events, jsonb, timestamptz, boolean) is
  'The appointment with the status that Cal.com''s API reports, whatever it was before: a '
  'cancellation, end or no-show that the API does not know is undone. What the API does not report '
  'stays: whether the booking needed confirmation, and the reason. whole_slot: the snapshot covers '
  'all seats.';
