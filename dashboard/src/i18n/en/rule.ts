export const rule = {
  sms_settings_send_at_local_is_not_quiet: 'The time of day is within the quiet hours.',
  sms_settings_hours_before_leaves_min_lead:
    'The reminder would go out after the latest sending time.',
  sms_settings_template_knows_its_variables: 'The template uses a variable that does not exist.',
  sms_settings_template_links_are_allowed: 'The template has a link that is not allowed.',
  sms_settings_template_is_short: 'The template is empty or longer than 600 characters.',
  sms_texts_template_knows_its_variables: 'The template uses a variable that does not exist.',
  sms_texts_template_links_are_allowed: 'The template has a link that is not allowed.',
  sms_texts_template_is_short: 'The template is empty or longer than 600 characters.',
  sms_service_texts_template_knows_its_variables:
    'The template uses a variable that does not exist.',
  sms_service_texts_template_links_are_allowed: 'The template has a link that is not allowed.',
  sms_service_texts_template_is_short: 'The template is empty or longer than 600 characters.',
  sms_service_texts_title_contains_is_short: 'Enter a word of the service’s name.',
  sms_service_texts_salon_id_title_contains_key:
    'This service has a text already. Change that one.',
  appointment_over: 'This appointment will not take place, or has begun. Reload the list.',
  no_client: 'The appointment has no client. Assign one first.',
  too_early: 'It is too early for this SMS. Send it at most eight days before the appointment.',
  reminder_off: 'This SMS is switched off. An owner can switch it on in the settings.',
  already_sent: 'This SMS was sent already, or is being sent. See the history.',
  note_changed: 'Somebody else changed this note. Nothing was overwritten.',
  attendance_changed: 'This appointment has changed meanwhile. Nothing was overwritten.',
  test_limit: 'Five test SMS were sent today. Try again tomorrow.',
};
