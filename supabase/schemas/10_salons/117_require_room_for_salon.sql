-- Called when the signed-in user creates a salon or accepts an invitation.

create function private.require_room_for_salon()
returns void
language plpgsql
set search_path = ''
as $$
declare
  most integer := (select l.most from private.salons_per_user l);
begin
  -- Two concurrent calls could both get the last place.
  perform pg_advisory_xact_lock(private.lock_key('salons of', auth.uid()::text));
  if cardinality(private.salon_ids()) >= most then
    raise exception 'You belong to % salons already', most
      using errcode = 'PT409',
        hint = 'Leave a salon that you no longer need, or ask the operator to raise the limit.';
  end if;
end;
$$;
revoke all on function private.require_room_for_salon() from public, anon, authenticated;
comment on function private.require_room_for_salon() is
  'Raises PT409 if the signed-in user belongs to as many salons as private.salons_per_user allows. '
  'Who belongs to more, because BarkBook or the operator created them, keeps them.';
