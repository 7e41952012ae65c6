-- Called by private.sms_dispatch_decision.

create function private.sms_cap_is_reached(
  message public.sms_messages, settings public.sms_settings, zone text, more_segments integer
)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  month_start timestamptz :=
    date_trunc('month', private.app_now() at time zone zone) at time zone zone;
begin
  if settings.monthly_cap is null then
    return false;
  end if;
  -- Otherwise two runs could both see room for the last message.
  perform pg_advisory_xact_lock(hashtextextended('sms_cap ' || settings.salon_id, 0));
  return settings.monthly_cap < more_segments + (
    select coalesce(sum(m.segments), 0)
    from public.sms_messages m
    where m.salon_id = settings.salon_id
      and m.id <> message.id
      and m.created_at >= month_start - interval '9 days'
      and coalesce(m.maybe_sent_since, m.dispatch_started_at) >= month_start
      and m.status <> 'failed'
  );
end;
$$;
revoke all on function
  private.sms_cap_is_reached(public.sms_messages, public.sms_settings, text, integer)
  from public, anon, authenticated;
grant execute on function
  private.sms_cap_is_reached(public.sms_messages, public.sms_settings, text, integer)
  to sms_worker;
comment on function
  private.sms_cap_is_reached(public.sms_messages, public.sms_settings, text, integer) is
  'Whether a message of so many segments would exceed the salon''s limit for this calendar month. '
  'Every message that may have been sent counts; one that is sent again does not count twice.';
