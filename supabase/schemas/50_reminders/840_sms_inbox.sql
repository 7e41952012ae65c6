-- What clients answer to an SMS in words that no program understands.

create table public.sms_inbox (
  id uuid primary key default gen_random_uuid(),
  salon_id uuid not null references public.salons (id) on delete cascade,
  client_id uuid,
  event_id uuid references public.calendar_events (id) on delete set null,
  phone text not null,
  body text not null,
  received_at timestamptz not null default now(),
  read_at timestamptz,
  read_by uuid,
  constraint sms_inbox_client_id_fkey foreign key (client_id, salon_id)
    references public.clients (id, salon_id) on delete set null (client_id),
  constraint sms_inbox_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint sms_inbox_body_is_short check (length(body) between 1 and 1600)
);

create index sms_inbox_salon_id_received_at_idx on public.sms_inbox (salon_id, received_at);
create index sms_inbox_client_id_idx on public.sms_inbox (client_id, salon_id);
create index sms_inbox_event_id_idx on public.sms_inbox (event_id);
create index sms_inbox_received_at_idx on public.sms_inbox (received_at);

comment on table public.sms_inbox is
  'Replies to an SMS that a person has to read: neither a yes nor a no, nor STOP or START. Deleted '
  'with the client, and as old as private.retention says.';
comment on column public.sms_inbox.client_id is
  'Whom the SMS before the reply was sent to. Null if they were deleted or merged since.';
comment on column public.sms_inbox.event_id is
  'The next appointment that the number was reminded of, if there is one.';
comment on column public.sms_inbox.phone is 'Who wrote, in E.164.';
comment on column public.sms_inbox.read_at is 'When a member marked it as read.';
comment on column public.sms_inbox.read_by is
  'The member who did: an id of auth.users, set by a trigger. Not a foreign key, so that the record '
  'outlasts the account.';

alter table public.sms_inbox enable row level security;
revoke all on table public.sms_inbox from public, anon, authenticated, service_role;
grant select, update (read_at) on table public.sms_inbox to authenticated;
grant select, insert, update, delete on table public.sms_inbox to service_role;

create policy "members can see the replies to their salon" on public.sms_inbox
  for select to authenticated
  using (private.refuse_estimates() and salon_id = any ((select private.salon_ids())::uuid[]));
create policy "members can mark a reply as read" on public.sms_inbox
  for update to authenticated
  using (salon_id = any ((select private.salon_ids())::uuid[]))
  with check (salon_id = any ((select private.salon_ids())::uuid[]));
