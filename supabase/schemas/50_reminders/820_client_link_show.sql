-- Called by functions/client-link.

create function public.client_link_show(p_token text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'salon', jsonb_build_object(
        'name', s.name, 'address', s.address, 'phone', s.phone_number),
      'timezone', s.timezone,
      'language', coalesce(r.language, 'pl'),
      'noticeHours', coalesce(r.notice_hours, 24),
      'appointments', jsonb_agg(jsonb_build_object(
        'id', e.id,
        'date', (e.start_time at time zone s.timezone)::date,
        'startTime', e.start_time,
        'start', to_char(e.start_time at time zone s.timezone, 'HH24:MI'),
        'pet', p.name,
        'cancelled', e.status = 'cancelled',
        'response', e.client_response,
        'canChange', private.client_may_change(e)
      ) order by e.start_time, e.id))
    from private.client_link_appointments(p_token) e
    join public.salons s on s.id = e.salon_id
    left join public.sms_settings r on r.salon_id = s.id
    left join public.pets p on p.id = e.pet_id and p.salon_id = e.salon_id
    group by s.id, r.salon_id
  );
end;
$$;
revoke all on function public.client_link_show(text) from public, anon, authenticated;
grant execute on function public.client_link_show(text) to service_role;
comment on function public.client_link_show(text) is
  'What the client''s page shows for the token of a link; null for an unknown one, and once all '
  'its appointments are over. Nothing about the client but the pets.';
