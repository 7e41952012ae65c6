-- Called by private.status_after for webhooks.

create function private.status_by_delivery(
  event public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
declare
  booking jsonb := delivery.booking;
  moves boolean := coalesce(booking ->> 'rescheduleUid' <> booking ->> 'uid', false);
begin
  case delivery.webhook_type
    when 'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED' then
      -- A move that needs confirmation arrives as a request that names the old booking.
      if event.status is null or moves then
        event.status := 'pending';
      end if;
    when 'BOOKING_CREATED' then
      event.status := case coalesce(event.status, '')
        when '' then 'scheduled' when 'pending' then 'confirmed' else event.status end;
    when 'BOOKING_PAID' then
      if (booking ->> 'awaitingConfirmation')::boolean then
        event.status := coalesce(event.status, 'pending');
      elsif event.status is null or event.status in ('pending', 'scheduled') then
        event.status := 'confirmed';
      end if;
    when 'BOOKING_RESCHEDULED' then
      -- Only a move to a new booking revives: a host's "request reschedule" cancels first.
      if event.status is null or event.status <> 'confirmed'
        and (event.status <> 'cancelled' or moves and not whole_slot) then
        event.status := 'scheduled';
      end if;
    when 'BOOKING_CANCELLED', 'BOOKING_REJECTED' then
      if event.status is distinct from 'cancelled' then
        event.status := 'cancelled';
        event.cancelled_at := delivery.occurred_at;
      end if;
      event.cancellation_reason := coalesce(
        event.cancellation_reason, booking ->> 'cancellationReason');
    when 'MEETING_ENDED' then
      -- Fired by the clock from a snapshot: one that ends before the visit does is of a time from
      -- which the visit was moved.
      if event.status = 'no_show' then
        event.status_before_no_show := 'completed';
      elsif event.status is distinct from 'cancelled'
        and coalesce((booking ->> 'endTime')::timestamptz >= event.end_time, true) then
        event.status := 'completed';
      end if;
    when 'BOOKING_NO_SHOW_UPDATED' then
      if (person ->> 'noShow')::boolean and event.status not in ('no_show', 'cancelled') then
        event.status_before_no_show := event.status;
        event.status := 'no_show';
      elsif not (person ->> 'noShow')::boolean and event.status = 'no_show' then
        event.status := coalesce(event.status_before_no_show, 'scheduled');
      end if;
  end case;

  if event.status <> 'no_show' then
    event.status_before_no_show := null;
  end if;
  if event.status <> 'cancelled' then
    event.cancelled_at := null;
    event.cancellation_reason := null;
  end if;
  return event;
end;
$$;
revoke all on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The visit with the status it has after a webhook told what happened. See private.status_after.';
