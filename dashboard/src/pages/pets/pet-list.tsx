import { Link } from 'wouter-preact';
import type { FoundPet } from '../../../../shared/calendar/salons.ts';
import { Icon } from '../../ui/icon.tsx';
import { PetAlerts } from '../../ui/pet-alerts.tsx';
import { fullName } from '../../ui/full-name.ts';

/** A pet in a list. */
export type ListedPet = Pick<FoundPet, 'id' | 'name' | 'breed' | 'allergies' | 'health_issues'> & {
  clients: readonly { name: string; surname: string }[];
};

/** A list of pets with links to their pages. */
export function PetList({ pets }: { pets: readonly ListedPet[] }) {
  return (
    <ul class='pets'>
      {pets.map((pet) => (
        <li key={pet.id} class='pet-row'>
          <span class='pet-picture'>
            <Icon name='paw' />
          </span>
          <div>
            <h3>
              <Link href={`/pets/${pet.id}`}>{pet.name}</Link>
            </h3>
            <p class='muted'>
              {[pet.breed, ...pet.clients.map(fullName)].filter(Boolean).join(' · ')}
            </p>
            <PetAlerts pet={pet} />
          </div>
        </li>
      ))}
    </ul>
  );
}
