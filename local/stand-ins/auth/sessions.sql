-- Supabase Auth's tables of sessions, with the columns that this stack uses.
-- Runs at every start, so that a stack older than this file gets them too.

create table if not exists auth.sessions (
  id uuid primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  refreshed_at timestamptz
);
create index if not exists sessions_user_id_idx on auth.sessions (user_id);

create table if not exists auth.refresh_tokens (
  token text primary key,
  session_id uuid not null references auth.sessions (id) on delete cascade,
  parent text,
  revoked boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index if not exists refresh_tokens_session_id_idx on auth.refresh_tokens (session_id);

-- Links of e-mails that this stack does not send. Auth itself keeps them in auth.one_time_tokens.
create table if not exists auth.recovery_links (
  token text primary key,
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now()
);

alter table auth.recovery_links owner to supabase_auth_admin;
alter table auth.recovery_links enable row level security;
grant all on auth.recovery_links to postgres;
alter table auth.sessions owner to supabase_auth_admin;
alter table auth.refresh_tokens owner to supabase_auth_admin;
alter table auth.sessions enable row level security;
alter table auth.refresh_tokens enable row level security;
grant all on auth.sessions, auth.refresh_tokens to postgres;
