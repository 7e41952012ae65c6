import { useRef, useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';
import { type Step, useActions } from '../actions/actions.tsx';
import { SaveButton } from '../actions/save-button.tsx';
import { useDraft } from '../data/use-draft.ts';
import { useT } from '../i18n/use-language.tsx';
import { Form } from '../ui/form.tsx';
import { type NoteDraft, noteDraftName } from './note-draft.ts';
import { TheirNote } from './their-note.tsx';

const MAX_NOTE_CHARACTERS = 2000;

/** The salon's own note on an appointment. Never overwrites one that its writer has not seen. */
export function NoteForm({ appointment, done, back }: {
  appointment: CalendarEventWithDetails;
  done(): void;
  /** Leaves the form although nothing was saved. */
  back(): void;
}) {
  const t = useT();
  const { act, isBusy } = useActions();
  const field = useRef<HTMLTextAreaElement>(null);
  const { id, salon_note: current } = appointment;
  const { draft, isChanged, change, discard } = useDraft<NoteDraft>(noteDraftName(id), {
    text: current ?? '',
    before: current,
  });
  const [wasKept] = useState(isChanged);
  const note = draft.text.trim() || null;
  const isOvertaken = isChanged && current !== draft.before && current !== note;

  async function save(): Promise<void> {
    const set = (text: string | null, before: string | null): Step => ({
      run: (calendar) => calendar.setSalonNote(id, text, before),
      shows: { rowId: id, change: { salon_note: text } },
    });
    // Both are shown then, so that the writer has seen what is replaced.
    const before = isOvertaken ? current : draft.before;
    const action = {
      ...set(note, before),
      done: t('act.note.saved'),
      undo: set(before, note),
    };
    if (!await act(action)) return;
    discard();
    done();
  }
  return (
    <Form class='stack' submit={save}>
      {isOvertaken
        ? (
          <TheirNote
            note={current}
            keep={() => {
              discard();
              back();
            }}
          />
        )
        : wasKept && isChanged && (
          <p class='notice'>
            {t('act.note.kept')}{' '}
            <button
              type='button'
              class='link'
              onClick={() => {
                discard();
                // The button is gone.
                field.current?.focus();
              }}
            >
              {t('settings.discard')}
            </button>
          </p>
        )}
      <label class='field'>
        <span>{t(isOvertaken ? 'act.note.mine' : 'act.note.label')}</span>
        <textarea
          ref={field}
          rows={4}
          readOnly={isBusy}
          maxLength={MAX_NOTE_CHARACTERS}
          value={draft.text}
          onInput={(event) => change({ text: event.currentTarget.value, before: draft.before })}
        />
        <small>{t('act.note.hint')}</small>
      </label>
      <SaveButton label={t(isOvertaken ? 'act.note.saveMine' : 'act.note.save')} />
    </Form>
  );
}
