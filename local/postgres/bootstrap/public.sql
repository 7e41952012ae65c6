-- The Data API's schema: its roles may use it, and new objects in it have no grants.

grant usage on schema public to anon, authenticated, service_role;
grant all on schema public to postgres;
