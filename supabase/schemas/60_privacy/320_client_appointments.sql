-- Called by erase_client and export_client.

create function private.client_appointments(client public.clients, phone text, email text)
returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    select e.id from public.calendar_events e
    where e.salon_id = client.salon_id and e.erased_at is null
      and (e.client_id = client.id
        or e.client_id is null and (
          lower(e.attendee_email) = client_appointments.email
          or private.e164(e.attendee_phone) = client_appointments.phone
            -- The known e-mail of another client outweighs the phone number.
            and not exists (
              select from public.clients c
              where c.salon_id = client.salon_id and c.id <> client.id
                and lower(c.email) = lower(e.attendee_email))))
  );
end;
$$;
revoke all on function private.client_appointments(public.clients, text, text)
  from public, anon, authenticated;
comment on function private.client_appointments(public.clients, text, text) is
  'The appointments of a client: linked ones, and unlinked ones with a phone or e-mail that only '
  'this client has (private.unique_contacts).';
