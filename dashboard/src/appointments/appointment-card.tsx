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

/** Where an appointment stands in its day. */
export type Place = 'now' | 'next' | null;

/** By what became of it: those that are over or will not take place step back. */
const LOOKS: Readonly<Record<AppointmentStatus, string>> = {
  pending: '',
  scheduled: '',
  confirmed: '',
  completed: 'appointment--over',
  cancelled: 'appointment--gone',
  no_show: 'appointment--gone',
};

/** One appointment, with all that is needed to receive it. */
export function AppointmentCard(
  { appointment, place }: { appointment: CalendarEventWithDetails; place: Place },
) {
  const t = useT();
  const { pet, effective_status: status, cancellation_reason: reason } = appointment;
  const { name, phone } = contactOf(appointment);
  return (
    <li
      class={`appointment ${place === 'now' ? 'appointment--now' : LOOKS[status]}`}
      data-appointment={appointment.id}
    >
      <p class='appointment-time'>
        <time dateTime={appointment.start_time}>{appointment.local_start}</time>
        <span>{t('appointment.until', { time: appointment.local_end })}</span>
      </p>
      <div class='appointment-what'>
        <h2 class='appointment-pet'>
          {pet ? <Link href={`/pets/${pet.id}`}>{pet.name}</Link> : t('appointment.noPet')}
          {pet?.breed && <small>{pet.breed}</small>}
        </h2>
        <p class='muted'>
          {serviceOf(appointment)} ·{' '}
          {t('appointment.minutes', { count: appointment.duration_minutes ?? 0 })}
        </p>
        {pet && <PetAlerts pet={pet} />}
        {status === 'cancelled' && reason && (
          <p class='muted'>{t('appointment.reason', { reason })}</p>
        )}
      </div>
      <div class='appointment-who'>
        <p>{name ?? t('appointment.noClient')}</p>
        {phone && <PhoneLink phone={phone} name={name ?? t('appointment.noClient')} />}
      </div>
      <p class='appointment-state'>
        {place && <span class='badge badge--place'>{t(`appointment.${place}`)}</span>}
        <StatusBadge status={status} />
      </p>
    </li>
  );
}
