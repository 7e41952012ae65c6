import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useT } from '../i18n/use-language.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { Icon } from '../ui/icon.tsx';
import { useTitle } from '../ui/use-title.ts';

/** A form about an account, before anything else is shown. */
export function AccountForm({ title, intro, submitText, problem, done, submit, children }: {
  title: string;
  intro: string;
  submitText: string;
  problem: string | null;
  done: string | null;
  submit(form: FormData): Promise<void>;
  children: ComponentChildren;
}) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  useTitle(title);

  async function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    await submit(form);
    setBusy(false);
  }

  return (
    <main class='sign-in'>
      <div class='sign-in-card'>
        <span class='logo logo--large'>
          <Icon name='paw' />
        </span>
        <h1>{title}</h1>
        <p class='muted'>{intro}</p>
        <p role='status' class={done ? 'notice notice--good' : 'empty'}>{done}</p>
        <form onSubmit={onSubmit} class='stack'>
          {children}
          <p id='account-problem' role='alert' class={problem ? 'notice notice--bad' : 'empty'}>
            {problem}
          </p>
          <button type='submit' class='button button--main' disabled={busy}>
            {busy ? t('recover.busy') : submitText}
          </button>
        </form>
      </div>
      <LanguageSwitch />
    </main>
  );
}
