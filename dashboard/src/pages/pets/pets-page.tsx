import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Message } from '../../ui/states.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { PetList } from './pet-list.tsx';
import './pets.css';
import { TodaysPets } from './todays-pets.tsx';

/** How long to wait after the last key before searching. */
const TYPING_MS = 250;

/** Finds pets by name. */
export function PetsPage() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const [typed, setTyped] = useState('');
  const name = useDebounced(typed.trim(), TYPING_MS);
  const query = useQuery({
    queryKey: ['pets', salon.id, name],
    queryFn: () => calendar.searchPets(name, { salonId: salon.id }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t('pets.title')} detail={t('pets.hint')} />
      <form role='search' class='search' onSubmit={(event) => event.preventDefault()}>
        <label class='field'>
          <span>{t('pets.search')}</span>
          <input
            type='search'
            autocomplete='off'
            placeholder={t('pets.placeholder')}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      </form>
      {name === '' ? <TodaysPets /> : (
        <Loaded query={query}>
          {(pets) => (
            <>
              <p role='status' class='muted'>
                {pets.length > 0 && t('pets.found', { count: pets.length })}
              </p>
              {pets.length > 0
                ? <PetList pets={pets} />
                : (
                  <Message title={t('pets.none', { name })} icon='search'>
                    {t('pets.noneNext')}
                  </Message>
                )}
            </>
          )}
        </Loaded>
      )}
    </>
  );
}
