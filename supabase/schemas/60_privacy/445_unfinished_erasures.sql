-- Erasures whose search of the deliveries has not ended.

create table private.unfinished_erasures (
  client_id uuid not null,
  salon_id uuid not null,
  own private.contacts not null,
  includes_unassigned boolean not null,
  searched_at timestamptz not null default '-infinity',
  searched_id uuid not null default '00000000-0000-0000-0000-000000000000',
  primary key (salon_id, client_id),
  constraint unfinished_erasures_client_erasures_fkey foreign key (salon_id, client_id)
    references public.client_erasures (salon_id, client_id) on delete cascade
);

comment on table private.unfinished_erasures is
  'Erasures that the job barkbook_erase continues. A row holds the contact to search for, and is '
  'deleted when the search ends.';
comment on column private.unfinished_erasures.includes_unassigned is
  'Whether deliveries that belong to no salon are searched: private.may_search_unassigned when the '
  'client was deleted.';
comment on column private.unfinished_erasures.searched_at is
  'With searched_id, the last delivery that was searched.';

alter table private.unfinished_erasures enable row level security;
revoke all on table private.unfinished_erasures from public, anon, authenticated, service_role;
