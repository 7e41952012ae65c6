-- The least that a webhook could do: two statements. The tables have the columns and types of
-- BarkBook's, a primary key, a unique key and the foreign key to the salon, and nothing else.

create schema minimal;
grant usage on schema minimal to service_role;

create table minimal.webhook_logs (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid references public.salons (id) on delete cascade,
  webhook_type text not null,
  payload jsonb not null,
  status text not null,
  error_message text,
  processed_at timestamptz,
  cal_com_event_id text,
  created_at timestamptz not null default now()
);

create table minimal.calendar_events (
  id uuid primary key default gen_random_uuid(),
  cal_com_event_id text not null unique,
  salon_id uuid references public.salons (id) on delete cascade,
  client_id uuid,
  pet_id uuid,
  title text not null,
  description text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  duration_minutes integer,
  status text not null,
  attendee_email text,
  attendee_phone text,
  location text,
  meeting_url text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  synced_at timestamptz not null default now()
);

grant select, insert, update on all tables in schema minimal to service_role;

-- The arguments and the result are those of public.upsert_calendar_event.
create function minimal.upsert_calendar_event(
  p_delivery_key text,
  p_webhook_type text,
  p_payload jsonb,
  p_booking jsonb default null,
  p_error text default null,
  p_salon_id uuid default null,
  p_rate_limit integer default null
)
returns table (action text, event_id uuid, log_id uuid, reason text)
language plpgsql
set search_path = ''
as $$
declare
  salon uuid;
begin
  insert into minimal.webhook_logs as l
    (salon_id, webhook_type, payload, status, cal_com_event_id, processed_at)
  values (
    (select s.id from public.salons s
      where lower(s.cal_com_username) = lower(p_booking ->> 'organizerUsername')),
    p_webhook_type, p_payload, 'success', p_booking ->> 'uid', clock_timestamp()
  )
  returning l.id, l.salon_id into log_id, salon;

  insert into minimal.calendar_events as e (cal_com_event_id, salon_id, client_id, pet_id, title,
    description, start_time, end_time, duration_minutes, status, attendee_email, attendee_phone,
    location, meeting_url)
  values (
    p_booking ->> 'uid', salon, (p_booking ->> 'clientId')::uuid, (p_booking ->> 'petId')::uuid,
    p_booking ->> 'title', p_booking ->> 'description', (p_booking ->> 'startTime')::timestamptz,
    (p_booking ->> 'endTime')::timestamptz, 60, 'scheduled', p_booking ->> 'attendeeEmail',
    p_booking ->> 'attendeePhone', p_booking ->> 'location', p_booking ->> 'meetingUrl'
  )
  on conflict (cal_com_event_id) do update
  set title = excluded.title, description = excluded.description,
    start_time = excluded.start_time, end_time = excluded.end_time, status = excluded.status,
    location = excluded.location, meeting_url = excluded.meeting_url, updated_at = now()
  returning e.id into event_id;

  action := 'applied';
  return next;
end;
$$;
revoke all on function
  minimal.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer) from public;
grant execute on function
  minimal.upsert_calendar_event(text, text, jsonb, jsonb, text, uuid, integer) to service_role;
