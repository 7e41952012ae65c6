import { useEffect, useRef, useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { useT } from '../../i18n/use-language.tsx';
import { changesBetween } from './changes.ts';

/**
 * Announces changes in the list, for users of screen readers and everybody else. Needs a new key
 * for each salon and each day.
 */
export function Announcer({ appointments }: { appointments: readonly CalendarEventWithDetails[] }) {
  const t = useT();
  const last = useRef(appointments);
  const [announcements, setAnnouncements] = useState<string[]>([]);
  useEffect(() => {
    const changes = changesBetween(last.current, appointments);
    last.current = appointments;
    if (changes.length === 0) return;
    setAnnouncements(changes.map(({ kind, appointment }) =>
      t(`today.${kind}`, {
        time: appointment.local_start,
        pet: appointment.pet?.name ?? t('appointment.noPet'),
      })
    ));
  }, [appointments]);
  return (
    <div role='status' class='announcements'>
      {announcements.map((text, index) => <p key={index} class='notice'>{text}</p>)}
    </div>
  );
}
