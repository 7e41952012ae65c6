import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { created, requested } from '../../cli/simulator/deliveries/events.ts';
import type { Booking } from '../../cli/simulator/world/booking.ts';
import { type CalcomAccount, createAccount, store } from '../support/calcom/account.ts';
import type { CalcomServer } from '../support/calcom/server.ts';
import { dialogOf, isFocused, openerOf } from './support/appointments.ts';
import { accessibilityProblems } from './support/barriers.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { startCalcom } from './support/calcom-stand-in.ts';
import { launchBrowser } from './support/chromium.ts';
import { pressWithKeyboard, tabTo } from './support/keyboard.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

const accounts: CalcomAccount[] = [];

let browser: Browser;
let calcom: CalcomServer;
let salon: TestSalon;
let account: CalcomAccount;

beforeAll(async () => {
  browser = await launchBrowser();
  calcom = await startCalcom(accounts);
});
afterAll(async () => {
  await browser.close();
  await calcom.stop();
  // What the page asks of Cal.com is what Cal.com's document allows.
  expect(calcom.violations).toEqual([]);
});
beforeEach(async () => {
  salon = await createSalon();
  account = createAccount(salon.calCom);
  accounts.push(account);
});

/** A booking that Cal.com and the calendar have. */
async function booked(time: string, event = created): Promise<Booking> {
  const booking = bookToday(salon, time);
  store(account, booking, {
    createdAt: Date.now(),
    status: event === requested ? 'pending' : 'accepted',
  });
  await deliver(event, booking);
  return booking;
}

async function storeKey(): Promise<void> {
  await sql('select public.set_calcom_api_key($1, $2)', [salon.id, account.apiKey]);
}

async function open(page: Page, time: string) {
  await openerOf(page, time).click();
  return dialogOf(page);
}

test('staff cancel an appointment in Cal.com with the keyboard, and are asked once', async () => {
  await storeKey();
  await booked('15:00');
  const { page, leave } = await openAs(browser, salon.staff);
  await openerOf(page, '15:00').focus();
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Odwołaj' }).focus();
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByLabel('Powód'));
  await page.keyboard.type('Groomer jest chory');
  await page.keyboard.press('Enter');

  await dialog.getByText('Wizyta odwołana.').waitFor();
  await dialog.getByText('Powód: Groomer jest chory').waitFor();
  expect(account.bookings).toMatchObject([
    { status: 'cancelled', cancellationReason: 'Groomer jest chory' },
  ]);
  await page.keyboard.press('Escape');
  await page.locator('.appointments .appointment', { hasText: 'Odwołana' }).waitFor();
  await leave();
});

test('an appointment is moved to a time of the salon, and a taken time says so', async () => {
  await storeKey();
  await booked('15:00');
  await booked('18:00');
  const { page, leave } = await openAs(browser, salon.owner);
  const dialog = await open(page, '15:00');
  await dialog.getByRole('button', { name: 'Przełóż' }).click();
  const moveTo = async (time: string) => {
    await dialog.getByLabel('Godzina').fill(time);
    await dialog.getByRole('button', { name: 'Przełóż wizytę' }).click();
  };

  await moveTo('18:00');
  await dialog.getByText('Ten termin jest zajęty albo poza godzinami w Cal.com.').waitFor();
  await dialog.locator('time').getByText('15:00').waitFor();

  await moveTo('16:30');
  await dialog.getByText('Wizyta przełożona:').waitFor();
  await page.keyboard.press('Escape');
  await openerOf(page, '16:30').waitFor();
  expect(await openerOf(page, '15:00').count()).toBe(0);
  await leave();
});

test('without a key, the page of Cal.com opens instead', async () => {
  const { uid } = await booked('15:00');
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = await open(page, '15:00');
  await dialog.getByRole('button', { name: 'Odwołaj' }).click();
  await dialog.getByLabel('Powód').fill('Urlop');
  await dialog.getByRole('button', { name: 'Odwołaj wizytę' }).click();

  await dialog.getByText('Tę zmianę zrobisz na stronie Cal.com.').waitFor();
  expect(await dialog.getByRole('link', { name: 'Otwórz Cal.com' }).getAttribute('href'))
    .toBe(`https://cal.com/booking/${uid}?cancel=true`);
  expect(await dialog.locator('.badge').innerText()).toBe('Zaplanowana');
  await leave();
});

test('a failure that comes after the dialog was closed is shown on the page', async () => {
  await booked('15:00', requested);
  const { page, leave } = await openAs(browser, salon.staff);
  const { promise: isClosed, resolve: closed } = Promise.withResolvers<void>();
  await page.route('**/functions/v1/appointments', async (route) => {
    await isClosed;
    await route.continue();
  });
  const dialog = await open(page, '15:00');
  await dialog.getByRole('button', { name: 'Potwierdź' }).click();
  await page.locator('.appointments .appointment', { hasText: 'Potwierdzona' }).first().waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  closed();

  await page.getByText('Ostatnia zmiana się nie udała').waitFor();
  await page.getByText('Tę zmianę zrobisz na stronie Cal.com.').waitFor();
  await page.locator('.appointments .appointment', { hasText: 'Do potwierdzenia' }).waitFor();
  await page.getByRole('button', { name: 'Zamknij' }).click();
  expect(await page.getByText('Ostatnia zmiana się nie udała').count()).toBe(0);
  await leave();
});

test('a request for a booking is confirmed', async () => {
  await storeKey();
  await booked('15:00', requested);
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = await open(page, '15:00');

  await dialog.getByRole('button', { name: 'Potwierdź' }).click();

  await dialog.getByText('Wizyta potwierdzona.').waitFor();
  expect(account.bookings).toMatchObject([{ status: 'accepted' }]);
  await leave();
});

test('a request for a booking is declined with a reason, with the keyboard alone', async () => {
  await storeKey();
  const { uid } = await booked('15:00', requested);
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);
  await pressWithKeyboard(page, openerOf(page, '15:00'));
  await pressWithKeyboard(page, dialog.getByRole('button', { name: 'Odrzuć' }));
  const heading = dialog.getByRole('heading', { name: 'Odrzuć' });
  await expect.poll(() => isFocused(heading)).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await tabTo(page, dialog.getByLabel('Powód'));
  await page.keyboard.type('Tego dnia mamy szkolenie');
  await pressWithKeyboard(page, dialog.getByRole('button', { name: 'Odrzuć rezerwację' }));

  await dialog.getByRole('status').getByText('Rezerwacja odrzucona.').waitFor();
  const reason = JSON.stringify({ reason: 'Tego dnia mamy szkolenie' });
  expect(calcom.writes.at(-1)).toBe(`POST /v2/bookings/${uid}/decline ${reason}`);
  expect(account.bookings).toMatchObject([{ status: 'rejected' }]);
  expect(await dialog.locator('.badge').innerText()).toBe('Odwołana');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('.appointments .appointment', { hasText: 'Odwołana' }).waitFor();
  await expect.poll(() => isFocused(openerOf(page, '15:00'))).toBe(true);
  await leave();
});

test('Cal.com is told that a client did not come, and that they did after all', async () => {
  await storeKey();
  await booked('08:00');
  const { page, leave } = await openAs(browser, salon.staff);
  await page.getByRole('button', { name: 'Zakończone: 1 wizyta' }).or(
    openerOf(page, '08:00'),
  ).first().waitFor();
  const dialog = await open(page, '08:00');

  await dialog.getByRole('button', { name: 'Klient nie przyszedł' }).click();
  await dialog.getByText('Zapisano: klient nie przyszedł.').waitFor();
  expect(account.bookings).toMatchObject([{ absent: true }]);

  await dialog.getByRole('button', { name: 'Cofnij', exact: true }).click();
  await dialog.getByText('Cofnięto.').waitFor();
  expect(account.bookings).toMatchObject([{ absent: false }]);
  expect(await dialog.locator('.badge').innerText()).toBe('Zakończona');
  await leave();
});

test('a no-show is shown before Cal.com answers, and taken back if Cal.com refuses', async () => {
  await storeKey();
  await booked('08:00');
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = await open(page, '08:00');
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  await page.route('**/functions/v1/appointments', async (route) => {
    await mayAnswer;
    await route.continue();
  });
  await dialog.getByRole('button', { name: 'Klient nie przyszedł' }).click();
  const badge = dialog.locator('.badge');
  await expect.poll(() => badge.innerText()).toBe('Klient nie przyszedł');

  calcom.fail({ status: 400, body: { status: 'error', error: { message: 'Not this one' } } });
  answer();

  await dialog.getByRole('alert').getByText('Cal.com się nie zgodził.').waitFor();
  await dialog.getByRole('link', { name: 'Otwórz Cal.com' }).waitFor();
  await expect.poll(() => badge.innerText()).toBe('Zakończona');
  expect(await sql('select attendance from calendar_events where salon_id = $1', [salon.id]))
    .toEqual([{ attendance: null }]);
  await leave();
});

test('what a colleague says while Cal.com is asked stays if Cal.com refuses', async () => {
  await storeKey();
  await booked('08:00');
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = await open(page, '08:00');
  await page.route('**/functions/v1/appointments', async (route) => {
    await sql(
      `update calendar_events set attendance = 'completed' where salon_id = $1`,
      [salon.id],
    );
    await route.continue();
  });
  calcom.fail({ status: 400, body: { status: 'error', error: { message: 'Not this one' } } });
  await dialog.getByRole('button', { name: 'Klient nie przyszedł' }).click();

  await dialog.getByRole('alert').getByText('Cal.com się nie zgodził.').waitFor();
  expect(await sql('select attendance from calendar_events where salon_id = $1', [salon.id]))
    .toEqual([{ attendance: 'completed' }]);
  await leave();
});

test('a no-show that Cal.com does not answer counts all the same, and says so', async () => {
  await storeKey();
  await booked('08:00');
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = await open(page, '08:00');
  await sql('select public.set_calcom_api_key($1, $2)', [salon.id, 'cal_live_of_nobody']);

  await dialog.getByRole('button', { name: 'Klient nie przyszedł' }).click();

  await dialog.getByText('Zapisano: klient nie przyszedł. Cal.com tego nie potwierdził.').waitFor();
  expect(await dialog.locator('.badge').innerText()).toBe('Klient nie przyszedł');
  await leave();
});

test('a client who phones gets an appointment, whose time is taken in Cal.com', async () => {
  await storeKey();
  const { page, leave } = await openAs(browser, salon.staff);
  await page.getByRole('button', { name: 'Nowa wizyta' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Nowa wizyta' });
  await tabTo(page, dialog.getByRole('searchbox'));
  await page.keyboard.type('fio');
  await dialog.getByRole('button', { name: /^Fiona/ }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Usługa').waitFor();
  await dialog.getByLabel('Godzina').fill('17:00');
  await page.keyboard.press('Enter');

  await dialog.getByText('Wizyta zapisana:').waitFor();
  await page.keyboard.press('Escape');
  const card = page.locator('.appointments .appointment', { hasText: '17:00' });
  await card.getByRole('link', { name: 'Fiona' }).waitFor();
  expect(account.bookings).toHaveLength(1);
  await leave();
});
