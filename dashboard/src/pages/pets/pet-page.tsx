import { useQuery } from '@tanstack/preact-query';
import { Link } from 'wouter-preact';
import { useCalendar } from '../../data/backend.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Message } from '../../ui/states.tsx';
import { PetHistory } from './pet-history.tsx';
import { PetProfile } from './pet-profile.tsx';
import './pets.css';

/** A pet, its owners and its appointments. */
export function PetPage({ id }: { id: string }) {
  const t = useT();
  const calendar = useCalendar();
  const query = useQuery({ queryKey: ['pet', id], queryFn: () => calendar.getPet(id) });
  return (
    <>
      <p class='back'>
        <Link href='/pets'>
          <Icon name='left' /> {t('pets.back')}
        </Link>
      </p>
      <Loaded query={query}>
        {(pet) =>
          pet
            ? (
              <>
                <PageHead
                  title={pet.name}
                  detail={[kindOf(pet.type), pet.breed].filter(Boolean).join(', ')}
                />
                <PetProfile pet={pet} />
                <PetHistory petId={pet.id} />
              </>
            )
            : (
              <>
                <PageHead title={t('pets.title')} />
                <Message title={t('pets.unknown')} icon='search'>{t('pets.hint')}</Message>
              </>
            )}
      </Loaded>
    </>
  );

  function kindOf(type: string | null): string | null {
    return type === 'dog' || type === 'cat' ? t(`pets.${type}`) : type;
  }
}
