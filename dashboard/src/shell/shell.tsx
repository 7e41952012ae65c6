import type { ComponentChildren } from 'preact';
import { LateFailures } from '../actions/late-failure.tsx';
import { UnsavedNotes } from '../appointments/unsaved-notes.tsx';
import { useT } from '../i18n/use-language.tsx';
import { Icon } from '../ui/icon.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Navigation } from './navigation.tsx';
import { SalonSwitch } from './salon-switch.tsx';

/** The frame of every page: the salon, the navigation and the account. */
export function Shell({ email, signOut, children }: {
  email: string;
  signOut(): void;
  children: ComponentChildren;
}) {
  const t = useT();
  return (
    <div class='shell'>
      <button type='button' class='skip' onClick={() => document.querySelector('h1')?.focus()}>
        {t('app.skip')}
      </button>
      <header class='shell-top'>
        <span class='logo'>
          <Icon name='paw' />
        </span>
        <SalonSwitch />
      </header>
      <Navigation />
      <div class='shell-account'>
        <LanguageSwitch />
        <p class='shell-who' title={email}>{email}</p>
        <button type='button' class='button button--quiet' onClick={signOut}>
          <Icon name='leave' /> {t('app.signOut')}
        </button>
      </div>
      <main class='shell-page'>
        <LateFailures>
          <UnsavedNotes />
          {children}
        </LateFailures>
      </main>
    </div>
  );
}
