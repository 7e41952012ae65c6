-- Called by private.sms_dispatch_decision.

create function private.sms_limit_of_day(
  message public.sms_messages, settings public.sms_settings, phone text, more_segments integer
)
returns public.sms_dispatch_answer
language plpgsql
set search_path = ''
as $$
declare
  day_start timestamptz := private.sms_day_start();
  most_for_client constant integer := 3;
  sent record;
begin
  -- Otherwise two runs could both see room for the last message.
  perform pg_advisory_xact_lock(hashtextextended('sms_cap ' || settings.salon_id, 0));
  select coalesce(sum(m.segments), 0) as segments,
    count(*) filter (where m.phone = sms_limit_of_day.phone) as messages_to_client
  into sent
  from public.sms_messages m
  where m.salon_id = settings.salon_id
    and m.id <> message.id
    and m.created_at >= day_start - interval '9 days'
    and coalesce(m.maybe_sent_since, m.dispatch_started_at) >= day_start
    and m.status <> 'failed';
  return case
    when sent.messages_to_client >= most_for_client then 'client_limit'
    when sent.segments + more_segments > settings.daily_cap then 'daily_cap'
  end::public.sms_dispatch_answer;
end;
$$;
revoke all on function
  private.sms_limit_of_day(public.sms_messages, public.sms_settings, text, integer)
  from public, anon, authenticated;
grant execute on function
  private.sms_limit_of_day(public.sms_messages, public.sms_settings, text, integer)
  to sms_worker;
comment on function
  private.sms_limit_of_day(public.sms_messages, public.sms_settings, text, integer) is
  'The limit of the day (of UTC, so that no member can move it) that a message would exceed; null '
  'if none: three messages to one phone (client_limit), daily_cap segments in all. Every message '
  'that may have been sent counts; one that is sent again does not count twice.';
