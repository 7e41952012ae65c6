import { Link, useLocation } from 'wouter-preact';
import { useT } from '../i18n/use-language.tsx';
import { UnreadCount } from '../pages/reminders/inbox/unread-count.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';

const PAGES = [
  { href: '/', name: 'today', icon: 'sun' },
  { href: '/week', name: 'week', icon: 'calendar' },
  { href: '/pets', name: 'pets', icon: 'paw' },
  { href: '/reminders', name: 'reminders', icon: 'message' },
  { href: '/sync', name: 'sync', icon: 'sync' },
  { href: '/stats', name: 'stats', icon: 'chart' },
] as const satisfies readonly { href: string; name: string; icon: IconName }[];

/** The links to all pages: beside the page on a wide screen, below it on a phone. */
export function Navigation() {
  const t = useT();
  const [location] = useLocation();
  return (
    <nav class='navigation' aria-label={t('app.menu')}>
      <ul>
        {PAGES.map(({ href, name, icon }) => (
          <li key={name}>
            <Link
              href={href}
              aria-current={isCurrent(href, location) ? 'page' : undefined}
            >
              <Icon name={icon} />
              <span class='navigation-long'>{t(`nav.${name}`)}</span>
              <span class='navigation-short'>{t(`navShort.${name}`)}</span>
              {name === 'reminders' && <UnreadCount />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Whether the location is that page or below it. */
function isCurrent(href: string, location: string): boolean {
  return location === href || (href !== '/' && location.startsWith(`${href}/`));
}
