-- A salon with a webhook of its own can sign anything in its own name. What it can reach by that is
-- this salon, and nothing that another salon has or that no salon has yet.
-- Objects: column webhook_logs.salon_given, two indexes on webhook_logs; private.is_of_other_salon,
-- private.adopt_waiting; private.apply_booking (the one before is now private.apply_to_salon).
-- Changed: private.find_salon.
-- Destructive: no. Undo: create find_salon as in 20261123090500, drop the new functions, rename
-- apply_to_salon back.

alter table public.webhook_logs
  add column salon_given boolean not null default false;
comment on column public.webhook_logs.salon_given is
  'The salon is known from whose secret or key the delivery came with. Otherwise it is read from '
  'the booking, as with the secret that all salons share. Where it is given its id comes before the '
  'hash in delivery_key, so that no salon can send first what another is about to.';

create index webhook_logs_of_nobody_uid_idx
  on public.webhook_logs ((booking ->> 'uid'))
  where salon_id is null and status <> 'success';
create index webhook_logs_of_nobody_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where salon_id is null and status <> 'success';

create function private.is_of_other_salon(booking jsonb, salon uuid, salon_given boolean)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    where u.booking_uid in (
        booking ->> 'uid', booking ->> 'rescheduleUid', private.first_uid(booking))
      and (e.salon_id <> salon or salon_given and e.salon_id is null)
  );
end;
$$;
revoke all on function private.is_of_other_salon(jsonb, uuid, boolean) from public, anon, authenticated;
grant execute on function private.is_of_other_salon(jsonb, uuid, boolean) to service_role;
comment on function private.is_of_other_salon(jsonb, uuid, boolean) is
  'Whether a booking names a uid that another salon has; where the salon is given, also one of a '
  'visit that has no salon yet, as BarkBook left some. All seats of a slot are of one salon.';

create function private.adopt_waiting(booking jsonb, salon uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  uids text[] := private.uids_of(booking);
begin
  update public.webhook_logs a
  set salon_id = salon
  where a.id in (
    select l.id
    from public.webhook_logs l
    where l.salon_id is null and l.status <> 'success'
      and (l.booking ->> 'uid' = any (uids) or l.booking ->> 'rescheduleUid' = any (uids))
    -- Whoever has it is adopting it, and may be waiting for the salon's lock.
    for update skip locked
  );
end;
$$;
revoke all on function private.adopt_waiting(jsonb, uuid) from public, anon, authenticated;
grant execute on function private.adopt_waiting(jsonb, uuid) to service_role;
comment on function private.adopt_waiting(jsonb, uuid) is
  'What waits without a salon and is about the same booking is this salon''s too. Not where the '
  'salon is given: it could name any uid, and would be told what waits for it.';

alter function private.apply_booking(public.webhook_logs) rename to apply_to_salon;
comment on function private.apply_to_salon(public.webhook_logs) is
  'Applies one logged delivery of a known salon. action: applied, stale, or deferred with a reason: '
  'booking_unknown, other_salon.';

create function private.apply_booking(
  delivery public.webhook_logs,
  out action text, out event_id uuid, out reason text, out salon uuid, out warnings text[]
)
language plpgsql
set search_path = ''
as $$
begin
  if delivery.salon_id is null then
    delivery.salon_id := private.find_salon(delivery.booking);
    -- A fold reads the deliveries of its salon only, and so must find this one among them.
    update public.webhook_logs l set salon_id = delivery.salon_id
    where l.id = delivery.id and delivery.salon_id is not null;
  end if;
  if delivery.salon_id is not null then
    if private.is_of_other_salon(
      delivery.booking, delivery.salon_id, delivery.salon_given) then
      action := 'deferred';
      reason := 'other_salon';
      salon := delivery.salon_id;
      warnings := '{}';
      return;
    end if;
    if not delivery.salon_given then
      perform private.adopt_waiting(delivery.booking, delivery.salon_id);
    end if;
  end if;
  select r.action, r.event_id, r.reason, r.salon, r.warnings
  into action, event_id, reason, salon, warnings
  from private.apply_to_salon(delivery) r;
end;
$$;
revoke all on function private.apply_booking(public.webhook_logs)
  from public, anon, authenticated;
grant execute on function private.apply_booking(public.webhook_logs) to service_role;
comment on function private.apply_booking(public.webhook_logs) is
  'Applies one logged delivery, if its booking is not another salon''s. action: applied, stale, or '
  'deferred with a reason: salon_not_found, booking_unknown, other_salon.';

create or replace function private.find_salon(booking jsonb)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  salon uuid;
begin
  select s.id into salon from public.salons s
  where lower(s.cal_com_username) = lower(booking ->> 'organizerUsername');
  if salon is null then
    select e.salon_id into salon
    from public.calendar_event_uids u
    join public.calendar_events e on e.id = u.event_id
    where u.booking_uid in (booking ->> 'uid', booking ->> 'rescheduleUid')
      and e.salon_id is not null
      -- A salon's own webhook can name any uid, which proves nothing to deliveries of nobody.
      and (exists (
          select from public.webhook_logs l
          where l.cal_com_event_id = u.cal_com_event_id and l.salon_id = e.salon_id
            and not l.salon_given)
        or not exists (
          select from public.webhook_logs l
          where l.cal_com_event_id = e.cal_com_event_id and l.salon_id = e.salon_id))
    limit 1;
  end if;
  if salon is null then
    select c.salon_id into salon from public.clients c
    where c.id = (booking ->> 'clientId')::uuid;
  end if;
  if salon is null then
    select p.salon_id into salon from public.pets p where p.id = (booking ->> 'petId')::uuid;
  end if;
  return salon;
end;
$$;
