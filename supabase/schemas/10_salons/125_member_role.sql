-- The roles of a salon's members.

create type public.member_role as enum ('owner', 'staff');
comment on type public.member_role is
  'owner: also changes settings, replays deliveries, and exports or erases clients. staff: reads '
  'and edits the salon''s calendar, clients and pets.';
