-- Called by the functions with which users find and accept invitations.

create function private.confirmed_email()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  -- From the account, because a token may name an address that was changed since.
  return (
    select lower(u.email) from auth.users u
    where u.id = (select auth.uid()) and u.email_confirmed_at is not null);
end;
$$;
revoke all on function private.confirmed_email() from public, anon, authenticated;
comment on function private.confirmed_email() is
  'The e-mail address of the signed-in user in lower case; null if it was not confirmed.';
