-- Called by functions/calendar-feed.

create function public.calendar_feed(p_token text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'salon_id', s.id,
      'name', s.name,
      'timezone', s.timezone,
      'appointments', coalesce((
        select jsonb_agg(jsonb_build_object(
          'id', e.id,
          'status', e.status,
          'pet', p.name,
          'client', case when f.shows_clients then c.name end,
          'title', case when f.shows_clients then e.title end,
          'start', private.feed_time(e.start_time, s.timezone),
          'end', private.feed_time(e.end_time, s.timezone),
          'changed_at', private.feed_time(coalesce(e.updated_at, e.start_time), 'UTC'),
          'sequence', greatest(extract(epoch from e.updated_at - e.created_at)::integer, 0)
        ) order by e.start_time, e.id)
        from public.calendar_events e
        left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
        left join public.clients c on c.id = e.client_id and c.salon_id = e.salon_id
        where e.salon_id = s.id
          and e.start_time >= private.app_now() - interval '60 days'
          and e.start_time < private.app_now() + interval '365 days'
      ), '[]'))
    from public.calendar_feeds f
    join public.salons s on s.id = f.salon_id
    where f.token_hash = sha256(convert_to(p_token, 'UTF8'))
  );
end;
$$;
revoke all on function public.calendar_feed(text) from public, anon, authenticated;
grant execute on function public.calendar_feed(text) to service_role;
comment on function public.calendar_feed(text) is
  'What functions/calendar-feed writes for the salon of a token: its appointments from 60 days ago '
  'to 365 days ahead, including cancelled ones; null for an unknown token. One value, because the '
  'Data API would cut off rows. sequence never decreases, and increases with any change that is '
  'made at least a second later.';
