import { useQueryClient } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useFormMutation } from '../../../data/use-form-mutation.ts';
import { useT } from '../../../i18n/use-language.tsx';
import { FormResult } from '../../../ui/form-result.tsx';
import { Form, SubmitButton } from '../../../ui/form.tsx';

const MAX_PHONE_CHARACTERS = 100;

/** The number that reminders tell clients to call. */
export function SalonPhone() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const [phone, setPhone] = useState(salon.phone_number ?? '');
  const saving = useFormMutation({
    mutationFn: () => calendar.setSalonPhone(salon.id, phone.trim() || null),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['salons'] }),
  });
  return (
    <Form class='card stack' submit={saving.submit}>
      <label class='field'>
        <span>{t('settings.salonPhone')}</span>
        <input
          type='tel'
          autocomplete='off'
          maxLength={MAX_PHONE_CHARACTERS}
          disabled={salon.role !== 'owner'}
          value={phone}
          onInput={(event) => {
            saving.reset();
            setPhone(event.currentTarget.value);
          }}
        />
        <small>{t('settings.salonPhoneHint', { variable: '{{phone}}' })}</small>
      </label>
      {salon.role === 'owner' && (
        <SubmitButton label={t('settings.savePhone')} busyLabel={t('settings.saving')} />
      )}
      <FormResult of={saving} done={t('settings.phoneSaved')} />
    </Form>
  );
}
