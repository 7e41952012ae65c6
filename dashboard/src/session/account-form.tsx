import type { ComponentChildren } from 'preact';
import { useT } from '../i18n/use-language.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Form, SubmitButton } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { useTitle } from '../ui/use-title.ts';

/** A form about an account, before anything else is shown. */
export function AccountForm({ title, intro, submitText, problem, done, submit, children }: {
  title: string;
  intro: string;
  submitText: string;
  problem: string | null;
  done: string | null;
  submit(fields: FormData): Promise<void>;
  children: ComponentChildren;
}) {
  const t = useT();
  useTitle(title);
  return (
    <main class='sign-in'>
      <div class='sign-in-card'>
        <span class='logo logo--large'>
          <Icon name='paw' />
        </span>
        <h1>{title}</h1>
        <p class='muted'>{intro}</p>
        <p role='status' class={done ? 'notice notice--good' : 'empty'}>{done}</p>
        <Form class='stack' submit={submit}>
          {children}
          <p id='account-problem' role='alert' class={problem ? 'notice notice--bad' : 'empty'}>
            {problem}
          </p>
          <SubmitButton main label={submitText} busyLabel={t('recover.busy')} />
        </Form>
      </div>
      <LanguageSwitch />
    </main>
  );
}
