-- Called by private.redact_mentions.

create function private.redact_contact(booking jsonb, pattern text)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (
    select jsonb_object_agg(member.key, case
      when member.key = 'attendees' then (
        select coalesce(jsonb_agg(case
          when a::text ~* pattern then jsonb_build_object(
            'email', private.erased_email(), 'phone', null, 'noShow', a -> 'noShow')
          else a end), '[]'::jsonb)
        from jsonb_array_elements(member.value) a)
      -- The name belongs to the address.
      when member.key = 'attendeeName' and booking ->> 'attendeeEmail' ~* pattern
        then 'null'::jsonb
      when jsonb_typeof(member.value) <> 'string' or member.value #>> '{}' !~* pattern
        then member.value
      when member.key = 'attendeeEmail' then to_jsonb(private.erased_email())
      when member.key = 'attendeePhone' then 'null'::jsonb
      else to_jsonb(private.redact_text(member.value #>> '{}', pattern))
    end)
    from jsonb_each(booking) member
  );
end;
$$;
revoke all on function private.redact_contact(jsonb, text) from public, anon, authenticated;
comment on function private.redact_contact(jsonb, text) is
  'Another person''s booking without the contact that the pattern finds.';
