import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  salon = await createSalon();
});

/** Sends a valid delivery that the database fails to apply. */
async function failDelivery(): Promise<void> {
  const rule = `no_appointments_of_${salon.id.replaceAll('-', '_')}`;
  await sql(
    `alter table calendar_events add constraint ${rule} check (salon_id <> '${salon.id}')`,
  );
  await deliver(created, bookToday(salon, '15:00'));
  await sql(`alter table calendar_events drop constraint ${rule}`);
  // So that the retry job does not apply it before the button is pressed.
  await sql(
    "update webhook_logs set next_attempt_at = now() + interval '1 hour' where salon_id = $1",
    [
      salon.id,
    ],
  );
}

test('an owner replays a failed delivery, and the appointment is there', async () => {
  await failDelivery();
  const { page, goTo, leave } = await openAs(browser, salon.owner, '/sync');

  await page.getByText('Baza danych odmówiła zapisu.').waitFor();
  await page.getByText(/^Zofia Kaczmarek, .* 15:00/).waitFor();
  await page.getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek, 501 220 314' }).waitFor();
  await page.getByRole('button', { name: /^Ponów: Nowa rezerwacja/ }).click();

  await page.getByRole('status').getByText('Gotowe.').waitFor();
  await page.getByText('Żadne zgłoszenie nie czeka').waitFor();
  await goTo('/');
  await page.locator('.appointment', { hasText: '15:00' }).waitFor();
  await leave();
});

test('staff see the reason, but no button', async () => {
  await failDelivery();
  const { page, leave } = await openAs(browser, salon.staff, '/sync');

  await page.getByText('Baza danych odmówiła zapisu.').waitFor();
  expect(await page.getByRole('button', { name: /^Ponów/ }).count()).toBe(0);
  await leave();
});

test('a replay that fails again says why', async () => {
  await deliver(cancelled, bookToday(salon, '15:00'));
  const { page, leave } = await openAs(browser, salon.owner, '/sync');

  await page.getByRole('button', { name: /^Ponów: Odwołanie/ }).click();

  await page.getByRole('status').getByText(
    'Nadal się nie udaje: Dotyczy rezerwacji, która jeszcze do nas nie dotarła.',
  ).waitFor();
  await leave();
});

test('the success rate and the lag are shown as figures and charts', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  await deliver(cancelled, bookToday(salon, '16:00'));
  const { page, leave } = await openAs(browser, salon.owner, '/sync');

  await page.getByText('Jedna zmiana z Cal.com nie trafiła jeszcze do kalendarza').waitFor();
  expect(await page.locator('.tile').count()).toBe(0);
  await page.getByText('Szczegóły').click();
  await page.locator('.tile', { hasText: 'Skuteczność' }).getByText('50%').waitFor();
  for (const name of ['Zgłoszenia w kolejnych godzinach', 'Od rezerwacji do kalendarza']) {
    await page.getByRole('img', { name }).locator('canvas').waitFor();
  }
  await leave();
});

test('an owner creates an address for calendar programs, replaces it and ends it', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  const { page, leave } = await openAs(browser, salon.owner, '/sync');

  await page.getByRole('button', { name: 'Utwórz adres' }).click();
  const address = page.getByLabel('Adres kalendarza');
  const first = await address.inputValue();
  expect(await (await fetch(first)).text()).toContain('BEGIN:VEVENT');

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Kopiuj' }).click();
  await page.getByRole('button', { name: 'Skopiowano' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);

  const replace = page.getByRole('button', { name: 'Wymień adres' });
  page.once('dialog', (question) => question.dismiss());
  await replace.click();
  expect((await fetch(first)).status).toBe(200);

  page.on('dialog', (question) => question.accept());
  await replace.click();
  await expect.poll(() => address.inputValue()).not.toBe(first);
  expect((await fetch(first)).status).toBe(404);
  await page.getByRole('button', { name: 'Kopiuj' }).waitFor();

  await page.getByRole('button', { name: 'Wyłącz subskrypcję' }).click();
  await page.getByText('Nikt nie subskrybuje tego kalendarza.').waitFor();
  await leave();
});
