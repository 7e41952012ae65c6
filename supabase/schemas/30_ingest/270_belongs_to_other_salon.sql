-- Called by private.apply_delivery before it trusts anything else in the booking.

create function private.belongs_to_other_salon(
  booking jsonb, salon uuid, from_salon_webhook boolean
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    where u.booking_uid in (
        booking ->> 'uid', booking ->> 'rescheduleUid', private.original_uid(booking))
      and (e.salon_id <> salon or from_salon_webhook and e.salon_id is null)
  );
end;
$$;
revoke all on function private.belongs_to_other_salon(jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.belongs_to_other_salon(jsonb, uuid, boolean) to service_role;
comment on function private.belongs_to_other_salon(jsonb, uuid, boolean) is
  'Whether a booking names a uid that belongs to another salon. If the webhook determines the '
  'salon, a uid of an appointment without a salon counts as well; BarkBook left some. All seats of '
  'a slot belong to one salon.';
