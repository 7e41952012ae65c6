-- Called by private.write_appointment.

create function private.erased_under_uids(appointment uuid, salon uuid)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select min(l.erased_at)
    from public.calendar_event_uids u
    join public.webhook_logs l on l.booking_uid = u.booking_uid and l.seat_id = u.seat_id
    where u.event_id = appointment and l.erased_at is not null
      -- Erasures by another salon under this uid do not count.
      and (l.salon_id is null or l.salon_id = salon)
  );
end;
$$;
revoke all on function private.erased_under_uids(uuid, uuid) from public, anon, authenticated;
grant execute on function private.erased_under_uids(uuid, uuid) to service_role;
comment on function private.erased_under_uids(uuid, uuid) is
  'When a delivery of an appointment was erased; null if none was. An erasure is permanent, also '
  'for a row that is created or merged later.';
