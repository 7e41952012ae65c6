-- Called by the job that sends alerts.

create function private.alert_channels()
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array_remove(array[
    case when private.alert_setting('webhook_url') is not null then 'webhook' end,
    case when private.alert_setting('email_key') is not null then 'email' end
  ], null);
end;
$$;
revoke all on function private.alert_channels() from public, anon, authenticated;
comment on function private.alert_channels() is
  'Where alerts go: webhook, email, both or nowhere, as private.setup_alerts left it.';
