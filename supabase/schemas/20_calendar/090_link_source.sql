-- How the client of an appointment was found. Created only if it is missing, because the migration
-- that adopts BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.link_source') is null then
    create type public.link_source as enum ('metadata', 'phone', 'email', 'manual');
  end if;
end;
$$;
comment on type public.link_source is
  'metadata: named by the app that booked. phone, email: the only client of the salon with that '
  'contact. manual: chosen by a member; Cal.com never changes the link again.';
