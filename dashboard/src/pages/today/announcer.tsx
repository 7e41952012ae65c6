import { useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { useT } from '../../i18n/use-language.tsx';
import { changesBetween } from './changes.ts';

/**
 * Tells whoever cannot see the list what has just changed in it; shows it to the others too.
 * Has to be a new one for each salon and each day.
 */
export function Announcer({ visits }: { visits: readonly CalendarEventWithDetails[] }) {
  const t = useT();
  const last = useRef(visits);
  const [news, setNews] = useState<string[]>([]);
  useEffect(() => {
    const changes = changesBetween(last.current, visits);
    last.current = visits;
    if (changes.length === 0) return;
    setNews(changes.map(({ kind, visit }) =>
      t(`today.${kind}`, {
        time: visit.local_start,
        pet: visit.pet?.name ?? t('visit.noPet'),
      })
    ));
  }, [visits]);
  return (
    <div role='status' class='news'>
      {news.map((text, index) => <p key={index} class='notice'>{text}</p>)}
    </div>
  );
}
