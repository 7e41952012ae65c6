import type { ComponentChildren } from 'preact';
import { useT } from '../i18n/use-language.tsx';
import { Icon } from './icon.tsx';

/** The head of a dialog, which stays visible, with a button that closes it. */
export function DialogHead({ close, children }: {
  close(): void;
  children: ComponentChildren;
}) {
  const t = useT();
  return (
    <header class='dialog-head'>
      {children}
      <button
        type='button'
        class='button button--plain'
        aria-label={t('week.close')}
        onClick={close}
      >
        <Icon name='close' />
      </button>
    </header>
  );
}
