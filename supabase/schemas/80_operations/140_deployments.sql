-- Which versions were deployed. Written by the command that deploys, read by the doctor.

create table private.deployments (
  id bigint generated always as identity primary key,
  version text not null,
  functions_hash text,
  deployed_at timestamptz not null default now(),
  constraint deployments_version_is_semantic check (version ~ '^\d+\.\d+\.\d+([-+].+)?$')
);
comment on table private.deployments is
  'One row for each deployment; the newest row is the current one. version: of package.json. '
  'functions_hash: a hash of the source of the functions, null if they were not uploaded.';

alter table private.deployments enable row level security;
revoke all on table private.deployments from public, anon, authenticated, service_role;
