import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelled, created, rescheduled } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver, moveTo } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { installClock, letItPoll, openAs, type Visitor } from './support/visitor.ts';

/** Less than the time until the page would ask once more by itself. */
const SOON = { timeout: 9_000 };

let browser: Browser;
let salon: TestSalon;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  salon = await createSalon();
});
afterEach(() => visitor.leave());

async function openToday(): Promise<Page> {
  visitor = await openAs(browser, salon.owner);
  return visitor.page;
}

function appointments() {
  return visitor.page.locator('.appointment');
}

test('a booking appears automatically, moves when it is moved, and is struck out when cancelled', async () => {
  const page = await openToday();
  await installClock(page);
  await page.getByText('Dzisiaj nie ma wizyt').waitFor();
  const booking = bookToday(salon, '15:00');

  await deliver(created, booking);
  await letItPoll(page);
  await appointments().filter({ hasText: '15:00' }).waitFor(SOON);
  await page.getByRole('status').getByText('Nowa wizyta: 15:00, Fiona.').waitFor();

  const moved = moveTo(booking, '16:30');
  await deliver(rescheduled, moved);
  await letItPoll(page);
  await appointments().filter({ hasText: '16:30' }).waitFor(SOON);
  expect(await appointments().count()).toBe(1);

  await deliver(cancelled, moved);
  await letItPoll(page);
  const struck = appointments().filter({ hasText: 'Odwołana' });
  await struck.waitFor(SOON);
  expect(
    await struck.locator('time').evaluate((time) => getComputedStyle(time).textDecorationLine),
  )
    .toBe('line-through');
  await page.getByRole('status').getByText('Wizyta odwołana: 16:30, Fiona.').waitFor();
});

test('the page opens at now: what is over is folded', async () => {
  await deliver(created, bookToday(salon, '08:00'));
  await deliver(created, bookToday(salon, '15:00', salon.calCom.bookers.second));
  const page = await openToday();
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
  await openToday();

  await appointments().getByText('Maria Nowa', { exact: true }).waitFor();
  await appointments().getByText('Nie wybrano klienta').waitFor();
  await appointments().getByText('Notatka: ').waitFor();
  await appointments().getByText('698 765 432').waitFor();
});

test('a full day is printed on one page, with what is over', async () => {
  const { first, second, phoneOnly } = salon.calCom.bookers;
  for (const [index, booker] of [first, second, phoneOnly, first, second, phoneOnly].entries()) {
    for (const minutes of ['00', '30']) {
      await deliver(
        created,
        bookToday(salon, `${String(8 + index * 2).padStart(2, '0')}:${minutes}`, booker),
      );
    }
  }
  const page = await openToday();
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
  const page = await openToday();

  await appointments().getByText('Alergie: szampon z owsem').waitFor();
  const phone = appointments().getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek' });
  expect(await phone.getAttribute('href')).toBe('tel:+48501220314');
  expect(await phone.innerText()).toBe('501 220 314');
  await appointments().getByRole('link', { name: 'Fiona' }).click();
  await page.getByRole('heading', { name: 'Fiona', level: 1 }).waitFor();
});

test('times and the date are in the salon’s zone, wherever the reader is', async () => {
  await deliver(created, bookToday(salon, '09:00'));
  const page = await openToday();

  await appointments().filter({ hasText: '09:00' }).waitFor();
  const today = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'full', timeZone: salon.timeZone })
    .format(new Date());
  expect(await page.getByText(today).count()).toBe(1);
});

test('loaded data stays visible without a connection, with a note about its age', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  const page = await openToday();
  await installClock(page);
  await appointments().waitFor();

  await page.context().setOffline(true);
  const note = page.getByText('Nie udało się odświeżyć.');
  await expect.poll(async () => {
    await letItPoll(page);
    return await note.count();
  }).toBe(1);
  expect(await appointments().count()).toBe(1);

  await page.context().setOffline(false);
  await note.waitFor({ state: 'detached' });
});
