-- The result of client_link_respond.

create type public.client_link_answer as enum ('recorded', 'not_found', 'moved', 'too_late');
comment on type public.client_link_answer is
  'recorded: the response is stored. not_found: the link shows no such appointment, or it is '
  'cancelled. moved: it is at another time than the client saw. too_late: the notice period has '
  'begun.';
