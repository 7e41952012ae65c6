-- Removes old texts and numbers, and old replies. Called by pg_cron.

create function private.trim_messages(kept_days integer default 90)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  trimmed integer;
begin
  update public.sms_messages m
  set body = null, phone = null, phone_number = null, lease_token = null, lease_until = null,
    -- Messages that remained when the job was disabled.
    status = case when m.status in ('pending', 'leased', 'unknown') then 'dead' else m.status end
  where m.id in (
    select old.id from public.sms_messages old
    where old.not_after < now() - make_interval(days => kept_days)
      and (old.body is not null or old.phone is not null or old.phone_number is not null)
    -- Waiting could deadlock with an erasure.
    for update skip locked);
  get diagnostics trimmed = row_count;
  delete from private.sms_changes c where c.happened_at < now() - interval '2 days';
  delete from public.sms_inbox i
  where i.id in (
    select old.id from public.sms_inbox old
    where old.received_at < now() - make_interval(days => kept_days)
    for update skip locked);
  delete from private.sms_replies r where r.received_at < now() - interval '30 days';
  delete from public.sms_runs r where r.started_at < now() - interval '30 days';
  return trimmed;
end;
$$;
revoke all on function private.trim_messages(integer) from public, anon, authenticated;
comment on function private.trim_messages(integer) is
  'Called by pg_cron: removes text and number of messages whose appointments were more than '
  'kept_days ago, and deletes replies that old, and old runs and changes. What happened and when '
  'is kept. One that is being written is left for the next day. Returns how many messages were '
  'redacted.';
