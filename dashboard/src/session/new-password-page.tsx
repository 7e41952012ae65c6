import { useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import { useT } from '../i18n/use-language.tsx';
import { AccountForm } from './account-form.tsx';
import { PasswordField } from './password-field.tsx';
import { type SignInProblem, signInProblem } from './sign-in-problem.ts';

/** The form to choose a new password, for a user who came through the link of an e-mail. */
export function NewPasswordPage({ supabase, done }: { supabase: CalendarClient; done(): void }) {
  const t = useT();
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  async function submit(form: FormData) {
    const { error } = await supabase.auth.updateUser({ password: String(form.get('password')) });
    if (error) setProblem(signInProblem(error));
    else done();
  }

  return (
    <AccountForm
      title={t('recover.newTitle')}
      intro={t('recover.newIntro')}
      submitText={t('recover.save')}
      problem={problem && t(`signIn.${problem}`)}
      done={null}
      submit={submit}
    >
      <PasswordField
        describedBy={problem ? 'account-problem' : undefined}
        autocomplete='new-password'
      />
    </AccountForm>
  );
}
