import type { UseQueryResult } from '@tanstack/preact-query';
import type { ComponentChildren } from 'preact';
import { useClock } from '../time/use-clock.ts';
import { useT } from '../i18n/use-language.tsx';
import { Failure, Loading } from './states.tsx';

/**
 * Shows the result of a query, or its error. Data from before a failed refresh stays visible, with
 * a note about its age.
 */
export function Loaded<Data>({ query, children }: {
  query: UseQueryResult<Data>;
  children(data: Data): ComponentChildren;
}) {
  const t = useT();
  const { formatTime } = useClock();
  const { data, error, dataUpdatedAt, refetch } = query;
  if (data === undefined) {
    return error ? <Failure error={error} retry={refetch} /> : <Loading />;
  }
  return (
    <>
      {error && (
        <p class='notice notice--bad' role='status'>
          {t('state.stale', { time: formatTime(new Date(dataUpdatedAt)) })}{' '}
          <button type='button' class='link' onClick={() => refetch()}>{t('state.retry')}</button>
        </p>
      )}
      {children(data)}
    </>
  );
}
