import { useState } from 'preact/hooks';
import type { ClientContact, ClientDetails } from '../../../shared/calendar/clients.ts';
import { type Step, useActions } from '../actions/actions.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useT } from '../i18n/use-language.tsx';
import { CheckedField } from './checked-field.tsx';
import { type ContactProblem, contactProblem } from './contact-problem.ts';

const MAX_PHONE_CHARACTERS = 100;
const MAX_EMAIL_CHARACTERS = 320;

/** The phone number and e-mail address of a client. */
export function ContactForm({ client, done }: { client: ClientDetails; done(): void }) {
  const t = useT();
  const { act } = useActions();
  const [phone, setPhone] = useState(client.phone_number);
  const [email, setEmail] = useState(client.email ?? '');
  const [problem, setProblem] = useState<ContactProblem | null>(null);

  async function save(): Promise<void> {
    const found = contactProblem(phone, email);
    setProblem(found);
    if (found !== null) {
      document.getElementById(`contact-${found}`)?.focus();
      return;
    }
    const after = { phone_number: phone.trim(), email: email.trim() || null };
    const before = { phone_number: client.phone_number, email: client.email };
    const set = (contact: ClientContact): Step => ({
      run: (calendar) => calendar.setClientContact(client.id, contact),
      shows: { rowId: client.id, change: contact },
    });
    if (await act({ ...set(after), done: t('act.client.saved'), undo: set(before) })) done();
  }

  return (
    <form
      class='stack'
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <CheckedField
        id='contact-phone'
        type='tel'
        label={t('act.client.phone')}
        value={phone}
        problem={problem === 'phone' ? t('act.client.phoneProblem') : null}
        maxLength={MAX_PHONE_CHARACTERS}
        set={setPhone}
      />
      <CheckedField
        id='contact-email'
        type='email'
        label={t('act.client.email')}
        value={email}
        problem={problem === 'email' ? t('act.client.emailProblem') : null}
        maxLength={MAX_EMAIL_CHARACTERS}
        set={setEmail}
      />
      <SaveButton label={t('act.client.save')} />
    </form>
  );
}
