-- By default Postgres lets everybody execute a new function, and older Supabase projects let the
-- API roles. This file revokes both, so each function grants execute explicitly. It runs first, so
-- that it applies to everything after it.

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
