-- Called where deliveries of an appointment are ordered.

create function private.fold_position(delivery public.webhook_logs, generation integer)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  step integer := case delivery.webhook_type
    when 'BOOKING_REQUESTED' then 1
    when 'BOOKING_PAYMENT_INITIATED' then 1
    when 'BOOKING_CREATED' then 2
    -- A seat may move between slots and keep its id, and a host may move a slot and keep its uid.
    when 'BOOKING_RESCHEDULED' then case
      when (delivery.booking ->> 'seated')::boolean
        or delivery.booking ->> 'rescheduleUid' = delivery.booking_uid then 5
      else 3 end
    when 'BOOKING_PAID' then 4
    when 'BOOKING_SYNCED' then case
      when delivery.booking -> 'snapshot' ->> 'status' in ('cancelled', 'rejected')
        then 6 else 5 end
    when 'BOOKING_CANCELLED' then 6
    when 'BOOKING_REJECTED' then 6
    else 5
  end;
begin
  return private.position_text(generation, step, delivery.occurred_at, delivery.delivery_key);
end;
$$;
revoke all on function private.fold_position(public.webhook_logs, integer)
  from public, anon, authenticated;
grant execute on function private.fold_position(public.webhook_logs, integer) to service_role;
comment on function private.fold_position(public.webhook_logs, integer) is
  'The position of a delivery among those of its appointment, as a text to be compared with '
  'collate "C". First the generation of its uid; then what can be said of one uid, in the only '
  'order in which it can happen: 1 requested, 2 created, 3 rescheduled, 4 paid, 5 what may happen '
  'several times, 6 cancelled or rejected; then the stamp, because only repeatable facts need the '
  'clock; then the delivery key, so that the order is total.';
