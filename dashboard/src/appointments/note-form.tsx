import { useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { type Step, useActions } from '../actions/actions.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useT } from '../i18n/use-language.tsx';

const MAX_NOTE_CHARACTERS = 2000;

/** The salon's own note on an appointment. */
export function NoteForm({ appointment, done }: {
  appointment: CalendarEventWithDetails;
  done(): void;
}) {
  const t = useT();
  const { act } = useActions();
  const { id, salon_note: before } = appointment;
  const [text, setText] = useState(before ?? '');

  async function save(): Promise<void> {
    const set = (note: string | null): Step => ({
      run: (calendar) => calendar.setSalonNote(id, note),
      shows: { rowId: id, change: { salon_note: note } },
    });
    const action = { ...set(text.trim() || null), done: t('act.note.saved'), undo: set(before) };
    if (await act(action)) done();
  }
  return (
    <form
      class='stack'
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class='field'>
        <span>{t('act.note.label')}</span>
        <textarea
          rows={4}
          maxLength={MAX_NOTE_CHARACTERS}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <small>{t('act.note.hint')}</small>
      </label>
      <SaveButton label={t('act.note.save')} />
    </form>
  );
}
