-- The links that clients get in an SMS. Written by private.sms_start_attempt.

create table private.client_links (
  token_hash bytea primary key,
  message_id uuid not null references public.sms_messages (id) on delete cascade,
  constraint client_links_token_hash_is_sha256 check (length(token_hash) = 32)
);

create index client_links_message_id_idx on private.client_links (message_id);

comment on table private.client_links is
  'Which link each message has. It shows the appointments that the text named: see '
  'private.client_link_appointments.';
comment on column private.client_links.token_hash is
  'SHA-256 of the token in the link. The token itself is not stored.';

alter table private.client_links enable row level security;
revoke all on table private.client_links from public, anon, authenticated, service_role;
grant select on table private.client_links to service_role;
grant insert on table private.client_links to sms_worker;

create policy "the SMS worker can record a link" on private.client_links
  for insert to sms_worker with check (true);
