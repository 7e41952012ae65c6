-- What a developer should know about a delivery that was applied all the same. Created only if it
-- is missing, because the migration that adopts BarkBook's tables creates it before the baseline
-- does.

do $$
begin
  if to_regtype('public.delivery_warning') is null then
    create type public.delivery_warning as enum (
      'client_refused', 'pet_refused', 'series_unverified', 'attendee_without_seat');
  end if;
end;
$$;
comment on type public.delivery_warning is
  'client_refused, pet_refused: the metadata names one that does not belong to the salon or to the '
  'person who booked. series_unverified: may stand for other occurrences of the series too. '
  'attendee_without_seat: names an attendee whose seat is unknown.';
