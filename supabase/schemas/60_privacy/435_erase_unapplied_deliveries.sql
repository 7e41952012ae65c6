-- Called by private.erase_client_data and private.continue_erasure.

create function private.erase_unapplied_deliveries(deliveries uuid[], email text, phone text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_booking(l.booking, l.seat_id, email, phone),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now()),
    erased_at = now()
  where l.id = any (deliveries) and l.erased_at is null;
end;
$$;
revoke all on function private.erase_unapplied_deliveries(uuid[], text, text)
  from public, anon, authenticated;
comment on function private.erase_unapplied_deliveries(uuid[], text, text) is
  'Removes a person, found by e-mail or phone, from deliveries that never became an appointment.';
