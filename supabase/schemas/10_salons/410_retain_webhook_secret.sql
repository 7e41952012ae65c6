-- Called when a secret is replaced, confirmed or retired.

create function private.retain_webhook_secret(salon uuid, secret text, valid_until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  lines text[];
begin
  lines := array(
    select concat_ws(' ',
      to_jsonb(least(p.valid_until, retain_webhook_secret.valid_until)) #>> '{}', p.secret)
    from private.previous_webhook_secrets(salon) p
  );
  if secret is not null then
    lines := lines || concat_ws(' ', to_jsonb(valid_until) #>> '{}', secret);
  end if;
  perform private.set_salon_secret(
    'previous_webhook_secret', salon, nullif(array_to_string(lines, E'\n'), ''));
end;
$$;
revoke all on function private.retain_webhook_secret(uuid, text, timestamptz)
  from public, anon, authenticated;
comment on function private.retain_webhook_secret(uuid, text, timestamptz) is
  'Adds a secret, if given, to the previous ones, and limits the validity of all of them to '
  'valid_until.';
