-- Further kinds of messages, and a reason to skip one. A migration of its own, because Postgres cannot
-- use a new value of an enum in the transaction that adds it. Drafted by `npm run schema`.
-- Objects: types sms_message_kind, sms_reason.
-- Destructive: no.
-- Undo: none is needed; nothing uses the values any more once the next migration is undone.

alter type "public"."sms_message_kind" add value 'second_reminder' after 'reminder';

alter type "public"."sms_message_kind" add value 'third_reminder' after 'second_reminder';

alter type "public"."sms_message_kind" add value 'booked' after 'third_reminder';

alter type "public"."sms_message_kind" add value 'moved' after 'booked';

alter type "public"."sms_message_kind" add value 'cancelled' after 'moved';

alter type "public"."sms_message_kind" add value 'answer' after 'cancelled';

alter type "public"."sms_message_kind" add value 'test' after 'answer';

alter type "public"."sms_reason" add value 'skipped_by_salon' after 'broken_settings';
