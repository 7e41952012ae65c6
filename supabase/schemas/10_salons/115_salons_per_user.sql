-- To how many salons one user may belong.

create table private.salons_per_user (
  most integer not null default 20,
  constraint salons_per_user_most_is_valid check (most between 1 and 1000)
);
insert into private.salons_per_user default values;

create unique index salons_per_user_is_one_row on private.salons_per_user ((true));

comment on table private.salons_per_user is
  'One row. most: to how many salons a user can belong by creating them or accepting invitations: '
  'update private.salons_per_user set most = 40. Without a limit, the locks that '
  'private.lock_salons_of_member takes for one user could fill the table of locks, which all '
  'salons share.';

alter table private.salons_per_user enable row level security;
revoke all on table private.salons_per_user from public, anon, authenticated, service_role;
