-- Called by functions/calcom-sync with each page of Cal.com's API.

create function public.sync_bookings(p_salon_id uuid, p_snapshots jsonb)
returns table (action public.snapshot_action, code text, snapshots bigint)
language plpgsql
security invoker
set search_path = ''
as $$
declare
  host text;
  ours jsonb[];
  item jsonb;
  done record;
  failure text;
  answers jsonb := '[]'::jsonb;
begin
  select s.cal_com_username into host from public.salons s where s.id = p_salon_id;
  if host is null then
    raise exception 'Salon % does not exist or has no Cal.com username', p_salon_id
      using errcode = 'no_data_found', hint = 'Set salons.cal_com_username.';
  end if;
  -- The salon whose key was used is the host, whatever the API says.
  ours := array(
    select jsonb_set(i.item, '{booking,organizerUsername}', to_jsonb(host))
    from jsonb_array_elements(p_snapshots) with ordinality as i (item, position)
    order by i.position);
  perform private.lock_bookings(variadic array(select i -> 'booking' from unnest(ours) i));
  foreach item in array ours loop
    begin
      done := private.sync_booking(p_salon_id, item -> 'booking', item -> 'payload');
      answers := answers || jsonb_build_object('action', done.action, 'code', done.reason);
    exception
      when others then
        -- The code, never the message, which quotes personal data.
        get stacked diagnostics failure = returned_sqlstate;
        answers := answers || jsonb_build_object('action', 'failed', 'code', failure);
    end;
  end loop;
  return query
    select a.action, a.code, count(*)
    from jsonb_to_recordset(answers) as a (action public.snapshot_action, code text)
    group by a.action, a.code;
end;
$$;
revoke all on function public.sync_bookings(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.sync_bookings(uuid, jsonb) to service_role;
comment on function public.sync_bookings(uuid, jsonb) is
  'Applies snapshots of a salon''s bookings. p_snapshots: an array of {booking, payload}, where '
  'booking is a CalendarBooking with a snapshot, and each slot comes after its seats. Returns how '
  'many were applied, unchanged, deferred or failed. code: the reason for deferred, a SQLSTATE or '
  'busy for failed; text, because SQLSTATEs are no closed list. A failure does not affect the '
  'other snapshots. Deliveries of these bookings wait meanwhile, so send a few at a time. Called '
  'by functions/calcom-sync.';
