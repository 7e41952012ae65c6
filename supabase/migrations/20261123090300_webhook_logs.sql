-- Every delivery of Cal.com, whatever became of it.
-- Objects: table webhook_logs with its policy; private.books_a_time, private.precedence.
-- BarkBook's table is kept and completed; its policies on it are replaced: one of them let anyone
-- with the anon key read every payload.
-- Destructive: BarkBook's policies. Undo: drop the added columns.

create function private.books_a_time(webhook_type text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return webhook_type in (
    'BOOKING_REQUESTED', 'BOOKING_PAYMENT_INITIATED', 'BOOKING_CREATED', 'BOOKING_PAID',
    'BOOKING_RESCHEDULED'
  );
end;
$$;
revoke all on function private.books_a_time(text) from public, anon, authenticated;
grant execute on function private.books_a_time(text) to service_role;
comment on function private.books_a_time(text) is
  'Whether a trigger brings the whole booking, so that a visit can be made from it. The others '
  '(cancelled, ended, no-show) say something about a visit that must be known already.';

create function private.precedence(webhook_type text)
returns integer
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case webhook_type
    when 'BOOKING_REQUESTED' then 1
    when 'BOOKING_PAYMENT_INITIATED' then 1
    when 'BOOKING_CREATED' then 2
    when 'BOOKING_PAID' then 3
    when 'BOOKING_RESCHEDULED' then 4
    when 'MEETING_ENDED' then 5
    when 'BOOKING_NO_SHOW_UPDATED' then 6
    when 'BOOKING_REJECTED' then 7
    when 'BOOKING_CANCELLED' then 8
    else 0
  end;
end;
$$;
revoke all on function private.precedence(text) from public, anon, authenticated;
grant execute on function private.precedence(text) to service_role;
comment on function private.precedence(text) is
  'Who has the last word when two things happened at the same moment: the higher one.';

create table if not exists public.webhook_logs (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id),
  webhook_type text not null,
  payload jsonb not null,
  status text not null default 'processing',
  error_message text,
  processed_at timestamptz,
  cal_com_event_id text
);
alter table public.webhook_logs
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists delivery_key text,
  add column if not exists booking jsonb,
  add column if not exists occurred_at timestamptz,
  add column if not exists action text,
  add column if not exists warnings text[] not null default '{}',
  add column if not exists attempts integer not null default 0,
  add column if not exists next_attempt_at timestamptz,
  add column if not exists duration_ms numeric(10, 1),
  add column if not exists books_a_time boolean not null
    generated always as (private.books_a_time(webhook_type)) stored,
  add column if not exists precedence integer not null
    generated always as (private.precedence(webhook_type)) stored,
  alter column status set default 'processing',
  alter column processed_at drop default;
-- A salon that leaves takes its log with it.
alter table public.webhook_logs
  drop constraint if exists webhook_logs_salon_id_fkey,
  add constraint webhook_logs_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade;
select private.ensure_constraint('public.webhook_logs',
  'webhook_logs_status_is_valid', $$check (status in ('processing', 'success', 'error'))$$);
select private.ensure_constraint('public.webhook_logs',
  'webhook_logs_action_is_valid', $$check (action in
    ('applied', 'stale', 'deferred', 'ignored', 'invalid'))$$);

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
create index if not exists webhook_logs_waiting_idx
  on public.webhook_logs (cal_com_event_id)
  where status <> 'success';
create index if not exists webhook_logs_waiting_uid_idx
  on public.webhook_logs ((booking ->> 'uid'))
  where status <> 'success' and books_a_time;
create index if not exists webhook_logs_waiting_reschedule_uid_idx
  on public.webhook_logs ((booking ->> 'rescheduleUid'))
  where status <> 'success' and books_a_time;
create index if not exists webhook_logs_without_salon_idx
  on public.webhook_logs (lower(booking ->> 'organizerUsername'))
  where salon_id is null and status = 'error';

comment on table public.webhook_logs is
  'Every authentic delivery, whatever became of it. The rows that carry a booking are also the '
  'source calendar_events is computed from.';
comment on column public.webhook_logs.webhook_type is 'Cal.com''s triggerEvent.';
comment on column public.webhook_logs.payload is
  'The body as it came; {"raw": text} if it was not JSON. Personal data: not readable by members.';
comment on column public.webhook_logs.booking is
  'What shared/calcom read from the body: a CalendarBooking. Null if it is not about a booking.';
comment on column public.webhook_logs.status is
  'success: done, also when there was nothing to do. processing: waits for its booking to appear. '
  'error: error_message says why, and what to do.';
comment on column public.webhook_logs.action is
  'applied: the visit changed. stale: newer or repeated news left nothing to change. deferred: '
  'kept, and applied later. ignored: a trigger that moves no visit. invalid: unusable body.';
comment on column public.webhook_logs.delivery_key is
  'SHA-256 of the raw body, hexadecimal: the same bytes are the same delivery.';
comment on column public.webhook_logs.cal_com_event_id is
  'The id the delivery is about: <uid>, or <uid>#<seat>.';
comment on column public.webhook_logs.occurred_at is
  'When it happened by Cal.com''s clock, never later than its arrival.';
comment on column public.webhook_logs.warnings is
  'client_refused, pet_refused: metadata named one that is not of this salon, or not of this '
  'person. series_unverified: may stand for other occurrences too. attendee_without_seat: names '
  'somebody whose seat is unknown here.';
comment on column public.webhook_logs.books_a_time is 'See private.books_a_time.';
comment on column public.webhook_logs.precedence is 'See private.precedence.';
comment on column public.webhook_logs.duration_ms is 'Milliseconds the database spent on it.';

alter table public.webhook_logs enable row level security;
select private.drop_policies('public.webhook_logs');
revoke all on table public.webhook_logs from public, anon, authenticated, service_role;
grant select (
  id, salon_id, webhook_type, status, error_message, cal_com_event_id, created_at, processed_at,
  action, warnings, occurred_at, attempts, next_attempt_at, duration_ms
) on table public.webhook_logs to authenticated;
grant select, insert, update, delete on table public.webhook_logs to service_role;

create policy "members can see their salon's deliveries" on public.webhook_logs
  for select to authenticated
  using (salon_id = any (array(select private.salon_ids())));
