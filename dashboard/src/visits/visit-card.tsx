import type {
  AppointmentStatus,
  CalendarEventWithDetails,
} from '../../../shared/calendar/appointment.ts';
import { serviceOf } from '../../../shared/calendar/service.ts';
import { Link } from 'wouter-preact';
import { useT } from '../i18n/use-language.tsx';
import { PetAlerts } from '../ui/pet-alerts.tsx';
import { PhoneLink } from '../ui/phone-link.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { contactOf } from './contact.ts';

/** Where a visit stands in its day. */
export type Place = 'now' | 'next' | null;

/** By what became of it: those that are over or will not take place step back. */
const LOOKS: Readonly<Record<AppointmentStatus, string>> = {
  pending: '',
  scheduled: '',
  confirmed: '',
  completed: 'visit--over',
  cancelled: 'visit--gone',
  no_show: 'visit--gone',
};

/** One visit, with all that is needed to receive it. */
export function VisitCard({ visit, place }: { visit: CalendarEventWithDetails; place: Place }) {
  const t = useT();
  const { pet, effective_status: status, cancellation_reason: reason } = visit;
  const { name, phone } = contactOf(visit);
  return (
    <li
      class={`visit ${place === 'now' ? 'visit--now' : LOOKS[status]}`}
      data-visit={visit.id}
    >
      <p class='visit-time'>
        <time dateTime={visit.start_time}>{visit.local_start}</time>
        <span>{t('visit.until', { time: visit.local_end })}</span>
      </p>
      <div class='visit-what'>
        <h2 class='visit-pet'>
          {pet ? <Link href={`/pets/${pet.id}`}>{pet.name}</Link> : t('visit.noPet')}
          {pet?.breed && <small>{pet.breed}</small>}
        </h2>
        <p class='muted'>
          {serviceOf(visit)} · {t('visit.minutes', { count: visit.duration_minutes ?? 0 })}
        </p>
        {pet && <PetAlerts pet={pet} />}
        {status === 'cancelled' && reason && <p class='muted'>{t('visit.reason', { reason })}</p>}
      </div>
      <div class='visit-who'>
        <p>{name ?? t('visit.noClient')}</p>
        {phone && <PhoneLink phone={phone} name={name ?? t('visit.noClient')} />}
      </div>
      <p class='visit-state'>
        {place && <span class='badge badge--place'>{t(`visit.${place}`)}</span>}
        <StatusBadge status={status} />
      </p>
    </li>
  );
}
