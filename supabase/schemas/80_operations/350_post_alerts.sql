-- Posts one message. Called by the job that sends alerts.

create function private.post_alerts(p_channel text, p_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  message text := (
    select string_agg(private.alert_line(a), E'\n' order by a.id)
    from private.alerts a where a.id = any (p_ids));
  webhook record;
  new_request_id bigint;
begin
  if p_channel = 'webhook' then
    webhook := private.alert_webhook_request(message);
    new_request_id := net.http_post(
      url => webhook.url, body => webhook.body,
      headers => '{"content-type": "application/json"}', timeout_milliseconds => 5000);
  else
    -- https://resend.com/docs/api-reference/emails/send-email
    new_request_id := net.http_post(
      url => coalesce(private.alert_setting('email_url'), 'https://api.resend.com/emails'),
      body => jsonb_build_object(
        'from', private.alert_setting('email_from'),
        'to', jsonb_build_array(private.alert_setting('email_to')),
        'subject', 'BarkBook alert',
        'text', message),
      headers => jsonb_build_object(
        'content-type', 'application/json',
        'authorization', 'Bearer ' || private.alert_setting('email_key'),
        -- The same message twice within a day, because its first answer was lost, is sent once.
        'idempotency-key', encode(sha256(convert_to(message, 'UTF8')), 'hex')),
      timeout_milliseconds => 5000);
  end if;
  update private.alerts a set request_id = new_request_id, requested_at = now()
  where a.id = any (p_ids);
end;
$$;
revoke all on function private.post_alerts(text, bigint[]) from public, anon, authenticated;
comment on function private.post_alerts(text, bigint[]) is
  'Posts one message about these alerts through pg_net, to the webhook or to Resend.';
