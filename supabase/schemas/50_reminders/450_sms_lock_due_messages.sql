-- Called by sms_claim.

create function private.sms_lock_due_messages(
  sending_provider public.sms_provider, max_messages integer
)
returns table (salon_id uuid, message_id uuid, was_unknown boolean)
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
begin
  return query
  select m.salon_id, m.id, m.status = 'unknown'
  from public.sms_messages m
  where m.status in ('pending', 'unknown')
    and m.next_attempt_at <= now_at
    and m.not_after > now_at
    -- A message that another provider may have accepted is not given to this one as well.
    and (
      m.maybe_sent_since is null
      or (m.provider = sending_provider and m.maybe_sent_since >= now_at - interval '20 hours')
    )
  order by m.next_attempt_at, m.id
  limit max_messages
  -- Runs that overlap get different messages.
  for update skip locked;
end;
$$;
revoke all on function private.sms_lock_due_messages(public.sms_provider, integer)
  from public, anon, authenticated;
grant execute on function private.sms_lock_due_messages(public.sms_provider, integer)
  to sms_worker;
comment on function private.sms_lock_due_messages(public.sms_provider, integer) is
  'Messages that a provider may send now, the longest due first. They stay locked until the end of '
  'the transaction.';
