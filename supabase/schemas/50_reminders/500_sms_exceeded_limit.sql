-- Called by private.sms_dispatch_decision.

create function private.sms_exceeded_limit(
  message public.sms_messages,
  settings public.sms_settings,
  zone text,
  phone text,
  more_segments integer
)
returns public.sms_dispatch_answer
language plpgsql
set search_path = ''
as $$
declare
  most_for_client constant integer := 3;
  day_start timestamptz := private.sms_day_start();
  month_start timestamptz := case when settings.monthly_cap is not null then
    date_trunc('month', private.app_now() at time zone zone) at time zone zone end;
  sent record;
begin
  -- Otherwise two runs could both see room for the last message.
  perform pg_advisory_xact_lock(private.lock_key('sms_cap', settings.salon_id::text));
  select sum(m.segments) filter (where m.began_at >= month_start) as segments_of_month,
    sum(m.segments) filter (where m.began_at >= day_start) as segments_of_day,
    count(*) filter (where m.began_at >= day_start and m.phone = sms_exceeded_limit.phone)
      as messages_to_client
  into sent
  from (
    select m.segments, m.phone, coalesce(m.maybe_sent_since, m.dispatch_started_at) as began_at
    from public.sms_messages m
    where m.salon_id = settings.salon_id and m.id <> message.id and m.status <> 'failed'
      -- Nothing is planned earlier than nine days before it is sent.
      and m.created_at >= least(month_start, day_start) - interval '9 days'
  ) m;
  return case
    when coalesce(sent.segments_of_month, 0) + more_segments > settings.monthly_cap then 'cap'
    when sent.messages_to_client >= most_for_client then 'client_limit'
    when coalesce(sent.segments_of_day, 0) + more_segments > settings.daily_cap then 'daily_cap'
  end::public.sms_dispatch_answer;
end;
$$;
revoke all on function private.sms_exceeded_limit(
  public.sms_messages, public.sms_settings, text, text, integer)
  from public, anon, authenticated;
grant execute on function private.sms_exceeded_limit(
  public.sms_messages, public.sms_settings, text, text, integer) to sms_worker;
comment on function private.sms_exceeded_limit(
  public.sms_messages, public.sms_settings, text, text, integer) is
  'The limit that a message of so many segments would exceed; null if none: monthly_cap segments in '
  'a calendar month of the salon (cap), or in a day three messages to one phone (client_limit) or '
  'daily_cap segments in all. The day is that of UTC, so that no member can move it. Every message '
  'that may have been sent counts; one that is sent again does not count twice.';
