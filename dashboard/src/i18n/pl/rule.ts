/** What to do about a rule of the database that was broken, by its name. */
export const rule = {
  sms_settings_send_at_local_is_not_quiet: 'Godzina wysyłki wypada w czasie ciszy.',
  sms_settings_hours_before_leaves_min_lead:
    'Przypomnienie wychodziłoby później, niż pozwala „Najpóźniej ile minut przed wizytą”.',
  sms_settings_template_knows_its_variables: 'W szablonie jest nieznana zmienna.',
  sms_settings_template_links_are_allowed: 'W szablonie jest niedozwolony link.',
  sms_settings_template_is_short: 'Szablon jest pusty albo dłuższy niż 600 znaków.',
  sms_texts_template_knows_its_variables: 'W szablonie jest nieznana zmienna.',
  sms_texts_template_links_are_allowed: 'W szablonie jest niedozwolony link.',
  sms_texts_template_is_short: 'Szablon jest pusty albo dłuższy niż 600 znaków.',
  sms_service_texts_template_knows_its_variables: 'W szablonie jest nieznana zmienna.',
  sms_service_texts_template_links_are_allowed: 'W szablonie jest niedozwolony link.',
  sms_service_texts_template_is_short: 'Szablon jest pusty albo dłuższy niż 600 znaków.',
  sms_service_texts_title_contains_is_short: 'Wpisz słowo z nazwy usługi.',
  sms_service_texts_salon_id_title_contains_key: 'Ta usługa ma już swoją treść. Zmień tamtą.',
  appointment_over: 'Ta wizyta się nie odbędzie albo już się zaczęła. Odśwież listę.',
  no_client: 'Do wizyty nie przypisano klienta. Przypisz go najpierw.',
  too_early: 'Na ten SMS jest za wcześnie. Wyślij go najwyżej osiem dni przed wizytą.',
  reminder_off: 'Ten SMS jest wyłączony. Właściciel może go włączyć w ustawieniach.',
  already_sent: 'Ten SMS już wyszedł albo właśnie wychodzi. Zobacz historię.',
  note_changed: 'Ktoś inny zmienił tę notatkę. Niczego nie nadpisano.',
  test_limit: 'Wysłano dziś już pięć SMS-ów próbnych. Spróbuj jutro.',
};
