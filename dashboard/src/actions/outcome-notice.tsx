import { useEffect, useRef } from 'preact/hooks';
import { CalendarError } from '../../../shared/calendar/calendar-error.ts';
import { useT } from '../i18n/use-language.tsx';
import { useErrorText } from '../ui/states.tsx';
import { useActions } from './actions.tsx';

/**
 * Says what came of the last action, and takes the focus, because the control that had it may be
 * gone; so what can be done about it is the next thing on the keyboard.
 */
export function OutcomeNotice() {
  const t = useT();
  const errorText = useErrorText();
  const { outcome, isBusy, act } = useActions();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (outcome) notice.current?.focus();
  }, [outcome]);
  if (outcome === null) return null;
  if (outcome.kind === 'failed') {
    const { error } = outcome;
    const url = error instanceof CalendarError ? error.url : null;
    return (
      <div ref={notice} tabIndex={-1} role='alert' class='notice notice--bad outcome'>
        <p>{errorText(error)}</p>
        {url && (
          <a class='button button--small' href={url} target='_blank' rel='noreferrer'>
            {t('act.openCalCom')}
          </a>
        )}
      </div>
    );
  }
  const { text, undo } = outcome;
  return (
    <div ref={notice} tabIndex={-1} role='status' class='notice notice--good outcome'>
      <p>{text}</p>
      {undo && (
        <button
          type='button'
          class='button button--small'
          aria-disabled={isBusy}
          onClick={() => act({ ...undo, done: t('act.undone') })}
        >
          {t('act.undo')}
        </button>
      )}
    </div>
  );
}
