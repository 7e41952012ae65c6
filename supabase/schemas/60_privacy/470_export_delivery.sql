-- Called by private.export_deliveries.

create function private.export_delivery(
  delivery public.webhook_logs, is_mention boolean, pattern text
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'received_at', delivery.created_at, 'webhook_type', delivery.webhook_type,
    'cal_com_event_id', delivery.cal_com_event_id
  ) || case when is_mention then jsonb_build_object('attendees', (
      select coalesce(jsonb_agg(a), '[]'::jsonb)
      from jsonb_array_elements(delivery.booking -> 'attendees') a where a::text ~* pattern))
    else jsonb_build_object('booking', delivery.booking, 'payload', delivery.payload) end;
end;
$$;
revoke all on function private.export_delivery(public.webhook_logs, boolean, text)
  from public, anon, authenticated;
comment on function private.export_delivery(public.webhook_logs, boolean, text) is
  'A delivery as its person may see it. If it is a mention, only their own entry.';
