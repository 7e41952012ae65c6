import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver, todayIn } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await deliver(created, bookToday(salon, '08:00'));
  const called = bookToday(salon, '15:00', salon.calCom.bookers.second);
  await deliver(created, called);
  await deliver(cancelled, called);
});

afterAll(() => browser.close());

test('the figures of a period are shown in tiles, a chart and a table', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/stats');

  const tiles = page.locator('.tile');
  await tiles.filter({ hasText: 'Odwołane' }).getByText('50% wszystkich').waitFor();
  expect(await tiles.filter({ hasText: 'Wizyty' }).locator('.tile-value').innerText()).toBe('1');
  const chart = page.getByRole('img', { name: 'Wizyty odbyte, odwołane i bez klienta' });
  await chart.locator('canvas').waitFor();
  await page.getByText('Pokaż jako tabelę').click();
  const last = page.getByRole('row').last();
  expect(await last.getByRole('cell').allInnerTexts()).toEqual(['0', '1', '1']);
  await leave();
});

test('the export is a file with all appointments of the chosen days', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/stats');
  const today = todayIn(salon.timeZone);
  await page.getByLabel('Od', { exact: true }).fill(today);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Pobierz CSV' }).click(),
  ]);

  expect(download.suggestedFilename()).toBe(`barkbook-${today}-${today}.csv`);
  const [head = '', ...rows] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  expect(head).toContain('Data;Od;Do;Minuty;Status');
  expect(rows.map((row) => row.split(';').slice(0, 6))).toEqual([
    [today, '08:00', '09:00', '60', 'zakończona', 'Zofia Kaczmarek'],
    [today, '15:00', '16:00', '60', 'odwołana', 'Tomasz Gołąb'],
  ]);
  await leave();
});

test('dates in the wrong order are refused with an explanation', async () => {
  const { page, leave } = await openAs(browser, salon.owner, '/stats');

  await page.getByLabel('Od', { exact: true }).fill('2026-12-31');
  await page.getByLabel('Do', { exact: true }).fill('2026-01-01');

  await page.getByText('Data „od” jest późniejsza niż „do”.').waitFor();
  expect(await page.getByRole('button', { name: 'Pobierz CSV' }).isDisabled()).toBe(true);
  await leave();
});
