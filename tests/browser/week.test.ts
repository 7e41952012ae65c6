import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { addDays, mondayOf } from '../../shared/time/civil-date.ts';
import { bookToday, deliver, todayIn } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs, PHONE } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await deliver(created, bookToday(salon, '10:30'));
  const called = bookToday(salon, '15:00', salon.calCom.bookers.second);
  await deliver(created, called);
  await deliver(cancelled, called);
});

afterAll(() => browser.close());

const fiona = (page: Page) => page.getByRole('button', { name: /10:30.*Fiona Zofia Kaczmarek/ });

test('the week shows appointments in the salon’s time, and the keyboard opens one', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/week');

  await fiona(page).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Szczegóły wizyty' });
  await dialog.getByText('Alergie: szampon z owsem').waitFor();
  await page.keyboard.press('Escape');

  await dialog.waitFor({ state: 'hidden' });
  expect(await fiona(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await leave();
});

test('cancelled appointments are hidden unless they are asked for', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/week');
  await fiona(page).waitFor();
  const struck = page.getByRole('button', { name: /15:00.*Borys Tomasz Gołąb Odwołana/ });
  expect(await struck.count()).toBe(0);

  await page.getByLabel('Pokaż odwołane').check();

  await struck.waitFor();
  await leave();
});

test('the address keeps the day and the layout, for a reload and for Back', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/week');
  await fiona(page).waitFor();
  const today = todayIn(salon.timeZone);

  await page.getByRole('button', { name: 'Następny tydzień' }).click();
  await fiona(page).waitFor({ state: 'detached' });
  expect(new URL(page.url()).hash).toBe(`#/week/${addDays(today, 7)}/week`);
  await page.goBack();
  await fiona(page).waitFor();

  await page.getByLabel('Przejdź do dnia').fill('2026-12-02');
  await page.getByRole('button', { name: 'Dzień', exact: true }).click();
  expect(new URL(page.url()).hash).toBe('#/week/2026-12-02/day');
  await page.reload();
  await page.getByText('środa, 2 grudnia 2026').waitFor();

  await page.getByRole('button', { name: 'Dzisiaj', exact: true }).click();
  await fiona(page).waitFor();
  await leave();
});

test('a date that does not exist leads to today', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/week/2026-02-30/year');
  await fiona(page).waitFor();
  await leave();
});

test('a phone shows a list', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/week', { viewport: PHONE });

  await fiona(page).waitFor();
  expect(await page.getByRole('button', { name: 'Lista' }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await leave();
});

/** Adds an appointment of an hour on a day, with names that do not fit. */
async function addLongNames(day: string, time: string): Promise<void> {
  await sql(
    `insert into calendar_events (cal_com_event_id, salon_id, title, start_time, end_time,
       attendee_name, host_username, host_name)
     select gen_random_uuid(), $1, 'Strzyżenie', s, s + interval '1 hour',
       'Maria Brzęczyszczykiewicz-Konstantynopolitańczykowianeczka', 'host-' || $3::text, 'Host ' || $3::text
     from (select ($2::date + $3::text::time) at time zone $4 as s) t`,
    [salon.id, day, time, salon.timeZone],
  );
}

test('no text leaves its box, with three appointments at once and long names', async () => {
  const monday = addDays(mondayOf(todayIn(salon.timeZone)), 14);
  for (const time of ['09:00', '09:15', '09:30']) await addLongNames(monday, time);
  const { page, leave } = await openAs(browser, salon.owner, `/week/${monday}/week`);
  await page.locator('.entry').nth(2).waitFor();

  const boxes = await page.locator('.entry').evaluateAll((entries) =>
    entries.map((entry) => {
      const box = entry.getBoundingClientRect();
      const texts = [...entry.querySelectorAll('.entry-time, .entry-pet, .entry-detail')]
        .map((line) => line.getBoundingClientRect())
        // Lines below the edge of a short box are cut off with it.
        .filter(({ top }) => top < box.bottom);
      return {
        left: box.left,
        right: box.right,
        isInside: texts.length > 0 && texts.every(({ left, right, top }) =>
          left >= box.left && right <= box.right && top >= box.top
        ) && getComputedStyle(entry).overflow === 'hidden',
      };
    })
  );
  expect(boxes).toHaveLength(3);
  expect(boxes.map(({ isInside }) => isInside)).toEqual([true, true, true]);
  const [first, second, third] = boxes.toSorted((one, other) => one.left - other.left);
  expect(first?.right).toBeLessThanOrEqual(second?.left ?? 0);
  expect(second?.right).toBeLessThanOrEqual(third?.left ?? 0);

  // The three have different hosts, so one of them can be chosen.
  await page.getByLabel('Groomer').selectOption('Host 09:15');
  await expect.poll(() => page.locator('.entry').count()).toBe(1);
  await leave();
});

test.each(['Pacific/Auckland', 'America/Los_Angeles'])(
  'the salon’s today and the current time are marked for a reader in %s',
  async (timezoneId) => {
    const { page, leave } = await openAs(
      browser,
      salon.owner,
      `/week/${todayIn(salon.timeZone)}/week`,
      { timezoneId },
    );
    await fiona(page).waitFor();

    const [, month, day] = todayIn(salon.timeZone).split('-').map(Number);
    expect(await page.locator('.ec-col-head.ec-today').innerText()).toContain(`${day}.${month}`);
    // It is about noon in the salon: an hour and a half after the appointment began.
    const line = await page.locator('.ec-now-indicator').boundingBox();
    const box = await fiona(page).boundingBox();
    const hours = ((line?.y ?? 0) - (box?.y ?? 0)) / (box?.height ?? 1);
    expect(hours).toBeGreaterThan(1);
    expect(hours).toBeLessThan(2.6);
    await leave();
  },
);
