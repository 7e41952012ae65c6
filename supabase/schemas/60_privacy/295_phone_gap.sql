-- Called by private.phone_pattern and private.contact_hint.

create function private.phone_gap()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '[^0-9[:alpha:]":@]{0,3}';
end;
$$;
revoke all on function private.phone_gap() from public, anon, authenticated;
comment on function private.phone_gap() is
  'A regular expression of what may stand between two digits of a phone number.';
