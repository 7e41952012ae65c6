-- The Data API's schema: usable by its roles, while new objects in it are granted to nobody.

grant usage on schema public to anon, authenticated, service_role;
grant all on schema public to postgres;
