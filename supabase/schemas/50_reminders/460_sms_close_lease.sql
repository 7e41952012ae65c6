-- Called by sms_settle.

create function private.sms_close_lease(
  message_id uuid, new_status text, why text, code text, next_at timestamptz
)
returns void
language sql
set search_path = ''
as $$
  update public.sms_messages m
  -- So that a receipt of the first one is still believed, and its segments count.
  set status = case
      when new_status = 'failed' and m.maybe_sent_since is not null then 'dead' else new_status
    end,
    reason = case
      when new_status = 'failed' and m.maybe_sent_since is not null then 'ambiguous' else why
    end,
    error_code = code, lease_token = null, lease_until = null,
    next_attempt_at = coalesce(next_at, m.next_attempt_at),
    final_at = case when new_status in ('failed', 'dead') then private.app_now() end
  where m.id = message_id;
$$;
revoke all on function private.sms_close_lease(uuid, text, text, text, timestamptz)
  from public, anon, authenticated;
grant execute on function private.sms_close_lease(uuid, text, text, text, timestamptz) to sms_worker;
comment on function private.sms_close_lease(uuid, text, text, text, timestamptz) is
  'Takes a message out of a run''s hands, into a status; next_at null leaves the time as it is. '
  'failed becomes dead if an earlier POST may have arrived.';
