import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useActions } from '../actions/actions.tsx';
import { ReasonField } from '../actions/reason-field.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useT } from '../i18n/use-language.tsx';
import { Form } from '../ui/form.tsx';

/** Asks once for a reason, then cancels the appointment in Cal.com or declines the booking. */
export function ReasonForm({ appointment, kind, done }: {
  appointment: CalendarEventWithDetails;
  kind: 'cancel' | 'decline';
  done(): void;
}) {
  const t = useT();
  const { act } = useActions();
  const [reason, setReason] = useState('');
  const { id } = appointment;

  async function submit(): Promise<void> {
    const made = await act({
      done: t(`act.${kind}.done`),
      run: (calendar) =>
        kind === 'cancel'
          ? calendar.cancelAppointment(id, reason.trim())
          : calendar.declineAppointment(id, reason.trim()),
      shows: { rowId: id, change: { status: 'cancelled', effective_status: 'cancelled' } },
    });
    if (made) done();
  }
  return (
    <Form class='stack' submit={submit}>
      <ReasonField required={kind === 'cancel'} value={reason} set={setReason} />
      <SaveButton label={t(`act.${kind}.submit`)} />
    </Form>
  );
}
