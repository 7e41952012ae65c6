-- The search of an erasure in one batch of deliveries.

create type private.searched_deliveries as (
  matching uuid[],
  last_at timestamptz,
  last_id uuid,
  is_end boolean
);
comment on type private.searched_deliveries is
  'matching: deliveries that contain the contact of an erased client. last_at, last_id: the last '
  'delivery that was searched. is_end: whether there are no more.';

-- Called by private.continue_erasure.
create function private.search_deliveries(erasure private.unfinished_erasures, batch integer)
returns private.searched_deliveries
language plpgsql
set search_path = ''
as $$
declare
  deadline timestamptz := clock_timestamp() + interval '1 second';
  searched private.searched_deliveries := ('{}', null, null, true);
  delivery public.webhook_logs;
  remaining integer := batch;
begin
  for delivery in
    select n.* from private.next_deliveries(erasure, batch) n order by n.created_at, n.id
  loop
    if private.is_client_delivery(delivery, erasure.client_id, erasure.salon_id, erasure.own) then
      searched.matching := searched.matching || delivery.id;
    end if;
    searched.last_at := delivery.created_at;
    searched.last_id := delivery.id;
    remaining := remaining - 1;
    searched.is_end := remaining > 0 and clock_timestamp() < deadline;
    -- Long bodies take a second each. Meanwhile the deliveries of the salon wait.
    exit when not searched.is_end;
  end loop;
  return searched;
end;
$$;
revoke all on function private.search_deliveries(private.unfinished_erasures, integer)
  from public, anon, authenticated;
comment on function private.search_deliveries(private.unfinished_erasures, integer) is
  'Searches the next deliveries for the contact of an erased client, for about a second: at least '
  'one and at most a batch.';
