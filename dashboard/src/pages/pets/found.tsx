import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Message } from '../../ui/states.tsx';
import { ClientList } from './client-list.tsx';
import { PetList } from './pet-list.tsx';

const SHOWN = 20;

/** The pets that a search found, and the clients without a pet. */
export function Found({ text }: { text: string }) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['search', salon.id, text],
    queryFn: async () => {
      // One more than is shown tells whether there are others.
      const of = { salonId: salon.id, limit: SHOWN + 1 };
      const [pets, clients] = await Promise.all([
        calendar.searchPets(text, of),
        calendar.searchClients(text, of),
      ]);
      return {
        pets: pets.slice(0, SHOWN),
        // The others are named beside their pets.
        clients: clients.slice(0, SHOWN).filter((client) => client.pets.length === 0),
        areMore: pets.length > SHOWN || clients.length > SHOWN,
      };
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query}>
      {({ pets, clients, areMore }) => (
        <>
          <p role='status' class='muted'>
            {areMore
              ? t('pets.firstOnly', { count: SHOWN })
              : pets.length > 0 && t('pets.found', { count: pets.length })}
          </p>
          {pets.length + clients.length === 0 && (
            <Message title={t('pets.none', { text })} icon='search'>{t('pets.noneNext')}</Message>
          )}
          <PetList pets={pets} />
          {clients.length > 0 && (
            <section class='section'>
              <h2>{t('pets.withoutPets')}</h2>
              <ClientList clients={clients} />
            </section>
          )}
        </>
      )}
    </Loaded>
  );
}
