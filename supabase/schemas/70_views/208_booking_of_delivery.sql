-- Called by the view failed_deliveries.

create function private.booking_of_delivery(delivery uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'title', l.booking ->> 'title',
      'booker', l.booking ->> 'attendeeName',
      'phone', coalesce(
        private.e164(l.booking ->> 'attendeePhone'), l.booking ->> 'attendeePhone'),
      'start_time', l.booking ->> 'startTime')
    from public.webhook_logs l
    where l.id = delivery and l.status <> 'success' and l.erased_at is null
      and l.salon_id = any (private.salon_ids()) and jsonb_typeof(l.booking) = 'object');
end;
$$;
revoke all on function private.booking_of_delivery(uuid) from public, anon;
grant execute on function private.booking_of_delivery(uuid) to authenticated;
comment on function private.booking_of_delivery(uuid) is
  'Whose booking a failed delivery of the caller''s salon is about, and when, so that somebody can '
  'phone; null if it cannot be read. Security definer, because members may not otherwise read the '
  'bodies of deliveries.';
