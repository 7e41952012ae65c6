import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelled, created, rescheduled } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver, moveTo } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { visit, type Visitor } from './support/visitor.ts';

/** How soon a change at Cal.com has to show, without anybody touching the page. */
const SOON = { timeout: 20_000 };

let browser: Browser;
let salon: TestSalon;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  salon = await createSalon();
  visitor = await visit(browser);
  await visitor.signIn(salon.owner);
});
afterEach(() => visitor.leave());

function visits() {
  return visitor.page.locator('.visit');
}

test('a booking appears by itself, moves when it is moved, and is struck when cancelled', async () => {
  const { page } = visitor;
  await page.getByText('Dzisiaj nie ma wizyt').waitFor();
  const booking = bookToday(salon, '15:00');

  await deliver(created, booking);
  await visits().filter({ hasText: '15:00' }).waitFor(SOON);
  await page.getByRole('status').getByText('Nowa wizyta: 15:00, Fiona.').waitFor();

  const moved = moveTo(booking, '16:30');
  await deliver(rescheduled, moved);
  await visits().filter({ hasText: '16:30' }).waitFor(SOON);
  expect(await visits().count()).toBe(1);

  await deliver(cancelled, moved);
  const struck = visits().filter({ hasText: 'Odwołana' });
  await struck.waitFor(SOON);
  expect(
    await struck.locator('time').evaluate((time) => getComputedStyle(time).textDecorationLine),
  )
    .toBe('line-through');
  await page.getByRole('status').getByText('Wizyta odwołana: 16:30, Fiona.').waitFor();
});

test('a visit shows what the groomer must know, and whom to call', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  await visitor.page.reload();

  await visits().getByText('Alergie: szampon z owsem').waitFor();
  const phone = visits().getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek' });
  expect(await phone.getAttribute('href')).toBe('tel:+48501220314');
  await visits().getByRole('link', { name: 'Fiona' }).click();
  await visitor.page.getByRole('heading', { name: 'Fiona', level: 1 }).waitFor();
});

test('times and the date are those of the salon, wherever the reader is', async () => {
  await deliver(created, bookToday(salon, '09:00'));
  await visitor.page.reload();

  await visits().filter({ hasText: '09:00' }).waitFor();
  const today = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'full', timeZone: salon.timeZone })
    .format(new Date());
  expect(await visitor.page.getByText(today).count()).toBe(1);
});

test('what was loaded stays when the connection breaks, with a note of its age', async () => {
  const { page } = visitor;
  await deliver(created, bookToday(salon, '15:00'));
  await page.reload();
  await visits().waitFor();

  await page.context().setOffline(true);
  await page.getByText('Nie udało się odświeżyć.').waitFor({ timeout: 40_000 });
  expect(await visits().count()).toBe(1);

  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Spróbuj ponownie' }).click();
  await page.getByText('Nie udało się odświeżyć.').waitFor({ state: 'detached' });
});
