-- The result of sms_receive_reply.

create type public.sms_reply_outcome as enum ('answered', 'kept', 'repeated', 'unknown');
comment on type public.sms_reply_outcome is
  'answered: it says whether the client comes. kept: the salon has to read it. repeated: it was '
  'applied before. unknown: no salon wrote to that number.';
