-- The entry point for deliveries of a salon's own webhook. Called by functions/calcom-webhook,
-- which caches the secrets: this check makes a revoked one end at once.

create function public.upsert_salon_delivery(
  p_salon_id uuid,
  p_secret_hash text,
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null,
  p_rate_limit integer default null
)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
security invoker
set search_path = ''
as $$
begin
  if not private.accepts_webhook_secret(p_salon_id, p_secret_hash) then
    return query select 'refused'::public.delivery_action, null::uuid, null::uuid,
      null::public.delivery_reason;
    return;
  end if;
  return query
    select u.action, u.event_id, u.log_id, u.reason
    from public.upsert_calendar_event(
      p_delivery_key => p_delivery_key, p_webhook_type => p_webhook_type, p_payload => p_payload,
      p_booking => p_booking, p_error => p_error, p_salon_id => p_salon_id,
      p_rate_limit => p_rate_limit) u;
end;
$$;
revoke all on function
  public.upsert_salon_delivery(uuid, text, text, text, jsonb, jsonb, text, integer)
  from public, anon, authenticated;
grant execute on function
  public.upsert_salon_delivery(uuid, text, text, text, jsonb, jsonb, text, integer)
  to service_role;
comment on function
  public.upsert_salon_delivery(uuid, text, text, text, jsonb, jsonb, text, integer) is
  'upsert_calendar_event for a delivery that a salon''s own webhook signed. p_secret_hash: the '
  'hexadecimal SHA-256 of the secret that verified it. refused, with nothing stored: that secret '
  'is no longer valid.';
