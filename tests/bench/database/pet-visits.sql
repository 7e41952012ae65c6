-- The table of BarkBook that its webhook writes besides calendar_events, as its app has it.

create table public.pet_visits (
  id uuid primary key default gen_random_uuid(),
  pet_id uuid references public.pets (id) on delete cascade,
  salon_id uuid references public.salons (id) on delete cascade,
  visit_date date not null,
  notes text not null,
  photos jsonb default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table public.pet_visits enable row level security;
grant select, insert, update, delete on table public.pet_visits to service_role;
