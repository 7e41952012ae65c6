import { useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import { useT } from '../i18n/use-language.tsx';
import { AccountForm } from './account-form.tsx';
import { type SignInProblem, signInProblem } from './sign-in-problem.ts';

/** The form to ask for a link with which a new password is chosen. */
export function RecoverPage({ supabase, back }: { supabase: CalendarClient; back(): void }) {
  const t = useT();
  const [sent, setSent] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  async function submit(form: FormData) {
    const { error } = await supabase.auth.resetPasswordForEmail(String(form.get('email')).trim(), {
      redirectTo: location.origin + location.pathname,
    });
    setProblem(error ? signInProblem(error) : null);
    setSent(error === null);
  }

  return (
    <AccountForm
      title={t('recover.title')}
      intro={t('recover.intro')}
      submitText={t('recover.submit')}
      problem={problem && t(`signIn.${problem}`)}
      // Nobody learns here who has an account.
      done={sent ? t('recover.sent') : null}
      submit={submit}
    >
      <label class='field'>
        <span>{t('signIn.email')}</span>
        <input name='email' type='email' autocomplete='username' required />
      </label>
      <button type='button' class='button button--quiet' onClick={back}>{t('recover.back')}</button>
    </AccountForm>
  );
}
