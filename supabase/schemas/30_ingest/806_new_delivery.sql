-- Called by upsert_calendar_event.

create function private.new_delivery(
  delivery_key text, webhook_type text, payload jsonb, salon uuid, from_salon_webhook boolean
)
returns public.webhook_logs
language plpgsql
set search_path = ''
as $$
declare
  delivery public.webhook_logs;
begin
  delivery.id := gen_random_uuid();
  delivery.delivery_key := new_delivery.delivery_key;
  delivery.created_at := now();
  delivery.webhook_type := new_delivery.webhook_type;
  delivery.payload := new_delivery.payload;
  delivery.salon_id := salon;
  delivery.from_salon_webhook := new_delivery.from_salon_webhook;
  delivery.attempts := 0;
  delivery.warnings := '{}';
  return delivery;
end;
$$;
revoke all on function private.new_delivery(text, text, jsonb, uuid, boolean)
  from public, anon, authenticated;
grant execute on function private.new_delivery(text, text, jsonb, uuid, boolean) to service_role;
comment on function private.new_delivery(text, text, jsonb, uuid, boolean) is
  'A delivery that has just arrived, before its booking is read.';
