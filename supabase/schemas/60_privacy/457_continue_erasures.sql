-- Continues erasures that had too many deliveries to search. Called by pg_cron.

create function private.continue_erasures(batch integer default 500)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  erasure record;
begin
  for erasure in
    select u.client_id, u.salon_id from private.unfinished_erasures u
    order by u.searched_at, u.client_id for update skip locked
  loop
    -- A busy salon does not stop the others.
    continue when not pg_try_advisory_xact_lock(
      hashtextextended('salon ' || erasure.salon_id::text, 0));
    begin
      perform private.continue_erasure(erasure.client_id, batch);
      return 1;
    exception
      when others then
        raise warning 'The erasure of client % failed: % %', erasure.client_id, sqlstate, sqlerrm;
    end;
  end loop;
  return 0;
end;
$$;
revoke all on function private.continue_erasures(integer) from public, anon, authenticated;
comment on function private.continue_erasures(integer) is
  'Called by pg_cron: searches the next deliveries for one erased client. Returns 0 if no erasure '
  'is left that can be continued. One that fails stays unfinished and does not stop the others. '
  'The job repeats the call, each in its own transaction.';
