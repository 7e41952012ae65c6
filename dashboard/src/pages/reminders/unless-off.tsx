import { useQuery } from '@tanstack/preact-query';
import type { ComponentChildren } from 'preact';
import { Link } from 'wouter-preact';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Message } from '../../ui/states.tsx';

/** Shows the children, or how to switch reminders on if they are off. */
export function UnlessOff({ children }: { children: ComponentChildren }) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const settings = useQuery({
    queryKey: ['sms-settings', salon.id],
    queryFn: () => calendar.getSmsSettings(salon.id),
  });
  if (!settings.isSuccess || settings.data?.enabled) return <>{children}</>;
  return (
    <Message title={t('reminders.off')} icon='message'>
      <p>{t('reminders.offNext')}</p>
      <Link class='button' href='/reminders/settings'>{t('reminders.turnOn')}</Link>
    </Message>
  );
}
