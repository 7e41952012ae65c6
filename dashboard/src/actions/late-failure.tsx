import { type ComponentChildren, createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { useT } from '../i18n/use-language.tsx';
import { FailureNotice } from './failure-notice.tsx';

const ReportContext = createContext<(error: Error | null) => void>(() => {});

/** Shows on the page why an action failed after its dialog was closed. */
export function LateFailures({ children }: { children: ComponentChildren }) {
  const t = useT();
  const [failure, setFailure] = useState<Error | null>(null);
  return (
    <ReportContext.Provider value={setFailure}>
      {failure && (
        <div class='late-failure'>
          <p>
            <strong>{t('act.late')}</strong>
          </p>
          <FailureNotice error={failure} />
          <button
            type='button'
            class='button button--small'
            onClick={() => setFailure(null)}
          >
            {t('week.close')}
          </button>
        </div>
      )}
      {children}
    </ReportContext.Provider>
  );
}

/** Returns a function that shows a failure on the page; null removes it. */
export function useLateFailure(): (error: Error | null) => void {
  return useContext(ReportContext);
}
