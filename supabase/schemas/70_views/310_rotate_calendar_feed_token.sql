-- Called by owners in the dashboard.

create function public.rotate_calendar_feed_token(p_salon_id uuid)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Twice 122 random bits, without an extension.
  token text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
  if p_salon_id is null or p_salon_id <> all (private.owned_salon_ids()) then
    raise exception 'Only an owner of the salon can create the address of its feed'
      using errcode = 'insufficient_privilege', hint = 'Ask an owner of the salon.';
  end if;
  insert into public.calendar_feeds as f (salon_id, token_hash)
  values (p_salon_id, sha256(convert_to(token, 'UTF8')))
  on conflict (salon_id) do update set token_hash = excluded.token_hash, created_at = now();
  return token;
end;
$$;
revoke all on function public.rotate_calendar_feed_token(uuid)
  from public, anon, authenticated, service_role;
grant execute on function public.rotate_calendar_feed_token(uuid) to authenticated;
comment on function public.rotate_calendar_feed_token(uuid) is
  'For owners: creates a new secret for the address of the salon''s feed and returns it this one '
  'time; the previous address stops working. Security definer, because nobody may choose a secret '
  'or read its hash.';
