import { useState } from 'preact/hooks';
import type { ClientContact, ClientDetails } from '../../../shared/calendar/clients.ts';
import { type Step, useActions } from '../actions/actions.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useT } from '../i18n/use-language.tsx';
import { Form } from '../ui/form.tsx';
import { CheckedField, PhoneField } from './checked-field.tsx';
import { contactProblem } from './contact-problem.ts';
import { useCheck } from './use-check.ts';

const MAX_EMAIL_CHARACTERS = 320;

/** The phone number and e-mail address of a client. */
export function ContactForm({ client, done }: { client: ClientDetails; done(): void }) {
  const t = useT();
  const { act } = useActions();
  const [phone, setPhone] = useState(client.phone_number);
  const [email, setEmail] = useState(client.email ?? '');
  const { check, field } = useCheck('contact', {
    phone: t('act.client.phoneProblem'),
    email: t('act.client.emailProblem'),
  });

  async function save(): Promise<void> {
    if (!check(contactProblem(phone, email))) return;
    const after = { phone_number: phone.trim(), email: email.trim() || null };
    const before = { phone_number: client.phone_number, email: client.email };
    const set = (contact: ClientContact): Step => ({
      run: (calendar) => calendar.setClientContact(client.id, contact),
      shows: { rowId: client.id, change: contact },
    });
    if (await act({ ...set(after), done: t('act.client.saved'), undo: set(before) })) done();
  }

  return (
    <Form class='stack' noValidate submit={save}>
      <PhoneField {...field('phone')} value={phone} set={setPhone} />
      <CheckedField
        {...field('email')}
        type='email'
        label={t('act.client.email')}
        value={email}
        maxLength={MAX_EMAIL_CHARACTERS}
        set={setEmail}
      />
      <SaveButton label={t('act.client.save')} />
    </Form>
  );
}
