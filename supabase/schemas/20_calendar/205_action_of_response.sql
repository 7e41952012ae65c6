-- Called where a client's answer is recorded.

create function private.action_of_response(response public.client_response)
returns public.salon_action
language plpgsql
immutable
set search_path = ''
as $$
begin
  return case response
    when 'coming' then 'client_coming'
    when 'wants_to_cancel' then 'client_cancel'
    when 'wants_to_move' then 'client_move'
    else 'take_back_answer'
  end::public.salon_action;
end;
$$;
revoke all on function private.action_of_response(public.client_response)
  from public, anon, authenticated;
grant execute on function private.action_of_response(public.client_response) to service_role;
comment on function private.action_of_response(public.client_response) is
  'How a client''s answer is recorded as activity; null: it was taken back.';
