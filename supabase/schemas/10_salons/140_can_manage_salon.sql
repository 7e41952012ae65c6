-- Called by security definer functions that owners may call.

create function private.can_manage_salon(salon uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  -- none: a direct connection to the database.
  return current_setting('role') in ('service_role', 'none')
    or coalesce(salon = any (private.owned_salon_ids()), false);
end;
$$;
revoke all on function private.can_manage_salon(uuid) from public, anon, authenticated;
comment on function private.can_manage_salon(uuid) is
  'For security definer functions: whether the caller may act as an owner of the salon. '
  'service_role may for every salon, and for rows without a salon.';
