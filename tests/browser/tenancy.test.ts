import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;
let outsider: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  [salon, outsider] = await Promise.all([createSalon('Psi Styl'), createSalon('Czarny Kot')]);
  await deliver(created, bookToday(salon, '15:00'));
});

afterAll(() => browser.close());

test('the owner of another salon sees nothing of this one at any address', async () => {
  const { page, goTo, leave } = await openAs(browser, outsider.owner);

  await page.getByText('Dzisiaj nie ma wizyt').waitFor();
  await goTo('/week');
  await page.locator('.calendar').waitFor();
  expect(await page.getByText('Fiona').count()).toBe(0);
  await goTo(`/pets/${salon.calCom.bookers.first.link?.petId}`);
  await page.getByText('Nie ma takiego zwierzęcia w tym salonie').waitFor();
  await goTo('/sync');
  await page.getByText('Przez ostatnie 24 godziny Cal.com niczego nie przysłał').waitFor();
  await leave();
});

test('the next user who signs in sees nothing of the one before', async () => {
  const { page, leave, signIn } = await openAs(browser, salon.owner);
  await page.locator('.appointment').waitFor();

  await page.getByRole('button', { name: 'Wyloguj' }).click();
  await signIn(outsider.owner);

  await page.getByText('Dzisiaj nie ma wizyt').waitFor();
  expect(await page.getByText('Fiona').count()).toBe(0);
  await leave();
});

test('a member of two salons can choose between them', async () => {
  await sql("insert into salon_members (salon_id, user_id, role) values ($1, $2, 'staff')", [
    salon.id,
    outsider.staff.id,
  ]);
  const { page, leave } = await openAs(browser, outsider.staff);
  await page.getByText('Dzisiaj nie ma wizyt').waitFor();

  await page.getByLabel('Salon', { exact: true }).selectOption('Psi Styl');
  await page.locator('.appointment').waitFor();
  await page.reload();

  await page.locator('.appointment').waitFor();
  await leave();
});
