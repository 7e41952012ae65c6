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
import { ClientAnswer } from './client-answer.tsx';
import { contactOf } from './contact.ts';
import { Notes } from './notes.tsx';
import { OpenButton } from './open-button.tsx';

/** Marks the current and the next appointment of a day. */
export type Marker = 'now' | 'next' | null;

/** Appointments that are over or will not take place are less prominent. */
const CARD_CLASSES: Readonly<Record<AppointmentStatus, string>> = {
  pending: '',
  scheduled: '',
  confirmed: '',
  completed: 'appointment--over',
  cancelled: 'appointment--gone',
  no_show: 'appointment--gone',
};

/** An appointment, with everything that the salon needs to know for it. */
export function AppointmentCard({ appointment, marker, showHost = false, open }: {
  appointment: CalendarEventWithDetails;
  marker: Marker;
  showHost?: boolean;
  /** Opens the dialog; missing inside of it. */
  open?: () => void;
}) {
  const t = useT();
  const { client, pet, effective_status: status, cancellation_reason: reason } = appointment;
  const host = showHost ? appointment.host_name : null;
  const { name, phone } = contactOf(appointment);
  return (
    <li
      class={`appointment ${marker === 'now' ? 'appointment--now' : CARD_CLASSES[status]}`}
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
        <Notes appointment={appointment} />
        {status === 'cancelled' && reason && (
          <p class='muted'>{t('appointment.reason', { reason })}</p>
        )}
      </div>
      <div class='appointment-who'>
        {name && <p>{name}</p>}
        {!client && <p class='muted'>{t('appointment.noClient')}</p>}
        {phone && <PhoneLink phone={phone} name={name ?? t('appointment.noClient')} />}
        {host && <p class='muted'>{t('appointment.hostedBy', { name: host })}</p>}
      </div>
      <p class='appointment-state'>
        {marker && <span class='badge badge--marker'>{t(`appointment.${marker}`)}</span>}
        <ClientAnswer appointment={appointment} />
        <StatusBadge status={status} />
      </p>
      {open && <OpenButton appointment={appointment} open={open} />}
    </li>
  );
}
