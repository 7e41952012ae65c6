-- Called by upsert_calendar_event.

create function private.log_without_booking(delivery public.webhook_logs, error text)
returns table (
  action public.delivery_action, event_id uuid, log_id uuid, reason public.delivery_reason
)
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
declare
  known public.webhook_logs;
begin
  delivery.action := case when error is null then 'ignored' else 'invalid' end
    ::public.delivery_action;
  delivery.reason := case when error is not null then 'invalid_payload' end
    ::public.delivery_reason;
  delivery.status := case when error is null then 'success' else 'error' end;
  delivery.error_message := error;
  delivery.processed_at := clock_timestamp();
  insert into public.webhook_logs values (delivery.*) on conflict (delivery_key) do nothing;
  if not found then
    select l.* into known from public.webhook_logs l
    where l.delivery_key = delivery.delivery_key;
    delivery := known;
    if known.status = 'success' then
      delivery.action := 'duplicate';
    end if;
  end if;
  return query select delivery.action, null::uuid, delivery.id,
    case when delivery.action = 'invalid' then delivery.reason end;
end;
$$;
revoke all on function private.log_without_booking(public.webhook_logs, text)
  from public, anon, authenticated;
grant execute on function private.log_without_booking(public.webhook_logs, text)
  to service_role;
comment on function private.log_without_booking(public.webhook_logs, text) is
  'Stores a delivery that changes no appointment: ignored, or invalid because of the error.';
