-- What staff say about an appointment. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.appointment_attendance') is null then
    create type public.appointment_attendance as enum ('completed', 'no_show');
  end if;
end;
$$;
comment on type public.appointment_attendance is
  'completed: the client was here. no_show: the client did not come.';
