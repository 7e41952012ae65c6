import { Link, Route, Switch } from 'wouter-preact';
import { useT } from '../i18n/use-language.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { lazyPage } from './lazy-page.tsx';
import { usePrefetch } from './use-prefetch.ts';
import { TodayPage } from './today/today-page.tsx';

const WeekPage = lazyPage(async () => (await import('./week/week-page.tsx')).WeekPage);
const PetsPage = lazyPage(async () => (await import('./pets/pets-page.tsx')).PetsPage);
const PetPage = lazyPage(async () => (await import('./pets/pet-page.tsx')).PetPage);
const RemindersPage = lazyPage(async () =>
  (await import('./reminders/reminders-page.tsx')).RemindersPage
);
const SyncPage = lazyPage(async () => (await import('./sync/sync-page.tsx')).SyncPage);
const StatsPage = lazyPage(async () => (await import('./stats/stats-page.tsx')).StatsPage);

const LAZY_PAGES = [WeekPage, PetsPage, PetPage, RemindersPage, SyncPage, StatsPage];

/** The page for the current address. All but the first are loaded when the browser is idle. */
export function Pages() {
  const t = useT();
  usePrefetch(LAZY_PAGES);
  return (
    <Switch>
      <Route path='/'>
        <TodayPage />
      </Route>
      <Route path='/week/:date?/:layout?'>
        <WeekPage />
      </Route>
      <Route path='/pets/:place?/:text?'>
        {({ place = 'search' }) =>
          place === 'search' ? <PetsPage /> : <PetPage key={place} id={place} />}
      </Route>
      <Route path='/reminders/:tab?'>{({ tab }) => <RemindersPage tab={tab} />}</Route>
      <Route path='/sync'>
        <SyncPage />
      </Route>
      <Route path='/stats'>
        <StatsPage />
      </Route>
      <Route>
        <PageHead title={t('notFound.title')} />
        <Link class='button' href='/'>{t('notFound.next')}</Link>
      </Route>
    </Switch>
  );
}
