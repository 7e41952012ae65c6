-- Read by the client library, shared/calendar/salons.ts.

create view public.my_salons with (security_invoker = true) as
select
  s.id,
  s.name,
  s.address,
  s.timezone,
  case when s.id = any ((select private.owned_salon_ids())::uuid[]) then 'owner' else 'staff' end
    ::public.member_role as role,
  s.phone_number
from public.salons s;
revoke all on table public.my_salons from public, anon, authenticated, service_role;
grant select on table public.my_salons to authenticated;
comment on view public.my_salons is 'The salons of the signed-in user, with their role in each.';
