-- Continues erasures that had too many deliveries to search. Called by pg_cron.

create function private.continue_erasures(after uuid default null, batch integer default 500)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  erasure record;
begin
  for erasure in
    select u.client_id, u.salon_id from private.unfinished_erasures u
    -- The salons take turns: one with many erasures does not keep the others waiting.
    order by coalesce(u.salon_id <= after, false), u.salon_id, u.searched_at, u.client_id
    for update skip locked
  loop
    -- A busy salon does not stop the others.
    continue when not pg_try_advisory_xact_lock(
      private.lock_key('salon', erasure.salon_id::text));
    begin
      perform private.continue_erasure(erasure.salon_id, erasure.client_id, batch);
      return erasure.salon_id;
    exception
      when others then
        raise warning 'The erasure of client % failed: % %', erasure.client_id, sqlstate, sqlerrm;
    end;
  end loop;
  return null;
end;
$$;
revoke all on function private.continue_erasures(uuid, integer) from public, anon, authenticated;
comment on function private.continue_erasures(uuid, integer) is
  'Called by pg_cron: searches the next deliveries for one erased client of the next salon. after: '
  'the salon whose turn it was. Returns the salon; null if no erasure is left that can be '
  'continued. One that fails stays unfinished and does not stop the others. The job repeats the '
  'call, each in its own transaction.';
