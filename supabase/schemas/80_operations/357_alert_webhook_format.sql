-- Called when alerts are set up.

create function private.alert_webhook_format(p_url text, p_format text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  format text := coalesce(nullif(trim(p_format), ''), case
    when p_url ~ '^https://hooks\.slack\.com/' then 'slack'
    when p_url ~ '^https://(\w+\.)?discord(app)?\.com/' then 'discord'
    when p_url ~ '^https://ntfy\.sh/' then 'ntfy'
  end);
begin
  if p_url !~ '^https?://[^\s?#/]+/[^\s?#]*[^\s?#/](\?[^\s#]*)?$' then
    raise exception 'The address for alerts cannot be used'
      using errcode = 'invalid_parameter_value',
        hint = 'Pass the whole address of the webhook, or https://ntfy.sh/<topic>.';
  elsif format is null or format not in ('slack', 'discord', 'ntfy') then
    raise exception 'The format of the alerts is unknown'
      using errcode = 'invalid_parameter_value',
        hint = 'Pass slack, discord or ntfy as p_webhook_format.';
  end if;
  return format;
end;
$$;
revoke all on function private.alert_webhook_format(text, text) from public, anon, authenticated;
comment on function private.alert_webhook_format(text, text) is
  'The format of a webhook: as given, or known from the host. Raises 22023 if it is neither, or if '
  'the address cannot be used.';
