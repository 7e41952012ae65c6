import { useEffect, useRef } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Icon } from '../ui/icon.tsx';
import { VisitCard } from './visit-card.tsx';

/** All about one visit, on top of the page; null closes it. Escape does as well. */
export function VisitDialog({ visit, close }: {
  visit: CalendarEventWithDetails | null;
  close(): void;
}) {
  const t = useT();
  const { formatDateWithWeekday } = useClock();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (visit) dialog.current?.showModal();
    else dialog.current?.close();
  }, [visit]);
  return (
    <dialog ref={dialog} class='visit-dialog' aria-label={t('week.details')} onClose={close}>
      {visit && (
        <>
          <header>
            <p class='muted'>{formatDateWithWeekday(visit.start_time)}</p>
            <button
              type='button'
              class='button button--plain'
              aria-label={t('week.close')}
              onClick={close}
            >
              <Icon name='close' />
            </button>
          </header>
          <ul>
            <VisitCard visit={visit} place={null} />
          </ul>
        </>
      )}
    </dialog>
  );
}
