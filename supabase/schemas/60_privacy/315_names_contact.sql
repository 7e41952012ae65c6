-- Called where many texts are searched.

create function private.names_contact(words text, own private.contacts)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case when words ~* own.hint then words ~* own.pattern else false end;
end;
$$;
revoke all on function private.names_contact(text, private.contacts)
  from public, anon, authenticated;
comment on function private.names_contact(text, private.contacts) is
  'Whether a text, or JSON as text, contains the phone or e-mail.';
