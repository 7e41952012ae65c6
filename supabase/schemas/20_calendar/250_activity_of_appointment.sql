-- Called by members.

create function public.activity_of_appointment(p_event_id uuid)
returns table (
  id uuid, action public.salon_action, outcome public.action_outcome, error_code text,
  created_at timestamptz, is_client boolean, is_mine boolean, actor_email text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    select a.id, a.action, a.outcome, a.error_code, a.created_at, a.actor_id is null,
      coalesce(a.actor_id = auth.uid(), false), u.email::text
    from public.salon_activity a
    left join auth.users u on u.id = a.actor_id and (
      exists (select from public.salons s where s.id = a.salon_id and s.user_id = u.id)
      or exists (
        select from public.salon_members m where m.salon_id = a.salon_id and m.user_id = u.id))
    where a.event_id = p_event_id and a.salon_id = any (private.salon_ids())
    order by a.created_at desc
    limit 100;
end;
$$;
revoke all on function public.activity_of_appointment(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.activity_of_appointment(uuid) to authenticated;
comment on function public.activity_of_appointment(uuid) is
  'Who did what with an appointment of the caller''s salons, and when: the newest 100, newest '
  'first. is_client: the client did it. actor_email: null for the client, and for who is no member '
  'any more. Security definer, because members may not otherwise read the addresses of colleagues.';
