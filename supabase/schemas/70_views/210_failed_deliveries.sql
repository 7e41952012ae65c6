-- Read by the client library, shared/calendar/sync.ts.

create view public.failed_deliveries with (security_invoker = true) as
select
  w.id as log_id,
  w.salon_id,
  w.webhook_type,
  w.cal_com_event_id,
  w.status,
  w.action,
  w.reason,
  w.error_message,
  w.warnings,
  w.occurred_at,
  w.created_at,
  w.attempts,
  w.next_attempt_at,
  -- A subquery, so that it is computed only for the rows of a page, after sorting.
  (select private.booking_of_delivery(w.id)) as booking
from public.webhook_logs w
where w.status <> 'success';
revoke all on table public.failed_deliveries from public, anon, authenticated, service_role;
grant select on table public.failed_deliveries to authenticated;
comment on view public.failed_deliveries is
  'Deliveries that changed nothing yet. reason says why, error_message explains it to a person, '
  'next_attempt_at says when the retry is due.';
comment on column public.failed_deliveries.booking is
  'What can be read of the booking: title, booker, phone and start_time, each of which may be null. '
  'Null if nothing can be, or the person was erased.';
