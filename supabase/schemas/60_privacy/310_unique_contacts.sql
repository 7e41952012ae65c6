-- Called first where a client is erased or exported.

create function private.unique_contacts(client public.clients)
returns private.contacts
language plpgsql
stable
set search_path = ''
as $$
declare
  of_hosts text[] := private.host_contacts(client.salon_id);
  own private.contacts;
begin
  own.phone := private.e164(client.phone_number);
  if own.phone = any (of_hosts) or exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and private.e164(c.phone_number) = own.phone) then
    own.phone := null;
  end if;
  -- Must look like an address: a salon may have entered "brak", which would match everybody's data.
  own.email := substring(lower(trim(client.email)) from '^[^[:space:]@]+@[^[:space:]@]+$');
  if own.email = any (of_hosts) or exists (
    select from public.clients c
    where c.salon_id = client.salon_id and c.id <> client.id
      and lower(c.email) = own.email) then
    own.email := null;
  end if;
  own.hint := private.contact_hint(own.phone, own.email);
  own.pattern := private.contact_pattern(own.phone, own.email);
  return own;
end;
$$;
revoke all on function private.unique_contacts(public.clients) from public, anon, authenticated;
comment on function private.unique_contacts(public.clients) is
  'The phone and e-mail that only this client has. A contact that a couple shares is also the '
  'other''s data and identifies neither; that of a host identifies no client.';
