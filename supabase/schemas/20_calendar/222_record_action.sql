-- Called by functions that members call about reminders.

create function private.record_action(
  action public.salon_action, salon uuid, appointment uuid default null, client uuid default null
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.salon_activity (salon_id, event_id, client_id, action, actor_id)
  values (salon, appointment, client, action, auth.uid());
end;
$$;
revoke all on function private.record_action(public.salon_action, uuid, uuid, uuid)
  from public, anon, authenticated;
comment on function private.record_action(public.salon_action, uuid, uuid, uuid) is
  'Records what the signed-in member did.';
