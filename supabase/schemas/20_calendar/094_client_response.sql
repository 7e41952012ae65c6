-- What a client answers.

do $$
begin
  if to_regtype('public.client_response') is null then
    create type public.client_response as enum ('coming', 'wants_to_cancel', 'wants_to_move');
  end if;
end;
$$;
comment on type public.client_response is
  'coming: the client confirms the appointment. wants_to_cancel, wants_to_move: the client asked '
  'for it, and the salon or Cal.com has yet to do it.';
