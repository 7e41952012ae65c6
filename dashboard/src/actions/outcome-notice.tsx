import { useLayoutEffect, useRef } from 'preact/hooks';
import { useT } from '../i18n/use-language.tsx';
import { type Outcome, useActions } from './actions.tsx';
import { FailureNotice } from './failure-notice.tsx';

/**
 * Says what came of the last action, and takes the focus, because the control that had it may be
 * gone; so what can be done about it is the next thing on the keyboard.
 */
export function OutcomeNotice() {
  const { outcome } = useActions();
  const notice = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (outcome) notice.current?.focus();
  }, [outcome]);
  if (outcome === null) return null;
  return (
    <div ref={notice} tabIndex={-1}>
      {outcome.kind === 'failed'
        ? <FailureNotice error={outcome.error} />
        : <Success outcome={outcome} />}
    </div>
  );
}

function Success({ outcome: { text, undo } }: { outcome: Extract<Outcome, { kind: 'done' }> }) {
  const t = useT();
  const { isBusy, act } = useActions();
  return (
    <div role='status' class='notice notice--good outcome'>
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
