import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { instantAt } from '../../../shared/time/wall-time.ts';
import { useActions } from '../actions/actions.tsx';
import { FailureNotice } from '../actions/failure-notice.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useCalendar } from '../data/backend.tsx';
import { useSalon } from '../data/salon.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Loading } from '../ui/states.tsx';
import type { Booked } from './booking-form.tsx';
import { ServiceField } from './service-field.tsx';

/** What is booked, and when; a link to Cal.com if only people can do it there. */
export function TimeForm({ booked: { client, pet }, date: firstDate, done }: {
  booked: Booked;
  date: string;
  done(): void;
}) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { act } = useActions();
  const { formatDate, formatTime } = useClock();
  const [chosen, choose] = useState<number | null>(null);
  const [date, setDate] = useState(firstDate);
  const [time, setTime] = useState('');
  const of = { clientId: client.id, petId: pet?.id ?? null };
  const { data: services, error } = useQuery({
    queryKey: ['event-types', salon.id, of],
    queryFn: () => calendar.getEventTypes(salon.id, of),
    staleTime: Infinity,
  });

  async function book(eventTypeId: number): Promise<void> {
    const start = instantAt(`${date}T${time}`, salon.timezone);
    const made = await act({
      done: t('book.done', { date: formatDate(start), time: formatTime(start) }),
      run: () => calendar.bookAppointment({ salonId: salon.id, eventTypeId, start, ...of }),
    });
    if (made) done();
  }
  if (error) return <FailureNotice error={error} />;
  if (!services) return <Loading />;
  const service = chosen ?? services[0]?.id;
  if (service === undefined) return <p class='notice notice--warn'>{t('book.noServices')}</p>;
  return (
    <Form class='stack' submit={() => book(service)}>
      <ServiceField services={services} value={service} set={choose} />
      <div class='side-by-side'>
        <Field label={t('act.date')} type='date' value={date} set={setDate} />
        <Field label={t('act.time')} type='time' value={time} set={setTime} />
      </div>
      <SaveButton label={t('book.submit')} />
    </Form>
  );
}
