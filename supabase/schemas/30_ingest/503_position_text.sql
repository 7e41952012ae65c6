-- Called by private.fold_position and private.insert_first_booking.

create function private.position_text(
  generation integer, step integer, occurred_at timestamptz, delivery_key text
)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return concat_ws(' ', lpad(generation::text, 6, '0'), step,
    lpad(greatest(extract(epoch from occurred_at) * 1000000, 0)::bigint::text, 18, '0'),
    delivery_key);
end;
$$;
revoke all on function private.position_text(integer, integer, timestamptz, text)
  from public, anon, authenticated;
grant execute on function private.position_text(integer, integer, timestamptz, text)
  to service_role;
comment on function private.position_text(integer, integer, timestamptz, text) is
  'A position as private.fold_position describes it, from its parts.';
