-- Called by private.fold_status for snapshots.

create function private.status_by_snapshot(
  appointment public.calendar_events, delivery public.webhook_logs, whole_slot boolean
)
returns public.calendar_events
language plpgsql
immutable
set search_path = ''
as $$
declare
  snapshot jsonb := delivery.booking -> 'snapshot';
  as_of timestamptz := delivery.occurred_at;
  is_cancelled boolean := snapshot ->> 'status' in ('cancelled', 'rejected');
  -- Cal.com does not count a seat as a change of the booking.
  changed_at timestamptz := case when appointment.seat_id is null or whole_slot
    then (snapshot ->> 'updatedAt')::timestamptz else as_of end;
  live text;
begin
  -- A seat that was taken later.
  if whole_slot
    and coalesce((appointment.fold_state ->> 'inSlotSince')::timestamptz > as_of, false) then
    return appointment;
  end if;
  if whole_slot and not is_cancelled then
    -- Listed seats have snapshots of their own. A seat that is not listed was given up.
    if snapshot ->> 'seats' is null or snapshot -> 'seats' ? appointment.seat_id then
      return appointment;
    end if;
    is_cancelled := true;
    changed_at := as_of;
  end if;

  if is_cancelled then
    -- A snapshot that shows the booking alive is folded before this one, even if it is newer: see
    -- private.fold_position.
    if coalesce((appointment.fold_state ->> 'liveAsOf')::timestamptz > as_of, false) then
      return appointment;
    end if;
    appointment.status := 'cancelled';
    appointment.cancelled_at := least(appointment.cancelled_at, coalesce(changed_at, as_of));
    -- Only the host can decline a booking.
    if snapshot ->> 'status' = 'rejected' then
      appointment.fold_state := appointment.fold_state || '{"cancelledBySalon": true}'::jsonb;
    end if;
    appointment.cancellation_reason := coalesce(
      appointment.cancellation_reason, delivery.booking ->> 'cancellationReason');
    return appointment;
  end if;

  live := case appointment.status
    when 'no_show' then appointment.status_before_no_show else appointment.status end;
  live := case
    -- A booking that was confirmed since does not wait for its confirmation again.
    when snapshot ->> 'status' = 'pending' then case
      when (appointment.fold_state ->> 'accepted')::boolean and live = 'scheduled' then 'confirmed'
      when (appointment.fold_state ->> 'accepted')::boolean then live
      else 'pending' end
    when (snapshot ->> 'ended')::boolean then 'completed'
    when live = 'pending' or appointment.fold_state ? 'wasConfirmed' then 'confirmed'
    else 'scheduled'
  end;
  if (snapshot ->> 'absent')::boolean and live <> 'pending' then
    appointment.status := 'no_show';
    appointment.status_before_no_show := live;
  else
    appointment.status := live;
  end if;
  appointment.fold_state := appointment.fold_state || jsonb_build_object('liveAsOf', as_of,
    'liveSince', coalesce(changed_at, (snapshot ->> 'createdAt')::timestamptz),
    'accepted', live <> 'pending');
  return appointment;
end;
$$;
revoke all on function private.status_by_snapshot(
  public.calendar_events, public.webhook_logs, boolean) from public, anon, authenticated;
grant execute on function private.status_by_snapshot(
  public.calendar_events, public.webhook_logs, boolean) to service_role;
comment on function private.status_by_snapshot(
  public.calendar_events, public.webhook_logs, boolean) is
  'The appointment with the status that Cal.com''s API reports, whatever it was before: an end or '
  'no-show that the API does not know is undone. What the API does not report stays: whether the '
  'booking needed confirmation, and the reason. whole_slot: the snapshot covers all seats.';
