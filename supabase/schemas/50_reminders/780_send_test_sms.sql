-- Called by owners in the dashboard.

create function public.send_test_sms(p_salon_id uuid, p_phone text)
returns table (message_id uuid, is_being_sent boolean)
language plpgsql
security definer
set search_path = ''
as $$
declare
  tests_a_day constant integer := 5;
  number text := private.e164(p_phone);
begin
  if not coalesce(p_salon_id = any (private.owned_salon_ids()), false) then
    raise exception 'There is no such salon'
      using errcode = 'PT404', hint = 'Owners can send a test SMS for their salon.';
  end if;
  if number is null then
    raise exception 'This is no phone number'
      using errcode = 'PT400', hint = 'Send a number such as +48 600 100 200.';
  end if;
  -- Two calls at once must not both see room for the last one.
  perform pg_advisory_xact_lock(private.lock_key('sms_test', p_salon_id::text));
  if tests_a_day <= (
    select count(*) from public.sms_messages m
    where m.salon_id = p_salon_id and m.kind = 'test' and m.created_at >= private.sms_day_start()
  ) then
    raise exception 'The salon sent % test SMS today', tests_a_day
      using errcode = 'PT429', detail = 'test_limit', hint = 'Try again tomorrow.';
  end if;
  insert into public.sms_settings (salon_id) values (p_salon_id) on conflict do nothing;
  insert into public.sms_messages
    (salon_id, kind, local_date, phone_number, phone, next_attempt_at, not_after, created_at)
  -- It belongs to no client, so an erasure finds it by its phone.
  select s.id, 'test', (private.app_now() at time zone s.timezone)::date + 1, number, number,
    private.app_now(), private.app_now() + interval '1 hour', private.app_now()
  from public.salons s
  where s.id = p_salon_id
  returning id into message_id;
  perform private.record_action('test_sms', p_salon_id);
  is_being_sent := private.sms_send_at_once(message_id);
  return next;
end;
$$;
revoke all on function public.send_test_sms(uuid, text)
  from public, anon, authenticated, service_role;
grant execute on function public.send_test_sms(uuid, text) to authenticated;
comment on function public.send_test_sms(uuid, text) is
  'Sends the salon''s reminder to any number at once, about an invented appointment, and returns '
  'the id of the message. is_being_sent: a run was started for it; otherwise the next scheduled one '
  'sends it. It is sent in quiet hours too, and before reminders are switched on; opt-outs and '
  'limits hold. For owners; for others the salon does not exist: PT404. PT400: no phone number. '
  'PT429: five were sent today (UTC). Security definer, because members may not write messages.';
