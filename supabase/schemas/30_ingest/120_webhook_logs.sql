-- Deliveries: one row for each webhook request and for each snapshot. BarkBook has this table
-- already.

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
  action text,
  warnings text[] not null default '{}',
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  duration_ms numeric(10, 1),
  has_full_booking boolean not null
    generated always as (private.has_full_booking(webhook_type)) stored,
  precedence integer not null
    generated always as (private.precedence(webhook_type)) stored,
  redacted_at timestamptz,
  erased_at timestamptz,
  from_salon_webhook boolean not null default false,
  constraint webhook_logs_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade,
  constraint webhook_logs_status_is_valid check (status in ('processing', 'success', 'error')),
  constraint webhook_logs_action_is_valid check (action in
    ('applied', 'stale', 'deferred', 'dead', 'ignored', 'invalid'))
);

create unique index if not exists webhook_logs_delivery_key_key
  on public.webhook_logs (delivery_key);
create index if not exists webhook_logs_created_at_idx on public.webhook_logs (created_at);
create index if not exists webhook_logs_salon_id_created_at_idx
  on public.webhook_logs (salon_id, created_at);
create index if not exists webhook_logs_cal_com_event_id_idx
  on public.webhook_logs (cal_com_event_id);
create index if not exists webhook_logs_slot_moves_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where webhook_type = 'BOOKING_RESCHEDULED' and (booking ->> 'wholeSlot')::boolean;
create index if not exists webhook_logs_deferred_idx
  on public.webhook_logs (cal_com_event_id)
  where status <> 'success';
create index if not exists webhook_logs_deferred_uid_idx
  on public.webhook_logs ((booking ->> 'uid'))
  where status <> 'success' and has_full_booking;
create index if not exists webhook_logs_deferred_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where status <> 'success' and has_full_booking;
create index if not exists webhook_logs_without_salon_idx
  on public.webhook_logs (lower(booking ->> 'organizerUsername'))
  where salon_id is null and status = 'error';
create index if not exists webhook_logs_due_idx on public.webhook_logs (next_attempt_at)
  where status <> 'success' and next_attempt_at is not null;
create index if not exists webhook_logs_erased_idx on public.webhook_logs (cal_com_event_id)
  where erased_at is not null;
create index if not exists webhook_logs_unredacted_idx on public.webhook_logs (created_at)
  where redacted_at is null;
create index if not exists webhook_logs_unassigned_uid_idx
  on public.webhook_logs ((booking ->> 'uid'))
  where salon_id is null and status <> 'success';
create index if not exists webhook_logs_unassigned_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where salon_id is null and status <> 'success';
create index if not exists webhook_logs_salon_unfinished_idx
  on public.webhook_logs (salon_id, created_at)
  where status <> 'success';

comment on table public.webhook_logs is
  'Every authentic delivery, whatever became of it. The rows that carry a booking are also the '
  'source calendar_events is computed from.';
comment on column public.webhook_logs.webhook_type is
  'Cal.com''s triggerEvent; BOOKING_SYNCED for what functions/calcom-sync found in Cal.com''s API.';
comment on column public.webhook_logs.payload is
  'The body as it came; {"raw": text} if it was not JSON. Personal data: not readable by members. '
  '{"redacted": "retention"} once it is older than private.retention says, {"redacted": "erasure"} '
  'when the person it is about was erased.';
comment on column public.webhook_logs.booking is
  'What shared/calcom read from the body: a CalendarBooking. Null if it is not about a booking, '
  'and '
  'once it is redacted and no appointment is folded from it. As long as there is such an appointment it stays, '
  'because the row is computed from it and holds the same contact anyway.';
comment on column public.webhook_logs.status is
  'success: done, also when there was nothing to do. processing: waits for its booking to appear, '
  'or for its turn. error: error_message says why, and what to do.';
comment on column public.webhook_logs.action is
  'applied: the appointment changed. stale: newer or repeated news left nothing to change. deferred: '
  'kept, and tried again at next_attempt_at. dead: tried often enough; applied when its booking or '
  'salon appears, or by replay_delivery. ignored: a trigger that moves no appointment. invalid: unusable '
  'body.';
comment on column public.webhook_logs.delivery_key is
  'SHA-256 of the raw body, hexadecimal: the same bytes are the same delivery. Of a snapshot, '
  'SHA-256 of what it says, @, and the moment it is sure of.';
comment on column public.webhook_logs.cal_com_event_id is
  'The id the delivery is about: <uid>, or <uid>#<seat>.';
comment on column public.webhook_logs.occurred_at is
  'When it happened by Cal.com''s clock, never later than its arrival. Of a snapshot, the last '
  'moment of which it surely knows everything.';
comment on column public.webhook_logs.warnings is
  'client_refused, pet_refused: metadata named one that is not of this salon, or not of this '
  'person. series_unverified: may stand for other occurrences too. attendee_without_seat: names '
  'somebody whose seat is unknown here.';
comment on column public.webhook_logs.has_full_booking is 'See private.has_full_booking.';
comment on column public.webhook_logs.precedence is 'See private.precedence.';
comment on column public.webhook_logs.duration_ms is 'Milliseconds the database spent on it.';
comment on column public.webhook_logs.attempts is 'How often it was tried to apply it.';
comment on column public.webhook_logs.next_attempt_at is
  'From when on private.retry_deliveries tries again; null: not by itself.';
comment on column public.webhook_logs.redacted_at is 'When the payload was taken out.';
comment on column public.webhook_logs.erased_at is
  'When everything personal was taken out of booking as well: see erase_client.';
comment on column public.webhook_logs.from_salon_webhook is
  'The salon is known from whose secret the delivery came with. Otherwise it is read from the '
  'booking, as with the secret that all salons share and with what Cal.com''s API says. Where it '
  'is given its id comes before the '
  'hash in delivery_key, so that no salon can send first what another is about to.';

alter table public.webhook_logs enable row level security;
revoke all on table public.webhook_logs from public, anon, authenticated, service_role;
grant select (
  id, salon_id, webhook_type, status, error_message, cal_com_event_id, created_at, processed_at,
  action, warnings, occurred_at, attempts, next_attempt_at, duration_ms, redacted_at, erased_at
) on table public.webhook_logs to authenticated;
grant select, insert, update, delete on table public.webhook_logs to service_role;

create policy "members can see their salon's deliveries" on public.webhook_logs
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
