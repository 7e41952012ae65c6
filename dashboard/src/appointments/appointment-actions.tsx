import type { ComponentChildren } from 'preact';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { ActionArea } from '../actions/action-area.tsx';
import type { Action } from '../actions/actions.tsx';
import { ClientEditor } from '../clients/client-editor.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useNow } from '../time/use-now.ts';
import { AssignPanel } from './assign/assign-panel.tsx';
import { answerAction } from './answer-action.ts';
import { attendanceAction } from './attendance-action.ts';
import { type MenuItem, menuOf } from './menu.ts';
import { MoveForm } from './move-form.tsx';
import { appointmentsWithDraft } from './note-draft.ts';
import { NoteForm } from './note-form.tsx';
import { ReasonForm } from './reason-form.tsx';

/** Everything that can be done about an appointment. */
export function AppointmentActions({ appointment }: { appointment: CalendarEventWithDetails }) {
  const t = useT();
  const now = useNow();
  const { id, client, start_time: startTime, client_response: before } = appointment;

  function atOnce(item: MenuItem): Action | null {
    switch (item) {
      case 'completed':
      case 'no_show':
        return attendanceAction(appointment, item, t);
      case 'take_back':
        return attendanceAction(appointment, null, t);
      case 'coming':
      case 'coming_after_all':
        return answerAction({ id, startTime, before }, 'coming', t('act.answer.coming'));
      case 'take_back_answer':
        return answerAction({ id, startTime, before }, null, t('act.answer.takenBack'));
      case 'confirm':
        return {
          done: t('act.confirm.done'),
          run: (calendar) => calendar.confirmAppointment(id),
          shows: { rowId: id, change: { status: 'confirmed', effective_status: 'confirmed' } },
        };
      default:
        return null;
    }
  }
  function form(item: MenuItem, done: () => void, back: () => void): ComponentChildren {
    switch (item) {
      case 'assign':
        return <AssignPanel appointment={appointment} done={done} />;
      case 'client':
        return client && <ClientEditor clientId={client.id} done={done} />;
      case 'note':
        return <NoteForm appointment={appointment} done={done} back={back} />;
      case 'move':
        return <MoveForm appointment={appointment} done={done} />;
      case 'cancel':
      case 'decline':
        return <ReasonForm appointment={appointment} kind={item} done={done} />;
      default:
        return null;
    }
  }
  return (
    <ActionArea
      items={menuOf(appointment, now)}
      label={(item) => t(`act.item.${item === 'assign' && client ? 'reassign' : item}`)}
      form={form}
      atOnce={atOnce}
      first={appointmentsWithDraft().includes(id) ? 'note' : null}
    />
  );
}
