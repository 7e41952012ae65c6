-- Called by private.erase_client_data.

create function private.record_erasure(
  client public.clients, own private.contacts, counts jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- The salon may have inserted a client with the id of an erased one.
  delete from public.client_erasures e
  where e.salon_id = client.salon_id and e.client_id = client.id;
  insert into public.client_erasures (client_id, salon_id, erased_by, counts)
  values (client.id, client.salon_id, (select auth.uid()), counts);
  insert into private.unfinished_erasures (client_id, salon_id, own, includes_unassigned)
  values (client.id, client.salon_id, own, private.may_search_unassigned());
end;
$$;
revoke all on function private.record_erasure(public.clients, private.contacts, jsonb)
  from public, anon, authenticated;
comment on function private.record_erasure(public.clients, private.contacts, jsonb) is
  'Records an erasure, and what its search has to find.';
