-- Called by client_link_show and client_link_respond.

create function private.client_may_change(event public.calendar_events)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return event.status <> 'cancelled' and exists (
    select
    from public.salons s
    left join public.sms_settings r on r.salon_id = s.id
    where s.id = event.salon_id
      -- A day before 10:00 is 10:00, also when the clocks change in between.
      and private.app_now() <= ((event.start_time at time zone s.timezone)
        - make_interval(hours => coalesce(r.notice_hours, 24))) at time zone s.timezone);
end;
$$;
revoke all on function private.client_may_change(public.calendar_events)
  from public, anon, authenticated;
grant execute on function private.client_may_change(public.calendar_events) to service_role;
comment on function private.client_may_change(public.calendar_events) is
  'Whether the client may still move or cancel an appointment through the link in an SMS: until '
  'sms_settings.notice_hours before it.';
