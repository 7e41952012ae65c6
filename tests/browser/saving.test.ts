import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled } from '../../cli/simulator/deliveries/events.ts';
import { isFocused } from './support/appointments.ts';
import { launchBrowser } from './support/chromium.ts';
import { pressWithKeyboard, tabTo } from './support/keyboard.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openDashboard, type Visitor } from './support/visitor.ts';

// Forms by keyboard alone: a button that saves keeps the focus, and the page says what came of it.
// The tests run in order, as one visitor.

let browser: Browser;
let salon: TestSalon;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await sql('insert into sms_settings (salon_id) values ($1)', [salon.id]);
  visitor = await openDashboard(browser);
});
afterAll(async () => {
  await visitor.leave();
  await browser.close();
});

/** What was seen while a form was saved, and what must have been. */
type Seen = { requests: number; isBusy: boolean; keepsFocus: boolean };
const ONCE: Seen = { requests: 1, isBusy: true, keepsFocus: true };

/**
 * Presses Enter on a button twice while the answer to its request is held back, until the page says
 * the result.
 *
 * @param request Such as `POST /rest/v1/sms_texts`.
 */
async function pressTwice(button: Locator, request: string, result: Locator): Promise<Seen> {
  const { page } = visitor;
  const [method, path] = request.split(' ');
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  let requests = 0;
  await page.route(({ pathname }) => pathname === path, async (route) => {
    if (route.request().method() === method) {
      requests++;
      await isReleased;
    }
    await route.continue();
  });
  await pressWithKeyboard(page, button);
  await expect.poll(() => requests).toBe(1);
  const isBusy = await button.getAttribute('aria-disabled') === 'true';
  const keptFocus = await isFocused(button);
  await page.keyboard.press('Enter');
  release();
  await result.waitFor();
  await page.unrouteAll();
  return { requests, isBusy, keepsFocus: keptFocus && await isFocused(button) };
}

async function type(field: Locator, text: string): Promise<void> {
  await tabTo(visitor.page, field);
  await visitor.page.keyboard.press('Control+a');
  await visitor.page.keyboard.type(text);
}

test('signing in with a wrong password', async () => {
  const { page } = visitor;
  await type(page.getByLabel('E-mail'), salon.owner.email);
  await type(page.locator('#password'), 'wrong');
  const result = page.getByRole('alert').getByText('Nieprawidłowy e-mail lub hasło');
  expect(await pressTwice(page.locator('[type=submit]'), 'POST /auth/v1/token', result))
    .toEqual(ONCE);
});

test('asking for a new password', async () => {
  const { page } = visitor;
  await pressWithKeyboard(page, page.getByRole('button', { name: 'Nie pamiętam hasła' }));
  await type(page.getByLabel('E-mail'), salon.owner.email);
  const result = page.getByRole('status').getByText('link jest już w drodze');
  const seen = await pressTwice(page.locator('[type=submit]'), 'POST /auth/v1/recover', result);
  await pressWithKeyboard(page, page.getByRole('button', { name: 'Wróć do logowania' }));
  expect(seen).toEqual(ONCE);
});

test('saving the settings', async () => {
  const { page, signIn, goTo } = visitor;
  await signIn(salon.owner);
  await goTo('/reminders/settings');
  await tabTo(page, page.getByLabel('Wysyłaj przypomnienia'));
  await page.keyboard.press('Space');
  const button = page.getByRole('button', { name: /^(Zapisz ustawienia|Zapisywanie…)$/ });
  const result = page.getByRole('status').getByText('Ustawienia zapisane.');
  expect(await pressTwice(button, 'POST /rest/v1/sms_settings', result)).toEqual(ONCE);
});

test('saving another SMS', async () => {
  const { page } = visitor;
  const form = page.locator('details', { hasText: 'Drugie przypomnienie' });
  await pressWithKeyboard(page, form.locator('summary'));
  await tabTo(page, form.getByLabel('Wysyłaj ten SMS'));
  await page.keyboard.press('Space');
  const result = form.getByRole('status').getByText('Zapisano.');
  expect(await pressTwice(form.locator('[type=submit]'), 'POST /rest/v1/sms_texts', result))
    .toEqual(ONCE);
});

test('saving the text of a service', async () => {
  const { page } = visitor;
  const form = page.locator('details', { hasText: 'Dodaj treść' });
  await pressWithKeyboard(page, form.locator('summary'));
  await type(form.getByLabel('Nazwa wizyty zawiera'), 'kąpiel');
  const result = form.getByRole('status').getByText('Zapisano treść: kąpiel.');
  expect(await pressTwice(form.locator('[type=submit]'), 'POST /rest/v1/sms_service_texts', result))
    .toEqual(ONCE);
});

test('sending a test SMS', async () => {
  const { page } = visitor;
  const form = page.locator('form', { hasText: 'Wyślij SMS próbny' });
  await type(form.getByLabel('Twój numer'), '600 100 200');
  const result = form.getByRole('status').getByText('SMS jest wysyłany.');
  expect(
    await pressTwice(form.locator('[type=submit]'), 'POST /rest/v1/rpc/send_test_sms', result),
  ).toEqual(ONCE);
});

test('saving the phone number of the salon', async () => {
  const { page } = visitor;
  const form = page.locator('form', { hasText: 'Tak klienci dodzwonią się do Ciebie' });
  await type(form.getByLabel('Telefon salonu'), '123 456 789');
  const result = form.getByRole('status').getByText('Telefon zapisany.');
  expect(await pressTwice(form.locator('[type=submit]'), 'PATCH /rest/v1/salons', result))
    .toEqual(ONCE);
});

test('exporting appointments', async () => {
  const { page, goTo } = visitor;
  await goTo('/stats');
  const button = page.locator('.export [type=submit]');
  const result = page.getByRole('status').getByText('Pobrano');
  expect(await pressTwice(button, 'GET /rest/v1/appointments', result)).toEqual(ONCE);
});

test('replaying a delivery', async () => {
  const { page, goTo } = visitor;
  await deliver(cancelled, bookToday(salon, '15:00'));
  await goTo('/sync');
  const button = page.getByRole('button', { name: /^Ponów: Odwołanie/ });
  const result = page.getByRole('status').getByText('Nadal się nie udaje');
  expect(await pressTwice(button, 'POST /rest/v1/rpc/replay_delivery', result)).toEqual(ONCE);
});
