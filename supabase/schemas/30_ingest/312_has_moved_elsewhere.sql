-- Called by private.seat_of_person and private.find_predecessor.

create function private.has_moved_elsewhere(
  seat public.calendar_event_uids, delivery public.webhook_logs
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids later
    where later.event_id = seat.event_id
      and later.replaced_uid = seat.booking_uid and later.replaced_seat_id = seat.seat_id
      and (later.booking_uid, later.seat_id) <> (delivery.booking_uid, delivery.seat_id));
end;
$$;
revoke all on function private.has_moved_elsewhere(
  public.calendar_event_uids, public.webhook_logs) from public, anon, authenticated;
grant execute on function private.has_moved_elsewhere(
  public.calendar_event_uids, public.webhook_logs) to service_role;
comment on function private.has_moved_elsewhere(
  public.calendar_event_uids, public.webhook_logs) is
  'Whether a seat left its slot by another move than this one, so that this one moves another seat.';
