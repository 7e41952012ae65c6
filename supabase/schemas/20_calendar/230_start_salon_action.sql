-- Called by functions/appointments, which acts in Cal.com for a member.

create function public.start_salon_action(
  p_salon_id uuid, p_request_key uuid, p_action public.salon_action, p_actor_id uuid,
  p_event_id uuid default null, p_client_id uuid default null
)
returns table (
  id uuid, is_new boolean, is_abandoned boolean, action public.salon_action, event_id uuid,
  client_id uuid, outcome public.action_outcome, error_code text, is_shown boolean
)
language plpgsql
security invoker
set search_path = ''
as $$
#variable_conflict use_column
declare
  started uuid;
begin
  perform private.share_salon(p_salon_id);
  insert into public.salon_activity
    (salon_id, request_key, action, actor_id, event_id, client_id, outcome)
  values (p_salon_id, p_request_key, p_action, p_actor_id, p_event_id, p_client_id, 'pending')
  on conflict on constraint salon_activity_salon_id_request_key_key do nothing
  returning salon_activity.id into started;
  return query
    select a.id, started is not null,
      -- Longer than a function lives.
      a.outcome = 'pending' and a.created_at < clock_timestamp() - interval '7 minutes',
      a.action, a.event_id, a.client_id, a.outcome, a.error_code, a.is_shown
    from public.salon_activity a
    where a.salon_id = p_salon_id and a.request_key = p_request_key;
end;
$$;
revoke all on function public.start_salon_action(
  uuid, uuid, public.salon_action, uuid, uuid, uuid) from public, anon, authenticated;
grant execute on function public.start_salon_action(
  uuid, uuid, public.salon_action, uuid, uuid, uuid) to service_role;
comment on function public.start_salon_action(
  uuid, uuid, public.salon_action, uuid, uuid, uuid) is
  'Records that an action in Cal.com begins, or returns the earlier one with the same request key: '
  'only the caller that gets is_new may act. is_abandoned: whoever began it is gone, and what came '
  'of it has to be looked up in Cal.com. p_actor_id: the member.';
