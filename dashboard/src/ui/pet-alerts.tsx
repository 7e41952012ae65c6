import type { AppointmentPet } from '../../../shared/calendar/appointment.ts';
import { useT } from '../i18n/use-language.tsx';
import { Icon } from './icon.tsx';

/** What a groomer must know before touching a pet; nothing if there are no alerts. */
export function PetAlerts({ pet }: {
  pet: Pick<AppointmentPet, 'allergies' | 'health_issues'>;
}) {
  const t = useT();
  if (!hasAlerts(pet)) return null;
  return (
    <ul class='alerts'>
      {pet.allergies?.trim() && (
        <li class='alert alert--allergy'>
          <Icon name='warning' />
          <span>
            <strong>{t('appointment.allergies')}:</strong> {pet.allergies}
          </span>
        </li>
      )}
      {pet.health_issues?.trim() && (
        <li class='alert alert--health'>
          <Icon name='health' />
          <span>
            <strong>{t('appointment.health')}:</strong> {pet.health_issues}
          </span>
        </li>
      )}
    </ul>
  );
}

/** Whether a pet has alerts. */
export function hasAlerts(
  pet: Pick<AppointmentPet, 'allergies' | 'health_issues'> | null | undefined,
): boolean {
  return Boolean(pet?.allergies?.trim() || pet?.health_issues?.trim());
}
