import type { ComponentChildren } from 'preact';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import type { Messages } from '../i18n/pl/index.ts';
import { useT } from '../i18n/use-language.tsx';
import { Icon, type IconName } from './icon.tsx';

/** Shown while something is loading. */
export function Loading() {
  const t = useT();
  return (
    <div class='loading' role='status'>
      <span class='visually-hidden'>{t('state.loading')}</span>
    </div>
  );
}

/** Shown where there is nothing, with what to do next. */
export function Message({ title, icon = 'paw', children }: {
  title: string;
  icon?: IconName;
  children?: ComponentChildren;
}) {
  return (
    <div class='message'>
      <Icon name={icon} />
      <p class='message-title'>{title}</p>
      <div class='muted'>{children}</div>
    </div>
  );
}

/**
 * Returns a function that explains an error in the reader's language: the broken rule, if the error
 * names one.
 */
export function useErrorText(): (error: Error) => string {
  const t = useT();
  return (error) => {
    if (!(error instanceof CalendarError)) return t('error.unexpected');
    const { code, detail } = error;
    const rules = t('rule', { returnObjects: true });
    const isRule = (name: string | null): name is keyof Messages['rule'] =>
      name !== null && Object.hasOwn(rules, name);
    return isRule(detail) ? rules[detail] : t(`error.${code}`, { detail: detail ?? '' });
  };
}

/** Shown where something could not be loaded. */
export function Failure({ error, retry }: { error: Error; retry(): unknown }) {
  const t = useT();
  const errorText = useErrorText();
  return (
    <div role='alert'>
      <Message title={t('state.failed')} icon='warning'>
        <p>{errorText(error)}</p>
        <button type='button' class='button' onClick={() => retry()}>{t('state.retry')}</button>
      </Message>
    </div>
  );
}
