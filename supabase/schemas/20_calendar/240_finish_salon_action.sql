-- Called by functions/appointments, which acts in Cal.com for a member.

create function public.finish_salon_action(
  p_id uuid, p_error_code text default null, p_event_id uuid default null,
  p_is_shown boolean default null
)
returns boolean
language plpgsql
security invoker
set search_path = ''
as $$
begin
  perform private.share_salon(a.salon_id) from public.salon_activity a where a.id = p_id;
  update public.salon_activity a
  set outcome = (case when p_error_code is null then 'done' else 'failed' end)
      ::public.action_outcome,
    error_code = p_error_code, event_id = coalesce(p_event_id, a.event_id),
    is_shown = p_is_shown, finished_at = clock_timestamp()
  where a.id = p_id and a.outcome = 'pending';
  return found;
end;
$$;
revoke all on function public.finish_salon_action(uuid, text, uuid, boolean)
  from public, anon, authenticated;
grant execute on function public.finish_salon_action(uuid, text, uuid, boolean) to service_role;
comment on function public.finish_salon_action(uuid, text, uuid, boolean) is
  'Records what came of an action in Cal.com; the first result stays. p_error_code: null if it was '
  'done. p_event_id: the appointment that it made. p_is_shown: the calendar has it already. False '
  'if the action had a result already.';
