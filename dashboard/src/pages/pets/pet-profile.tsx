import type { ComponentChildren } from 'preact';
import type { PetDetails } from '../../../../shared/calendar/pets.ts';
import { useT } from '../../i18n/use-language.tsx';
import { PetAlerts } from '../../ui/pet-alerts.tsx';
import { PhoneLink } from '../../ui/phone-link.tsx';
import { fullName } from '../../ui/full-name.ts';

/** The details of a pet, with what matters for its safety first. */
export function PetProfile({ pet }: { pet: PetDetails }) {
  const t = useT();
  return (
    <div class='card profile'>
      <PetAlerts pet={pet} />
      <dl>
        <Fact label={t('pets.owners')}>
          {pet.clients.length === 0 ? t('pets.noOwners') : pet.clients.map((client) => {
            const name = fullName(client);
            return (
              <p key={client.id} class='profile-owner'>
                {name} <PhoneLink phone={client.phone_number} name={name} />
                {client.email && <a href={`mailto:${client.email}`}>{client.email}</a>}
              </p>
            );
          })}
        </Fact>
        {pet.age !== null && (
          <Fact label={t('pets.ageLabel')}>{t('pets.age', { count: pet.age })}</Fact>
        )}
        {pet.preferences && <Fact label={t('pets.preferences')}>{pet.preferences}</Fact>}
        {pet.notes && <Fact label={t('pets.notes')}>{pet.notes}</Fact>}
      </dl>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
