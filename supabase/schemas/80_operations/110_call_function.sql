-- Calls an Edge Function. Called by pg_cron.

create function private.call_function(function_name text)
returns bigint
language plpgsql
set search_path = ''
as $$
begin
  -- pg_net sends one batch at a time, so that a slow call delays all others. The functions answer
  -- at once and work afterwards. Anyone who runs SQL may read the queue and its headers, so that
  -- they must not contain an API key.
  return net.http_post(
    url => private.vault_secret('barkbook_functions_url') || '/' || function_name,
    headers => jsonb_build_object(
      'content-type', 'application/json',
      'x-worker-secret', private.vault_secret('barkbook_worker_secret')),
    body => '{}'::jsonb,
    timeout_milliseconds => 5000
  );
end;
$$;
revoke all on function private.call_function(text) from public, anon, authenticated;
comment on function private.call_function(text) is
  'Called by pg_cron: calls an Edge Function with the worker secret, which can start scheduled '
  'functions and nothing else. The base address (https://<ref>.supabase.co/functions/v1) and the '
  'secret are read from Vault on every call.';
