-- What staff say about an appointment.

create type public.appointment_attendance as enum ('completed', 'no_show');
comment on type public.appointment_attendance is
  'completed: the client was here. no_show: the client did not come.';
