-- Notes what began and what ended. Called by the job that sends alerts.

create function private.note_alerts(p_channels text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.alerts (channel, salon_id, code)
  select c.channel, p.salon_id, p.code
  from unnest(p_channels) as c (channel)
  cross join (
    select null::uuid as salon_id, f.code
    from public.health_report() r cross join lateral unnest(r.failing) as f (code)
    union all
    select s.salon_id, s.code from private.salon_problems() s
  ) p
  on conflict (channel, salon_id, code) where ended_at is null
  do update set seen_at = now();
  update private.alerts a set ended_at = now()
  where a.ended_at is null
    -- One that comes and goes has to stay away twice as long each time it came back within a day.
    and a.seen_at < now() - interval '15 minutes' * power(2, least(6, (
      select count(*) from private.alerts e
      where e.channel = a.channel and e.salon_id is not distinct from a.salon_id
        and e.code = a.code and e.ended_at > now() - interval '1 day')));
end;
$$;
revoke all on function private.note_alerts(text[]) from public, anon, authenticated;
comment on function private.note_alerts(text[]) is
  'Adds an alert for each problem that is new to a channel, and ends those whose problem has not '
  'been found for 15 minutes: 30 if it came back within a day, then 60, and so on up to 16 hours.';
