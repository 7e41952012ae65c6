-- Called by private.erase_client_data and private.continue_erasures, both of which hold the lock of
-- the salon.

create function private.continue_erasure(erased uuid, batch integer default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  erasure private.unfinished_erasures;
  last record;
  found_ids uuid[];
  mentions uuid[];
begin
  select u.* into erasure from private.unfinished_erasures u where u.client_id = erased;
  select (array_agg(n.created_at order by n.created_at desc, n.id desc))[1] as created_at,
    (array_agg(n.id order by n.created_at desc, n.id desc))[1] as id, count(*) as deliveries,
    array_agg(n.id) filter (where private.is_client_delivery(
      n, erased, erasure.salon_id, erasure.own)) as matching
  into last
  from private.next_deliveries(erasure, batch) n;

  -- Read again, because one without a salon may have been assigned to another meanwhile.
  perform from public.webhook_logs l where l.id = any (last.matching) order by l.id for update;
  select coalesce(array_agg(l.id), '{}'),
    coalesce(
      array_agg(l.id) filter (where private.is_about_appointment(l, erasure.salon_id)), '{}')
  into found_ids, mentions
  from public.webhook_logs l
  where l.id = any (last.matching) and l.erased_at is null
    and (l.salon_id is null or l.salon_id = erasure.salon_id);
  perform private.redact_mentions(mentions, (erasure.own).pattern);
  perform private.erase_unapplied_deliveries(
    array(select unnest(found_ids) except select unnest(mentions)), (erasure.own).email,
    (erasure.own).phone);

  update public.client_erasures e
  set counts = e.counts || jsonb_build_object(
      'webhook_logs', (e.counts -> 'webhook_logs')::integer + cardinality(found_ids)),
    finished_at = case when last.deliveries < batch then now() end
  where e.client_id = erased;
  if last.deliveries < batch then
    delete from private.unfinished_erasures u where u.client_id = erased;
    return false;
  end if;
  update private.unfinished_erasures u
  set searched_at = last.created_at, searched_id = last.id
  where u.client_id = erased;
  return true;
end;
$$;
revoke all on function private.continue_erasure(uuid, integer) from public, anon, authenticated;
comment on function private.continue_erasure(uuid, integer) is
  'Erases a client from the next deliveries that contain their contact. Returns whether there are '
  'more to search.';
