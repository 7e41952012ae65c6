-- Which replies have arrived. Written by sms_receive_reply.

create table private.sms_replies (
  provider public.sms_provider not null,
  reply_id text not null,
  received_at timestamptz not null default now(),
  primary key (provider, reply_id),
  constraint sms_replies_reply_id_is_short check (length(reply_id) between 1 and 64)
);

create index sms_replies_received_at_idx on private.sms_replies (received_at);

comment on table private.sms_replies is
  'Replies that were applied, so that one that a provider repeats is applied once. Kept for 30 '
  'days.';
comment on column private.sms_replies.reply_id is
  'The provider''s id of the reply; a hash of the reply where it gives none.';

alter table private.sms_replies enable row level security;
revoke all on table private.sms_replies from public, anon, authenticated, service_role;
grant select, insert on table private.sms_replies to service_role;
