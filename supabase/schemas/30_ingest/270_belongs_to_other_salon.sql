-- Called before anything is locked, read or written for a booking.

create function private.belongs_to_other_salon(
  uids text[], salon uuid, from_salon_webhook boolean
)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  uid text;
  owner record;
begin
  foreach uid in array uids loop
    owner := private.owner_of_booking(uid);
    if owner.salon <> belongs_to_other_salon.salon
      or owner.event_id is not null and owner.salon is null and from_salon_webhook then
      return true;
    end if;
  end loop;
  return false;
end;
$$;
revoke all on function private.belongs_to_other_salon(text[], uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.belongs_to_other_salon(text[], uuid, boolean) to service_role;
comment on function private.belongs_to_other_salon(text[], uuid, boolean) is
  'Whether a booking names a uid that belongs to another salon. If the webhook determines the '
  'salon, a uid of an appointment without a salon counts as well; BarkBook left some.';
