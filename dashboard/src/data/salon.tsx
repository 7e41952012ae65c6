import { useQuery } from '@tanstack/preact-query';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useMemo, useState } from 'preact/hooks';
import type { MySalon } from '../../../shared/calendar/salons.ts';
import { useT } from '../i18n/use-language.tsx';
import { Failure, Loading, Message } from '../ui/states.tsx';
import { useCalendar } from './backend.tsx';

type Chosen = { salon: MySalon; salons: readonly MySalon[]; choose(id: string): void };

const SalonContext = createContext<Chosen | null>(null);

const STORAGE_KEY = 'barkbook-salon';

/** Provides the current salon, once it is known. */
export function SalonProvider({ signOut, children }: {
  signOut(): void;
  children: ComponentChildren;
}) {
  const t = useT();
  const calendar = useCalendar();
  const { data: salons = [], isPending, error, refetch } = useQuery({
    queryKey: ['salons'],
    queryFn: () => calendar.getMySalons(),
  });
  const [chosenId, setChosenId] = useState(() => localStorage.getItem(STORAGE_KEY));
  const salon = salons.find(({ id }) => id === chosenId) ?? salons[0];
  const chosen = useMemo(() =>
    salon && {
      salon,
      salons,
      choose: (id: string) => {
        localStorage.setItem(STORAGE_KEY, id);
        setChosenId(id);
      },
    }, [salon, salons]);

  if (chosen) return <SalonContext.Provider value={chosen}>{children}</SalonContext.Provider>;
  if (isPending) return <Loading />;
  return (
    <main class='centered'>
      {error ? <Failure error={error} retry={refetch} /> : (
        <Message title={t('noSalon.title')}>
          <p>{t('noSalon.next')}</p>
          <button type='button' class='button' onClick={signOut}>{t('app.signOut')}</button>
        </Message>
      )}
    </main>
  );
}

/** The current salon, and the others of the member. */
export function useSalon(): Chosen {
  const chosen = useContext(SalonContext);
  if (chosen === null) throw new Error('useSalon() outside of SalonProvider');
  return chosen;
}
