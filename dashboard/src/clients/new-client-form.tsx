import { useState } from 'preact/hooks';
import { useActions } from '../actions/actions.tsx';
import type { Choice } from '../appointments/assign/choices.ts';
import { useSalon } from '../data/salon.tsx';
import { useT } from '../i18n/use-language.tsx';
import { CheckedField } from './checked-field.tsx';
import { choiceOf, emptyDraft, newClientOf } from './new-client.ts';
import { contactProblem } from './contact-problem.ts';

const MAX_NAME_CHARACTERS = 200;
const MAX_PHONE_CHARACTERS = 100;

/** Adds a client who is new, with their pet; `added` gets both. */
export function NewClientForm({ added }: { added(choice: Choice): void }) {
  const t = useT();
  const { salon } = useSalon();
  const { act, isBusy } = useActions();
  const [draft, setDraft] = useState(emptyDraft);
  const [missing, setMissing] = useState<'name' | 'phone' | null>(null);
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });

  async function add(): Promise<void> {
    const found = draft.name.trim() === ''
      ? 'name'
      : contactProblem(draft.phone, '') === null
      ? null
      : 'phone';
    setMissing(found);
    if (found !== null) {
      document.getElementById(`new-client-${found}`)?.focus();
      return;
    }
    const client = newClientOf(draft, salon.id);
    const made = await act({
      done: t('act.newClient.done', { name: draft.name.trim() }),
      run: (calendar) => calendar.addClient(client),
    });
    if (made) added(choiceOf(client));
  }
  return (
    <form
      class='stack'
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <CheckedField
        id='new-client-name'
        type='text'
        label={t('act.newClient.name')}
        value={draft.name}
        problem={missing === 'name' ? t('act.newClient.nameProblem') : null}
        maxLength={MAX_NAME_CHARACTERS}
        set={(name) => set({ name })}
      />
      <CheckedField
        id='new-client-phone'
        type='tel'
        label={t('act.client.phone')}
        value={draft.phone}
        problem={missing === 'phone' ? t('act.client.phoneProblem') : null}
        maxLength={MAX_PHONE_CHARACTERS}
        set={(phone) => set({ phone })}
      />
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
      <button type='submit' class='button button--main' aria-disabled={isBusy}>
        {t('act.newClient.submit')}
      </button>
    </form>
  );
}
