-- Called by sms_begin_dispatch.

create function private.sms_dispatch_decision(
  m public.sms_messages, p_phone text, p_segments integer, p_problem text
)
returns text
language plpgsql
set search_path = ''
as $$
declare
  now_at timestamptz := private.app_now();
  settings public.sms_settings;
  zone text := (select s.timezone from public.salons s where s.id = m.salon_id);
  client record;
  total integer;
  live integer;
begin
  select * into settings from public.sms_settings s where s.salon_id = m.salon_id;
  select count(*), count(e.id) into total, live
  from public.sms_message_events k
  left join public.calendar_events e
    on e.id = k.event_id and e.start_time = k.start_time and e.client_id = m.client_id
  where k.message_id = m.id;
  select c.phone_number, c.has_gdpr_consent into client
  from public.clients c where c.id = m.client_id and c.salon_id = m.salon_id;

  return case
    when m.not_after <= now_at then 'expired'
    when settings.enabled is not true then 'disabled'
    when live = 0 then 'event_gone'
    when live < total or client.phone_number is distinct from m.phone_number then 'needs_rerender'
    when client.has_gdpr_consent is not true then 'no_consent'
    when p_problem is not null then p_problem
    when exists (
      select from public.sms_opt_outs o where o.salon_id = m.salon_id and o.phone = p_phone
    ) then 'opted_out'
    when exists (
      select from public.sms_provider_state s
      where s.provider = m.provider and s.paused_until > now_at
    ) then 'paused'
    when private.sms_allowed_at(now_at, zone, settings.quiet_from, settings.quiet_to) > now_at
      then 'quiet_hours'
    when private.sms_cap_is_reached(m, settings, zone, p_segments) then 'cap'
    else 'go'
  end;
end;
$$;
revoke all on function private.sms_dispatch_decision(public.sms_messages, text, integer, text)
  from public, anon, authenticated;
grant execute on function private.sms_dispatch_decision(public.sms_messages, text, integer, text)
  to sms_worker;
comment on function private.sms_dispatch_decision(public.sms_messages, text, integer, text) is
  'Whether a claimed message may go out now (go), and if not, why. An appointment that was cancelled or '
  'moved, or whose salon switched reminders off, cannot be seen by sms_worker.';
