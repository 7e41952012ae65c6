import { useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import { useT } from '../i18n/use-language.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Form, SubmitButton } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { useTitle } from '../ui/use-title.ts';
import { PasswordField } from './password-field.tsx';
import { type SignInProblem, signInProblem } from './sign-in-problem.ts';

/** The form to sign in with e-mail and password. */
export function SignInPage({ supabase, expired, linkExpired, forgot }: {
  supabase: CalendarClient;
  expired: boolean;
  linkExpired: boolean;
  forgot(): void;
}) {
  const t = useT();
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const email = useRef<HTMLInputElement>(null);
  useTitle(t('signIn.title'));
  useEffect(() => email.current?.focus(), []);

  async function submit(fields: FormData) {
    const { error } = await supabase.auth.signInWithPassword({
      email: String(fields.get('email')).trim(),
      password: String(fields.get('password')),
    });
    // After a success this page is no longer shown.
    if (error) setProblem(signInProblem(error));
  }

  return (
    <main class='sign-in'>
      <div class='sign-in-card'>
        <span class='logo logo--large'>
          <Icon name='paw' />
        </span>
        <h1>{t('signIn.title')}</h1>
        <p class='muted'>{t('signIn.intro')}</p>
        {expired && problem === null && <p class='notice' role='status'>{t('signIn.expired')}</p>}
        {linkExpired && problem === null && (
          <p class='notice notice--warn' role='status'>{t('recover.expired')}</p>
        )}
        <Form class='stack' submit={submit}>
          <label class='field'>
            <span>{t('signIn.email')}</span>
            <input
              ref={email}
              name='email'
              type='email'
              autocomplete='username'
              required
              aria-describedby={problem ? 'sign-in-problem' : undefined}
            />
          </label>
          <PasswordField describedBy={problem ? 'sign-in-problem' : undefined} />
          <p id='sign-in-problem' role='alert' class={problem ? 'notice notice--bad' : 'empty'}>
            {problem && t(`signIn.${problem}`)}
          </p>
          <SubmitButton main label={t('signIn.submit')} busyLabel={t('signIn.busy')} />
          <button type='button' class='button button--quiet' onClick={forgot}>
            {t('signIn.forgot')}
          </button>
        </Form>
      </div>
      <LanguageSwitch />
    </main>
  );
}
