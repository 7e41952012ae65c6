-- Called by private.find_predecessor.

create function private.seat_of_person(delivery public.webhook_logs, salon uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  old_uid text := delivery.booking ->> 'rescheduleUid';
  seats text[];
begin
  -- A seat that was given up is the one only if there is no other: a poll may have missed it because
  -- it moved. One that has moved before is another one.
  seats := array(
    select ranked.seat_id
    from (
      select k.seat_id, rank() over (order by (
        e.status = 'cancelled'
          and e.cal_com_event_id = private.cal_com_event_id(k.booking_uid, k.seat_id))::integer)
        as place
      from public.calendar_event_uids k
      join public.calendar_events e on e.id = k.event_id and e.salon_id = salon
      where k.booking_uid = old_uid
        and not private.has_moved_elsewhere(k, delivery)
        and private.seat_existed_at(k.booking_uid, k.seat_id, delivery.occurred_at)
        and private.is_same_person(e.attendee_email, e.attendee_phone,
          delivery.booking ->> 'attendeeEmail', delivery.booking ->> 'attendeePhone')
    ) ranked
    where ranked.place = 1
    limit 2
  );
  return case when cardinality(seats) = 1 then seats[1] end;
end;
$$;
revoke all on function private.seat_of_person(public.webhook_logs, uuid)
  from public, anon, authenticated;
grant execute on function private.seat_of_person(public.webhook_logs, uuid) to service_role;
comment on function private.seat_of_person(public.webhook_logs, uuid) is
  'The seat that the attendee had in the slot that a delivery reschedules; null if none or several '
  'may be meant.';
