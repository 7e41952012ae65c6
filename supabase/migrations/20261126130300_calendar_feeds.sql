-- A salon's calendar for programs that can only subscribe to an address, such as Google's.
-- Objects: table calendar_feeds with policies; public.rotate_calendar_feed_token, calendar_feed.
-- Destructive: no. Undo: drop the functions and the table; every address stops working.

create table public.calendar_feeds (
  salon_id uuid primary key references public.salons (id) on delete cascade,
  token_hash bytea not null constraint calendar_feeds_token_hash_key unique,
  shows_clients boolean not null default false,
  created_at timestamptz not null default now(),
  constraint calendar_feeds_token_hash_is_sha256 check (length(token_hash) = 32)
);
comment on table public.calendar_feeds is
  'Salons whose calendar can be subscribed to by whoever knows its address.';
comment on column public.calendar_feeds.token_hash is
  'SHA-256 of the secret part of the address, which is kept nowhere.';
comment on column public.calendar_feeds.shows_clients is
  'Whether visits bear the first name of the client and the title of the booking, in which Cal.com '
  'writes the whole name. Without, only the name of the pet leaves this database.';
comment on column public.calendar_feeds.created_at is 'When the address last changed.';

alter table public.calendar_feeds enable row level security;
revoke all on table public.calendar_feeds from public, anon, authenticated, service_role;
grant select (salon_id, shows_clients, created_at), update (shows_clients), delete
  on table public.calendar_feeds to authenticated;
grant select, insert, update, delete on table public.calendar_feeds to service_role;
create policy "members can see whether their calendar can be subscribed to"
  on public.calendar_feeds for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
create policy "owners can choose what subscribers see" on public.calendar_feeds
  for update to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())))
  with check (salon_id = any (array(select private.owned_salon_ids())));
create policy "owners can end the subscription" on public.calendar_feeds
  for delete to authenticated
  using (salon_id = any (array(select private.owned_salon_ids())));

create function public.rotate_calendar_feed_token(p_salon_id uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Twice 122 random bits, which need no extension.
  token text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
  if p_salon_id is null or p_salon_id <> all (array(select private.owned_salon_ids())) then
    raise exception 'Only an owner of a salon may have the address of its feed'
      using errcode = 'insufficient_privilege', hint = 'Ask an owner of the salon.';
  end if;
  insert into public.calendar_feeds as f (salon_id, token_hash)
  values (p_salon_id, sha256(convert_to(token, 'UTF8')))
  on conflict (salon_id) do update set token_hash = excluded.token_hash, created_at = now();
  return token;
end;
$$;
revoke all on function public.rotate_calendar_feed_token(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.rotate_calendar_feed_token(uuid) to authenticated;
comment on function public.rotate_calendar_feed_token(uuid) is
  'For owners: a new secret for the address of the salon''s feed, shown this once; the address '
  'before it stops working. Security definer, because nobody may choose a secret or read its hash.';

create function private.feed_time(moment timestamptz, zone text)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  wall_time timestamp := moment at time zone zone;
begin
  -- A clock that is put back shows an hour twice. iCalendar says that the first is meant, and not
  -- every calendar program knows that.
  if zone = 'UTC' or wall_time in (
    (moment - interval '1 hour') at time zone zone, (moment + interval '1 hour') at time zone zone
  ) then
    return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');
  end if;
  return to_char(wall_time, 'YYYY-MM-DD"T"HH24:MI:SS');
end;
$$;
revoke all on function private.feed_time(timestamptz, text) from public, anon, authenticated;
grant execute on function private.feed_time(timestamptz, text) to service_role;
comment on function private.feed_time(timestamptz, text) is
  'A moment by the clock of a zone, such as 2026-11-24T09:30:00; in UTC, with a Z, where that '
  'clock shows the same time twice.';

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
      'visits', coalesce((
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
          and e.start_time >= private.sms_now() - interval '60 days'
          and e.start_time < private.sms_now() + interval '365 days'
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
  'What the function calendar-feed writes for the salon to whose address a token belongs: its '
  'visits from 60 days ago to 365 days ahead, cancelled ones too; null for an unknown token. One '
  'value, since the Data API would cut rows off. sequence never falls, and rises with a change '
  'that is made a second later.';
