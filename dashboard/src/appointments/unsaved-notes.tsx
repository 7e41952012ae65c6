import { useQuery } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { useCalendar } from '../data/backend.tsx';
import { DRAFT_FORGOTTEN } from '../data/use-draft.ts';
import { useT } from '../i18n/use-language.tsx';
import { useLocalMoment } from '../time/use-local-moment.ts';
import { AppointmentDialog } from './appointment-dialog.tsx';
import { appointmentsWithDraft, forgetNoteDraft } from './note-draft.ts';

/** Offers the notes that were not saved before the page was loaded or the session expired. */
export function UnsavedNotes() {
  const [ids, setIds] = useState(appointmentsWithDraft);
  const [opened, setOpened] = useState<CalendarEventWithDetails | null>(null);
  useEffect(() => {
    const look = () => setIds((last) => last.filter((id) => appointmentsWithDraft().includes(id)));
    addEventListener(DRAFT_FORGOTTEN, look);
    return () => removeEventListener(DRAFT_FORGOTTEN, look);
  }, []);
  return (
    <>
      {ids.map((id) => <UnsavedNote key={id} appointmentId={id} open={setOpened} />)}
      <AppointmentDialog appointment={opened} close={() => setOpened(null)} />
    </>
  );
}

function UnsavedNote({ appointmentId: id, open }: {
  appointmentId: string;
  open(appointment: CalendarEventWithDetails): void;
}) {
  const t = useT();
  const calendar = useCalendar();
  const moment = useLocalMoment();
  const { data } = useQuery({
    queryKey: ['appointment', id],
    queryFn: () => calendar.getAppointment(id),
  });
  // One that was erased cannot have a note.
  if (!data || data.erased_at !== null) return null;
  const when = moment(`${data.local_date} ${data.local_start}`);
  const pet = data.pet?.name ?? t('appointment.noPet');
  return (
    <div class='notice outcome' role='status'>
      <p>{t('act.note.unsaved', { when, pet })}</p>
      <div class='row-buttons'>
        <button
          type='button'
          class='button button--small'
          aria-label={`${t('act.note.goOn')}: ${when}, ${pet}`}
          onClick={() => open(data)}
        >
          {t('act.note.goOn')}
        </button>
        <button
          type='button'
          class='button button--small'
          aria-label={`${t('act.note.discard')}: ${when}, ${pet}`}
          onClick={() => {
            forgetNoteDraft(id);
            // The button is gone.
            document.querySelector('h1')?.focus();
          }}
        >
          {t('act.note.discard')}
        </button>
      </div>
    </div>
  );
}
