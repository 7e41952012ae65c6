import { useQuery } from '@tanstack/preact-query';
import { ALL_STATUSES } from '../../../../shared/calendar/appointment.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { type ListedPet, PetList } from './pet-list.tsx';

/** Today's pets, which are the most likely to be searched for. */
export function TodaysPets() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { data: appointments = [] } = useQuery({
    queryKey: ['today', salon.id],
    queryFn: () => calendar.getTodaysAppointments(salon.id, { statuses: ALL_STATUSES }),
  });
  const pets = new Map<string, ListedPet>();
  for (const { pet, client } of appointments) {
    if (pet) pets.set(pet.id, { ...pet, clients: client ? [client] : [] });
  }
  if (pets.size === 0) return null;
  return (
    <section class='section'>
      <h2>{t('pets.today')}</h2>
      <PetList pets={[...pets.values()]} />
    </section>
  );
}
