import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelled, created, rescheduled } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver, moveTo } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { openDashboard, type Visitor } from './support/visitor.ts';

/** How soon a change at Cal.com has to appear without touching the page. */
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
  visitor = await openDashboard(browser);
  await visitor.signIn(salon.owner);
});
afterEach(() => visitor.leave());

function appointments() {
  return visitor.page.locator('.appointment');
}

test('a booking appears automatically, moves when it is moved, and is struck out when cancelled', async () => {
  const { page } = visitor;
  await page.getByText('Dzisiaj nie ma wizyt').waitFor();
  const booking = bookToday(salon, '15:00');

  await deliver(created, booking);
  await appointments().filter({ hasText: '15:00' }).waitFor(SOON);
  await page.getByRole('status').getByText('Nowa wizyta: 15:00, Fiona.').waitFor();

  const moved = moveTo(booking, '16:30');
  await deliver(rescheduled, moved);
  await appointments().filter({ hasText: '16:30' }).waitFor(SOON);
  expect(await appointments().count()).toBe(1);

  await deliver(cancelled, moved);
  const struck = appointments().filter({ hasText: 'Odwołana' });
  await struck.waitFor(SOON);
  expect(
    await struck.locator('time').evaluate((time) => getComputedStyle(time).textDecorationLine),
  )
    .toBe('line-through');
  await page.getByRole('status').getByText('Wizyta odwołana: 16:30, Fiona.').waitFor();
});

test('the page opens at now: what is over is folded', async () => {
  const { page } = visitor;
  await deliver(created, bookToday(salon, '08:00'));
  await deliver(created, bookToday(salon, '15:00', salon.calCom.bookers.second));
  await page.reload();
  const over = appointments().filter({ hasText: '08:00' });
  await appointments().filter({ hasText: '15:00' }).waitFor();
  expect(await over.isVisible()).toBe(false);

  const fold = page.getByRole('button', { name: 'Zakończone: 1 wizyta' });
  expect(await fold.getAttribute('aria-expanded')).toBe('false');
  await fold.click();

  await over.waitFor();
  expect(await fold.getAttribute('aria-expanded')).toBe('true');
});

test('an appointment without a client names the booker, and shows the note', async () => {
  const booking = bookToday(salon, '15:00', {
    firstName: 'Maria',
    lastName: 'Nowa',
    email: 'maria@poczta.example',
    phone: '+48698765432',
    dog: 'Łatka',
    link: null,
  });
  await deliver(created, booking);
  await visitor.page.reload();

  await appointments().getByText('Maria Nowa', { exact: true }).waitFor();
  await appointments().getByText('Nie wybrano klienta').waitFor();
  await appointments().getByText('Notatka: ').waitFor();
  await appointments().getByText('698 765 432').waitFor();
});

test('a full day is printed on one page, with what is over', async () => {
  const { page } = visitor;
  const { first, second, phoneOnly } = salon.calCom.bookers;
  for (const [index, booker] of [first, second, phoneOnly, first, second, phoneOnly].entries()) {
    for (const minutes of ['00', '30']) {
      await deliver(
        created,
        bookToday(salon, `${String(8 + index * 2).padStart(2, '0')}:${minutes}`, booker),
      );
    }
  }
  await page.reload();
  await appointments().filter({ hasText: '15:00' }).or(appointments().filter({ hasText: '14:00' }))
    .first().waitFor();

  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print' });
  expect(await appointments().filter({ hasText: '08:00' }).isVisible()).toBe(true);
  expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
});

test('an appointment shows the alerts of the pet and a number to call', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  await visitor.page.reload();

  await appointments().getByText('Alergie: szampon z owsem').waitFor();
  const phone = appointments().getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek' });
  expect(await phone.getAttribute('href')).toBe('tel:+48501220314');
  expect(await phone.innerText()).toBe('501 220 314');
  await appointments().getByRole('link', { name: 'Fiona' }).click();
  await visitor.page.getByRole('heading', { name: 'Fiona', level: 1 }).waitFor();
});

test('times and the date are in the salon’s zone, wherever the reader is', async () => {
  await deliver(created, bookToday(salon, '09:00'));
  await visitor.page.reload();

  await appointments().filter({ hasText: '09:00' }).waitFor();
  const today = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'full', timeZone: salon.timeZone })
    .format(new Date());
  expect(await visitor.page.getByText(today).count()).toBe(1);
});

test('loaded data stays visible without a connection, with a note about its age', async () => {
  const { page } = visitor;
  await deliver(created, bookToday(salon, '15:00'));
  await page.reload();
  await appointments().waitFor();

  await page.context().setOffline(true);
  await page.getByText('Nie udało się odświeżyć.').waitFor({ timeout: 40_000 });
  expect(await appointments().count()).toBe(1);

  await page.context().setOffline(false);
  await page.getByText('Nie udało się odświeżyć.').waitFor({ state: 'detached' });
});
