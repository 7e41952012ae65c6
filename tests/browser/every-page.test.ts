import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { accessibilityProblems, barriers } from './support/barriers.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { DESK, openAs, openDashboard, PHONE } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon('Salon fryzjerski dla psów o bardzo długiej nazwie');
  await sql('insert into sms_settings (salon_id, enabled) values ($1, true)', [salon.id]);
  await deliver(created, bookToday(salon, '08:00'));
  await deliver(created, bookToday(salon, '15:00', salon.calCom.bookers.second));
  const called = bookToday(salon, '17:00', salon.calCom.bookers.phoneOnly);
  await deliver(created, called);
  await deliver(cancelled, called);
  // This cancellation of an unknown booking is deferred.
  await deliver(cancelled, bookToday(salon, '18:00'));
});

afterAll(() => browser.close());

/** The addresses of all pages. */
function paths(): string[] {
  const petId = salon.calCom.bookers.first.link?.petId;
  return [
    ...[
      '/',
      '/week',
      '/pets',
      '/pets/search/fio',
      `/pets/${petId}`,
      '/reminders',
      '/reminders/upcoming',
      '/reminders/inbox',
    ],
    ...['/reminders/settings', '/sync', '/stats', '/nowhere'],
  ];
}

async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.loading').first().waitFor({ state: 'detached' });
}

describe.each(
  [
    { device: 'a desktop', viewport: DESK, colorScheme: 'light' },
    { device: 'a phone in dark mode', viewport: PHONE, colorScheme: 'dark' },
  ] as const,
)('on $device', ({ viewport, colorScheme }) => {
  test('no page has a serious accessibility problem, a small control, or scrolls sideways', async () => {
    const { page, signIn, goTo, leave } = await openDashboard(browser, { viewport, colorScheme });
    const found: Record<string, string[]> = { '/sign-in': await accessibilityProblems(page) };
    await signIn(salon.owner);
    for (const place of paths()) {
      await goTo(place);
      await settled(page);
      found[place] = await barriers(page);
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((place) => [place, []])));
    await leave();
  });
});

test('every page can be reached with the keyboard, and announces itself', async () => {
  const { page, leave } = await openAs(browser, salon.owner);
  const names = [
    'Tydzień',
    'Zwierzęta',
    'Przypomnienia',
    'Synchronizacja',
    'Statystyki',
    'Dzisiaj',
  ];
  for (const name of names) {
    await page.getByRole('navigation').first().getByRole('link', { name }).focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1 });
    await expect.poll(() => page.title()).toContain(await heading.innerText());
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement))
      .toBe(true);
    expect(
      await page.getByRole('link', { name, exact: true }).first().getAttribute('aria-current'),
    ).toBe('page');
  }
  await leave();
});

test('an unknown address has a heading and a link back', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/nowhere');

  await page.getByRole('heading', { name: 'Nie ma takiej strony', level: 1 }).waitFor();
  expect(await page.title()).toContain('Nie ma takiej strony');
  await page.getByRole('link', { name: 'Wróć do dzisiejszych wizyt' }).click();
  await page.getByRole('heading', { name: 'Dzisiaj', level: 1 }).waitFor();
  await leave();
});

test('a link skips the navigation', async () => {
  const { page, leave } = await openAs(browser, salon.owner);
  await page.getByRole('heading', { level: 1 }).waitFor();

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await leave();
});
