-- Called by private.status_after for snapshots, and where a snapshot is compared with the calendar.

create function private.status_by_snapshot(
  event public.calendar_events, booking jsonb, as_of timestamptz, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  snapshot jsonb := booking -> 'snapshot';
  off boolean := snapshot ->> 'status' in ('cancelled', 'rejected');
  off_since timestamptz := coalesce((snapshot ->> 'updatedAt')::timestamptz, as_of);
  live text;
begin
  if whole_slot and not off then
    -- Seats that are listed have snapshots of their own. One that is not was given up, unless it
    -- has not been taken yet.
    if event.status is null or snapshot ->> 'seats' is null
      or snapshot -> 'seats' ? split_part(event.cal_com_event_id, '#', 2) then
      return event;
    end if;
    off := true;
    -- Cal.com does not count a seat as a change of the booking.
    off_since := as_of;
  end if;

  if off then
    if event.status is distinct from 'cancelled' then
      event.status := 'cancelled';
      event.cancelled_at := off_since;
    end if;
    event.cancellation_reason := coalesce(
      event.cancellation_reason, booking ->> 'cancellationReason');
    event.status_before_no_show := null;
    return event;
  end if;

  live := case event.status
    when 'no_show' then event.status_before_no_show else event.status end;
  live := case
    when snapshot ->> 'status' = 'pending' then 'pending'
    when (snapshot ->> 'ended')::boolean then 'completed'
    when live = 'pending' then 'confirmed'
    when live = 'confirmed' then 'confirmed'
    else 'scheduled'
  end;
  event.cancelled_at := null;
  event.cancellation_reason := null;
  if (snapshot ->> 'absent')::boolean and live <> 'pending' then
    event.status := 'no_show';
    event.status_before_no_show := live;
  else
    event.status := live;
    event.status_before_no_show := null;
  end if;
  return event;
end;
$$;
revoke all on function private.status_by_snapshot(
  public.calendar_events, jsonb, timestamptz, boolean) from public, anon, authenticated;
grant execute on function private.status_by_snapshot(
  public.calendar_events, jsonb, timestamptz, boolean) to service_role;
comment on function private.status_by_snapshot(
  public.calendar_events, jsonb, timestamptz, boolean) is
  'The visit with the status that Cal.com''s API gives it, whatever it was: a cancellation, an end '
  'or a no-show of which the API knows nothing is undone. What the API does not tell stays: '
  'whether '
  'somebody had to confirm, and the reason. whole_slot: the snapshot is of all seats.';
