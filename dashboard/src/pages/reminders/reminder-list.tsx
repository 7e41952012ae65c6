import type { ComponentChildren } from 'preact';
import { useT } from '../../i18n/use-language.tsx';
import type { useReminderFilter } from './use-reminder-filter.ts';

/** A page of reminders, with a button for the next one. */
export function ReminderList({ count, pages, children }: {
  count: number;
  pages: ReturnType<typeof useReminderFilter>;
  children: ComponentChildren;
}) {
  const t = useT();
  const more = pages.moreThan(count);
  return (
    <>
      {pages.areTooMany && <p class='notice notice--warn'>{t('reminders.tooMany')}</p>}
      <ul class='card rows'>{children}</ul>
      {pages.isCut(count) && <p class='muted'>{t('reminders.cut', { count })}</p>}
      {more && (
        <button type='button' class='button more' onClick={more}>{t('reminders.more')}</button>
      )}
    </>
  );
}
