import { useState } from 'preact/hooks';
import { useT } from '../i18n/use-language.tsx';
import { Icon } from '../ui/icon.tsx';

/** A password field with a button that shows the password, which helps on a tablet. */
export function PasswordField({ describedBy, autocomplete = 'current-password' }: {
  describedBy: string | undefined;
  autocomplete?: 'current-password' | 'new-password';
}) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <div class='field'>
      <label for='password'>{t('signIn.password')}</label>
      <span class='field-with-button'>
        <input
          id='password'
          name='password'
          type={shown ? 'text' : 'password'}
          autocomplete={autocomplete}
          required
          aria-describedby={describedBy}
        />
        <button
          type='button'
          class='button button--plain'
          aria-pressed={shown}
          aria-label={t(shown ? 'signIn.hide' : 'signIn.show')}
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? 'eye-off' : 'eye'} />
        </button>
      </span>
    </div>
  );
}
