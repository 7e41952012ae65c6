-- Called by send_reminder_now and send_test_sms.

create function private.sms_send_at_once(message_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  salon uuid;
begin
  select m.salon_id into salon
  from public.sms_messages m
  join public.salons s on s.id = m.salon_id
  join public.sms_settings r on r.salon_id = m.salon_id
  where m.id = message_id and m.status = 'pending' and m.maybe_sent_since is null
    and m.next_attempt_at <= now_at
    and (m.kind = 'test'
      or private.sms_allowed_at(now_at, s.timezone, r.quiet_from, r.quiet_to) <= now_at)
    and not exists (
      select from public.sms_provider_state p where p.paused_until > now_at);
  return salon is not null and private.sms_ask_for_run(salon);
end;
$$;
revoke all on function private.sms_send_at_once(uuid) from public, anon, authenticated;
comment on function private.sms_send_at_once(uuid) is
  'Starts a run for a message that is due. False if it waits for a scheduled run instead: in quiet '
  'hours, while the provider is paused, or where no run can be started.';
