import type { UseQueryResult } from '@tanstack/preact-query';
import type { EventType } from '../../../shared/calendar/calcom-actions.ts';
import { useT } from '../i18n/use-language.tsx';
import { Loaded } from '../ui/loaded.tsx';

/** Selects the service that is booked. */
export function ServiceField({ query, value, set }: {
  query: UseQueryResult<EventType[]>;
  value: number | null;
  set(id: number): void;
}) {
  const t = useT();
  return (
    <Loaded query={query}>
      {(services) => (
        <label class='field'>
          <span>{t('book.service')}</span>
          <select
            required
            value={value ?? ''}
            onChange={(event) => set(Number(event.currentTarget.value))}
          >
            {services.map(({ id, title, minutes }) => (
              <option key={id} value={id}>
                {`${title}, ${t('appointment.minutes', { count: minutes })}`}
              </option>
            ))}
          </select>
          {services.length === 0 && <small>{t('book.noServices')}</small>}
        </label>
      )}
    </Loaded>
  );
}
