-- Called when an alert is posted.

create function private.alert_webhook_request(p_text text, out url text, out body jsonb)
language plpgsql
stable
set search_path = ''
as $$
declare
  topic text;
begin
  url := private.alert_setting('webhook_url');
  case private.alert_setting('webhook_format')
    when 'slack' then
      -- https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
      body := jsonb_build_object('text', p_text);
    when 'discord' then
      -- https://discord.com/developers/docs/resources/webhook#execute-webhook
      body := jsonb_build_object('content', p_text);
    when 'ntfy' then
      -- https://docs.ntfy.sh/publish/#publish-as-json: to the root, with the topic in the body.
      topic := substring(url from '/([^/?]+)(?:\?.*)?$');
      url := regexp_replace(url, '/[^/?]+(\?.*)?$', '/\1');
      body := jsonb_build_object('topic', topic, 'title', 'BarkBook', 'message', p_text);
  end case;
end;
$$;
revoke all on function private.alert_webhook_request(text) from public, anon, authenticated;
comment on function private.alert_webhook_request(text) is
  'The request that shows a text in a channel of Slack or Discord, or under a topic of ntfy. '
  'Mattermost and Rocket.Chat read the format of Slack.';
