-- Reads what came of the POSTs. Called by the job that sends alerts.

create function private.settle_alerts()
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Answers of pg_net are taken out of its table, where the doctor looks for those of the functions.
  with answers as (
    delete from net._http_response r
    where r.id in (select a.request_id from private.alerts a)
    returning r.id, r.status_code, r.error_msg
  ), results as (
    select a.id, n.status_code between 200 and 299 as is_accepted,
      coalesce(n.status_code::text, n.error_msg, 'no answer') as failure
    from private.alerts a
    left join answers n on n.id = a.request_id
    -- pg_net forgets its requests when the database crashes.
    where n.id is not null or a.requested_at < now() - interval '30 minutes'
  )
  update private.alerts a
  set request_id = null,
    began_told_at = case when r.is_accepted then coalesce(a.began_told_at, now())
      else a.began_told_at end,
    ended_told_at = case when r.is_accepted and a.ended_at <= a.requested_at then now() end,
    failure = case when r.is_accepted then null else r.failure end
  from results r
  where a.id = r.id and a.request_id is not null;
end;
$$;
revoke all on function private.settle_alerts() from public, anon, authenticated;
comment on function private.settle_alerts() is
  'Marks as told what a channel has accepted. What was refused, or not answered for half an hour, '
  'is sent again.';
