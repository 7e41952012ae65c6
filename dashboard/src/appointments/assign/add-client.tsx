import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { useActions } from '../../actions/actions.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Form, SubmitButton } from '../../ui/form.tsx';

const MAX_NAME_CHARACTERS = 200;

/** Adds the booker to the salon's clients, with their pet. */
export function AddClient({ appointment: { id }, name, done }: {
  appointment: CalendarEventWithDetails;
  name: string;
  done(): void;
}) {
  const t = useT();
  const { act, isBusy } = useActions();
  const [petName, setPetName] = useState('');

  async function add(): Promise<void> {
    const pet = petName.trim() || undefined;
    const made = await act({
      done: t('act.assign.done', { names: [pet, name].filter(Boolean).join(', ') }),
      run: (calendar) => calendar.addClientFromBooking(id, pet),
    });
    if (made) done();
  }
  return (
    <Form class='stack' submit={add}>
      <label class='field'>
        <span>{t('act.assign.newPet')}</span>
        <input
          type='text'
          autocomplete='off'
          maxLength={MAX_NAME_CHARACTERS}
          value={petName}
          onInput={(event) => setPetName(event.currentTarget.value)}
        />
      </label>
      <SubmitButton label={t('act.assign.add', { name })} isBusy={isBusy} />
    </Form>
  );
}
