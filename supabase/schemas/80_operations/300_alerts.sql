-- What the operator was told, or is to be told. Written by the job that sends alerts.

create table private.alerts (
  id bigint generated always as identity primary key,
  channel text not null,
  salon_id uuid,
  code text not null,
  began_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ended_at timestamptz,
  began_told_at timestamptz,
  ended_told_at timestamptz,
  request_id bigint,
  requested_at timestamptz,
  failure text,
  constraint alerts_salon_id_fkey
    foreign key (salon_id) references public.salons (id) on delete cascade,
  constraint alerts_channel_is_valid check (channel in ('webhook', 'email'))
);
create unique index alerts_channel_salon_id_code_key on private.alerts (channel, salon_id, code)
  nulls not distinct where ended_at is null;
create index alerts_salon_id_idx on private.alerts (salon_id);

comment on table private.alerts is
  'One row for each problem and each channel that is told of it: each channel is told of both its '
  'beginning and its end. salon_id: null for the project as a whole. code: one of '
  'private.alert_meaning. seen_at: when it was last found. ended_at: when it had stayed away for '
  'long enough. request_id: the POST under way. failure: what came of the last POST, null if it was '
  'accepted. Ended rows are deleted after a week.';

alter table private.alerts enable row level security;
revoke all on table private.alerts from public, anon, authenticated, service_role;
