-- Two demo salons in two time zones, with invented people. For the local stack and for previews:
-- never for production. Running it twice changes nothing.

-- With everything that Supabase Auth reads of a user: it finds only those of this instance, and
-- answers with an error if a token or a date is null.
insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token,
  recovery_token, email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at
)
select '00000000-0000-0000-0000-000000000000', demo.id, 'authenticated', 'authenticated',
  demo.email, extensions.crypt('barkbook-demo', extensions.gen_salt('bf')), now(), '', '', '', '',
  '{"provider": "email", "providers": ["email"]}', '{"email_verified": true}', now(), now()
from (values
  ('5a10a000-0000-4000-8000-000000000001'::uuid, 'katarzyna@barkbook.example'),
  ('5a10a000-0000-4000-8000-000000000002', 'ola@barkbook.example'),
  ('5a10b000-0000-4000-8000-000000000001', 'james@barkbook.example')
) as demo (id, email)
on conflict (id) do nothing;

insert into auth.identities (
  provider, provider_id, user_id, identity_data, last_sign_in_at, created_at, updated_at
)
select 'email', u.id::text, u.id,
  jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true,
    'phone_verified', false),
  u.created_at, u.created_at, u.created_at
from auth.users u
where u.id in (
  '5a10a000-0000-4000-8000-000000000001',
  '5a10a000-0000-4000-8000-000000000002',
  '5a10b000-0000-4000-8000-000000000001'
)
on conflict (provider_id, provider) do nothing;

insert into public.salons (id, user_id, name, address, cal_com_username, timezone)
values
  ('a0000000-0000-4000-8000-00000000000a', '5a10a000-0000-4000-8000-000000000001',
    'Psi Styl', 'ul. Dolnych Młynów 7/2, 31-124 Kraków', 'psi-styl', 'Europe/Warsaw'),
  ('b0000000-0000-4000-8000-00000000000b', '5a10b000-0000-4000-8000-000000000001',
    'Polska Łapa London', '12 King Street, London W6', 'polska-lapa', 'Europe/London')
on conflict (id) do nothing;

insert into public.salon_members (salon_id, user_id, role)
values
  ('a0000000-0000-4000-8000-00000000000a', '5a10a000-0000-4000-8000-000000000002', 'staff')
on conflict (salon_id, user_id) do nothing;

insert into public.clients (
  id, salon_id, name, surname, phone_number, email, has_gdpr_consent, gdpr_consent_date
)
values
  ('c0000000-0000-4000-8000-0000000000a1', 'a0000000-0000-4000-8000-00000000000a',
    'Zofia', 'Kaczmarek', '+48 501 220 314', 'zofia@poczta.example', true, '2026-09-01'),
  ('c0000000-0000-4000-8000-0000000000a2', 'a0000000-0000-4000-8000-00000000000a',
    'Tomasz', 'Gołąb', '602 118 540', 'tomasz@poczta.example', true, '2026-09-01'),
  ('c0000000-0000-4000-8000-0000000000a3', 'a0000000-0000-4000-8000-00000000000a',
    'Halina', 'Ćwik', '884 002 917', null, false, null),
  ('c0000000-0000-4000-8000-0000000000b1', 'b0000000-0000-4000-8000-00000000000b',
    'Zofia', 'Kaczmarek', '+44 7700 900314', 'zofia@post.example', true, '2026-09-01')
on conflict (id) do nothing;

insert into public.pets (id, salon_id, name, type, breed, allergies, health_issues)
values
  ('d0000000-0000-4000-8000-0000000000a1', 'a0000000-0000-4000-8000-00000000000a',
    'Fiona', 'dog', 'maltańczyk', 'szampon z owsem', null),
  ('d0000000-0000-4000-8000-0000000000a2', 'a0000000-0000-4000-8000-00000000000a',
    'Borys', 'dog', 'sznaucer', null, 'padaczka'),
  ('d0000000-0000-4000-8000-0000000000a3', 'a0000000-0000-4000-8000-00000000000a',
    'Reksio', 'dog', 'kundelek', null, null),
  ('d0000000-0000-4000-8000-0000000000b1', 'b0000000-0000-4000-8000-00000000000b',
    'Fiona', 'dog', 'Yorkshire terrier', null, null)
on conflict (id) do nothing;

insert into public.client_pets (client_id, pet_id)
values
  ('c0000000-0000-4000-8000-0000000000a1', 'd0000000-0000-4000-8000-0000000000a1'),
  ('c0000000-0000-4000-8000-0000000000a2', 'd0000000-0000-4000-8000-0000000000a2'),
  ('c0000000-0000-4000-8000-0000000000a3', 'd0000000-0000-4000-8000-0000000000a3'),
  ('c0000000-0000-4000-8000-0000000000b1', 'd0000000-0000-4000-8000-0000000000b1')
on conflict (client_id, pet_id) do nothing;

insert into public.sms_settings (salon_id, enabled, sender)
values
  ('a0000000-0000-4000-8000-00000000000a', true, 'PsiStyl'),
  ('b0000000-0000-4000-8000-00000000000b', true, 'PolskaLapa')
on conflict (salon_id) do nothing;
