-- Messages that wait have neither a gateway's id nor a number yet: they need no place in the
-- indexes of those, which every claim and every dispatch would otherwise write anew.
-- Objects: indexes sms_messages_provider_message_id_key and sms_messages_phone_idx, now partial.
-- Destructive: no. Undo: create them as in 20261123100200.

drop index public.sms_messages_provider_message_id_key;
create unique index sms_messages_provider_message_id_key
  on public.sms_messages (provider, provider_message_id)
  where provider_message_id is not null;

drop index public.sms_messages_phone_idx;
create index sms_messages_phone_idx on public.sms_messages (phone) where phone is not null;
