import { useMutation, useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { useErrorText } from '../../../ui/states.tsx';

const MAX_PHONE_CHARACTERS = 100;

/** The number that reminders tell clients to call. */
export function SalonPhone() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const [phone, setPhone] = useState(salon.phone_number ?? '');
  const save = useMutation({
    mutationFn: () => calendar.setSalonPhone(salon.id, phone.trim() || null),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['salons'] }),
  });
  return (
    <form
      class='card stack'
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <label class='field'>
        <span>{t('settings.salonPhone')}</span>
        <input
          type='tel'
          autocomplete='off'
          maxLength={MAX_PHONE_CHARACTERS}
          disabled={salon.role !== 'owner'}
          value={phone}
          onInput={(event) => {
            save.reset();
            setPhone(event.currentTarget.value);
          }}
        />
        <small>{t('settings.salonPhoneHint', { variable: '{{phone}}' })}</small>
      </label>
      {salon.role === 'owner' && (
        <button type='submit' class='button' disabled={save.isPending}>
          {t('settings.savePhone')}
        </button>
      )}
      <div role='status'>
        {save.isSuccess && <p class='notice notice--good'>{t('settings.phoneSaved')}</p>}
        {save.isError && <p class='notice notice--bad'>{errorText(save.error)}</p>}
      </div>
    </form>
  );
}
