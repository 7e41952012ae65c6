-- Sets where alerts go. Called by the command that deploys.

create function private.setup_alerts(
  p_webhook_url text default null,
  p_webhook_format text default null,
  p_email_key text default null,
  p_email_from text default null,
  p_email_to text default null,
  p_email_url text default null
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  webhook_format text := case when p_webhook_url = '' then '' when p_webhook_url is not null
    then private.alert_webhook_format(p_webhook_url, p_webhook_format) end;
  setting record;
  changed text[] := array[]::text[];
begin
  for setting in
    select v.channel, v.name, nullif(trim(v.value), '') as value
    from (values
      ('webhook', 'webhook_url', p_webhook_url), ('webhook', 'webhook_format', webhook_format),
      ('email', 'email_key', p_email_key), ('email', 'email_from', p_email_from),
      ('email', 'email_to', p_email_to), ('email', 'email_url', p_email_url)
    ) as v (channel, name, value)
    where v.value is not null
      and nullif(trim(v.value), '') is distinct from private.alert_setting(v.name)
  loop
    perform private.set_vault_secret('barkbook_alert_' || setting.name, setting.value);
    changed := changed || setting.channel;
  end loop;
  if num_nulls(private.alert_setting('email_key'), private.alert_setting('email_from'),
    private.alert_setting('email_to')) not in (0, 3)
  then
    raise exception 'Alerts by e-mail need a key, a sender and a recipient'
      using errcode = 'invalid_parameter_value',
        hint = 'Pass p_email_key, p_email_from and p_email_to, or empty texts for all three.';
  end if;
  insert into private.alerts (channel, code, ended_at)
  select c.channel, 'test', now() from unnest(private.alert_channels()) as c (channel)
  where c.channel = any (changed);
  return coalesce(nullif(array_to_string(private.alert_channels(), ', '), ''), 'nowhere');
end;
$$;
revoke all on function private.setup_alerts(text, text, text, text, text, text)
  from public, anon, authenticated;
comment on function private.setup_alerts(text, text, text, text, text, text) is
  'Run as postgres: sets where alerts go, in Vault. Null leaves a setting as it is, an empty text '
  'removes it. p_webhook_url: of Slack, Discord, or an ntfy topic. p_webhook_format: slack, discord '
  'or ntfy, for a host that does not tell. p_email_key: an API key of Resend, or of whatever answers '
  'like it at p_email_url. A changed channel is sent a test. Returns the channels. Raises 22023 for '
  'what cannot be used.';
