-- Called by private.erase_deleted_client and private.continue_erasures, both of which hold the lock
-- of the salon.

create function private.continue_erasure(salon uuid, erased uuid, batch integer default 500)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  erasure private.unfinished_erasures;
  searched private.searched_deliveries;
  found_ids uuid[];
  mentions uuid[];
begin
  select u.* into erasure
  from private.unfinished_erasures u where u.salon_id = salon and u.client_id = erased;
  searched := private.search_deliveries(erasure, batch);

  -- Read again, because one without a salon may have been assigned to another meanwhile.
  perform from public.webhook_logs l where l.id = any (searched.matching)
  order by l.id for update;
  select coalesce(array_agg(l.id), '{}'),
    coalesce(array_agg(l.id) filter (where private.is_about_appointment(l, salon)), '{}')
  into found_ids, mentions
  from public.webhook_logs l
  where l.id = any (searched.matching) and l.erased_at is null
    and (l.salon_id is null or l.salon_id = salon);
  perform private.redact_mentions(mentions, (erasure.own).pattern);
  perform private.erase_unapplied_deliveries(
    array(select unnest(found_ids) except select unnest(mentions)), (erasure.own).email,
    (erasure.own).phone);

  update public.client_erasures e
  set counts = e.counts || jsonb_build_object(
      'webhook_logs', (e.counts -> 'webhook_logs')::integer + cardinality(found_ids)),
    finished_at = case when searched.is_end then now() end
  where e.salon_id = salon and e.client_id = erased;
  if searched.is_end then
    delete from private.unfinished_erasures u where u.salon_id = salon and u.client_id = erased;
    return false;
  end if;
  update private.unfinished_erasures u
  set searched_at = searched.last_at, searched_id = searched.last_id
  where u.salon_id = salon and u.client_id = erased;
  return true;
end;
$$;
revoke all on function private.continue_erasure(uuid, uuid, integer)
  from public, anon, authenticated;
comment on function private.continue_erasure(uuid, uuid, integer) is
  'Erases a client from the next deliveries that contain their contact: at most one batch, and as '
  'many as private.search_deliveries reads. Returns whether there are more to search.';
