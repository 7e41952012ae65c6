-- Called by sms_claim.

create function private.sms_lock_due_messages(
  sending_provider public.sms_provider, max_messages integer
)
returns table (salon_id uuid, message_id uuid, was_unknown boolean)
language plpgsql
set search_path = ''
as $$
begin
  return query
  with recursive first_messages as (
    (select m.salon_id, m.next_attempt_at from public.sms_messages m
      where m.status in ('pending', 'unknown')
      order by m.salon_id, m.next_attempt_at limit 1)
    union all
    -- The next salon in the index, without reading the other messages of this one.
    select next.salon_id, next.next_attempt_at
    from first_messages f
    cross join lateral (
      select m.salon_id, m.next_attempt_at from public.sms_messages m
      where m.status in ('pending', 'unknown') and m.salon_id > f.salon_id
      order by m.salon_id, m.next_attempt_at limit 1
    ) next
  ), salons as (
    select f.salon_id, count(*) over () as count
    from first_messages f
    where f.next_attempt_at <= private.app_now()
  ), turns as (
    select own.id, own.turn
    from salons s
    cross join lateral (
      select m.id, row_number() over (order by m.next_attempt_at, m.id) as turn
      from public.sms_messages m
      where m.salon_id = s.salon_id
        and m.status in ('pending', 'unknown') and m.next_attempt_at <= private.app_now()
        and private.sms_may_be_claimed(m, sending_provider)
      order by m.next_attempt_at, m.id
      -- Some more than the share of each salon: other runs may have locked the first ones.
      limit 1 + 4 * max_messages / s.count
    ) own
  )
  select m.salon_id, m.id, m.status = 'unknown'
  from turns t
  join public.sms_messages m on m.id = t.id
  -- Again, because it may have changed before it was locked.
  where private.sms_may_be_claimed(m, sending_provider)
  -- At random, so that no salon comes first in every claim.
  order by t.turn, random()
  limit max_messages
  -- Runs that overlap get different messages.
  for update of m skip locked;
end;
$$;
revoke all on function private.sms_lock_due_messages(public.sms_provider, integer)
  from public, anon, authenticated;
grant execute on function private.sms_lock_due_messages(public.sms_provider, integer)
  to sms_worker;
comment on function private.sms_lock_due_messages(public.sms_provider, integer) is
  'Messages that a provider may send now: the longest due of each salon, then the second of each, '
  'so that a salon with many does not keep the others waiting. They stay locked until the end of '
  'the transaction.';
