-- Stand-in for pg_net: requests are queued in the caller's transaction. net-worker.ts in this
-- folder sends them, in place of pg_net's background worker. Everybody who runs SQL may read and
-- change the queue and the answers, as with the real one since version 0.12.

create schema net;
grant usage on schema net to public;

create unlogged table net.http_request_queue (
  id bigserial,
  method text not null,
  url text not null,
  headers jsonb,
  body bytea,
  timeout_milliseconds integer not null
);

create unlogged table net._http_response (
  id bigint,
  status_code integer,
  content_type text,
  headers jsonb,
  content text,
  timed_out boolean,
  error_msg text,
  created timestamptz not null default now()
);

create index on net._http_response (created);

grant all on all sequences in schema net to public;
grant all on all tables in schema net to public;

create function net.url_encode(value text) returns text
language sql immutable
set search_path = ''
as $$
  select regexp_replace(encode(convert_to(value, 'UTF8'), 'hex'), '(..)', '%\1', 'g')
$$;

create function net.http_post(
  url text,
  body jsonb default '{}'::jsonb,
  params jsonb default '{}'::jsonb,
  headers jsonb default '{"Content-Type": "application/json"}'::jsonb,
  timeout_milliseconds integer default 5000
) returns bigint
language plpgsql
set search_path = ''
as $$
declare
  query_string text;
  request_id bigint;
begin
  select string_agg(net.url_encode(key) || '=' || net.url_encode(value), '&')
  into query_string
  from jsonb_each_text(params);

  insert into net.http_request_queue (method, url, headers, body, timeout_milliseconds)
  values (
    'POST',
    http_post.url || coalesce('?' || query_string, ''),
    http_post.headers,
    convert_to(http_post.body::text, 'UTF8'),
    http_post.timeout_milliseconds
  )
  returning id into request_id;
  return request_id;
end;
$$;
