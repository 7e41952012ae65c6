-- Called first by erase_client and export_client.

create function private.unique_contacts(
  client public.clients, out phone text, out email text, out pattern text
)
language plpgsql
stable
set search_path = ''
as $$
begin
  phone := private.e164(client.phone_number);
  if exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and private.e164(c.phone_number) = unique_contacts.phone) then
    phone := null;
  end if;
  -- Must look like an address: a salon may have entered "brak", which would match everybody's data.
  email := substring(lower(trim(client.email)) from '^[^[:space:]@]+@[^[:space:]@]+$');
  if exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and lower(c.email) = unique_contacts.email) then
    email := null;
  end if;
  pattern := private.contact_pattern(phone, email);
end;
$$;
revoke all on function private.unique_contacts(public.clients) from public, anon, authenticated;
comment on function private.unique_contacts(public.clients) is
  'The phone and e-mail that only this client has. A contact that a couple shares is also the '
  'other''s data and identifies neither.';
