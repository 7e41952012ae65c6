-- What a client answers.

create type public.client_response as enum ('coming', 'wants_to_cancel', 'wants_to_move');
comment on type public.client_response is
  'coming: the client confirms the appointment. wants_to_cancel, wants_to_move: the client asked '
  'for it, and the salon or Cal.com has yet to do it.';
