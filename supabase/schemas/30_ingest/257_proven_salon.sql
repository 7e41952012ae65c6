-- Called by private.find_salon.

create function private.proven_salon(uid text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  owner record;
begin
  if uid is null then
    return null;
  end if;
  owner := private.owner_of_booking(uid);
  -- A salon's own webhook can name any uid, so its deliveries prove nothing about others.
  return case when owner.salon is not null and (
    exists (
      select from public.webhook_logs l
      where l.booking_uid = uid and l.salon_id is not distinct from owner.salon
        and l.status = 'success'
        and not l.from_salon_webhook)
    or not exists (
      select from public.calendar_event_uids u
      join public.webhook_logs l on l.booking_uid = u.booking_uid
        and l.salon_id is not distinct from owner.salon
      where u.event_id = owner.event_id)) then owner.salon end;
end;
$$;
revoke all on function private.proven_salon(text) from public, anon, authenticated;
grant execute on function private.proven_salon(text) to service_role;
comment on function private.proven_salon(text) is
  'The salon that a uid belongs to, if a delivery that named the host says so, or if BarkBook '
  'inserted the appointment. Null otherwise.';
