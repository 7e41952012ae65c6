import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { instantAt } from '../../../shared/time/wall-time.ts';
import { useActions } from '../actions/actions.tsx';
import { OutcomeNotice } from '../actions/outcome-notice.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import type { Choice } from '../appointments/assign/choices.ts';
import { useCalendar } from '../data/backend.tsx';
import { useSalon } from '../data/salon.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Field } from '../ui/field.tsx';
import { BookedFor } from './booked-for.tsx';
import { ServiceField } from './service-field.tsx';

/** Books an appointment for a client in Cal.com, so that the time is taken there. */
export function BookingForm({ date: firstDate, close }: { date: string; close(): void }) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { act, outcome, forget } = useActions();
  const { formatDate, formatTime } = useClock();
  const services = useQuery({
    queryKey: ['event-types', salon.id],
    queryFn: () => calendar.getEventTypes(salon.id),
    staleTime: Infinity,
  });
  const [choice, setChoice] = useState<Choice | null>(null);
  const [chosenService, setService] = useState<number | null>(null);
  const [date, setDate] = useState(firstDate);
  const [time, setTime] = useState('');
  const service = chosenService ?? services.data?.[0]?.id ?? null;

  async function book(): Promise<void> {
    if (!choice?.client || service === null) return;
    const { client, pet } = choice;
    const start = instantAt(`${date}T${time}`, salon.timezone);
    await act({
      done: t('book.done', { date: formatDate(start), time: formatTime(start) }),
      run: () =>
        calendar.bookAppointment({
          salonId: salon.id,
          eventTypeId: service,
          start,
          clientId: client.id,
          petId: pet?.id ?? null,
        }),
    });
  }
  if (outcome?.kind === 'done') {
    return (
      <div class='stack'>
        <OutcomeNotice />
        <button type='button' class='button' onClick={close}>{t('week.close')}</button>
      </div>
    );
  }
  return (
    <div class='stack'>
      <OutcomeNotice />
      <BookedFor
        choice={choice}
        choose={(chosen) => {
          forget();
          setChoice(chosen);
        }}
      />
      {choice && (
        <form
          class='stack'
          onSubmit={(event) => {
            event.preventDefault();
            void book();
          }}
        >
          <ServiceField query={services} value={service} set={setService} />
          <div class='side-by-side'>
            <Field label={t('act.date')} type='date' value={date} set={setDate} />
            <Field label={t('act.time')} type='time' value={time} set={setTime} />
          </div>
          <SaveButton label={t('book.submit')} />
        </form>
      )}
    </div>
  );
}
