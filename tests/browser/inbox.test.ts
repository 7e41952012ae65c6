import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { book } from '../../cli/simulator/world/booking.ts';
import { GROOMING } from '../../cli/simulator/world/services.ts';
import { daysAfter } from '../../shared/time/wall-time.ts';
import { dialogOf } from './support/appointments.ts';
import { barriers } from './support/barriers.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs, PHONE } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  const { id, calCom, timeZone } = salon;
  await sql(
    `insert into sms_settings (salon_id, enabled, call_list_from) values ($1, true, '00:00')`,
    [id],
  );
  const { first, second } = calCom.bookers;
  for (const [time, booker] of [['13:00', second], ['10:00', first]] as const) {
    const tomorrow = daysAfter(bookToday(salon, time).start, 1, timeZone);
    await deliver(created, book(calCom, GROOMING, booker, tomorrow));
  }
  await wishToCancel();
  await sql(
    `insert into sms_inbox (salon_id, client_id, phone, body, received_at) values
       ($1, $2, '+48501220314', 'Spóźnimy się kwadrans, bardzo przepraszam!', now()),
       ($1, null, '+48600100300', 'Kto to?', now() - interval '1 hour')`,
    [id, first.link?.clientId],
  );
});

afterAll(() => browser.close());

/** The client of 13:00 wants to cancel. */
async function wishToCancel(): Promise<void> {
  await sql(
    `update calendar_events set client_response = 'wants_to_cancel'
     where salon_id = $1 and client_id = $2`,
    [salon.id, salon.calCom.bookers.second.link?.clientId],
  );
}

/** What the clients answered, by the starts of their appointments. */
async function answers(): Promise<(string | null)[]> {
  const rows = await sql<{ response: string | null }>(
    `select client_response::text as response from calendar_events
     where salon_id = $1 order by start_time`,
    [salon.id],
  );
  return rows.map(({ response }) => response);
}

test('who wants to cancel and what clients wrote is counted in the menu until it is read', async () => {
  const { page, goTo, leave } = await openAs(browser, salon.staff);
  const menu = page.getByRole('navigation').first().getByRole('link', { name: 'Przypomnienia' });
  await menu.getByText('do sprawdzenia: 3').waitFor({ state: 'attached' });
  await goTo('/reminders/inbox');

  const late = page.locator('.reminder', { hasText: 'Spóźnimy się kwadrans' });
  await late.getByText('Zofia Kaczmarek').waitFor();
  await late.getByRole('button', { name: 'Oznacz jako przeczytaną' }).press('Enter');
  await menu.getByText('do sprawdzenia: 2').waitFor({ state: 'attached' });
  await late.getByRole('button', { name: 'Oznacz jako nową' }).waitFor();
  await page.getByText('Oznaczono jako przeczytaną.').waitFor();
  expect(
    await sql('select read_by from sms_inbox where salon_id = $1 and read_at is not null', [
      salon.id,
    ]),
  ).toEqual([{ read_by: salon.staff.id }]);

  await page.getByRole('button', { name: 'Cofnij' }).press('Enter');
  await late.getByText('Nowa', { exact: true }).waitFor();
  await menu.getByText('do sprawdzenia: 3').waitFor({ state: 'attached' });
  await leave();
});

test('who wants to cancel can be phoned, cancelled in the dialog, or comes after all', async () => {
  const { page, leave } = await openAs(browser, salon.staff, '/reminders/inbox');
  const request = page.getByRole('region', { name: 'Chcą odwołać lub przełożyć' })
    .locator('.reminder');
  await request.getByText('Chce odwołać').waitFor();
  expect(await request.getByRole('link').getAttribute('href')).toBe('tel:+48602118540');

  await request.getByRole('button', { name: /^Otwórz wizytę: 13:00/ }).press('Enter');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Odwołaj' }).waitFor();
  await dialog.getByRole('button', { name: 'Jednak przyjdzie' }).press('Enter');
  await dialog.getByText('Zapisano: klient przyjdzie.').waitFor();
  await request.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Cofnij potwierdzenie' }).press('Enter');
  await dialog.getByText('Potwierdzenie cofnięte.').waitFor();
  expect(await answers()).toEqual([null, null]);
  await dialog.getByRole('button', { name: 'Klient potwierdził' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  await wishToCancel();
  await page.reload();
  await request.getByRole('button', { name: /^Jednak przyjdzie/ }).press('Enter');
  await request.waitFor({ state: 'detached' });
  expect(await answers()).toEqual([null, 'coming']);
  await page.getByRole('button', { name: 'Cofnij' }).press('Enter');
  await request.getByText('Chce odwołać').waitFor();
  expect(await answers()).toEqual([null, 'wants_to_cancel']);
  await leave();
});

test('the dialog of the last one stays open and says that it was cancelled', async () => {
  const { page, goTo, leave } = await openAs(browser, salon.staff);
  await page.route('**/functions/v1/appointments', async (route) => {
    await sql(
      `update calendar_events set status = 'cancelled' where client_response = 'wants_to_cancel'
       and salon_id = $1`,
      [salon.id],
    );
    await route.fulfill({ json: { ok: true, shown: true } });
  });
  await goTo('/reminders/inbox');
  await page.getByRole('button', { name: /^Otwórz wizytę: 13:00/ }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Odwołaj' }).press('Enter');
  await dialog.getByLabel('Powód').fill('na prośbę klienta');
  await dialog.getByRole('button', { name: 'Odwołaj wizytę' }).press('Enter');
  await dialog.getByText('Wizyta odwołana.').waitFor();
  await page.getByRole('region', { name: 'Chcą odwołać lub przełożyć' }).waitFor({
    state: 'hidden',
  });
  expect(await dialog.getByText('Wizyta odwołana.').isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await sql(
    `update calendar_events set status = 'scheduled' where client_response = 'wants_to_cancel'
     and salon_id = $1`,
    [salon.id],
  );
  await leave();
});

test('from the salon’s time on, today shows whom to phone about tomorrow, until they confirm', async () => {
  const { page, leave } = await openAs(browser, salon.staff);

  await page.getByText('Zadzwoń: jutro bez potwierdzenia (1)').press('Enter');
  await page.getByText('10:00', { exact: true }).waitFor();
  expect(
    await page.getByRole('link', { name: /^Zadzwoń: Zofia Kaczmarek/ }).getAttribute('href'),
  ).toBe('tel:+48501220314');

  await page.getByRole('button', { name: 'Potwierdził: Zofia Kaczmarek' }).press('Enter');
  await page.getByText('Zofia Kaczmarek: przyjdzie.').waitFor();
  await page.getByText('Zadzwoń: jutro').waitFor({ state: 'detached' });
  expect(await answers()).toEqual(['coming', 'wants_to_cancel']);
  await page.getByRole('button', { name: 'Cofnij' }).press('Enter');
  await page.getByText('Zadzwoń: jutro bez potwierdzenia (1)').waitFor();
  expect(await answers()).toEqual([null, 'wants_to_cancel']);

  await sql(
    `update sms_settings set call_list_from = '23:59' where salon_id = $1`,
    [salon.id],
  );
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.getByText('Zadzwoń: jutro').count()).toBe(0);
  await sql(`update sms_settings set call_list_from = '00:00' where salon_id = $1`, [salon.id]);
  await leave();
});

test('the inbox, the call list and unfolded settings have no barrier on a dark phone', async () => {
  const { page, goTo, leave } = await openAs(browser, salon.owner, '/', {
    viewport: PHONE,
    colorScheme: 'dark',
  });
  await page.getByText('Zadzwoń: jutro').click();
  const found = { today: await barriers(page), inbox: [''], upcoming: [''], settings: [''] };
  await goTo('/reminders/inbox');
  await page.getByText('Kto to?').waitFor();
  await page.getByRole('button', { name: 'Oznacz jako przeczytaną: 600 100 300' }).click();
  await page.getByRole('button', { name: 'Cofnij' }).waitFor();
  found.inbox = await barriers(page);
  await goTo('/reminders/upcoming');
  await page.locator('.reminder').first().waitFor();
  found.upcoming = await barriers(page);
  await goTo('/reminders/settings');
  for (const folded of ['Drugie przypomnienie', 'Odpowiedź na NIE', 'Dodaj treść dla usługi']) {
    await page.locator('summary', { hasText: folded }).click();
  }
  await page.getByLabel('Wysyłaj ten SMS').first().check();
  await page.getByLabel('Szablon').nth(3).waitFor();
  found.settings = await barriers(page);

  expect(found).toEqual({ today: [], inbox: [], upcoming: [], settings: [] });
  await leave();
});
