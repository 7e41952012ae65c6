import { Link } from 'wouter-preact';
import { useT } from '../../i18n/use-language.tsx';
import { ActionsProvider } from '../../actions/actions.tsx';
import { OutcomeNotice } from '../../actions/outcome-notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Inbox } from './inbox/inbox.tsx';
import { UnreadCount } from './inbox/unread-count.tsx';
import { ReminderLog } from './reminder-log.tsx';
import './reminders.css';
import { SettingsTab } from './settings/settings-tab.tsx';
import { UpcomingReminders } from './upcoming-reminders.tsx';

const TABS = [
  { href: '/reminders', name: 'log', Content: ReminderLog },
  { href: '/reminders/upcoming', name: 'upcoming', Content: UpcomingReminders },
  { href: '/reminders/inbox', name: 'inbox', Content: Inbox },
  { href: '/reminders/settings', name: 'settings', Content: SettingsTab },
] as const;

/** The reminders: their history, what is upcoming, replies, and the settings. */
export function RemindersPage({ tab }: { tab: string | undefined }) {
  const t = useT();
  const current = TABS.find(({ name }) => name === tab) ?? TABS[0];
  const { Content } = current;
  return (
    <>
      <PageHead title={t('reminders.title')}>
        <nav class='segments' aria-label={t('reminders.title')}>
          {TABS.map(({ href, name }) => (
            <Link
              key={name}
              href={href}
              aria-current={name === current.name ? 'page' : undefined}
            >
              {t(`reminders.${name}`)}
              {name === 'inbox' && <UnreadCount />}
            </Link>
          ))}
        </nav>
      </PageHead>
      <ActionsProvider key={current.name}>
        <div class='outcome-place'>
          <OutcomeNotice />
        </div>
        <Content />
      </ActionsProvider>
    </>
  );
}
