import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useCalendar } from '../data/backend.tsx';
import { useT } from '../i18n/use-language.tsx';
import { useLocalMoment } from '../time/use-local-moment.ts';
import { AppointmentDialog } from './appointment-dialog.tsx';
import { appointmentsWithDraft, forgetNoteDraft } from './note-draft.ts';

/** Offers the notes that were not saved before the page was loaded or the session expired. */
export function UnsavedNotes() {
  const [ids, setIds] = useState(appointmentsWithDraft);
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  const look = () => setIds(appointmentsWithDraft());
  return (
    <>
      {ids.map((id) => (
        <UnsavedNote
          key={id}
          appointmentId={id}
          open={setOpened}
          discard={() => {
            forgetNoteDraft(id);
            look();
          }}
        />
      ))}
      <AppointmentDialog
        appointment={opened}
        close={() => {
          setOpened(null);
          look();
        }}
      />
    </>
  );
}

function UnsavedNote({ appointmentId: id, open, discard }: {
  appointmentId: string;
  open(appointment: CalendarEventWithDetails): void;
  discard(): void;
}) {
  const t = useT();
  const calendar = useCalendar();
  const moment = useLocalMoment();
  const { data } = useQuery({
    queryKey: ['appointment', id],
    queryFn: () => calendar.getAppointment(id),
  });
  // It may have been saved where its appointment was opened.
  if (!data || !appointmentsWithDraft().includes(id)) return null;
  return (
    <div class='notice outcome' role='status'>
      <p>
        {t('act.note.unsaved', {
          when: moment(`${data.local_date} ${data.local_start}`),
          pet: data.pet?.name ?? t('appointment.noPet'),
        })}
      </p>
      <div class='row-buttons'>
        <button type='button' class='button button--small' onClick={() => open(data)}>
          {t('act.note.goOn')}
        </button>
        <button type='button' class='button button--small' onClick={discard}>
          {t('act.note.discard')}
        </button>
      </div>
    </div>
  );
}
