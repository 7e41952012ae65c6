-- The Data API's schema: its roles may use it. New objects in it have no grants, as in projects since
-- 2026; the tests apply the migrations under the grants of older projects too.

grant usage on schema public to anon, authenticated, service_role;
grant all on schema public to postgres;
