import { useT } from '../i18n/use-language.tsx';

/** The note that somebody else saved while this one was written; `keep` leaves it as it is. */
export function TheirNote({ note, keep }: { note: string | null; keep(): void }) {
  const t = useT();
  return (
    <div class='notice notice--warn stack' role='alert'>
      <p>{t('act.note.overtaken')}</p>
      <blockquote class='booking-note'>{note ?? t('act.note.removed')}</blockquote>
      <button type='button' class='button button--small' onClick={keep}>
        {t('act.note.keepTheirs')}
      </button>
    </div>
  );
}
