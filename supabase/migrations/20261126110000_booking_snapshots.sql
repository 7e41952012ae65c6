-- What Cal.com's API says of a booking, as one more delivery.
-- A webhook tells what happened; a snapshot (BOOKING_SYNCED, a trigger of our own) tells how things
-- stand. It is folded with the others at the moment it is sure of, so newer webhooks still win.
-- Objects: private.books_a_time, private.precedence and private.status_after, extended;
-- private.status_by_delivery, which is status_after as it was; private.status_by_snapshot.
-- Destructive: no. Undo: drop status_after and status_by_snapshot, rename status_by_delivery back to
-- status_after, delete the rows of webhook_logs with webhook_type BOOKING_SYNCED.

create or replace function private.books_a_time(webhook_type text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return webhook_type in (
    'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID',
    'BOOKING_RESCHEDULED', 'BOOKING_SYNCED'
  );
end;
$$;

create or replace function private.precedence(webhook_type text)
returns integer
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case webhook_type
    when 'BOOKING_REQUESTED' then 1
    when 'BOOKING_PAYMENT_INITIATED' then 1
    when 'BOOKING_CREATED' then 2
    when 'BOOKING_PAID' then 3
    when 'BOOKING_RESCHEDULED' then 4
    when 'MEETING_ENDED' then 5
    when 'BOOKING_NO_SHOW_UPDATED' then 6
    when 'BOOKING_REJECTED' then 7
    when 'BOOKING_CANCELLED' then 8
    when 'BOOKING_SYNCED' then 9
    else 0
  end;
end;
$$;

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
  'or a no-show of which the API knows nothing is undone. What the API does not tell stays: whether '
  'somebody had to confirm, and the reason. whole_slot: the snapshot is of all seats.';

alter function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) rename to status_by_delivery;
comment on function private.status_by_delivery(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The visit with the status it has after a webhook told what happened. See private.status_after.';

create function private.status_after(
  event public.calendar_events, delivery public.webhook_logs, person jsonb, whole_slot boolean
)
returns public.calendar_events
language plpgsql
stable
set search_path = ''
as $$
begin
  if delivery.webhook_type = 'BOOKING_SYNCED' then
    return private.status_by_snapshot(event, delivery.booking, delivery.occurred_at, whole_slot);
  end if;
  return private.status_by_delivery(event, delivery, person, whole_slot);
end;
$$;
revoke all on function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) to service_role;
comment on function private.status_after(
  public.calendar_events, public.webhook_logs, jsonb, boolean) is
  'The visit with the status it has after one more delivery. person: the attendee the delivery '
  'names, if it is this visit''s; whole_slot: it was sent for all seats of a slot.';

comment on column public.webhook_logs.webhook_type is
  'Cal.com''s triggerEvent; BOOKING_SYNCED for what functions/calcom-sync found in Cal.com''s API.';
comment on column public.webhook_logs.delivery_key is
  'SHA-256 of the raw body, hexadecimal: the same bytes are the same delivery. Of a snapshot, '
  'SHA-256 of what it says, @, and the moment it is sure of.';
comment on column public.webhook_logs.occurred_at is
  'When it happened by Cal.com''s clock, never later than its arrival. Of a snapshot, the last '
  'moment of which it surely knows everything.';
