-- Called by private.record_sms_change.

create function private.was_cancelled_by_salon(appointment public.calendar_events)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Cal.com does not say who it was if it was told through its API.
  asked public.salon_action := (
    select a.action
    from public.salon_activity a
    where a.event_id = appointment.id
      and (a.action in ('cancel', 'decline')
        -- Not if the client changed their mind, or it moved.
        or a.action = 'client_cancel' and appointment.client_response = 'wants_to_cancel')
      and a.outcome <> 'failed' and a.created_at > private.app_now() - interval '1 day'
    order by a.created_at desc
    limit 1
  );
begin
  return coalesce(
    asked <> 'client_cancel', (appointment.fold_state ->> 'cancelledBySalon')::boolean, false);
end;
$$;
revoke all on function private.was_cancelled_by_salon(public.calendar_events)
  from public, anon, authenticated;
comment on function private.was_cancelled_by_salon(public.calendar_events) is
  'Whether the salon cancelled or declined an appointment: a member here, or the host in Cal.com.';
