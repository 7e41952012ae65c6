-- Execute is granted function by function: Postgres grants it to everybody by default, and older
-- Supabase projects to the API roles. Comes first, so that it holds for everything after it.

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated;
