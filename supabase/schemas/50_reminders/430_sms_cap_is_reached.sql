-- Called by private.sms_dispatch_decision.

create function private.sms_cap_is_reached(
  m public.sms_messages, settings public.sms_settings, zone text, more_segments integer
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
  -- Two runs would both see room for the last one.
  perform pg_advisory_xact_lock(hashtextextended('sms_cap ' || settings.salon_id, 0));
  return settings.monthly_cap < more_segments + (
    select coalesce(sum(o.segments), 0)
    from public.sms_messages o
    where o.salon_id = settings.salon_id
      and o.id <> m.id
      and o.created_at >= month_start - interval '9 days'
      and coalesce(o.maybe_sent_since, o.dispatch_started_at) >= month_start
      and o.status <> 'failed'
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
  'Whether a message of so many segments would be over the salon''s limit for this calendar month. '
  'What may have been sent counts; the message itself, sent again, does not count twice.';
