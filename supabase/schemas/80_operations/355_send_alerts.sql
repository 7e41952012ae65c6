-- Called by pg_cron.

create function private.send_alerts()
returns void
language plpgsql
set search_path = ''
as $$
declare
  channels text[] := private.alert_channels();
  message record;
begin
  delete from private.alerts a
  where a.channel <> all (channels) or a.ended_at < now() - interval '7 days';
  if channels = '{}' then
    return;
  end if;
  perform private.settle_alerts(), private.note_alerts(channels);
  for message in
    select n.channel, array_agg(n.id) as ids
    from (
      select a.channel, a.id, row_number() over (
        -- Salons, however many, do not keep the operator from news of the project.
        partition by a.channel order by a.salon_id is not null, a.id) - 1 as place
      from private.alerts a
      where a.request_id is null
        and (a.began_told_at is null or (a.ended_at is not null and a.ended_told_at is null))
    ) n
    -- Slack and Discord refuse many messages at a time: the others follow in the next run.
    where n.place < 48
    group by n.channel, n.place / 12
    order by n.channel, n.place / 12
  loop
    perform private.post_alerts(message.channel, message.ids);
  end loop;
end;
$$;
revoke all on function private.send_alerts() from public, anon, authenticated;
comment on function private.send_alerts() is
  'Called by pg_cron: tells the operator, in every channel that is set up, once when a problem '
  'begins and once when it ends. A message that was refused is sent again by the next run. Nobody '
  'is told that the database or the scheduler is dead: an uptime monitor on functions/health is.';
