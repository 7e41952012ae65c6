-- Called by private.fold_facts.

create function private.with_claim(claims jsonb, booking jsonb, is_newest boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  claim jsonb := jsonb_strip_nulls(jsonb_build_object(
    'client', booking ->> 'clientId',
    'pet', booking ->> 'petId',
    'phone', private.e164(booking ->> 'attendeePhone'),
    'email', nullif(booking ->> 'attendeeEmail', private.erased_email())));
begin
  if claim = '{}'::jsonb or claim = claims -> 0
    or not is_newest and claims @> jsonb_build_array(claim) then
    return claims;
  end if;
  if not is_newest or claims = '[]'::jsonb then
    return claims || claim;
  end if;
  return jsonb_build_array(claim) || coalesce((
    select jsonb_agg(c.entry order by c.position)
    from jsonb_array_elements(claims) with ordinality as c (entry, position)
    where c.entry <> claim), '[]'::jsonb);
end;
$$;
revoke all on function private.with_claim(jsonb, jsonb, boolean) from public, anon, authenticated;
grant execute on function private.with_claim(jsonb, jsonb, boolean) to service_role;
comment on function private.with_claim(jsonb, jsonb, boolean) is
  'The claims of an appointment with those of one more booking: an array of {client, pet, phone, '
  'email}, newest first. What only a cancellation, an end or a rejection repeats comes last. '
  'is_newest: the delivery contains a whole booking.';
