-- Lets members hear of changes to their salon. Called here, and by the command that deploys.

create function private.setup_realtime()
returns text
language plpgsql
set search_path = ''
as $$
declare
  messages regclass := to_regclass('realtime.messages');
begin
  if messages is null then
    return 'there is none';
  elsif not exists (
    select from pg_catalog.pg_policy p
    where p.polrelid = messages and p.polname = 'members can hear of changes to their salon')
  then
    -- https://supabase.com/docs/guides/realtime/authorization
    execute $policy$
      create policy "members can hear of changes to their salon" on realtime.messages
        for select to authenticated
        using (
          extension = 'broadcast'
          and (select realtime.topic()) in (
            select 'salon:' || s.id from unnest(private.salon_ids()) as s (id)))
    $policy$;
  end if;
  return 'members hear of changes';
exception
  -- Supabase lets only the role postgres itself make policies there, not one that acts for it.
  when insufficient_privilege then
    return 'members hear of nothing: ' || sqlerrm;
end;
$$;
revoke all on function private.setup_realtime() from public, anon, authenticated;
comment on function private.setup_realtime() is
  'Run as postgres: lets members receive the topic salon:<id> of their own salons, and nobody send '
  'to it, if the project has Supabase Realtime. Returns what is so.';

select private.setup_realtime();
