-- The bookers of the benchmarks: salons with five clients each, and a pet for every client.

with salon as (
  insert into public.salons (name, cal_com_username)
  select 'Salon ' || n, 'salon-' || n from generate_series(1, 200) n
  returning id
), client as (
  insert into public.clients (salon_id, name, surname, phone_number, email)
  select s.id, 'Zofia', 'Kaczmarek', '+48' || 501000000 + row_number() over (),
    'zofia.' || row_number() over () || '@poczta.example'
  from salon s cross join generate_series(1, 5)
  returning id, salon_id
), pet as (
  insert into public.pets (id, salon_id, name)
  select md5('pet of ' || c.id)::uuid, c.salon_id, 'Fiona' from client c
  returning id
)
insert into public.client_pets (client_id, pet_id)
select c.id, md5('pet of ' || c.id)::uuid from client c;
