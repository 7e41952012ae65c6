import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './support/chromium.ts';
import { createMember, createSalon, sql, type TestSalon } from './support/salon.ts';
import { browserStack } from './support/stack.ts';
import { expireToken, openDashboard } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
});

afterAll(() => browser.close());

test('an owner signs in with the keyboard alone and sees today', async () => {
  const { page, leave } = await openDashboard(browser);

  await page.getByLabel('E-mail').waitFor();
  await page.keyboard.type(salon.owner.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(salon.owner.password);
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Dzisiaj', level: 1 }).waitFor();
  expect(await page.getByText(salon.name, { exact: true }).isVisible()).toBe(true);
  expect(await page.title()).toBe('Dzisiaj · BarkBook');
  await leave();
});

test('a wrong password is explained, and then the right one works', async () => {
  const { page, signIn, leave } = await openDashboard(browser);

  await page.getByLabel('E-mail').fill(salon.owner.email);
  await page.locator('#password').fill('wrong');
  await page.keyboard.press('Enter');

  await page.getByRole('alert').getByText('Nieprawidłowy e-mail lub hasło').waitFor();
  await signIn(salon.owner);
  await leave();
});

test('the page says when the server cannot be reached', async () => {
  const { page, leave } = await openDashboard(browser);
  await page.getByLabel('E-mail').fill(salon.owner.email);
  await page.locator('#password').fill(salon.owner.password);

  await page.route('**/auth/v1/token**', (route) => route.abort());
  await page.keyboard.press('Enter');

  await page.getByRole('alert').getByText('Brak połączenia z serwerem').waitFor();
  await leave();
});

test('English is kept after a reload', async () => {
  const { page, signIn, leave } = await openDashboard(browser);

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(salon.owner);
  await page.reload();

  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await leave();
});

test('an expired access token is renewed silently', async () => {
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.owner);

  const oldToken = await expireToken(page);
  await page.reload();

  await page.getByRole('heading', { name: 'Dzisiaj', level: 1 }).waitFor();
  expect(await expireToken(page)).not.toBe(oldToken);
  await leave();
});

test('a session that was ended elsewhere leads back to signing in, with an explanation', async () => {
  const { page, signIn, leave } = await openDashboard(browser);
  const member = await createMember();
  await sql("insert into salon_members (salon_id, user_id, role) values ($1, $2, 'staff')", [
    salon.id,
    member.id,
  ]);
  await signIn(member);

  await sql('delete from auth.sessions where user_id = $1', [member.id]);
  await expireToken(page);
  await page.reload();

  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  await page.getByRole('status').getByText('Sesja wygasła').waitFor();
  await leave();
});

test('signing out leaves nothing behind', async () => {
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.owner);

  await page.getByRole('button', { name: 'Wyloguj' }).click();

  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  expect(await page.evaluate(() => localStorage.getItem('barkbook-session'))).toBeNull();
  await page.reload();
  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  await leave();
});

test('a forgotten password is replaced through the link of an e-mail, which works once', async () => {
  const { apiUrl, dashboardUrl } = browserStack();
  const { page, signIn, leave } = await openDashboard(browser);
  const member = await createMember();
  await sql("insert into salon_members (salon_id, user_id, role) values ($1, $2, 'staff')", [
    salon.id,
    member.id,
  ]);
  await page.getByRole('button', { name: 'Nie pamiętam hasła' }).click();
  await page.getByLabel('E-mail').fill(member.email);
  await page.getByRole('button', { name: 'Wyślij link' }).click();
  await page.getByRole('status').getByText('link jest już w drodze').waitFor();

  const [link] = await sql<{ token: string }>(
    'select token from auth.recovery_links where user_id = $1',
    [member.id],
  );
  const address = `${apiUrl}/auth/v1/verify?type=recovery&token=${link?.token}&redirect_to=${
    encodeURIComponent(`${dashboardUrl}/`)
  }`;
  await page.goto(address);
  await page.getByRole('heading', { name: 'Ustaw nowe hasło' }).waitFor();
  expect(page.url()).not.toContain('access_token');
  await page.locator('#password').fill('krót');
  await page.getByRole('button', { name: 'Zapisz hasło' }).click();
  await page.getByRole('alert').getByText('To hasło jest za krótkie').waitFor();
  await page.locator('#password').fill('nowy zapach psa');
  await page.getByRole('button', { name: 'Zapisz hasło' }).click();
  await page.getByRole('heading', { name: 'Dzisiaj', level: 1 }).waitFor();

  await page.getByRole('button', { name: 'Wyloguj' }).click();
  await page.goto(address);
  await page.getByText('Ten link już nie działa.').waitFor();
  await signIn({ email: member.email, password: 'nowy zapach psa' });
  await leave();
});

test('signing out in one tab is no expired session in another', async () => {
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('navigation').first().waitFor();

  await page.getByRole('button', { name: 'Wyloguj' }).click();

  await other.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  expect(await other.getByText('Sesja wygasła').count()).toBe(0);
  await leave();
});

test('a page that could not be loaded without a connection loads by itself later', async () => {
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await page.route('**/assets/stats-page-*.js', (route) => route.abort());
  await signIn(salon.owner);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.context().setOffline(true);
  await goTo('/stats');
  await page.getByText('Nie udało się wczytać danych').first().waitFor();

  await page.unroute('**/assets/stats-page-*.js');
  await page.context().setOffline(false);

  await page.getByRole('heading', { name: 'Statystyki', level: 1 }).waitFor();
  await leave();
});

test('a user without a salon is told what to do', async () => {
  const { page, leave } = await openDashboard(browser);
  const stranger = await createMember();

  await page.getByLabel('E-mail').fill(stranger.email);
  await page.locator('#password').fill(stranger.password);
  await page.keyboard.press('Enter');

  await page.getByText('Nie należysz jeszcze do żadnego salonu').waitFor();
  await page.getByRole('button', { name: 'Wyloguj' }).click();
  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  await leave();
});

test('a page without a project says how to give it one', async () => {
  const { page, leave } = await openDashboard(browser);

  await page.route('**/config.json', (route) => route.fulfill({ status: 404 }));
  await page.reload();

  await page.getByText('VITE_SUPABASE_PUBLISHABLE_KEY').waitFor();
  await leave();
});
