import { Link, Route, Switch } from 'wouter-preact';
import { useT } from '../i18n/use-language.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { lazyPage } from './lazy-page.tsx';
import { TodayPage } from './today/today-page.tsx';

const WeekPage = lazyPage(async () => (await import('./week/week-page.tsx')).WeekPage);
const PetsPage = lazyPage(async () => (await import('./pets/pets-page.tsx')).PetsPage);
const PetPage = lazyPage(async () => (await import('./pets/pet-page.tsx')).PetPage);
const RemindersPage = lazyPage(async () =>
  (await import('./reminders/reminders-page.tsx')).RemindersPage
);
const SyncPage = lazyPage(async () => (await import('./sync/sync-page.tsx')).SyncPage);
const StatsPage = lazyPage(async () => (await import('./stats/stats-page.tsx')).StatsPage);

/** The page for the current address. All but the first are loaded on demand. */
export function Pages() {
  const t = useT();
  return (
    <Switch>
      <Route path='/'>
        <TodayPage />
      </Route>
      <Route path='/week'>
        <WeekPage />
      </Route>
      <Route path='/pets'>
        <PetsPage />
      </Route>
      <Route path='/pets/:id'>{({ id }) => <PetPage key={id} id={id} />}</Route>
      <Route path='/reminders/:tab?'>{({ tab }) => <RemindersPage tab={tab} />}</Route>
      <Route path='/sync'>
        <SyncPage />
      </Route>
      <Route path='/stats'>
        <StatsPage />
      </Route>
      <Route>
        <PageHead title={t('notFound.title')} />
        <Link href='/'>{t('notFound.next')}</Link>
      </Route>
    </Switch>
  );
}
