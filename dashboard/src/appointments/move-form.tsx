import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { instantAt } from '../../../shared/time/wall-time.ts';
import { useActions } from '../actions/actions.tsx';
import { ReasonField } from '../actions/reason-field.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useClock } from '../time/use-clock.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { shownMove } from './shown-move.ts';

/** Moves an appointment in Cal.com to a time of the salon. */
export function MoveForm({ appointment, done }: {
  appointment: CalendarEventWithDetails;
  done(): void;
}) {
  const t = useT();
  const { act } = useActions();
  const { formatDate, formatTime } = useClock();
  const { id, timezone } = appointment;
  const [date, setDate] = useState(appointment.local_date);
  const [time, setTime] = useState(appointment.local_start);
  const [reason, setReason] = useState('');

  async function move(): Promise<void> {
    const start = instantAt(`${date}T${time}`, timezone);
    const made = await act({
      done: t('act.move.done', { date: formatDate(start), time: formatTime(start) }),
      run: (calendar) => calendar.moveAppointment(id, start, reason.trim()),
      shows: { rowId: id, change: shownMove(appointment, start) },
    });
    if (made) done();
  }
  return (
    <Form class='stack' submit={move}>
      <div class='side-by-side'>
        <Field label={t('act.date')} type='date' value={date} set={setDate} />
        <Field label={t('act.time')} type='time' value={time} set={setTime} />
      </div>
      <ReasonField value={reason} set={setReason} />
      <SaveButton label={t('act.move.submit')} />
    </Form>
  );
}
