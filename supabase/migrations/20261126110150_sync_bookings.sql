-- The door through which what Cal.com's API says comes in.
-- Objects: private.sync_booking, public.sync_bookings.
-- Destructive: no. Undo: drop these functions.

create function private.sync_booking(
  salon uuid, booking jsonb, payload jsonb, out action text, out reason text
)
language plpgsql
set search_path = ''
as $$
declare
  as_of timestamptz := (booking ->> 'occurredAt')::timestamptz;
  key text := private.event_key(booking);
  snapshot record;
  slot text;
  result record;
begin
  action := 'unchanged';
  if private.says_what_snapshot_says(salon, booking, as_of) then
    return;
  end if;
  select k.* into snapshot from private.snapshot_key(key, booking, as_of) k;
  if booking ->> 'seatId' is not null then
    slot := private.moved_from_slot(salon, booking, as_of);
  end if;
  booking := booking || jsonb_build_object(
    'occurredAt', snapshot.occurred_at,
    'rescheduleUid', coalesce(slot, booking ->> 'rescheduleUid'));
  -- One more lock while the salon's is held: whoever has it may be waiting for the salon's.
  if slot is not null and not private.try_lock_booking(booking) then
    action := 'failed';
    reason := 'busy';
    return;
  end if;
  select u.* into result
  from public.upsert_calendar_event(
    p_delivery_key => snapshot.delivery_key, p_webhook_type => 'BOOKING_SYNCED',
    p_payload => payload, p_booking => booking) u;
  -- The fold takes the clock of a delivery for the age of the booking; a snapshot knows better.
  update public.calendar_events e
  set created_at = (booking -> 'snapshot' ->> 'createdAt')::timestamptz
  where e.id = result.event_id and not (booking ->> 'wholeSlot')::boolean
    and e.created_at > (booking -> 'snapshot' ->> 'createdAt')::timestamptz;
  if result.action <> 'duplicate' then
    action := result.action;
    reason := result.reason;
  end if;
end;
$$;
revoke all on function private.sync_booking(uuid, jsonb, jsonb) from public, anon, authenticated;
grant execute on function private.sync_booking(uuid, jsonb, jsonb) to service_role;
comment on function private.sync_booking(uuid, jsonb, jsonb) is
  'Brings the calendar in line with one snapshot. action: unchanged, if it was, or cannot be any '
  'further; failed with reason busy, if its booking is being written at this moment; otherwise what '
  'upsert_calendar_event says.';

create function public.sync_bookings(p_salon_id uuid, p_snapshots jsonb)
returns table (action text, code text, snapshots bigint)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  host text;
  ours jsonb[];
  item jsonb;
  done record;
  failure text;
  answers jsonb := '[]'::jsonb;
begin
  select s.cal_com_username into host from public.salons s where s.id = p_salon_id;
  if host is null then
    raise exception 'Salon % is unknown or has no Cal.com username', p_salon_id
      using errcode = 'no_data_found', hint = 'Set salons.cal_com_username.';
  end if;
  -- Whatever the API said of the host, this is the salon whose key it was asked with.
  ours := array(
    select jsonb_set(i.item, '{booking,organizerUsername}', to_jsonb(host))
    from jsonb_array_elements(p_snapshots) with ordinality as i (item, position)
    order by i.position);
  perform private.lock_bookings(variadic array(select i -> 'booking' from unnest(ours) i));
  foreach item in array ours loop
    begin
      done := private.sync_booking(p_salon_id, item -> 'booking', item -> 'payload');
      answers := answers || jsonb_build_object('action', done.action, 'code', done.reason);
    exception
      when others then
        -- The code, never the message: it quotes personal data.
        get stacked diagnostics failure = returned_sqlstate;
        answers := answers || jsonb_build_object('action', 'failed', 'code', failure);
    end;
  end loop;
  return query
    select a.action, a.code, count(*)
    from jsonb_to_recordset(answers) as a (action text, code text)
    group by a.action, a.code;
end;
$$;
revoke all on function public.sync_bookings(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.sync_bookings(uuid, jsonb) to service_role;
comment on function public.sync_bookings(uuid, jsonb) is
  'Takes what Cal.com''s API says of a salon''s bookings: an array of {booking, payload}, booking a '
  'CalendarBooking with a snapshot, each slot after its seats. Answers how many were applied, '
  'unchanged, stale, deferred (code: the reason) or failed (code: SQLSTATE); one that fails leaves '
  'the others alone. The salon''s other deliveries wait meanwhile, so send a few at a time. Called '
  'by functions/calcom-sync.';
