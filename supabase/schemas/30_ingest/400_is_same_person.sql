-- Called wherever two contacts are compared.

create function private.is_same_person(email text, phone text, other_email text, other_phone text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- A couple may share a phone number, so it counts only if an e-mail address is missing.
  return case
    when email is null or other_email is null
      then coalesce(private.e164(phone) = private.e164(other_phone), false)
    else email = other_email
  end;
end;
$$;
revoke all on function private.is_same_person(text, text, text, text)
  from public, anon, authenticated;
grant execute on function private.is_same_person(text, text, text, text) to service_role;
comment on function private.is_same_person(text, text, text, text) is
  'Whether two contacts from Cal.com belong to one person.';
