-- What a client answers to a reminder. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

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
