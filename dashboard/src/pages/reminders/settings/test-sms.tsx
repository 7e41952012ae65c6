import { useMutation, useQueryClient } from '@tanstack/preact-query';
import { useRef, useState } from 'preact/hooks';
import { CalendarError } from '../../../../../shared/calendar/calendar-error.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { useErrorText } from '../../../ui/states.tsx';

const MAX_PHONE_CHARACTERS = 30;

/** Sends the salon's reminder to a number of the owner's choice. */
export function TestSms() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [phone, setPhone] = useState('');
  // Known at once, where the state is known with the next drawing only: each SMS is paid for.
  const isSending = useRef(false);
  const send = useMutation({
    mutationFn: () => calendar.sendTestSms(salon.id, phone),
    onSuccess: () => queries.invalidateQueries(),
    onSettled: () => {
      isSending.current = false;
    },
  });
  const problem = send.error instanceof CalendarError && send.error.code === 'invalid_input'
    ? t('sms.test.noPhone')
    : send.error && errorText(send.error);
  return (
    <form
      class='card stack'
      aria-label={t('sms.test.title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isSending.current) return;
        isSending.current = true;
        send.mutate();
      }}
    >
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
      <button type='submit' class='button' aria-disabled={send.isPending}>
        {t('sms.test.send')}
      </button>
      <div role='status'>
        {send.isSuccess && (
          <p class='notice notice--good'>
            {t(send.data.isBeingSent ? 'sms.test.isBeingSent' : 'sms.test.willBeSent')}
          </p>
        )}
        {problem && <p class='notice notice--bad'>{problem}</p>}
      </div>
    </form>
  );
}
