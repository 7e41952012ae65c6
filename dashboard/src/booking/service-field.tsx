import type { EventType } from '../../../shared/calendar/calcom-actions.ts';
import { useT } from '../i18n/use-language.tsx';

/** Selects the service that is booked. */
export function ServiceField({ services, value, set }: {
  services: readonly EventType[];
  value: number;
  set(id: number): void;
}) {
  const t = useT();
  return (
    <label class='field'>
      <span>{t('book.service')}</span>
      <select value={value} onChange={(event) => set(Number(event.currentTarget.value))}>
        {services.map(({ id, title, minutes }) => (
          <option key={id} value={id}>
            {`${title}, ${t('appointment.minutes', { count: minutes })}`}
          </option>
        ))}
      </select>
    </label>
  );
}
