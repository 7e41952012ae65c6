-- Deliveries: one row for each webhook request, and for each snapshot that changed something.
-- BarkBook already has this table.

create table if not exists public.webhook_logs (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid,
  webhook_type text not null,
  payload jsonb not null,
  status text not null default 'processing',
  error_message text,
  processed_at timestamptz,
  cal_com_event_id text,
  created_at timestamptz not null default now(),
  delivery_key text,
  booking jsonb,
  occurred_at timestamptz,
  action public.delivery_action,
  warnings public.delivery_warning[] not null default '{}',
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  duration_ms numeric(10, 1),
  redacted_at timestamptz,
  erased_at timestamptz,
  from_salon_webhook boolean not null default false,
  reason public.delivery_reason,
  booking_uid text,
  seat_id text,
  constraint webhook_logs_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade,
  constraint webhook_logs_status_is_valid check (status in ('processing', 'success', 'error')),
  constraint webhook_logs_action_can_be_stored check (action not in ('duplicate', 'refused'))
);

-- Keeps the payload of a usual delivery in its row, two rows on a page, and out of the TOAST table.
alter table public.webhook_logs set (toast_tuple_target = 4080);

create unique index if not exists webhook_logs_delivery_key_key
  on public.webhook_logs (delivery_key);
create index if not exists webhook_logs_salon_id_created_at_idx
  on public.webhook_logs (salon_id, created_at);
create index if not exists webhook_logs_booking_uid_idx on public.webhook_logs (booking_uid);
-- The other indexes are partial. Most hold few rows: deliveries that wait, and rare ones.
create index if not exists webhook_logs_waiting_uid_idx on public.webhook_logs (booking_uid)
  where status <> 'success';
create index if not exists webhook_logs_waiting_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where status <> 'success';
create index if not exists webhook_logs_waiting_salon_idx
  on public.webhook_logs (salon_id, created_at)
  where status <> 'success';
create index if not exists webhook_logs_waiting_host_idx
  on public.webhook_logs (lower(booking ->> 'organizerUsername'))
  where status <> 'success' and salon_id is null;
create index if not exists webhook_logs_due_idx
  on public.webhook_logs (salon_id, next_attempt_at)
  where status <> 'success' and next_attempt_at is not null;
create index if not exists webhook_logs_slot_moves_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where webhook_type = 'BOOKING_RESCHEDULED' and (booking ->> 'wholeSlot')::boolean;
create index if not exists webhook_logs_erased_idx on public.webhook_logs (booking_uid)
  where erased_at is not null;
create index if not exists webhook_logs_unredacted_idx on public.webhook_logs (created_at)
  where redacted_at is null;

comment on table public.webhook_logs is
  'Every authentic webhook delivery, whatever came of it, and the snapshots that changed '
  'something. calendar_events is computed from the rows that contain a booking.';
comment on column public.webhook_logs.webhook_type is
  'Cal.com''s triggerEvent; BOOKING_SYNCED for what functions/calcom-sync found in Cal.com''s API.';
comment on column public.webhook_logs.payload is
  'The body as received; {"raw": text} if it was not JSON. Personal data, not readable by members. '
  '{"redacted": "retention"} once it is older than private.retention allows, {"redacted": '
  '"erasure"} once its person was erased.';
comment on column public.webhook_logs.booking is
  'The CalendarBooking that shared/calcom read from the body. Null if the delivery is not about a '
  'booking, and once it is redacted and belongs to no appointment. For an appointment it is kept, '
  'because the row is computed from it and contains the same contact.';
comment on column public.webhook_logs.status is
  'success: done, even if nothing had to change. processing: deferred until its booking arrives or '
  'its rate limit has passed. error: not applied; reason and error_message say why.';
comment on column public.webhook_logs.action is
  'What came of the delivery. Null until it is applied for the first time, and for BarkBook''s own '
  'deliveries.';
comment on column public.webhook_logs.delivery_key is
  'SHA-256 of the raw body, hexadecimal: equal bytes are the same delivery. For a snapshot, '
  'SHA-256 of its content, @, and the moment up to which it is complete.';
comment on column public.webhook_logs.cal_com_event_id is
  'booking_uid and seat_id in one text: <uid>, or <uid>#<seat>. For people; programs match the '
  'two columns.';
comment on column public.webhook_logs.occurred_at is
  'When Cal.com queued it, which is up to a minute after it happened; never more than a minute '
  'later than its arrival. For a snapshot, the moment up to which it is complete.';
comment on column public.webhook_logs.warnings is
  'What a developer should know about a delivery that was applied all the same.';
comment on column public.webhook_logs.booking_uid is 'The uid of its booking.';
comment on column public.webhook_logs.seat_id is
  'The seat that the delivery is about; empty for a plain booking and for a whole slot.';
comment on column public.webhook_logs.duration_ms is 'Milliseconds that the database spent on it.';
comment on column public.webhook_logs.attempts is 'How many times it was attempted to apply it.';
comment on column public.webhook_logs.next_attempt_at is
  'When private.retry_deliveries tries again; null if it does not.';
comment on column public.webhook_logs.reason is
  'Why it is not applied; of a dead letter, the reason of its last attempt. Null once applied.';
comment on column public.webhook_logs.error_message is
  'Explains the reason to a person, and what to do. Programs match reason instead.';
comment on column public.webhook_logs.redacted_at is 'When the payload was removed.';
comment on column public.webhook_logs.erased_at is
  'When personal data was removed from booking as well: see erase_client.';
comment on column public.webhook_logs.from_salon_webhook is
  'Whether the salon is known from the secret that signed the delivery. Otherwise it is read from '
  'the booking, as for the shared secret and for snapshots. If true, delivery_key begins with the '
  'id of the salon, so that no salon can claim the deliveries of another in advance.';

alter table public.webhook_logs enable row level security;
revoke all on table public.webhook_logs from public, anon, authenticated, service_role;
grant select (
  id, salon_id, webhook_type, status, reason, error_message, cal_com_event_id, created_at,
  processed_at, action, warnings, occurred_at, attempts, next_attempt_at, duration_ms, redacted_at,
  erased_at
) on table public.webhook_logs to authenticated;
grant select, insert, update, delete on table public.webhook_logs to service_role;

create policy "members can see their salon's deliveries" on public.webhook_logs
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
