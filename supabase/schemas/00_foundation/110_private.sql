-- The schema of everything that the Data API must not expose.

create schema if not exists private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to service_role;
comment on schema private is
  'Internals of the calendar sync. The schema is not in api.schemas, so the Data API never exposes '
  'it.';
