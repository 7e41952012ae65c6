-- Called by a trigger on sms_texts, and by the dashboard.

create function public.default_sms_text(
  p_kind public.sms_message_kind, p_language public.reminder_language
)
returns text
language sql
immutable
set search_path = ''
as $$
  select case p_language
    when 'pl' then case p_kind
      when 'booked' then 'Umówiono wizytę: {{weekday}}, {{date}}, {{appointments}}.'
      when 'moved' then 'Nowy termin wizyty: {{weekday}}, {{date}}, {{appointments}}.'
      when 'cancelled' then
        'Niestety musieliśmy odwołać wizytę: {{weekday}}, {{date}}, {{appointments}}.'
      when 'answer' then
        'Odwołanie lub zmiana wizyty ({{date}}, {{appointments}}):'
      else 'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}.'
    end
    else case p_kind
      when 'booked' then 'Your appointment is booked: {{weekday}}, {{date}}, {{appointments}}.'
      when 'moved' then
        'Your appointment has a new time: {{weekday}}, {{date}}, {{appointments}}.'
      when 'cancelled' then
        'We are sorry, we had to cancel your appointment: {{weekday}}, {{date}}, {{appointments}}.'
      when 'answer' then
        'To cancel or move your appointment ({{date}}, {{appointments}}):'
      else 'Your appointment is {{when}} ({{weekday}}, {{date}}) at {{appointments}}.'
    end
  end || ' {{salon}} {{phone}}' || case when p_kind = 'cancelled' then '' else ' {{link}}' end;
$$;
revoke all on function public.default_sms_text(public.sms_message_kind, public.reminder_language)
  from public, anon, authenticated;
grant execute on function
  public.default_sms_text(public.sms_message_kind, public.reminder_language)
  to authenticated, service_role, sms_worker;
comment on function
  public.default_sms_text(public.sms_message_kind, public.reminder_language) is
  'The text of a kind of message that a salon did not write itself.';
