-- How long personal data is kept.

create table private.retention (
  kept_days integer not null default 90,
  constraint retention_kept_days_is_valid check (kept_days between 1 and 3650)
);
insert into private.retention default values;

create unique index retention_is_one_row on private.retention ((true));

comment on table private.retention is
  'One row. kept_days: how long bodies of deliveries, and texts and numbers of messages, are kept: '
  'update private.retention set kept_days = 30.';

alter table private.retention enable row level security;
revoke all on table private.retention from public, anon, authenticated, service_role;
