import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { AppointmentDialog } from '../../appointments/appointment-dialog.tsx';
import { useCalendar } from '../../data/backend.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { AppointmentRows } from './appointment-rows.tsx';

/** The upcoming and past appointments of a pet. */
export function PetHistory({ petId }: { petId: string }) {
  const t = useT();
  const calendar = useCalendar();
  const [all, setAll] = useState(false);
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  const upcoming = useQuery({
    queryKey: ['pet-upcoming', petId],
    queryFn: () => calendar.getUpcomingAppointmentsForPet(petId),
  });
  const past = useQuery({
    queryKey: ['pet-past', petId, all],
    queryFn: () => all ? calendar.getPastAppointmentsForPet(petId) : calendar.getPetHistory(petId),
  });
  return (
    <>
      <section class='section'>
        <h2>{t('pets.upcoming')}</h2>
        <Loaded query={upcoming}>
          {(appointments) => (
            <AppointmentRows
              appointments={appointments}
              empty={t('pets.noUpcoming')}
              open={setOpened}
            />
          )}
        </Loaded>
      </section>
      <section class='section'>
        <div class='section-head'>
          <h2>{t('pets.history')}</h2>
          <label class='choice'>
            <input
              type='checkbox'
              checked={all}
              onChange={(event) => setAll(event.currentTarget.checked)}
            />
            {t('pets.showAll')}
          </label>
        </div>
        <Loaded query={past}>
          {(appointments) => (
            <AppointmentRows
              appointments={appointments}
              empty={t('pets.noHistory')}
              open={setOpened}
            />
          )}
        </Loaded>
      </section>
      <AppointmentDialog appointment={opened} close={() => setOpened(null)} />
    </>
  );
}
