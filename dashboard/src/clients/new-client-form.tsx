import { useState } from 'preact/hooks';
import { useActions } from '../actions/actions.tsx';
import type { Choice } from '../appointments/assign/choices.ts';
import { useSalon } from '../data/salon.tsx';
import { useT } from '../i18n/use-language.tsx';
import { Form, SubmitButton } from '../ui/form.tsx';
import { CheckedField, PhoneField } from './checked-field.tsx';
import { choiceOf, emptyDraft, type NewClientDraft, newClientOf } from './new-client.ts';
import { contactProblem } from './contact-problem.ts';
import { useCheck } from './use-check.ts';

const MAX_NAME_CHARACTERS = 200;

/** Adds a client who is new, with their pet; `added` gets both. */
export function NewClientForm({ added }: { added(choice: Choice): void }) {
  const t = useT();
  const { salon } = useSalon();
  const { act, isBusy } = useActions();
  const [draft, setDraft] = useState(emptyDraft);
  const { check, field } = useCheck('new-client', {
    name: t('act.newClient.nameProblem'),
    phone: t('act.client.phoneProblem'),
  });
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });

  async function add(): Promise<void> {
    if (!check(problemOf(draft))) return;
    const client = newClientOf(draft, salon.id);
    const made = await act({
      done: t('act.newClient.done', { name: draft.name.trim() }),
      run: (calendar) => calendar.addClient(client),
    });
    if (made) added(choiceOf(client));
  }
  return (
    <Form class='stack' noValidate submit={add}>
      <CheckedField
        {...field('name')}
        type='text'
        label={t('act.newClient.name')}
        value={draft.name}
        maxLength={MAX_NAME_CHARACTERS}
        set={(name) => set({ name })}
      />
      <PhoneField {...field('phone')} value={draft.phone} set={(phone) => set({ phone })} />
      <CheckedField
        id='new-client-pet'
        type='text'
        label={t('act.assign.newPet')}
        value={draft.pet}
        maxLength={MAX_NAME_CHARACTERS}
        set={(pet) => set({ pet })}
      />
      <label class='choice'>
        <input
          type='checkbox'
          checked={draft.consents}
          onChange={(event) => set({ consents: event.currentTarget.checked })}
        />
        {t('act.newClient.consents')}
      </label>
      <SubmitButton main label={t('act.newClient.submit')} isBusy={isBusy} />
    </Form>
  );
}

/** The first field that cannot be saved. */
function problemOf({ name, phone }: NewClientDraft): 'name' | 'phone' | null {
  if (name.trim() === '') return 'name';
  return contactProblem(phone, '') === null ? null : 'phone';
}
