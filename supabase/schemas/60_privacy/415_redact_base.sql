-- Called by private.erase_mentions.

create function private.redact_base(fold_state jsonb, pattern text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  base jsonb := fold_state -> 'base';
begin
  if base is null then
    return fold_state;
  end if;
  return fold_state || jsonb_build_object('base', base || jsonb_build_object(
    'title', private.redact_text(base ->> 'title', pattern),
    'description', private.redact_text(base ->> 'description', pattern),
    'location', private.redact_text(base ->> 'location', pattern),
    'meeting_url', private.redact_text(base ->> 'meeting_url', pattern),
    'cancellation_reason', private.redact_text(base ->> 'cancellation_reason', pattern),
    'attendee_name', case when base ->> 'attendee_email' ~* pattern then null
      else private.redact_text(base ->> 'attendee_name', pattern) end,
    'attendee_email', case when base ->> 'attendee_email' !~* pattern
      then base ->> 'attendee_email' end,
    'attendee_phone', case when base ->> 'attendee_phone' !~* pattern
      then base ->> 'attendee_phone' end));
end;
$$;
revoke all on function private.redact_base(jsonb, text) from public, anon, authenticated;
comment on function private.redact_base(jsonb, text) is
  'The fold_state of an appointment that BarkBook inserted, without a person''s contact in the row '
  'that its fold starts from.';
