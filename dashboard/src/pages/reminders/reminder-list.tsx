import type { ComponentChildren } from 'preact';
import { useT } from '../../i18n/use-language.tsx';
import type { usePages } from './use-pages.ts';

/** A page of reminders or replies, with a button for the next one. */
export function ReminderList({ count, pages, children }: {
  count: number;
  pages: Omit<ReturnType<typeof usePages>, 'limit'>;
  children: ComponentChildren;
}) {
  const t = useT();
  const more = pages.moreThan(count);
  return (
    <>
      <ul class='card rows'>{children}</ul>
      {pages.isCut(count) && <p class='muted'>{t('reminders.cut', { count })}</p>}
      {more && (
        <button type='button' class='button more' onClick={more}>{t('reminders.more')}</button>
      )}
    </>
  );
}
