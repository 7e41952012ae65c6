-- The schema of everything that the Data API must not show.

create schema if not exists private;
revoke all on schema private from public, anon, authenticated;
grant usage on schema private to service_role;
comment on schema private is
  'Helpers and internals of the calendar sync. Not in api.schemas, so the Data API never shows it.';
