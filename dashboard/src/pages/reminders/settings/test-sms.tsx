import { useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { CalendarError } from '../../../../../shared/calendar/calendar-error.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useFormMutation } from '../../../data/use-form-mutation.ts';
import { useT } from '../../../i18n/use-language.tsx';
import { FormResult } from '../../../ui/form-result.tsx';
import { Form, SubmitButton } from '../../../ui/form.tsx';

const MAX_PHONE_CHARACTERS = 30;

/** Sends the salon's reminder to a number of the owner's choice. */
export function TestSms() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const [phone, setPhone] = useState('');
  const send = useFormMutation({
    mutationFn: () => calendar.sendTestSms(salon.id, phone),
    onSuccess: () => queries.invalidateQueries(),
  });
  const isNoPhone = send.error instanceof CalendarError && send.error.code === 'invalid_input';
  return (
    <Form class='card stack' aria-label={t('sms.test.title')} submit={send.submit}>
      <h2>{t('sms.test.title')}</h2>
      <label class='field'>
        <span>{t('sms.test.phone')}</span>
        <input
          type='tel'
          autocomplete='tel'
          required
          maxLength={MAX_PHONE_CHARACTERS}
          value={phone}
          onInput={(event) => {
            send.reset();
            setPhone(event.currentTarget.value);
          }}
        />
        <small>{t('sms.test.hint')}</small>
      </label>
      <SubmitButton label={t('sms.test.send')} />
      <FormResult
        of={{ isSuccess: send.isSuccess, error: isNoPhone ? null : send.error }}
        done={t(send.data?.isBeingSent ? 'sms.test.isBeingSent' : 'sms.test.willBeSent')}
      >
        {isNoPhone && <p class='notice notice--bad'>{t('sms.test.noPhone')}</p>}
      </FormResult>
    </Form>
  );
}
