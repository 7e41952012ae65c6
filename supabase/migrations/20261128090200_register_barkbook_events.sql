-- Registers the ids of BarkBook's appointments, so that deliveries find them. A separate migration,
-- because the table of ids exists only after the baseline. Does nothing on a new project.
-- Objects: rows of calendar_event_uids.
-- Destructive: no.
-- Undo: delete the rows whose appointment has no last_event_at.

insert into public.calendar_event_uids (cal_com_event_id, booking_uid, event_id)
select e.cal_com_event_id, split_part(e.cal_com_event_id, '#', 1), e.id
from public.calendar_events e
on conflict (cal_com_event_id) do nothing;
