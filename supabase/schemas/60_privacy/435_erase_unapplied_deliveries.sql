-- Called by private.erase_client_data.

create function private.erase_unapplied_deliveries(deliveries uuid[], email text, phone text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_booking(l.booking, l.seat_id, email, phone),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now()),
    -- A delivery without a salon may turn out to be about another salon's appointment, which an
    -- owner must not mark as erased.
    erased_at = case
      when current_setting('role') <> 'authenticated' or l.booking is null
        or coalesce(l.salon_id, private.find_salon(l.booking)) is not null then now()
    end
  where l.id = any (deliveries) and l.erased_at is null;
end;
$$;
revoke all on function private.erase_unapplied_deliveries(uuid[], text, text)
  from public, anon, authenticated;
comment on function private.erase_unapplied_deliveries(uuid[], text, text) is
  'Removes a person, found by e-mail or phone, from deliveries that never became an appointment.';
