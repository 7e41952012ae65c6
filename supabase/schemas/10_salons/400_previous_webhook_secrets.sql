-- Previous secrets of a salon's webhook. Called by the functions below.

create function private.previous_webhook_secrets(salon uuid)
returns table (secret text, valid_until timestamptz)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select split_part(l.line, ' ', 2), split_part(l.line, ' ', 1)::timestamptz
  from unnest(string_to_array(
    private.salon_secret('previous_webhook_secret', salon), E'\n')) as l (line)
  where split_part(l.line, ' ', 1)::timestamptz > now();
end;
$$;
revoke all on function private.previous_webhook_secrets(uuid) from public, anon, authenticated;
comment on function private.previous_webhook_secrets(uuid) is
  'The previous secrets of a salon''s webhook that are still accepted. In Vault they are lines of '
  'a time and a secret. A secret is valid until infinity while Cal.com has not confirmed the next '
  'one.';
