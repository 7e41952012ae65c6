-- Called by private.erase_client_data, private.erase_mentions and private.continue_erasure.

create function private.redact_mentions(deliveries uuid[], pattern text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.webhook_logs l
  set booking = private.redact_contact(l.booking, pattern),
    payload = private.redacted_payload('erasure'), redacted_at = coalesce(l.redacted_at, now())
  where l.id = any (deliveries);
end;
$$;
revoke all on function private.redact_mentions(uuid[], text) from public, anon, authenticated;
comment on function private.redact_mentions(uuid[], text) is
  'Removes a person''s contact from deliveries about appointments of others, or of several people.';
