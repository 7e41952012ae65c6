import type { ComponentChildren } from 'preact';
import type { PetDetails } from '../../../../shared/calendar/pets.ts';
import { useT } from '../../i18n/use-language.tsx';
import { PetAlerts } from '../../ui/pet-alerts.tsx';
import { Owner } from './owner.tsx';

/** The details of a pet, with what matters for its safety first. */
export function PetProfile({ pet }: { pet: PetDetails }) {
  const t = useT();
  return (
    <div class='card profile'>
      <PetAlerts pet={pet} />
      <dl>
        <Fact label={t('pets.owners')}>
          {pet.clients.length === 0
            ? t('pets.noOwners')
            : pet.clients.map((client) => <Owner key={client.id} client={client} />)}
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
