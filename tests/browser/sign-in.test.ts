import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './support/chromium.ts';
import { createMember, createSalon, sql, type TestSalon } from './support/salon.ts';
import { openDashboard } from './support/visitor.ts';

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

/** Marks the browser's access token as expired; returns the refresh token. */
async function expireToken(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('barkbook-session') ?? '');
    const expired = { ...session, expires_at: 1, expires_in: 0 };
    localStorage.setItem('barkbook-session', JSON.stringify(expired));
    return session.refresh_token;
  });
}

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
