-- Registers the uids of BarkBook's appointments, so that deliveries find them. A separate migration,
-- because the table of uids exists only after the baseline. Does nothing on a new project.
-- Objects: rows of calendar_event_uids.
-- Destructive: no.
-- Undo: delete the rows whose appointment has no fold_state.

insert into public.calendar_event_uids (booking_uid, seat_id, event_id)
select
  -- Only after `npm run uninstall` there are seats: <uid>#<seat>.
  case when e.seat_id is null then e.cal_com_event_id else split_part(e.cal_com_event_id, '#', 1) end,
  coalesce(e.seat_id, ''),
  e.id
from public.calendar_events e
on conflict do nothing;
