-- Who recorded a consent. Created only if it is missing, because the migration that adopts
-- BarkBook's tables creates it before the baseline does.

do $$
begin
  if to_regtype('public.consent_source') is null then
    create type public.consent_source as enum ('salon', 'operator', 'barkbook');
  end if;
end;
$$;
comment on type public.consent_source is
  'salon: a member of the salon. operator: service_role or postgres. barkbook: BarkBook, before '
  'its tables were adopted.';
