import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { ActionArea } from '../actions/action-area.tsx';
import { ClientEditor } from '../clients/client-editor.tsx';
import { useT } from '../i18n/use-language.tsx';
import { AssignPanel } from './assign/assign-panel.tsx';
import { menuOf } from './menu.ts';

/** Everything that can be done about an appointment. */
export function AppointmentActions({ appointment }: { appointment: CalendarEventWithDetails }) {
  const t = useT();
  const { client } = appointment;
  return (
    <ActionArea
      items={menuOf(appointment)}
      label={(item) => t(`act.item.${item}`)}
      form={(item, done) => {
        switch (item) {
          case 'assign':
            return <AssignPanel appointment={appointment} done={done} />;
          case 'client':
            return client && <ClientEditor clientId={client.id} done={done} />;
        }
      }}
    />
  );
}
